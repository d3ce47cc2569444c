"""Resample what a warp moves, once, in a picture of any size."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Affine, Box
from freckle.photo import Pixels
from freckle.pixels.color import Floats
from freckle.pixels.threads import together
from freckle.pixels.warp import enlarged, resampled, told
from freckle.render.picture import Picture
from freckle.render.reshape import Warp

BLOCK: Final = 64
"""Nodes along the side of what is resampled at a time."""
EDGES: Final = 4
"""Pixels around a place that the cubic kernel reads, and one more."""


def reach_of(warps: Iterable[Warp], region: Box) -> Box:
    """Return a region of the photo with all that warps bring into it from beside it."""
    for warp in warps:
        seen = warp.box.meet(region)
        if not seen.empty:
            around = seen.grow(int(np.ceil(warp.reach)) + EDGES)
            region = region.union(around.meet(warp.box.grow(EDGES)))
    return region


def apply(picture: Picture, warp: Warp) -> Box:
    """Resample what a warp moves, in place and in tiles; return the box that was written.

    The box is the picture's pixels. What comes from beside the picture is its edge.
    """
    across, down = picture.scale
    left, top = picture.from_photo.matrix[:, 2]
    box = warp.box
    low = np.floor([box.left * across + left, box.top * down + top]).astype(int)
    high = np.ceil([box.right * across + left, box.bottom * down + top]).astype(int)
    target = picture.inside(Box(*low.tolist(), *high.tolist()))
    if target.empty:
        return target
    reach = int(np.ceil(warp.reach * max(across, down))) + EDGES
    source = target.grow(reach).clip(*picture.size)
    before = picture.pixels[source.slices].copy()
    blocks = _nodes(picture, warp) if picture.full_size else _tiles(picture, warp)
    together(partial(_move, picture, before, source, *block) for block in blocks)
    return target


def _move(
    picture: Picture, before: Pixels, source: Box, block: Box, way: Callable[[], Floats]
) -> None:
    """Write one block (coordinates of `from_photo`); `way` says how far its content comes."""
    box, (left, top) = picture.inside(block), picture.corner
    if box.empty:
        return
    rows = slice(box.top + top - block.top, box.bottom + top - block.top)
    columns = slice(box.left + left - block.left, box.right + left - block.left)
    places = told(way()[rows, columns])
    places[..., 0] += np.arange(box.left - source.left, box.right - source.left, dtype=np.float32)
    down = np.arange(box.top - source.top, box.bottom - source.top, dtype=np.float32)
    places[..., 1] += down[:, None]
    picture.pixels[box.slices] = resampled(before, places)


def _nodes(picture: Picture, warp: Warp) -> Iterator[tuple[Box, Callable[[], Floats]]]:
    """Cut a warp into blocks of whole nodes, for pictures at the photo's own size."""
    step, box, size = warp.shape.pixels, warp.box, warp.back.shape[:2]
    field = np.pad(warp.back * np.float32(step), ((1, 1), (1, 1), (0, 0)))
    for row in range(0, size[0], BLOCK):
        for column in range(0, size[1], BLOCK):
            last = min(row + BLOCK, size[0]), min(column + BLOCK, size[1])
            left, top = box.left + column * step, box.top + row * step
            block = Box(left, top, left + (last[1] - column) * step, top + (last[0] - row) * step)
            block = block.meet(box)
            if block.meet(picture.box).empty:
                continue
            part = field[row : last[0] + 2, column : last[1] + 2]
            yield block, partial(enlarged, np.ascontiguousarray(part), step)


def _tiles(picture: Picture, warp: Warp) -> Iterator[tuple[Box, Callable[[], Floats]]]:
    """Cut a warp into tiles, for reduced pictures."""
    scale, step, box = np.array(picture.scale), warp.shape.pixels, warp.box
    corner = scale * [box.left, box.top] + picture.from_photo.matrix[:, 2]
    field = np.asarray(warp.back * (step * scale), np.float32)
    target = Box(
        *np.floor(corner).astype(int).tolist(),
        *np.ceil(corner + scale * [box.width, box.height]).astype(int).tolist(),
    )
    for tile in picture.tiles(target):
        shift = corner - [tile.left, tile.top]
        matrix = Affine(np.column_stack([np.diag(step * scale), shift])).pixel_matrix()
        yield tile, partial(_spread, field, matrix, (tile.width, tile.height))


def _spread(field: Floats, matrix: npt.NDArray[np.float64], size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.warpAffine(field, matrix, size, flags=cv2.INTER_LINEAR), np.float32)

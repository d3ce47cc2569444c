"""Heal under a brush: a scratch, a stray hair, lint; on faces and beside them.

A stroke is cut into pieces a few radii long. Each takes the place of a whole patch beside it: the
patch whose surroundings differ from the piece's own by no more than a slope of light, and whose
inside is as plain and as grainy as the surroundings. The difference along the rim is carried
smoothly across (seamless cloning after Georgiev 2004), so light and color are those of the place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from freckle.analysis.scene import Scene
from freckle.codec.channels import as_pixels
from freckle.geometry import Affine, Box, Points
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.render.donors import DISTANCES, RIM, Bools, Patch, best
from freckle.render.hand import Touch, sheet_of
from freckle.render.heal import membrane
from freckle.render.stencil import Stencils
from freckle.render.strokes import Line, Sheet, coverage, draw, lines

PIECE: Final = 5.0
"""Length of a piece in radii."""
CELLS: Final = 10.0
"""Radius in cells of the grid on which patches are compared; small brushes use the photo's own."""
WHOLE: Final = 0.5
"""Coverage from which a place is replaced entirely: a soft brush must not leave half a mark."""
TURNS: Final = 40
CROSS: Final = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4


def heal_by_hand(pixels: Pixels, photo: Photo, work: Sequence[Touch]) -> list[Box]:
    """Replace what lies under brushes, in place; return the boxes of the photo that changed."""
    boxes: list[Box] = []
    for touch in work:
        sheet = sheet_of(photo, touch.people)
        waiting = [piece for line in _added(touch, sheet) for piece in _cut(line)]
        for number, piece in enumerate(waiting):
            box = piece.box.clip(photo.width, photo.height)
            if box.empty:
                continue
            alpha = touch.share * _alpha(touch, piece, sheet, box)
            _replace(pixels, piece, waiting[number:], (box, alpha))
            boxes.append(box)
    return boxes


def marks_under(scene: Scene, work: Sequence[Touch]) -> frozenset[int]:
    """Return the marks of a face whose middle lies under a brush that heals."""
    if not scene.spots:
        return frozenset()
    frame = scene.frame
    places = np.array([[spot.x, spot.y] for spot in scene.spots], np.float32)
    found: set[int] = set()
    for touch in work:
        if touch.share < WHOLE:
            continue
        stencil = Stencils(frame, scene.regions).full(touch.mask, [])
        cover = stencil.values([], Box(0, 0, frame.size[1], frame.size[0]))
        rows = np.clip(places[:, 1].astype(int), 0, frame.size[0] - 1)
        columns = np.clip(places[:, 0].astype(int), 0, frame.size[1] - 1)
        found.update(int(k) for k in np.flatnonzero(cover[rows, columns] >= WHOLE))
    return frozenset(found)


def _added(touch: Touch, sheet: Sheet) -> Iterator[Line]:
    for stroke in touch.mask.strokes:
        if stroke.mode == "add" and stroke.strength > 0:
            yield from lines(stroke, sheet)


def _cut(line: Line) -> Iterator[Line]:
    """Cut a stroke into pieces of about the same length."""
    if len(line.points) < 2:
        yield line
        return
    steps = np.hypot(*np.diff(line.points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(1, int(np.ceil(along[-1] / (PIECE * line.radius))))
    for start, end in pairwise(np.linspace(0, along[-1], count + 1)):
        inner = (along > start) & (along < end)
        stops = np.concatenate([[start], along[inner], [end]])
        points = [np.interp(stops, along, line.points[:, axis]) for axis in (0, 1)]
        yield replace(line, points=np.stack(points, axis=1).astype(np.float32))


def _alpha(touch: Touch, piece: Line, sheet: Sheet, box: Box) -> Floats:
    """Return how much of a piece is replaced: all but its fading edge."""
    own = coverage(piece, box)
    mask = draw(touch.mask, sheet, box).over(None, box)
    share = np.clip(mask / np.maximum(own, np.float32(1e-3)), 0, 1)
    return np.asarray(smoothstep(0.0, WHOLE, own) * share, np.float32)


def _replace(
    pixels: Pixels, piece: Line, waiting: Sequence[Line], where: tuple[Box, Floats]
) -> None:
    """Fill one piece; `waiting` are it and those not filled yet, `where` its box and alpha."""
    box, alpha = where
    patch = _opened(pixels, piece, waiting)
    shift = best(patch, piece.radius / patch.factor)
    part = pixels[box.slices]
    now = part.astype(np.float32)
    peak = np.float32(np.iinfo(pixels.dtype).max)
    if shift is None:
        # nowhere to copy from: smooth light with the place's own finest detail
        tone = membrane(patch.values, 1 - patch.hole, piece.radius / patch.factor)
        plain = _enlarged(tone, patch, box) * peak
        new = plain + now - gaussian(now, max(0.25 * piece.radius, 1.0))
    else:
        dx, dy = shift[0] * patch.factor, shift[1] * patch.factor
        source = Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
        new = _taken(pixels, source) + _enlarged(_rise(patch, shift, piece), patch, box) * peak
    mixed = np.clip(np.rint(now + layers(alpha) * (new - now)), 0, peak)
    part[...] = np.where((alpha > 0)[..., None], mixed.astype(pixels.dtype), part)


def _opened(pixels: Pixels, piece: Line, waiting: Sequence[Line]) -> Patch:
    """Reduce the surroundings of a piece to a grid, and draw what is not filled yet."""
    factor = max(1, int(piece.radius / CELLS))
    reach = (DISTANCES[-1] + RIM[1] + 0.5) * piece.radius
    box = _aligned(piece.box.grow(int(reach)), factor, pixels)
    size = box.width // factor, box.height // factor
    part = pixels[box.slices]
    if factor > 1:
        part = as_pixels(cv2.resize(np.ascontiguousarray(part), size, interpolation=cv2.INTER_AREA))
    values = part.astype(np.float32) * np.float32(1 / np.iinfo(pixels.dtype).max)
    grid = Box(0, 0, size[0], size[1])
    hole = np.zeros((size[1], size[0]), np.float32)
    for other in waiting:
        moved = _moved(other, box, factor)
        near = moved.box.meet(grid)
        if not near.empty:
            here = hole[near.slices]
            np.maximum(here, np.sign(coverage(_hard(moved), near)), out=here)
    own = _moved(piece, box, factor)
    distance = _distance(own, (size[1], size[0])) / np.float32(own.radius)
    light = values.mean(axis=2)
    return Patch(box, factor, values, light - gaussian(light, 1.5), hole, distance)


def _aligned(box: Box, factor: int, pixels: Pixels) -> Box:
    """Clip a box to the photo, its sides whole multiples of the grid's step."""
    clipped = box.clip(pixels.shape[1], pixels.shape[0])
    width = max(clipped.width // factor * factor, factor)
    height = max(clipped.height // factor * factor, factor)
    left = max(0, min(clipped.left, pixels.shape[1] - width))
    top = max(0, min(clipped.top, pixels.shape[0] - height))
    return Box(left, top, left + width, top + height)


def _moved(line: Line, box: Box, factor: int) -> Line:
    points: Points = (line.points - np.array([box.left, box.top], np.float32)) / np.float32(factor)
    return replace(line, points=points, radius=line.radius / factor)


def _hard(line: Line) -> Line:
    return replace(line, stroke=line.stroke.model_copy(update={"feather": 0.0}))


def _distance(line: Line, size: tuple[int, int]) -> Floats:
    """Return the distance of every cell from a line."""
    canvas = np.full(size, 255, np.uint8)
    fixed = np.round((line.points - 0.5) * 16).astype(np.int32)
    cv2.polylines(canvas, [fixed[:, None]], isClosed=False, color=0, thickness=1, shift=4)
    return distance(canvas)


def _rise(patch: Patch, shift: tuple[int, int], piece: Line) -> Floats:
    """Return what a patch must be raised by to meet the rim, smoothly across the piece."""
    matrix = np.array([[1, 0, -shift[0]], [0, 1, -shift[1]]], np.float64)
    size = patch.hole.shape[1], patch.hole.shape[0]
    other = cv2.warpAffine(patch.values, matrix, size, flags=cv2.INTER_NEAREST)
    blocked = cv2.warpAffine(
        patch.hole,
        matrix,
        size,
        flags=cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=1.0,
    )
    near = (patch.distance < 2 * RIM[1]).astype(np.float32)
    usable = (1 - patch.hole) * (1 - np.asarray(blocked, np.float32)) * near
    apart = np.asarray(patch.values - other, np.float32)
    rise = membrane(apart, usable, piece.radius / patch.factor)
    return _settled(rise, gaussian(apart, 0.6), patch.distance < RIM[0], usable > 0)


def _settled(guess: Floats, rim: Floats, inside: Bools, known: Bools) -> Floats:
    """Bend a smooth guess so that it meets the rim, and the rim alone (Laplace's equation)."""
    rows, columns = (slice(s.min(), s.max() + 1) for s in np.nonzero(inside | known))
    free, given = inside[rows, columns], known[rows, columns]
    values = np.where((given & ~free)[..., None], rim[rows, columns], guess[rows, columns])
    for _ in range(TURNS):
        spread = cv2.filter2D(values, -1, CROSS, borderType=cv2.BORDER_REPLICATE)
        values = np.where(free[..., None], spread, values)
    out = guess.copy()
    out[rows, columns] = values
    return out


def _enlarged(values: Floats, patch: Patch, box: Box) -> Floats:
    """Bring values of a patch's grid to the photo's pixels in a box."""
    step = patch.factor
    matrix = Affine(
        np.array(
            [
                [step, 0, patch.box.left - box.left],
                [0, step, patch.box.top - box.top],
            ],
            np.float64,
        )
    ).pixel_matrix()
    size = box.width, box.height
    large = cv2.warpAffine(
        values, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(large, np.float32)


def _taken(pixels: Pixels, source: Box) -> Floats:
    """Return a box of the photo; beyond its edge, the edge."""
    height, width = pixels.shape[:2]
    rows = np.clip(np.arange(source.top, source.bottom), 0, height - 1)
    columns = np.clip(np.arange(source.left, source.right), 0, width - 1)
    return pixels[np.ix_(rows, columns)].astype(np.float32)

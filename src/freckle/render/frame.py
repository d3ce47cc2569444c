"""The finished picture cut out of the worked one: turned, mirrored, straightened, cropped."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person
from freckle.codec.channels import as_pixels
from freckle.framing import Framing
from freckle.geometry import Affine, Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas
from freckle.photo import Photo, Pixels
from freckle.pixels.threads import together
from freckle.pixels.warp import resampled, told
from freckle.recipe.recipe import Recipe
from freckle.render.gain import framed_gain
from freckle.render.neighbors import outline_of

TILE: Final = 512
"""Side of what is resampled at a time, at multiples of it in the finished picture."""
BESIDE: Final = 3
"""Pixels around a place that the cubic kernel reads, and one more."""
CROWN: Final = 0.2
"""How far hair reaches above a face, as a share of the face's height."""


def framing_of(recipe: Recipe, size: tuple[int, int], people: Sequence[Person]) -> Framing:
    """Return the frame that a recipe asks for on a picture of width × height."""
    found = Framing.whole(size)
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Canvas) and not step.idle:
            heads = [_moved(found, Box(x, y, x + w, y + h)) for x, y, w, h in heads_of(people)]
            found = op.frame(step.edit, found.size, heads).after(found)
    return found


def head_of(person: Person) -> Box:
    """Return the box of a person's head in the photo, hair included."""
    outline = outline_of(person.face)
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    rise = CROWN * (bottom - top)
    return Box(int(left), int(top - rise), int(np.ceil(right)), int(np.ceil(bottom)))


def heads_of(people: Sequence[Person]) -> list[tuple[int, int, int, int]]:
    """Return left, top, width and height of the heads that a frame is built around."""
    boxes = [head_of(person) for person in _shown(people)]
    return [(box.left, box.top, box.width, box.height) for box in boxes]


def _shown(people: Sequence[Person]) -> list[Person]:
    """Return the people that a frame is built around: those to retouch, or else everybody."""
    return [person for person in people if person.editable] or list(people)


def _moved(framing: Framing, box: Box) -> Box:
    x, y, w, h = framing.placed((box.left, box.top, box.width, box.height))
    return Box(int(x), int(y), int(np.ceil(x + w)), int(np.ceil(y + h)))


def framed_photo(photo: Photo, framing: Framing) -> Photo:
    """Return a photo in its frame, transparency included; the same one where all is kept."""
    if framing.keeps_all:
        return photo
    whole = Box(0, 0, *framing.source)
    pixels = framed(photo.pixels, framing, whole)
    alpha = None if photo.alpha is None else framed(photo.alpha, framing, whole)
    return photo.with_frame(pixels, alpha, framed_gain(photo.gain, framing))


def needed(framing: Framing, part: Sequence[float] | None = None) -> Box:
    """Return the box of the source that a part (x, y, w, h) of the finished picture needs."""
    box = framing.covered(part)
    return box if framing.plain else box.grow(BESIDE).clip(*framing.source)


def framed(pixels: Pixels, framing: Framing, box: Box, part: Box | None = None) -> Pixels:
    """Return a part of the finished picture (None: all), at full size.

    `pixels` are those of the source inside `box`.
    """
    part = part or Box(0, 0, *framing.size)
    if framing.plain:
        x, y, w, h = part.left, part.top, part.width, part.height
        under = framing.covered((x, y, w, h))
        rows = slice(under.top - box.top, under.bottom - box.top)
        columns = slice(under.left - box.left, under.right - box.left)
        return as_pixels(np.ascontiguousarray(turned(pixels[rows, columns], framing)))
    out = np.empty((part.height, part.width, *pixels.shape[2:]), pixels.dtype)
    tiles = [
        Box(left, top, left + TILE, top + TILE).meet(part)
        for top in range(part.top // TILE * TILE, part.bottom, TILE)
        for left in range(part.left // TILE * TILE, part.right, TILE)
    ]

    def work(tile: Box) -> None:
        here = Box(*(np.array([tile.left, tile.top, tile.right, tile.bottom]) - _twice(part)))
        out[here.slices] = _resampled(pixels, framing, box, tile)

    together(partial(work, tile) for tile in tiles)
    return as_pixels(out)


def turned(pixels: Pixels, framing: Framing) -> Pixels:
    """Return pixels after the frame's quarter turns and mirrors."""
    linear = np.rint(framing.to_source.matrix[:, :2])
    if linear[0, 0] == 0:
        pixels = as_pixels(np.swapaxes(pixels, 0, 1))
        across, down = linear[1, 0], linear[0, 1]
    else:
        across, down = linear[0, 0], linear[1, 1]
    rows, columns = slice(None, None, int(down)), slice(None, None, int(across))
    return as_pixels(pixels[rows, columns])


def reduced(
    pixels: Pixels, from_source: Affine, framing: Framing, view: tuple[Sequence[float], Any]
) -> Pixels:
    """Return a part of the finished picture on a smaller scale.

    `from_source` maps points of the source to those of `pixels`; `view` is the part (x, y, w, h)
    and its size (width, height) in pixels.
    """
    (x, y, w, h), (width, height) = view
    out = Affine(np.array([[w / width, 0, x], [0, h / height, y]]))
    matrix = from_source.after(framing.to_source).after(out).pixel_matrix()
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE
    found = cv2.warpAffine(pixels, matrix, (width, height), flags=flags, borderMode=border)
    return as_pixels(found)


def _twice(part: Box) -> Any:
    return np.array([part.left, part.top, part.left, part.top])


def _resampled(pixels: Pixels, framing: Framing, box: Box, tile: Box) -> Any:
    """Read a tile of the finished picture, with a cubic kernel."""
    matrix = framing.to_source.pixel_matrix()
    columns = np.arange(tile.left, tile.right, dtype=np.float64)
    rows = np.arange(tile.top, tile.bottom, dtype=np.float64)[:, None]
    places = np.empty((tile.height, tile.width, 2), np.float32)
    for axis, start in enumerate((box.left, box.top)):
        where = matrix[axis, 0] * columns + matrix[axis, 1] * rows + matrix[axis, 2]
        places[..., axis] = told(where) - start
    return resampled(pixels, places)

"""A finished photo at two or four times its size, or at any size up to that.

A network guesses fine detail, Lanczos' filter (1950) keeps it honest: their mean, weighted as
measured best, is corrected until it reduces to the very picture that it was made from
(back-projection, Irani and Peleg 1991). So nothing is added that the photo does not allow, and no
face is drawn anew. Bands of rows keep the memory small.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec.channels import as_pixels
from freckle.errors import OutputError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Delivery
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats
from freckle.recipe.recipe import Recipe
from freckle.render.gain import sized_gain
from freckle.render.pyramid import resize
from freckle.vision.upscaler import AROUND, TILE, doubled

SHARE: Final = 0.65
"""Weight of the network against Lanczos: best on faces and hair with known truth."""
ROUNDS: Final = 3
"""Smooth corrections before the last one, which is exact."""
EDGE: Final = 12
"""Rows around a band that its corrections see, beside what the network sees."""
BAND: Final = 2 * TILE
"""Rows of the photo enlarged at a time."""
MOST: Final = 200_000_000
"""Pixels of the largest picture that is made."""
FLAT: Final = 2.0 / 255
"""Contrast of the finest detail anywhere in a tile up to which Lanczos alone does: ground out of
focus, which is half of many portraits. The network would change it by less than a step of 255."""
Size = tuple[int, int]
Told = Callable[[float], None]


def nothing(_share: float) -> None:
    """Tell nobody."""


def delivered(photo: Photo, recipe: Recipe, told: Told = nothing) -> Photo:
    """Return a finished photo at the size that a recipe asks for; the same one where it has it.

    `told` hears of the share that is done, 0 to 1, band by band, and may raise to stop the work.
    Raises `OutputError` for a size that is too large.
    """
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Delivery) and not step.idle:
            size, dpi = op.size(step.edit, (photo.width, photo.height))
            photo = enlarged(photo, size, told, op.texture(step.edit))
            if dpi is not None:
                photo = replace(photo, metadata=replace(photo.metadata, dpi=(dpi, dpi)))
    return photo


def delivered_size(recipe: Recipe, now: Size) -> Size:
    """Return the size of the file that a recipe makes of a picture of some size."""
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Delivery) and not step.idle:
            now, _ = op.size(step.edit, now)
    return now


def enlarged(photo: Photo, size: Size, told: Told = nothing, texture: float = SHARE) -> Photo:
    """Return a photo at width × height, at most four times its own.

    Depth, profile and metadata stay. `texture` (0..1) is the network's weight; with 0 it is not
    asked. Raises `OutputError` for more.
    """
    if size == (photo.width, photo.height):
        return photo
    need = max(size[0] / photo.width, size[1] / photo.height)
    if need > 4 or size[0] * size[1] > MOST:
        raise OutputError(
            f"{size[0]} × {size[1]} is too large for a photo of {photo.width} × {photo.height}.",
            "At most four times its size and 200 megapixels can be made.",
        )
    factor = 1 if need <= 1 else 2 if need <= 2 else 4
    large = photo.pixels if factor == 1 else _multiplied(photo, factor, told, texture)
    alpha = photo.alpha
    if alpha is not None and alpha.shape[::-1] != size:
        alpha = as_pixels(cv2.resize(alpha, size, interpolation=cv2.INTER_LINEAR))
    return photo.with_frame(resize(large, size), alpha, sized_gain(photo.gain, size))


def _multiplied(photo: Photo, factor: int, told: Told, texture: float) -> Pixels:
    """Return the pixels at two or four times their size."""
    height, width = photo.pixels.shape[:2]
    large = np.empty((height * factor, width * factor, 3), photo.pixels.dtype)
    peak, guess = np.float32(photo.peak), _Guess(photo) if texture else None
    for top in range(0, height, BAND):
        told(top / height)
        bottom = min(top + BAND, height)
        first, last = max(top - EDGE, 0), min(bottom + EDGE, height)
        part = photo.pixels[first:last].astype(np.float32) * (1 / peak)
        double = guess.rows(first, last) if guess else None
        made = _corrected(double, part, factor, texture)
        rows = made[factor * (top - first) : factor * (bottom - first)]
        large[factor * top : factor * bottom] = np.rint(np.clip(rows, 0, 1) * peak)
    return as_pixels(large)


class _Guess:
    """The network's double of a photo, made row of tiles by row of tiles as it is asked for."""

    def __init__(self, photo: Photo) -> None:
        self._photo = photo
        lossy = photo.source.format in ("jpeg", "webp", "avif", "heic")
        self._cleaned = lossy and not photo.source.lossless
        self._made: dict[int, Floats] = {}

    def rows(self, first: int, last: int) -> Floats:
        """Return the double of some rows; those far above are forgotten."""
        wanted = range(first // TILE, (last - 1) // TILE + 1)
        self._made = {k: self._made[k] if k in self._made else self._tiles(k) for k in wanted}
        start = first - wanted.start * TILE
        return np.concatenate(list(self._made.values()))[2 * start :][: 2 * (last - first)]

    def _tiles(self, number: int) -> Floats:
        """Return the double of a row of tiles; beyond the photo's edges it is mirrored."""
        height, width = self._photo.pixels.shape[:2]
        top, bottom = number * TILE - AROUND, (number + 1) * TILE + AROUND
        rows = _mirrored(np.arange(top, bottom), height)
        columns = _mirrored(np.arange(-AROUND, -(-width // TILE) * TILE + AROUND), width)
        wide = self._photo.pixels[rows][:, columns].astype(np.float32)
        wide *= np.float32(1 / self._photo.peak)
        side, made = TILE + 2 * AROUND, []
        for left in range(0, width, TILE):
            tile = np.ascontiguousarray(wide[:, left : left + side])
            detailed = _detailed(tile)
            made.append(doubled(tile, cleaned=self._cleaned) if detailed else _plainly(tile))
        found = np.concatenate(made, axis=1)[:, : 2 * width]
        if self._photo.source.gray:
            found = np.repeat(found.mean(axis=2, keepdims=True), 3, axis=2)
        return np.asarray(found, np.float32)


def _mirrored(places: Any, count: int) -> Any:
    """Return places on a line of `count` pixels, those beyond its ends mirrored."""
    period = max(2 * (count - 1), 1)
    return (count - 1) - np.abs((places % period) - (count - 1))


def _detailed(tile: Floats) -> bool:
    """Whether there is anything in a tile that the network could do better than a filter."""
    fine = tile - np.asarray(cv2.GaussianBlur(tile, (0, 0), 1.0), np.float32)
    parts = np.asarray(cv2.resize(fine * fine, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA))
    return bool(np.sqrt(parts.max()) > FLAT)


def _plainly(tile: Floats) -> Floats:
    """Return what a filter makes of a tile."""
    side = 2 * (TILE + 2 * AROUND)
    large = _resized(tile, (side, side), cv2.INTER_LANCZOS4)
    return large[2 * AROUND : -2 * AROUND, 2 * AROUND : -2 * AROUND]


def _corrected(guess: Floats | None, part: Floats, factor: int, share: float) -> Floats:
    """Return `share` of a guess and the rest Lanczos, corrected until it reduces to the part."""
    height, width = part.shape[:2]
    size = width * factor, height * factor
    smooth = _resized(part, size, cv2.INTER_LANCZOS4)
    made = smooth
    if guess is not None:
        fine = guess if factor == 2 else _resized(guess, size, cv2.INTER_LANCZOS4)
        made = np.float32(share) * fine + np.float32(1 - share) * smooth
    for _ in range(ROUNDS):
        np.clip(made, 0, 1, out=made)
        made += _resized(part - _reduced(made, factor), size, cv2.INTER_CUBIC)
    np.clip(made, 0, 1, out=made)
    return made + _resized(part - _reduced(made, factor), size, cv2.INTER_NEAREST)


def _reduced(large: Floats, factor: int) -> Floats:
    size = large.shape[1] // factor, large.shape[0] // factor
    return _resized(large, size, cv2.INTER_AREA)


def _resized(values: npt.NDArray[Any], size: Size, how: int) -> Floats:
    return np.asarray(cv2.resize(values, size, interpolation=how), np.float32)

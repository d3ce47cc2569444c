"""Grounds that are pictures: the photo's own out of focus, and another one."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import RecipeError, Refusal
from freckle.geometry import Affine, Box
from freckle.ops.background import MOST_PICTURE
from freckle.pixels.color import Floats, from_srgb, to_light, to_srgb
from freckle.render.picture import Picture
from freckle.render.pyramid import resize

ROWS: Final = 256
"""Rows of a picture that are summed up at a time."""
FINEST: Final = 2
"""Pixels of a cell's side at least."""
CELLS: Final = 8
"""A blur's radius has at most so many cells."""

KEPT: Final = ("jpeg", "png", "webp")
"""Formats that stay as they are in a recipe."""
LONGEST: Final = 3000
"""Pixels of the longer side of a picture in a recipe, and fewer until it fits."""

Ground = Callable[[Box, Box, Floats], Floats]
"""Given a tile and its part that is seen (coordinates of `Picture.from_photo`), and the light
there: the ground's linear light on that part."""
Sums = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Defocus:
    """The ground as a lens out of focus shows it: every point a disc, in linear light.

    People do not count, so that nothing of them bleeds into it and nothing darkens around them.
    Light is summed up in whole numbers over cells that lie at multiples of their size in the
    photo: any part of it is the same part of the whole, to the bit.
    """

    discs: Floats
    """Rows × columns × 4 of the cells: light and how much ground it is of."""
    first: tuple[int, int]
    """Where the first cell begins, in coordinates of `Picture.from_photo`."""
    cell: int

    @classmethod
    def of(cls, picture: Picture, alpha: Any, table: Floats, radius: float) -> Self:
        """Blur a picture by `radius` of its pixels, where `alpha` (0..65535) is not whole.

        `table` has the linear light of every stored value.
        """
        cell, reach = cells_of(radius)
        left, top = (at // cell * cell for at in picture.corner)
        sums = _sums(picture, alpha, np.rint(table * 65535).astype(np.int64), cell)
        return cls(_discs(sums, radius / cell, reach), (left, top), cell)

    def __call__(self, tile: Box, part: Box, light: Floats) -> Floats:
        """Return the linear light of a part of a tile (coordinates of `from_photo`).

        `light` is what the part shows, for places where no ground is near.
        """
        step = 1 / self.cell
        shift = [(tile.left - self.first[0]) * step, (tile.top - self.first[1]) * step]
        matrix = Affine(np.array([[step, 0, shift[0]], [0, step, shift[1]]])).pixel_matrix()
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = tile.width, tile.height
        border = cv2.BORDER_REPLICATE
        found = cv2.warpAffine(self.discs, matrix, size, flags=flags, borderMode=border)
        found = found[part.within(tile).slices]
        weight = found[..., 3:]
        seen = found[..., :3] / np.maximum(weight, 1) / np.float32(65535)
        return np.asarray(np.where(weight > 1, seen, light), np.float32)


def cells_of(radius: float) -> tuple[int, int]:
    """Return the side of a blur's cells in pixels, and how many cells its discs reach."""
    cell = FINEST
    while radius / cell > CELLS:
        cell *= 2
    return cell, int(np.ceil(radius / cell))


def _sums(picture: Picture, alpha: Any, table: Sums, cell: int) -> Sums:
    """Return light × weight and weight, summed up over cells (rows × columns × 4)."""
    (left, top), (width, height) = picture.corner, picture.size
    across = np.maximum(np.arange(left // cell * cell, left + width, cell) - left, 0)
    bands = []
    for start in range(-(top % cell), height, ROWS):
        rows = slice(max(start, 0), min(start + ROWS, height))
        # what mixes with people counts little, what is more theirs not at all
        weight = np.maximum(255 - (alpha[rows] >> 6).astype(np.int64), 0)[..., None]
        values = np.concatenate([table[picture.pixels[rows]] * weight, weight], axis=2)
        down = np.maximum(np.arange(start, rows.stop, cell) - rows.start, 0)
        values = np.add.reduceat(values, down, axis=0)
        bands.append(np.add.reduceat(values, across, axis=1))
    return np.concatenate(bands)


def _discs(cells: Sums, radius: float, reach: int) -> Floats:
    """Return the sum over the disc around each cell; beside the picture there is nothing."""
    rows, columns, channels = cells.shape
    found = np.empty((rows, columns, channels), np.float32)
    for channel in range(channels):  # one at a time, for memory
        plane = np.pad(cells[..., channel], ((reach, reach), (reach + 1, reach)))
        np.cumsum(plane, axis=1, out=plane)
        out = np.zeros((rows, columns), np.int64)
        for down in range(-reach, reach + 1):
            half = min(int(np.sqrt(max((radius + 0.5) ** 2 - down**2, 0))), reach)
            row = plane[reach + down : reach + down + rows]
            out += row[:, reach + 1 + half : reach + 1 + half + columns]
            out -= row[:, reach - half : reach - half + columns]
        found[..., channel] = out
    return found


def pack(data: bytes) -> str:
    """Turn a picture file into what a recipe holds: base64, reduced if it is large.

    Raises `Refusal` for what is no picture.
    """
    photo = load_bytes(data)
    if photo.source.format in KEPT and 4 * len(data) <= 3 * MOST_PICTURE:
        return base64.b64encode(data).decode("ascii")
    longer = min(LONGEST, max(photo.width, photo.height))
    while True:
        scale = longer / max(photo.width, photo.height)
        size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        small = photo.with_frame(resize(photo.pixels, size), None)
        options = SaveOptions(format="jpeg", quality=90, strip_metadata=True)
        text = base64.b64encode(encode(small, options)).decode("ascii")
        if len(text) <= MOST_PICTURE:
            return text
        longer = longer * 3 // 4


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """Another picture behind the people, large enough to cover the photo, its middle in the middle.

    `light` is linear light of the photo's primaries, reduced if it is larger than the picture.
    """

    light: Floats
    to_light: Affine
    """Maps points in coordinates of `from_photo` to those of `light`."""

    @classmethod
    def of(cls, picture: Picture, image: str) -> Self:
        """Prepare a file in base64. Raises `RecipeError`."""
        try:
            found = load_bytes(base64.b64decode(image, validate=True))
        except (binascii.Error, ValueError, Refusal) as error:
            raise RecipeError(
                "The background's picture cannot be opened.", "Choose a JPEG, PNG or WebP file."
            ) from error
        across, down = picture.scale
        whole = np.array([picture.photo.width * across, picture.photo.height * down])
        scale = float((whole / [found.width, found.height]).max())
        pixels = found.pixels
        if scale < 1:
            size = max(1, round(found.width * scale)), max(1, round(found.height * scale))
            pixels, scale = resize(pixels, size), 1.0
        values = pixels.astype(np.float32) / np.float32(found.peak)
        values = from_srgb(to_srgb(values, found.space), picture.photo.space)
        light = np.clip(to_light(np.clip(values, 0, 1), picture.photo.space), 0, 1)
        middle = picture.from_photo.matrix[:, 2] + whole / 2
        shift = np.array([light.shape[1], light.shape[0]]) / 2 - middle / scale
        matrix = np.column_stack([np.diag([1 / scale, 1 / scale]), shift])
        return cls(np.asarray(light, np.float32), Affine(matrix))

    def __call__(self, tile: Box, part: Box, _light: Floats) -> Floats:
        """Return the linear light of a part of a tile."""
        corner = self.to_light(np.array([[tile.left, tile.top]], np.float64))[0]
        linear = self.to_light.matrix[:, :2]
        matrix = Affine(np.column_stack([linear, corner])).pixel_matrix()
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = tile.width, tile.height
        border = cv2.BORDER_REPLICATE
        found = cv2.warpAffine(self.light, matrix, size, flags=flags, borderMode=border)
        return np.asarray(found[part.within(tile).slices], np.float32)

"""A photo at half, quarter, … size, made once, so that a preview never reads every pixel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.photo import Pixels

SMALLEST: Final = 256
"""No level's longer side is smaller than this (pixels)."""


@dataclass(frozen=True, slots=True)
class View:
    """What to show: a part of the photo in its own pixels, and how large in screen pixels."""

    x: float
    y: float
    w: float
    h: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A view settled on one level: `box` in the level's pixels, `size` of the picture (w, h)."""

    level: int
    box: Box
    size: tuple[int, int]
    region: tuple[float, float, float, float]
    """x, y, w, h of `box` in full-size pixels."""


class Pyramid:
    """Levels of one photo; level 0 is the photo itself. Every level covers the whole photo."""

    def __init__(self, pixels: Pixels) -> None:
        """Start from full-size pixels, height × width × 3."""
        self._levels = [pixels]
        self.version = 0

    @property
    def whole(self) -> Cut:
        """All of the photo at its own size."""
        height, width = self._levels[0].shape[:2]
        return self.part(Box(0, 0, width, height))

    @staticmethod
    def part(box: Box) -> Cut:
        """Return a box of the photo at its own size."""
        region = (float(box.left), float(box.top), float(box.width), float(box.height))
        return Cut(0, box, (box.width, box.height), region)

    def level(self, number: int) -> Pixels:
        """Return level `number`, each side half (rounded up) of the level before."""
        while len(self._levels) <= number:
            self._levels.append(halve(self._levels[-1]))
        return self._levels[number]

    def renew(self, boxes: Sequence[Box]) -> None:
        """Bring the smaller levels up to date after level 0 was written inside some boxes."""
        for number in range(1, len(self._levels)):
            above, level = self._levels[number - 1], self._levels[number]
            boxes = [_half(box) for box in boxes]
            if above.shape[0] % 2 or above.shape[1] % 2:
                level[...] = halve(above)  # pixels of the two levels do not line up
                continue
            for box in boxes:
                rows, columns = (slice(2 * s.start, 2 * s.stop) for s in box.slices)
                level[box.slices] = halve(above[rows, columns])
        self.version += 1

    def cut(self, view: View, *, exact: bool = True) -> Cut:
        """Settle a view: clipped to the photo, never enlarged, its edges on a level's pixels.

        The region grows outward by less than one screen pixel; the size follows it. `exact`
        starts from a level with at least four pixels for one of the picture: 52 dB and more from
        averaging the photo itself, 43 dB otherwise.
        """
        height, width = self._levels[0].shape[:2]
        left, top = min(max(view.x, 0.0), width - 1.0), min(max(view.y, 0.0), height - 1.0)
        right = min(max(view.x + view.w, left + 1.0), float(width))
        bottom = min(max(view.y + view.h, top + 1.0), float(height))
        across, down = min(view.width / view.w, 1.0), min(view.height / view.h, 1.0)
        number = self._number((2 if exact else 1) * max(across, down))
        rows, columns = _size(height, width, number)
        sx, sy = columns / width, rows / height
        box = Box(
            int(np.floor(left * sx + 1e-6)),
            int(np.floor(top * sy + 1e-6)),
            int(np.ceil(right * sx - 1e-6)),
            int(np.ceil(bottom * sy - 1e-6)),
        )
        region = (box.left / sx, box.top / sy, box.width / sx, box.height / sy)
        size = max(1, round(region[2] * across)), max(1, round(region[3] * down))
        return Cut(level=number, box=box, size=size, region=region)

    def picture(self, cut: Cut) -> Pixels:
        """Return the pixels of a cut, area-averaged to its size; a view of the level if equal."""
        part = self.level(cut.level)[cut.box.slices]
        return resize(part, cut.size)

    def _number(self, scale: float) -> int:
        longer, number = max(self._levels[0].shape[:2]), 0
        while scale <= 0.5 and longer > 2 * SMALLEST:
            scale, longer, number = scale * 2, longer / 2, number + 1
        return number


def halve(pixels: Pixels) -> Pixels:
    """Area-average to half size, odd sides rounded up (the picture's edges stay its edges)."""
    height, width = pixels.shape[:2]
    return resize(pixels, ((width + 1) // 2, (height + 1) // 2))


def _half(box: Box) -> Box:
    return Box(box.left // 2, box.top // 2, (box.right + 1) // 2, (box.bottom + 1) // 2)


def resize(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Area-average to `size` (width, height); the same array when it has that size."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    return as_pixels(small)


def _size(height: int, width: int, number: int) -> tuple[int, int]:
    for _ in range(number):
        height, width = (height + 1) // 2, (width + 1) // 2
    return height, width

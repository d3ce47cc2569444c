"""Where the pixels of a view lie in the finished picture."""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from freckle.pixels.color import SRGB, Floats, RGBSpace


@dataclass(frozen=True, slots=True)
class Place:
    """A view of a picture: which part of it, and how many pixels show that part.

    Lengths are told in widths of the picture, which means its longer side, so that a recipe does
    the same to a preview and to the file, and to the picture upright or turned.
    """

    picture: tuple[int, int]
    """Width and height of the whole picture, in its own pixels."""
    region: tuple[float, float, float, float]
    """Left, top, width and height of the part, in the picture's pixels."""
    size: tuple[int, int]
    """Width and height of the view, in pixels of the view."""
    space: RGBSpace = field(default=SRGB, compare=False)
    """Whose primaries the view's linear light has."""
    parts: npt.NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)
    """How surely each pixel is hair, clothes or ground (height × width × 3, 0..255, 255 together
    at most), where somebody asked for that."""

    @property
    def unit(self) -> float:
        """Pixels of the view in one width of the picture."""
        return max(self.picture) * self.size[0] / self.region[2]

    def part(self, left: int, top: int, right: int, bottom: int) -> Self:
        """Return the place of a box of the view's pixels."""
        x, y, width, height = self.region
        across, down = width / self.size[0], height / self.size[1]
        return replace(
            self,
            region=(
                x + left * across,
                y + top * down,
                (right - left) * across,
                (bottom - top) * down,
            ),
            size=(right - left, bottom - top),
            parts=None if self.parts is None else self.parts[top:bottom, left:right],
        )

    def axes(self) -> tuple[Floats, Floats]:
        """Return x of each column and y of each row (centers), from the picture's upper left."""
        x, y, width, height = self.region
        across = (np.arange(self.size[0]) + 0.5) * (width / self.size[0]) + x
        down = (np.arange(self.size[1]) + 0.5) * (height / self.size[1]) + y
        longest = max(self.picture)
        return (across / longest).astype(np.float32), (down / longest).astype(np.float32)

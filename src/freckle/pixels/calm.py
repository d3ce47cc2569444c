"""Changes of color in which fine detail has no say: smooth stays smooth, and texture texture.

A map of colors that is steep makes bands of the steps that a file stores, and noise of grain; one
that is flat takes texture away. So how far colors move is told around a place rather than of each
pixel: the guided filter (He, Sun and Tang 2010) with the picture's own lightness as guide, worked
out on a reduced grid (He and Sun, Fast guided filter, 2015). Edges far above `grain` stay edges of
the change.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import layers
from freckle.pixels.place import Place

LIGHTNESS: Final = np.array([[0.3, 0.59, 0.11]], np.float32)
"""Shares of encoded red, green and blue in how light a color looks."""
NODES: Final = 3
"""Radius of windows on the reduced grid, in its nodes."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Blocks of a view's pixels, at the same places of the picture in every view of it."""

    block: int
    """Pixels of a block's sides."""
    corner: tuple[int, int]
    """Columns and rows of the first block that lie before the view."""
    size: tuple[int, int]
    """Width and height of the view."""

    @classmethod
    def of(cls, place: Place, radius: float) -> "Grid":
        """Return the grid of a view for windows of a radius in pixels."""
        block = max(1, int(radius / NODES))
        left, top, width, _ = place.region
        scale = place.size[0] / width
        return cls(block, (round(left * scale) % block, round(top * scale) % block), place.size)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of blocks."""
        (left, top), (width, height) = self.corner, self.size
        return -(-(top + height) // self.block), -(-(left + width) // self.block)

    def reduced(self, values: Floats) -> Floats:
        """Return the means of blocks."""
        if self.block == 1:
            return values
        (left, top), (width, height) = self.corner, self.size
        right, under = (-(left + width)) % self.block, (-(top + height)) % self.block
        whole = cv2.copyMakeBorder(values, top, under, left, right, cv2.BORDER_REPLICATE)
        small = whole.shape[1] // self.block, whole.shape[0] // self.block
        return np.asarray(cv2.resize(whole, small, interpolation=cv2.INTER_AREA), np.float32)

    def filled(self, small: Floats) -> Floats:
        """Return the view's pixels between the blocks' middles."""
        if self.block == 1:
            return small
        full = small.shape[1] * self.block, small.shape[0] * self.block
        (left, top), (width, height) = self.corner, self.size
        return np.asarray(
            cv2.resize(small, full)[top : top + height, left : left + width], np.float32
        )


def lightness(values: Floats) -> Floats:
    """Return how light colors (height × width × 3, encoded) look, about (height × width)."""
    return np.asarray(cv2.transform(values, LIGHTNESS), np.float32)


def lines(level: Floats, change: Floats, radius: int, grain: float) -> tuple[Floats, Floats]:
    """Return the function of lightness that a change is around each place: factor and offset.

    `level` is height × width, `change` height × width × 3, and so are both results. Contrasts far
    below `grain` have no say.
    """
    mean, middle = _mean(level, radius), _mean(change, radius)
    spread = _mean(level * level, radius) - mean * mean
    share = np.asarray(1 / (np.maximum(spread, 0) + np.float32(grain**2)), np.float32)
    together = _mean(layers(level) * change, radius)
    factor = layers(share) * (together - layers(mean) * middle)
    offset = middle - factor * layers(mean)
    return _mean(factor, radius), _mean(offset, radius)


def _mean(values: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101), np.float32)

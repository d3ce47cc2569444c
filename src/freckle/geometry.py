"""Boxes and similarity transforms in the picture plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel box in pixels: left, top, right, bottom; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels, 0 when empty."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """Height in pixels, 0 when empty."""
        return max(0, self.bottom - self.top)

    @property
    def empty(self) -> bool:
        """Whether no pixel lies inside."""
        return self.width == 0 or self.height == 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of an array: rows, columns."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def clip(self, width: int, height: int) -> Self:
        """Return the part inside a picture of this size."""
        left, top = min(max(self.left, 0), width), min(max(self.top, 0), height)
        right, bottom = min(max(self.right, left), width), min(max(self.bottom, top), height)
        return type(self)(left, top, right, bottom)

    def meet(self, other: "Box") -> Self:
        """Return what two boxes have in common; empty when they do not touch."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return type(self)(left, top, max(left, right), max(top, bottom))

    def within(self, other: "Box") -> Self:
        """Return the same box in pixels of another one, whose corner is their first."""
        left, top = other.left, other.top
        return type(self)(self.left - left, self.top - top, self.right - left, self.bottom - top)

    def union(self, other: "Box") -> Self:
        """Return the smallest box around two; an empty one does not count."""
        if self.empty or other.empty:
            kept = other if self.empty else self
            return type(self)(kept.left, kept.top, kept.right, kept.bottom)
        left, top = min(self.left, other.left), min(self.top, other.top)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return type(self)(left, top, right, bottom)

    def grow(self, by: int) -> Self:
        """Return the box with a border on all sides."""
        return type(self)(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Affine:
    """A linear map and a shift: points of one picture to points of another (x, y).

    Points are continuous coordinates: the centre of the first pixel is (0.5, 0.5).
    """

    matrix: npt.NDArray[np.float64]
    """2 × 3."""

    @property
    def scale(self) -> float:
        """Pixels of the target per pixel of the source (geometric mean of both axes)."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def upright(self) -> bool:
        """Whether axes stay axes: no rotation, no shear."""
        return bool(self.matrix[0, 1] == 0 and self.matrix[1, 0] == 0)

    def __call__(self, points: Points) -> Points:
        """Map points (… × 2 or more columns; further columns are scaled, as depth is)."""
        xy = points[..., :2] @ self.matrix[:, :2].T + self.matrix[:, 2]
        rest = points[..., 2:] * self.scale
        return np.concatenate([xy, rest], axis=-1).astype(np.float32)

    def after(self, first: "Affine") -> Self:
        """Return the map that does `first` and then this one."""
        linear = self.matrix[:, :2] @ first.matrix[:, :2]
        shift = self.matrix[:, :2] @ first.matrix[:, 2] + self.matrix[:, 2]
        return type(self)(np.column_stack([linear, shift]))

    def inverse(self) -> Self:
        """Return the map the other way."""
        linear = np.linalg.inv(self.matrix[:, :2])
        return type(self)(np.column_stack([linear, -linear @ self.matrix[:, 2]]))

    def pixel_matrix(self) -> npt.NDArray[np.float64]:
        """Return the same map between pixel indices, as OpenCV's warps want it."""
        half = np.array([0.5, 0.5])
        shift = self.matrix[:, :2] @ half + self.matrix[:, 2] - half
        return np.column_stack([self.matrix[:, :2], shift])


def touched(boxes: Sequence[Box], to_photo: Affine, size: tuple[int, int]) -> list[Box]:
    """Return the boxes of a frame of `size` (height, width) that cover boxes of the photo."""
    back = to_photo.inverse()
    height, width = size
    found = []
    for box in boxes:
        corners: Points = np.array(
            [
                [box.left, box.top],
                [box.right, box.top],
                [box.left, box.bottom],
                [box.right, box.bottom],
            ],
            np.float32,
        )
        seen = back(corners)
        low, high = np.floor(seen.min(0)).astype(int), np.ceil(seen.max(0)).astype(int)
        found.append(Box(*low.tolist(), *high.tolist()).grow(3).clip(width, height))
    return [box for box in found if not box.empty]

"""What part of a picture is kept, and how it is turned: a map of coordinates both ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from freckle.geometry import Affine, Box, Points

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Framing:
    """The frame of a finished picture on the picture it is cut from.

    `to_source` maps points of the finished picture (x, y in pixels) to points of the source,
    whose size is `source`.
    """

    size: Size
    source: Size
    to_source: Affine

    @classmethod
    def whole(cls, size: Size) -> Self:
        """Return the frame that keeps everything as it is."""
        return cls(size, size, Affine(np.eye(2, 3)))

    @property
    def plain(self) -> bool:
        """Whether pixels stay pixels: quarter turns, mirrors and whole pixels cut off."""
        matrix = self.to_source.matrix
        return bool(np.array_equal(matrix, np.rint(matrix)))

    @property
    def keeps_all(self) -> bool:
        """Whether the finished picture is the source."""
        return self.size == self.source and np.array_equal(self.to_source.matrix, np.eye(2, 3))

    @property
    def name(self) -> str:
        """Tells one frame from another."""
        return f"{self.size} {self.to_source.matrix.tolist()}"

    def after(self, first: "Framing") -> "Framing":
        """Return the frame of what this one cuts out of the other's finished picture."""
        return Framing(self.size, first.source, first.to_source.after(self.to_source))

    def covered(self, part: Sequence[float] | None = None) -> Box:
        """Return the box of the source under a part (x, y, w, h) of the finished picture."""
        x, y, w, h = part or (0.0, 0.0, *self.size)
        corners = np.array([[x, y], [x + w, y], [x, y + h], [x + w, y + h]])
        low, high = _extent(self.to_source(corners.astype(np.float64)))
        tiny = 1e-3  # a whole pixel may be off by rounding
        first, last = np.floor(low + tiny).astype(int), np.ceil(high - tiny).astype(int)
        return Box(*first.tolist(), *last.tolist()).clip(*self.source)

    def placed(self, region: Sequence[float]) -> tuple[float, float, float, float]:
        """Return the part (x, y, w, h) of the finished picture around a region of the source."""
        x, y, w, h = region
        corners = np.array([[x, y], [x + w, y], [x, y + h], [x + w, y + h]])
        low, high = _extent(self.to_source.inverse()(corners))
        left, top, right, bottom = (round(float(v), 3) for v in (*low, *high))
        return left, top, right - left, bottom - top

    def finished(self, points: Points) -> Points:
        """Return where points of the source (… × 2) lie in the finished picture."""
        return self.to_source.inverse()(points)


def _extent(points: Points) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    found = points.reshape(-1, 2).astype(np.float64)
    return found.min(axis=0), found.max(axis=0)

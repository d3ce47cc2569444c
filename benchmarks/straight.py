"""Straight lines drawn beside a head, and how far they bend."""

from collections.abc import Iterator
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.mesh import OVAL, RGB8
from freckle.analysis.faces import Face
from freckle.render.reshape import Warp

AWAY: Final = (0.08, 0.22, 0.42)
"""How far from the oval's box lines are drawn, in face widths."""
LONG: Final = 1.0
"""Length of a line in face widths."""
PLANTED: Final = (236, 232, 225)
Segment = npt.NDArray[np.float32]


def planted(photo: RGB8, face: Face) -> tuple[RGB8, tuple[Segment, ...]]:
    """Return the photo with bright straight bars with dark edges, and their middle lines."""
    lines = tuple(_lines(photo, face))
    drawn = photo.copy()
    thick = max(2, round(0.012 * face.scale))
    for line in lines:
        ends = [tuple(int(v) for v in np.rint(p)) for p in line[[0, -1]]]
        for color, width in ((tuple(c // 8 for c in PLANTED), 3 * thick), (PLANTED, thick)):
            cv2.line(drawn, ends[0], ends[1], color, width, cv2.LINE_AA)
    return drawn, lines


def _lines(photo: RGB8, face: Face) -> Iterator[Segment]:
    """Yield door frames at both sides, a horizon on either side, and one above the head."""
    oval = face.landmarks[list(OVAL), :2]
    (left, top), (right, bottom) = oval.min(0), oval.max(0)
    size, middle = face.scale, (top + bottom) / 2
    half = LONG * size / 2
    ends: list[tuple[float, float, float, float]] = []
    for away in AWAY:
        sides = left - away * size, right + away * size
        ends += [(x, middle - half, x, middle + half) for x in sides]
        ends.append((left, top - away * size, right, top - away * size))
    for level in (0.35, 0.9):
        y = top + level * (bottom - top)
        ends.append((left - (0.08 + LONG) * size, y, left - 0.08 * size, y))
        ends.append((right + 0.08 * size, y, right + (0.08 + LONG) * size, y))
    high, wide = photo.shape[:2]
    for x0, y0, x1, y1 in ends:
        line = np.linspace((x0, y0), (x1, y1), 200, dtype=np.float32)
        inside = (line >= 0).all(axis=1) & (line < [wide, high]).all(axis=1)
        if inside.sum() > 100:
            yield line[inside]


def bends(warp: Warp, lines: tuple[Segment, ...]) -> Iterator[float]:
    """Yield for each line how far it is from straight after a warp, in pixels."""
    for line in lines:
        yield _bend(warp.moved(line))


def _bend(points: npt.NDArray[Any]) -> float:
    """Return the largest distance from the line of least squares."""
    apart = points.astype(np.float64) - points.mean(axis=0, dtype=np.float64)
    normal = np.linalg.svd(apart, full_matrices=False)[2][1]
    return float(np.abs(apart @ normal).max())

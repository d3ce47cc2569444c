"""Stay inside the edge within which a stroke began.

Whether a place is inside is decided on a small grid of the stroke's own (so the answer does not
depend on the photo's size): by the weakest edge that must be crossed on the way from the stroke's
start, and by the color at the start. A guided filter (He, Sun and Tang 2010) then brings the
answer to the pixels, where it follows the picture's own edges.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, median, smoothstep

CELLS: Final = 40
"""Cells of the grid across the brush."""
MOST_CELLS: Final = 480
"""Cells of the grid along its longer side."""
LEVELS: Final = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)
"""Heights of edges that are tried, in multiples of the grain at the start."""
GRAIN: Final = 1.0
"""Least grain that is assumed, in ΔE a cell."""
START: Final = 0.35
"""Part of the brush, in radii, whose color the stroke begins on."""
ALIKE: Final = (16.0, 34.0)
"""ΔE from the start's color within which a place is alike, and beyond which it is not."""
SMOOTH: Final = 4e-4
"""Square of the contrast (L* / 100) that the guided filter takes for grain."""
REACH: Final = 2
"""Half width of the guided filter in cells."""

Picture = Callable[[Box, tuple[int, int]], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """The answer on the grid: a linear function of the picture in every cell."""

    box: Box
    slope: Floats
    offset: Floats

    def at(self, box: Box, picture: Picture) -> Floats:
        """Return how far the pixels of a box (within the stroke's) are inside, 0..1."""
        size = box.width, box.height
        lab = picture(box, size) * np.float32(0.01)
        slope, offset = (self._enlarged(x, box) for x in (self.slope, self.offset))
        return np.asarray(np.clip((slope * lab).sum(axis=2) + offset, 0, 1), np.float32)

    def _enlarged(self, values: Floats, box: Box) -> Floats:
        step = self.box.width / values.shape[1], self.box.height / values.shape[0]
        matrix = np.array(
            [
                [1 / step[0], 0, (box.left - self.box.left + 0.5) / step[0] - 0.5],
                [0, 1 / step[1], (box.top - self.box.top + 0.5) / step[1] - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = box.width, box.height
        edge = cv2.BORDER_REPLICATE
        return np.asarray(
            cv2.warpAffine(values, matrix, size, flags=flags, borderMode=edge), np.float32
        )


def inside(box: Box, points: Points, radius: float, picture: Picture) -> Inside | None:
    """Find what a stroke covers without crossing an edge; None when it began outside the picture.

    `box` is the stroke's part of the picture in pixels, `points` its line, `picture` returns
    boxes in CIELAB.
    """
    within = (points >= [box.left, box.top]) & (points < [box.right, box.bottom])
    seen = points[within.all(axis=1)]
    if box.empty or len(seen) == 0:
        return None
    cell = max(1.0, 2 * radius / CELLS, max(box.width, box.height) / MOST_CELLS)
    size = max(1, round(box.width / cell)), max(1, round(box.height / cell))
    lab = picture(box, size)
    scale = np.array([size[0] / box.width, size[1] / box.height], np.float32)
    line = (points - np.array([box.left, box.top], np.float32)) * scale
    start = (seen[0] - np.array([box.left, box.top], np.float32)) * scale
    answer = _answer(lab, _covered(line, radius / cell, size), _disc(start, radius / cell, size))
    return Inside(box, *_guided(lab * np.float32(0.01), answer))


def _covered(line: Points, radius: float, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Return the cells under the brush."""
    canvas = np.zeros((size[1], size[0]), np.uint8)
    fixed = np.round((line - 0.5) * 16).astype(np.int32)
    width = max(1, round(2 * radius) + 2)
    cv2.polylines(canvas, [fixed[:, None]], isClosed=False, color=1, thickness=width, shift=4)
    cv2.circle(canvas, fixed[0].tolist(), round(16 * (radius + 1)), 1, -1, shift=4)
    return canvas.astype(bool)


def _disc(start: Points, radius: float, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    across = np.arange(size[0], dtype=np.float32) + np.float32(0.5) - start[0]
    down = np.arange(size[1], dtype=np.float32)[:, None] + np.float32(0.5) - start[1]
    return np.asarray(across**2 + down**2 <= max(START * radius, 1.0) ** 2)


def _answer(lab: Floats, covered: npt.NDArray[np.bool_], disc: npt.NDArray[np.bool_]) -> Floats:
    """Return 0..1: how sure each cell is to lie inside the edge around the start."""
    slopes = _slopes(gaussian(lab, 0.7))
    grain = max(GRAIN, 2 * median(slopes[disc]))
    seed = np.unravel_index(int(np.where(disc, slopes, np.inf).argmin()), slopes.shape)
    score = np.zeros(slopes.shape, np.float32)
    for level in LEVELS:
        free = ((slopes < np.float32(level * grain)) & covered).astype(np.uint8)
        _, labels = cv2.connectedComponents(free, connectivity=4)
        if free[seed]:
            score += labels == labels[seed]
    # the edge's own cells belong to neither side: each takes the better of its neighbors
    score = np.asarray(cv2.dilate(score / np.float32(len(LEVELS)), np.ones((3, 3))), np.float32)
    color = np.array([median(np.ascontiguousarray(lab[..., k][disc])) for k in range(3)])
    apart = np.sqrt(((lab - color.astype(np.float32)) ** 2).sum(axis=2))
    alike = 1 - smoothstep(*ALIKE, apart)
    return np.asarray(smoothstep(0.3, 0.6, score) * alike, np.float32)


def _slopes(lab: Floats) -> Floats:
    """Return how steeply the color changes, in ΔE a cell."""
    padded = cv2.copyMakeBorder(lab, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    across = (padded[1:-1, 2:] - padded[1:-1, :-2]) * np.float32(0.5)
    down = (padded[2:, 1:-1] - padded[:-2, 1:-1]) * np.float32(0.5)
    return np.asarray(np.sqrt((across**2 + down**2).sum(axis=2)), np.float32)


def _guided(guide: Floats, answer: Floats) -> tuple[Floats, Floats]:
    """Return slope (H × W × 3) and offset (H × W) of the guided filter."""
    mean, level = _mean(guide), _mean(answer)
    cross = _mean(guide * answer[..., None]) - mean * level[..., None]
    pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
    spread = [_mean(guide[..., i] * guide[..., j]) - mean[..., i] * mean[..., j] for i, j in pairs]
    slope = _solved(spread, cross)
    offset = level - (slope * mean).sum(axis=2)
    return _mean(slope), _mean(np.asarray(offset, np.float32))


def _mean(values: Floats) -> Floats:
    side = 2 * REACH + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REPLICATE), np.float32)


def _solved(spread: list[Floats], right: Floats) -> Floats:
    """Solve a symmetric 3 × 3 system in every cell by Cramer's rule."""
    aa, ab, ac, bb, bc, cc = spread
    aa, bb, cc = (x + np.float32(SMOOTH) for x in (aa, bb, cc))
    minors = (bb * cc - bc * bc, ac * bc - ab * cc, ab * bc - ac * bb)
    others = (aa * cc - ac * ac, ab * ac - aa * bc, aa * bb - ab * ab)
    whole = aa * minors[0] + ab * minors[1] + ac * minors[2]
    x, y, z = (right[..., k] for k in range(3))
    first = minors[0] * x + minors[1] * y + minors[2] * z
    second = minors[1] * x + others[0] * y + others[1] * z
    third = minors[2] * x + others[1] * y + others[2] * z
    return np.asarray(np.stack([first, second, third], axis=2) / whole[..., None], np.float32)

"""Find faces in a square of a picture: boxes and six key points.

BlazeFace (Bazarevsky et al., 2019): anchors on a grid, one score and 16 offsets each. The short
range network sees a face from about a tenth of the square's side, the full range network from
about a twentieth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from freckle.geometry import Affine, Points
from freckle.vision.pyramid import Pyramid
from freckle.vision.session import Tensor, session

Corners = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One face as a detector sees it, in pixels of the picture."""

    center: Points
    """x, y."""
    side: float
    """Side of the square box, brow to chin."""
    keys: Points
    """6 × 2: the person's right eye, left eye, nose tip, mouth, right ear, left ear."""
    score: float
    """0..1."""

    @property
    def corners(self) -> Corners:
        """Left, top, right, bottom of the box."""
        x, y, half = float(self.center[0]), float(self.center[1]), self.side / 2
        return x - half, y - half, x + half, y + half

    @property
    def roll(self) -> float:
        """Angle of the line through the eyes in radians, clockwise in the picture."""
        line = self.keys[1] - self.keys[0]
        return float(np.arctan2(line[1], line[0]))

    def mapped(self, to: Affine) -> "Detection":
        """Return the detection in another picture's pixels."""
        return Detection(to(self.center), self.side * to.scale, to(self.keys), self.score)


@dataclass(frozen=True, slots=True)
class Detector:
    """A detection network and the shape of its input."""

    network: str
    side: int
    """Width and height of the input in pixels."""
    grids: tuple[tuple[int, int], ...]
    """Cells per side and anchors per cell."""

    def __call__(self, picture: Pyramid, to_square: Affine, *, threshold: float) -> list[Detection]:
        """Return the faces in a square, in the picture's pixels, best first, none twice.

        `to_square` maps the picture's pixels to the input's; `threshold` is the lowest score.
        """
        square = picture.sample(to_square, self.side)
        back = to_square.inverse()
        found = self._found(square * np.float32(1 / 127.5) - 1, threshold)
        return [one.mapped(back) for one in best(list(found))]

    def _found(self, square: Tensor, threshold: float) -> Iterable[Detection]:
        anchors = _anchors(self.grids) * self.side
        outputs = session(self.network)(square)
        score = 1 / (1 + np.exp(-np.clip(outputs[len(anchors)], -80, 80)))
        values = outputs[16 * len(anchors)].reshape(-1, 8, 2)
        for k in np.flatnonzero(score >= threshold):
            center, size, keys = values[k, 0], values[k, 1], values[k, 2:]
            yield Detection(
                center + anchors[k], float(size.max()), keys + anchors[k], float(score[k])
            )


SHORT_RANGE = Detector("face_short_range", 128, ((16, 2), (8, 6)))
FULL_RANGE = Detector("face_full_range", 192, ((48, 1),))


def best(found: Sequence[Detection]) -> list[Detection]:
    """Keep of detections of one face the one with the best score; return best first."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: (-d.score, d.corners)):
        if all(overlap(one.corners, other.corners) < 0.3 for other in kept):
            kept.append(one)
    return kept


def overlap(one: Corners, other: Corners) -> float:
    """Return the shared area of two boxes as a part of what both cover, 0..1."""
    shared = shared_area(one, other)
    return shared / (_area(one) + _area(other) - shared) if shared > 0 else 0.0


def inside(one: Corners, other: Corners) -> float:
    """Return the shared area of two boxes as a part of the smaller one, 0..1."""
    shared = shared_area(one, other)
    return shared / min(_area(one), _area(other)) if shared > 0 else 0.0


def shared_area(one: Corners, other: Corners) -> float:
    """Return the area that two boxes share, in square pixels."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _area(box: Corners) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


@cache
def _anchors(grids: tuple[tuple[int, int], ...]) -> Points:
    """Return the anchors' centers (N × 2) as shares of the input's side."""
    rows = []
    for cells, repeats in grids:
        ticks = (np.arange(cells, dtype=np.float32) + 0.5) / cells
        grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
        rows.append(np.repeat(grid, repeats, axis=0))
    return np.concatenate(rows).astype(np.float32)

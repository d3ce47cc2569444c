"""Find faces in a picture: boxes and six key points.

BlazeFace (Bazarevsky et al., 2019): anchors on a grid, one score and 16 offsets each. The short
range network sees a face from about a tenth of the picture's side, the full range network from
about a twentieth; smaller ones are found in tiles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Affine, Points
from freckle.vision.session import Tensor, session

RGB8 = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Detection:
    """One face as a detector sees it, in pixels of the picture."""

    center: Points
    """x, y."""
    side: float
    """Side of the square box, brow to chin."""
    keys: Points
    """6 × 2: the person's right eye, left eye, nose, mouth, right ear, left ear."""
    score: float
    """0..1."""

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the box."""
        x, y, half = float(self.center[0]), float(self.center[1]), self.side / 2
        return x - half, y - half, x + half, y + half

    def mapped(self, to: Affine) -> "Detection":
        """Return the detection in another picture's pixels."""
        return Detection(to(self.center), self.side * to.scale, to(self.keys), self.score)


@dataclass(frozen=True, slots=True)
class Detector:
    """A detection network and the shape of its input."""

    network: str
    side: int
    grids: tuple[tuple[int, int], ...]
    """Cells per side and anchors per cell."""

    def __call__(self, picture: RGB8, *, threshold: float = 0.5) -> list[Detection]:
        """Return the faces of an RGB picture with at least this score, best first, none twice."""
        square, back = _letterbox(picture, self.side)
        return best([found.mapped(back) for found in self._raw(square, threshold)])

    def _raw(self, square: Tensor, threshold: float) -> Iterable[Detection]:
        anchors = self._anchors()
        outputs = session(self.network)(square)
        score = _sigmoid(outputs[len(anchors)])
        values = outputs[16 * len(anchors)].reshape(-1, 8, 2)
        for k in np.flatnonzero(score >= threshold):
            origin = anchors[k] * self.side
            size = float(values[k, 1].max())
            yield Detection(values[k, 0] + origin, size, values[k, 2:] + origin, float(score[k]))

    def _anchors(self) -> Points:
        grids = []
        for cells, repeats in self.grids:
            ticks = (np.arange(cells, dtype=np.float32) + 0.5) / cells
            grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
            grids.append(np.repeat(grid, repeats, axis=0))
        return np.concatenate(grids).astype(np.float32)


SHORT_RANGE = Detector("face_short_range", 128, ((16, 2), (8, 6)))
FULL_RANGE = Detector("face_full_range", 192, ((48, 1),))


def best(found: Sequence[Detection], *, overlap: float = 0.3) -> list[Detection]:
    """Keep of detections that overlap (intersection over union) the best; return best first."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: (-d.score, d.corners)):
        if all(intersection_over_union(one.corners, other.corners) < overlap for other in kept):
            kept.append(one)
    return kept


def intersection_over_union(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> float:
    """Return the shared part of two boxes (left, top, right, bottom), 0..1."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    areas = sum((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return shared / (areas - shared)


def _letterbox(picture: RGB8, side: int) -> tuple[Tensor, Affine]:
    """Fit the picture into a square of −1..1; also return the way back to its pixels."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = (side - inner[0]) // 2, (side - inner[1]) // 2
    square = np.zeros((side, side, 3), np.float32)
    small = cv2.resize(picture, inner, interpolation=cv2.INTER_AREA)
    square[top : top + inner[1], left : left + inner[0]] = small / np.float32(127.5) - 1
    back = np.array([[1 / scale, 0, -left / scale], [0, 1 / scale, -top / scale]])
    return square, Affine(back)


def _sigmoid(values: Tensor) -> Tensor:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -80, 80))), np.float32)

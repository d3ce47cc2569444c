"""What each control of Reshape promises: what it moves, how far, and what it leaves alone.

Lengths are in face units (1 is the face's width); points are the 478 landmarks, × 2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.shape import Shape
from freckle.geometry import Points

Places = npt.NDArray[np.float64]
Measure = Callable[[Places], float]

FEATURES: Final = {
    "outline": lm.FACE_OVAL,
    "eyes": (*lm.RIGHT_EYE, *lm.LEFT_EYE, *lm.RIGHT_IRIS, *lm.LEFT_IRIS),
    "brows": (*lm.RIGHT_BROW, *lm.LEFT_BROW),
    "nose": (*lm.NOSE_BRIDGE, *lm.NOSE),
    "mouth": (*lm.LIPS_OUTER, *lm.LIPS_INNER),
}
EVERYTHING: Final = frozenset(FEATURES)


@dataclass(frozen=True, slots=True)
class Control:
    """One slider: `length` changes by `stated` at ±100, and only the features `moves` may move."""

    op: str
    length: Measure | None
    stated: Measure
    moves: frozenset[str]
    subtle: float = 8.0
    extremes: tuple[float, ...] = (100.0, -100.0)


def face_units(shape: Shape, points: Points) -> Places:
    """Return points of the photo in face units."""
    return np.asarray(shape.face.to_units(points), np.float64)


def apart(first: int, last: int) -> Measure:
    """Measure the distance of two landmarks."""
    return lambda p: float(np.linalg.norm(p[last] - p[first]))


def height(*names: int) -> Measure:
    """Measure how high landmarks lie on average."""
    return lambda p: float(-p[list(names), 1].mean())


def times(share: float, measure: Measure) -> Measure:
    """Measure a share of a length."""
    return lambda p: share * measure(p)


def _tilt(p: Places) -> float:
    """Mean tilt of both eyes, degrees, outer corners up."""
    angles = []
    for (outer, inner), way in ((lm.RIGHT_EYE_CORNERS, -1), (lm.LEFT_EYE_CORNERS, 1)):
        x, y = p[outer] - p[inner]
        angles.append(np.rad2deg(np.arctan2(-y, way * x)))
    return float(np.mean(angles))


def _openness(p: Places) -> float:
    """Distance of the lids in the middle of the right eye, across the eye's axis."""
    x, y = p[133] - p[33]
    return float(abs((p[145] - p[159]) @ [-y, x]) / np.hypot(x, y))


def _lip_heights(p: Places) -> float:
    return apart(0, 13)(p) + apart(14, 17)(p)


def _corners(p: Places) -> float:
    """How high the mouth's corners lie along the mouth's own upright."""
    first, last = p[list(lm.MOUTH_CORNERS)]
    x, y = (last - first) / max(float(np.linalg.norm(last - first)), 1e-9)
    return float(-((first + last) / 2 - p[164]) @ [-y, x])


def _brow(side: int) -> Measure:
    names = (lm.RIGHT_BROW, lm.LEFT_BROW)[side]
    return lambda p: float(
        np.linalg.norm((p[names[0]] + p[names[9]] - p[names[4]] - p[names[5]]) / 2)
    )


def _brow_thickness(p: Places) -> float:
    pairs = [(n[k], n[9 - k]) for n in (lm.RIGHT_BROW, lm.LEFT_BROW) for k in (1, 2, 3)]
    return float(np.mean([apart(*pair)(p) for pair in pairs]))


WIDTH: Final = apart(234, 454)
FACE_HEIGHT: Final = apart(168, 152)
NOSE_WIDTH: Final = apart(129, 358)
OUTLINE: Final = frozenset({"outline"})
EYES, BROWS = frozenset({"eyes"}), frozenset({"brows"})
NOSE, MOUTH = frozenset({"nose"}), frozenset({"mouth"})

CONTROLS: Final = (
    Control("face_width", WIDTH, times(0.12, WIDTH), OUTLINE, -8),
    Control("jawline", apart(172, 397), times(0.12, WIDTH), OUTLINE, -8),
    Control("cheekbones", WIDTH, times(0.06, WIDTH), OUTLINE),
    Control("chin_height", lambda p: float(p[152, 1]), times(0.08, FACE_HEIGHT), OUTLINE),
    Control("forehead", height(10), times(0.08, FACE_HEIGHT), OUTLINE),
    Control("head_size", apart(10, 152), times(0.06, apart(10, 152)), EVERYTHING),
    Control("double_chin", None, lambda _p: 1.0, OUTLINE, 10, (100.0,)),
    Control("eye_size", apart(33, 133), times(0.15, apart(33, 133)), EYES, 6),
    Control("eye_height", _openness, times(0.12, _openness), EYES),
    Control("eye_width", apart(33, 133), times(0.12, apart(33, 133)), EYES),
    Control("eye_distance", apart(468, 473), times(0.06, apart(468, 473)), EYES),
    Control("eye_tilt", _tilt, lambda _p: 6.0, EYES),
    Control(
        "brow_height",
        height(52, 105, 282, 334),
        times(0.06, lambda p: (_brow(0)(p) + _brow(1)(p)) / 2),
        BROWS,
    ),
    Control("brow_thickness", _brow_thickness, times(0.06, apart(33, 133)), BROWS),
    Control("nose_width", NOSE_WIDTH, times(0.15, NOSE_WIDTH), NOSE, -6),
    Control("nose_length", apart(168, 2), times(0.08, apart(168, 2)), NOSE),
    Control("nose_bridge", apart(196, 419), times(0.08, NOSE_WIDTH), NOSE),
    Control("nose_tip", apart(45, 275), times(0.08, NOSE_WIDTH), NOSE),
    Control("smile", _corners, times(0.06, WIDTH), MOUTH, 4),
    Control("mouth_width", apart(61, 291), times(0.10, apart(61, 291)), MOUTH),
    Control("upper_lip", apart(0, 13), times(0.10, _lip_heights), MOUTH),
    Control("lower_lip", apart(14, 17), times(0.10, _lip_heights), MOUTH),
)

"""The nose: width, length, bridge and tip; eyes and lips stay."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.landmarks import LEFT_EYE, LIPS_OUTER, RIGHT_EYE
from freckle.analysis.shape import Shape
from freckle.ops.op import Balance, Params, Reshape, slider
from freckle.pixels.color import Floats
from freckle.pixels.warp import bell, rise

WINGS: Final = (129, 358)
ROOT, BASE, TIP = 168, 2, 4
BALL: Final = (45, 275)
"""Either side of the tip."""
BACK: Final = ((196, 419), (3, 248))
"""Either side of the bridge, upper and lower."""


class NoseWidth(Params):
    """A narrower or wider nose."""

    op: Literal["nose_width"] = "nose_width"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left narrows the wings of the nose, right widens them; 100 is 15 % of the nose's width."""


class NoseLength(Params):
    """A shorter or longer nose."""

    op: Literal["nose_length"] = "nose_length"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left shortens the nose, right lengthens it; 100 is 8 % of its length."""


class NoseBridge(Params):
    """A narrower or wider bridge of the nose."""

    op: Literal["nose_bridge"] = "nose_bridge"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left narrows the bridge, right widens it; 100 is 8 % of the nose's width."""


class NoseTip(Params):
    """A finer or fuller tip of the nose."""

    op: Literal["nose_tip"] = "nose_tip"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the tip finer, right fuller; 100 is 8 % of the nose's width."""


class _Nose:
    """The nose seen from the middle of its wings."""

    def __init__(self, shape: Shape) -> None:
        first, last = shape.points[list(WINGS)]
        self.width = max(float(np.linalg.norm(last - first)), 0.05)
        self.around = shape.around((first + last) / 2, last - first)


def nose_width(_params: NoseWidth, shape: Shape) -> Floats:
    """Widen by 15 % at the wings, less along the bridge, and nothing at the lips."""
    nose = _Nose(shape)
    u, v, width = nose.around.u, nose.around.v, nose.width
    height = max(float(np.linalg.norm(shape.points[BASE] - shape.points[ROOT])), 0.1)
    upward = bell(0.15 * height, 0.7 * height, v)
    downward = bell(0.2 * width, 0.5 * width, v)
    where = bell(0.55 * width, 1.05 * width, u) * np.where(v < 0, upward, downward)
    where = where * rise(0, 0.05, shape.away(LIPS_OUTER))
    return nose.around.field(np.float32(0.15) * u * where, np.zeros_like(u))


def nose_length(_params: NoseLength, shape: Shape) -> Floats:
    """Stretch from the root to the tip by 8 %; what is under the base gives way."""
    root, base = shape.points[ROOT], shape.points[BASE]
    length = max(float(np.linalg.norm(base - root)), 0.1)
    nose = _Nose(shape)
    around = shape.around(base, np.array([base[1] - root[1], root[0] - base[0]]))
    full = 0.08 * length
    along = rise(-0.95 * length, -0.18 * length, around.v)
    along = along * (1 - rise(-0.3 * full, 2.8 * full, around.v))
    where = along * bell(0.6 * nose.width, 1.15 * nose.width, around.u)
    return around.field(np.zeros_like(where), np.float32(full) * where)


def nose_bridge(_params: NoseBridge, shape: Shape) -> Floats:
    """Move both flanks of the bridge apart by 8 % of the nose's width together."""
    nose = _Nose(shape)
    root, tip = shape.points[ROOT], shape.points[TIP]
    length = max(float(np.linalg.norm(tip - root)), 0.1)
    around = shape.around((root + tip) / 2, np.array([tip[1] - root[1], root[0] - tip[0]]))
    half = max(float(_apart(shape, BACK[0])), float(_apart(shape, BACK[1])), 0.05) / 2
    u = np.abs(around.u)
    flank = rise(0, half, u) * (1 - rise(half + 0.01, half + 0.085, u))
    along = np.float32(0.04 * nose.width) * np.sign(around.u) * flank
    along = along * bell(0.3 * length, 0.62 * length, around.v)
    for eye in (RIGHT_EYE, LEFT_EYE):
        along = along * rise(0, 0.05, shape.away(eye))
    return around.field(along, np.zeros_like(along))


def nose_tip(_params: NoseTip, shape: Shape) -> Floats:
    """Enlarge the ball of the tip by 8 % of the nose's width, a fifth as much in height."""
    nose = _Nose(shape)
    tip = shape.points[[*BALL, TIP]].mean(axis=0)
    around = shape.around(tip, shape.points[BALL[1]] - shape.points[BALL[0]])
    half = max(_apart(shape, BALL) / 2, 0.03)
    share = np.float32(min(0.04 * nose.width / half, 0.4)) * bell(
        1.05 * half, 3.0 * half, np.hypot(around.u, around.v)
    )
    return around.field(share * around.u, np.float32(0.2) * share * around.v)


def _apart(shape: Shape, pair: tuple[int, int]) -> float:
    return float(np.linalg.norm(shape.points[pair[1]] - shape.points[pair[0]]))


NOSE_WIDTH = Reshape(
    params=NoseWidth, label="Nose width", group="Nose", move=nose_width, frontal=True
)
NOSE_LENGTH = Reshape(params=NoseLength, label="Nose length", group="Nose", move=nose_length)
NOSE_BRIDGE = Reshape(
    params=NoseBridge, label="Nose bridge", group="Nose", move=nose_bridge, frontal=True
)
NOSE_TIP = Reshape(params=NoseTip, label="Nose tip", group="Nose", move=nose_tip, frontal=True)

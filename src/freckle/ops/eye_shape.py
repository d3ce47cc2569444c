"""The eyes: size, height, width, distance and tilt; the brows stay where they are."""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from freckle.analysis.landmarks import (
    LEFT_EYE_CORNERS,
    LEFT_PUPIL,
    RIGHT_EYE_CORNERS,
    RIGHT_PUPIL,
)
from freckle.analysis.shape import Around, Shape
from freckle.ops.op import Balance, Params, Reshape, slider
from freckle.pixels.color import Floats
from freckle.pixels.warp import bell, rise

Side = Literal["both", "left", "right"]
REACH: Final = (0.52, 0.89)
"""From where to where a change fades, in eye widths from the eye's center."""
FLAT: Final = 0.5
"""Height of that region / its width: an eye's lids are near, and so is the brow."""
OUT: Final = {"right": -1.0, "left": 1.0}
"""Which way the outer corner lies along the eye's axis."""


class EyeSize(Params):
    """Smaller or larger eyes."""

    op: Literal["eye_size"] = "eye_size"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the eyes smaller, right larger; 100 is 15 % of an eye's width."""
    side: Side = "both"
    """Both eyes, or only the person's left or right one."""


class EyeHeight(Params):
    """Eyes less or further open."""

    op: Literal["eye_height"] = "eye_height"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left closes the eyes a little, right opens them; 100 is 12 % of their height."""
    side: Side = "both"
    """Both eyes, or only the person's left or right one."""


class EyeWidth(Params):
    """Narrower or wider eyes; the iris stays round."""

    op: Literal["eye_width"] = "eye_width"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left shortens the eyes, right lengthens them; 100 is 12 % of their width."""
    side: Side = "both"
    """Both eyes, or only the person's left or right one."""


class EyeDistance(Params):
    """Eyes closer together or further apart."""

    op: Literal["eye_distance"] = "eye_distance"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left brings the eyes together, right apart; 100 is 6 % of their distance."""


class EyeTilt(Params):
    """The outer corners of the eyes lower or higher."""

    op: Literal["eye_tilt"] = "eye_tilt"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left lowers the outer corners, right lifts them; 100 is 6 degrees."""
    side: Side = "both"
    """Both eyes, or only the person's left or right one."""


class _Eye:
    """One eye seen along its own axis, which goes to the right of an upright picture."""

    def __init__(self, shape: Shape, side: str) -> None:
        right = side == "right"
        pair = RIGHT_EYE_CORNERS if right else LEFT_EYE_CORNERS
        first, last = shape.points[list(pair if right else pair[::-1])]
        self.around: Around = shape.around((first + last) / 2, last - first)
        self.width = max(float(np.linalg.norm(last - first)), 0.02)
        self.out = np.float32(OUT[side])
        flat = np.hypot(self.around.u, self.around.v / np.float32(FLAT))
        self.near = bell(*REACH, flat / np.float32(self.width))


def _each(side: str, shape: Shape, move: Callable[[_Eye], Floats]) -> Floats:
    """Move the eyes that are meant; each with a field of its own."""
    sides = ("right", "left") if side == "both" else (side,)
    parts = [move(_Eye(shape, one)) for one in sides]
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


def eye_size(params: EyeSize, shape: Shape) -> Floats:
    """Enlarge by 15 % around the eye's center: lids, iris and lashes together."""

    def move(eye: _Eye) -> Floats:
        share = np.float32(0.15) * eye.near
        return eye.around.field(share * eye.around.u, share * eye.around.v)

    return _each(params.side, shape, move)


def eye_height(params: EyeHeight, shape: Shape) -> Floats:
    """Open by 12 % of the height."""

    def move(eye: _Eye) -> Floats:
        across = np.float32(0.12) * eye.near * eye.around.v
        return eye.around.field(np.zeros_like(across), across)

    return _each(params.side, shape, move)


def eye_width(params: EyeWidth, shape: Shape) -> Floats:
    """Move both corners out by 6 % of the eye's width; what lies over the iris stays."""

    def move(eye: _Eye) -> Floats:
        u = eye.around.u / np.float32(eye.width)
        along = np.float32(0.06 * eye.width) * np.sign(u) * rise(0.22, 0.5, np.abs(u)) * eye.near
        return eye.around.field(along, np.zeros_like(along))

    return _each(params.side, shape, move)


def eye_distance(_params: EyeDistance, shape: Shape) -> Floats:
    """Move each eye out by 3 % of the distance of the pupils."""
    apart = float(np.linalg.norm(shape.points[LEFT_PUPIL] - shape.points[RIGHT_PUPIL]))

    def move(eye: _Eye) -> Floats:
        along = np.float32(0.03 * apart) * eye.out * eye.near
        return eye.around.field(along, np.zeros_like(along))

    return _each("both", shape, move)


def eye_tilt(params: EyeTilt, shape: Shape) -> Floats:
    """Turn each eye by 6° around its center."""
    turn = np.deg2rad(6.0)

    def move(eye: _Eye) -> Floats:
        u, v = eye.around.u, eye.around.v
        angle = -turn * float(eye.out)  # the outer corner goes up
        cos, sin = np.float32(np.cos(angle) - 1), np.float32(np.sin(angle))
        return eye.around.field(eye.near * (cos * u - sin * v), eye.near * (sin * u + cos * v))

    return _each(params.side, shape, move)


EYE_SIZE = Reshape(params=EyeSize, label="Eye size", group="Eyes", move=eye_size)
EYE_HEIGHT = Reshape(params=EyeHeight, label="Eye height", group="Eyes", move=eye_height)
EYE_WIDTH = Reshape(params=EyeWidth, label="Eye width", group="Eyes", move=eye_width)
EYE_DISTANCE = Reshape(
    params=EyeDistance, label="Eye distance", group="Eyes", move=eye_distance, frontal=True
)
EYE_TILT = Reshape(params=EyeTilt, label="Eye tilt", group="Eyes", move=eye_tilt)

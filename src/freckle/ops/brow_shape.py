"""The brows: higher or lower, thinner or thicker; the eyes stay."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.landmarks import (
    LEFT_BROW,
    LEFT_EYE_CORNERS,
    RIGHT_BROW,
    RIGHT_EYE_CORNERS,
)
from freckle.analysis.shape import Around, Shape
from freckle.ops.op import Balance, Params, Reshape, slider
from freckle.pixels.color import Floats
from freckle.pixels.warp import bell, rise

Side = Literal["both", "left", "right"]
LIDS: Final = {"right": (160, 159, 158), "left": (387, 386, 385)}
"""The middle of the upper lid's edge."""
HIGHEST: Final = 0.39
"""A brow grows by no more than this share of its thickness."""


class BrowHeight(Params):
    """Lower or higher brows."""

    op: Literal["brow_height"] = "brow_height"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left lowers the brows, right lifts them; 100 is 6 % of a brow's length."""
    side: Side = "both"
    """Both brows, or only the person's left or right one."""


class BrowThickness(Params):
    """Thinner or thicker brows."""

    op: Literal["brow_thickness"] = "brow_thickness"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the brows thinner, right thicker; 100 is 6 % of an eye's width."""
    side: Side = "both"
    """Both brows, or only the person's left or right one."""


class _Brow:
    """One brow along its own axis; `v` is measured from the brow's bent middle line."""

    def __init__(self, shape: Shape, side: str) -> None:
        names = RIGHT_BROW if side == "right" else LEFT_BROW
        upper, lower = shape.points[list(names[:5])], shape.points[list(names[:4:-1])]
        middle = (upper + lower) / 2
        axis = middle[4] - middle[0] if side == "right" else middle[0] - middle[4]
        self.length = max(float(np.linalg.norm(axis)), 0.05)
        axis = axis / self.length
        center = middle.mean(axis=0)
        self.around: Around = shape.around(center, axis)
        across = np.array([-axis[1], axis[0]])
        bend = np.polyfit((middle - center) @ axis, (middle - center) @ across, 2)
        reach = np.clip(self.around.u, -0.6 * self.length, 0.6 * self.length)
        self.v = self.around.v - np.polyval(bend, reach).astype(np.float32)
        self.half = max(float(((lower - upper) @ across)[1:4].mean()) / 2, 0.008)
        lid = shape.points[list(LIDS[side])].mean(axis=0) - center
        self.gap = max(float(lid @ across) - float(np.polyval(bend, lid @ axis)), 0.05)
        corners = RIGHT_EYE_CORNERS if side == "right" else LEFT_EYE_CORNERS
        self.eye = float(np.linalg.norm(np.subtract(*shape.points[list(corners)])))
        beside = bell(0.5 * self.length, 0.5 * self.length + 0.09, self.around.u)
        self.beside = np.minimum(beside, shape.between(names))

    @property
    def near(self) -> Floats:
        """1 over the brow, 0 from just inside the eye's upper lid on, and high on the forehead."""
        edge = self.half + 0.004
        below = 1 - rise(edge, max(self.gap + 0.01, edge + 0.04), self.v)
        return np.asarray(below * (1 - rise(edge, edge + 0.15, -self.v)) * self.beside, np.float32)


def _sides(side: str) -> tuple[str, ...]:
    return ("right", "left") if side == "both" else (side,)


def brow_height(params: BrowHeight, shape: Shape) -> Floats:
    """Move the brow up by 6 % of its length."""
    total = np.zeros_like(shape.grid)
    for side in _sides(params.side):
        brow = _Brow(shape, side)
        across = np.float32(-0.06 * brow.length) * brow.near
        total += brow.around.field(np.zeros_like(across), across)
    return total


def brow_thickness(params: BrowThickness, shape: Shape) -> Floats:
    """Move both edges away from the middle line, by 6 % of the eye's width together."""
    total = np.zeros_like(shape.grid)
    for side in _sides(params.side):
        brow = _Brow(shape, side)
        share = min(0.03 * brow.eye / brow.half, HIGHEST)
        across = np.float32(share) * np.clip(brow.v, -1.6 * brow.half, 1.6 * brow.half) * brow.near
        total += brow.around.field(np.zeros_like(across), across)
    return total


BROW_HEIGHT = Reshape(params=BrowHeight, label="Brow height", group="Brows", move=brow_height)
BROW_THICKNESS = Reshape(
    params=BrowThickness, label="Brow thickness", group="Brows", move=brow_thickness
)

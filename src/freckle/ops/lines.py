"""Lines: soften creases by lifting their shadow; deep folds stay folds, fine grain stays grain."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian


class ForeheadLines(Params):
    """How much softer the lines of the forehead get."""

    op: Literal["forehead_lines"] = "forehead_lines"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class FrownLines(Params):
    """How much softer the lines between the brows get."""

    op: Literal["frown_lines"] = "frown_lines"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class CrowsFeet(Params):
    """How much softer the lines beside the eyes get."""

    op: Literal["crows_feet"] = "crows_feet"
    version: Literal[1] = 1
    amount: Amount = slider(natural=10, cap=40)
    """Softens, never erases."""


class UnderEyeLines(Params):
    """How much softer the fine lines under the eyes get."""

    op: Literal["under_eye_lines"] = "under_eye_lines"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class SmileLines(Params):
    """How much softer the folds from nose to mouth get."""

    op: Literal["smile_lines"] = "smile_lines"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=45)
    """Softens, never erases."""


class NeckLines(Params):
    """How much softer the lines of the neck get."""

    op: Literal["neck_lines"] = "neck_lines"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


def _soften(area: Region, low: float, high: float) -> Callable[[Floats, Params, Scene], Floats]:
    """Make an op that lifts creases between two sizes (face widths) in an area."""

    def apply(lab: Floats, params: Params, scene: Scene) -> Floats:
        amount = float(getattr(params, "amount", 0.0))
        unit = scene.small_unit
        light = lab[..., 0]
        skin = scene.small(area)
        band = gaussian(light, low * unit) - masked_gaussian(light, skin, high * unit)
        crease = np.maximum(-band - np.float32(0.3), 0)
        # beyond about 8 L* a line is a fold: its share shrinks, it never goes
        share = np.float32(0.9 * amount / 100) * np.exp(-crease / np.float32(16))
        out = lab.copy()
        out[..., 0] += share * crease * (1 - scene.stays)
        return out

    return apply


FOREHEAD_LINES = Paint(
    params=ForeheadLines,
    label="Forehead lines",
    group="Lines",
    needs=frozenset({Region.FOREHEAD}),
    broad=_soften(Region.SKIN, 0.003, 0.025),
)
FROWN_LINES = Paint(
    params=FrownLines,
    label="Frown lines",
    group="Lines",
    needs=frozenset({Region.FROWN}),
    broad=_soften(Region.SKIN, 0.003, 0.025),
)
CROWS_FEET = Paint(
    params=CrowsFeet,
    label="Crow's feet",
    group="Lines",
    needs=frozenset({Region.CROWS_FEET}),
    broad=_soften(Region.SKIN, 0.003, 0.02),
)
UNDER_EYE_LINES = Paint(
    params=UnderEyeLines,
    label="Under-eye lines",
    group="Lines",
    needs=frozenset({Region.UNDER_EYES}),
    broad=_soften(Region.SOLID, 0.003, 0.018),
)
SMILE_LINES = Paint(
    params=SmileLines,
    label="Smile lines",
    group="Lines",
    needs=frozenset({Region.SMILE_LINES}),
    broad=_soften(Region.SKIN, 0.004, 0.04),
)
NECK_LINES = Paint(
    params=NeckLines,
    label="Neck lines",
    group="Lines",
    needs=frozenset({Region.NECK}),
    broad=_soften(Region.NECK, 0.005, 0.04),
)

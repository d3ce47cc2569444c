"""Lines: soften creases and the bright ridges beside them; folds stay folds, pores stay pores.

What a line adds to the skin's own level around it is averaged along the line, and a share of that
is taken away. So valley and ridges fade together, and a line's place and the skin's texture stay.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.wrinkles import prepare, wrinkles
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.shade import moved

MOST: Final = (1.1, 0.18)
"""Share of a crease that goes at an amount x of 0..1: the first of x less the second of x². At .6 a
half goes, at 1 all but a quarter: .08 of what is seen of it, and the most of what the coarse grid
and the walk along it do not see."""


class ForeheadLines(Params):
    """How much softer the lines of the forehead get."""

    op: Literal["forehead_lines"] = "forehead_lines"
    version: Literal[2] = 2
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class FrownLines(Params):
    """How much softer the lines between the brows get."""

    op: Literal["frown_lines"] = "frown_lines"
    version: Literal[2] = 2
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class CrowsFeet(Params):
    """How much softer the lines beside the eyes get."""

    op: Literal["crows_feet"] = "crows_feet"
    version: Literal[2] = 2
    amount: Amount = slider(natural=10, cap=40)
    """Softens, never erases."""


class UnderEyeLines(Params):
    """How much softer the fine lines under the eyes get."""

    op: Literal["under_eye_lines"] = "under_eye_lines"
    version: Literal[2] = 2
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


class SmileLines(Params):
    """How much softer the folds from nose to mouth get."""

    op: Literal["smile_lines"] = "smile_lines"
    version: Literal[2] = 2
    amount: Amount = slider(natural=15, cap=45)
    """Softens, never erases."""


class NeckLines(Params):
    """How much softer the lines of the neck get."""

    op: Literal["neck_lines"] = "neck_lines"
    version: Literal[2] = 2
    amount: Amount = slider(natural=15, cap=50)
    """Softens, never erases."""


def _soften(region: Region) -> Callable[[Floats, Params, Scene], Floats]:
    """Make an op that softens the lines of a region."""

    def apply(lab: Floats, params: Params, scene: Scene) -> Floats:
        amount = float(getattr(params, "amount", 0.0)) / 100
        share = np.float32(-amount * (MOST[0] - MOST[1] * amount))
        lines = scene.once(f"lines {region}", lab, lambda: wrinkles(lab, scene, region))
        return moved(lab, share * lines)

    return apply


def _paint(params: type[Params], label: str, region: Region) -> Paint[Params]:
    return Paint(
        params=params,
        label=label,
        group="Lines",
        needs=frozenset({region}),
        broad=_soften(region),
        begin=partial(prepare, region=region),
        marks_ride=False,  # what lies in a fold is brown as marks are, and is none
        upgrades={1: dict},
    )


FOREHEAD_LINES = _paint(ForeheadLines, "Forehead lines", Region.FOREHEAD)
FROWN_LINES = _paint(FrownLines, "Frown lines", Region.FROWN)
CROWS_FEET = _paint(CrowsFeet, "Crow's feet", Region.CROWS_FEET)
UNDER_EYE_LINES = _paint(UnderEyeLines, "Under-eye lines", Region.UNDER_EYES)
SMILE_LINES = _paint(SmileLines, "Smile lines", Region.SMILE_LINES)
NECK_LINES = _paint(NeckLines, "Neck lines", Region.NECK)

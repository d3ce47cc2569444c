"""Dodge and burn by hand: more or less light where it is painted, as in the darkroom.

Light is scaled, so hue, chromaticity and the contrast of the skin's texture stay; highlights are
approached and not clipped.
"""

from typing import Literal

from freckle.ops.op import Amount, Hand, Params, slider


class Dodge(Params):
    """How much lighter it gets under the brush."""

    op: Literal["dodge"] = "dodge"
    version: Literal[1] = 1
    amount: Amount = slider(30)
    """Gives up to one stop more light where you paint; texture and hue stay."""


class Burn(Params):
    """How much darker it gets under the brush."""

    op: Literal["burn"] = "burn"
    version: Literal[1] = 1
    amount: Amount = slider(30)
    """Takes up to one stop of light away where you paint; texture and hue stay."""


def dodge(params: Dodge) -> float:
    """Return the stops of light given where the mask is whole."""
    return params.amount / 100


def burn(params: Burn) -> float:
    """Return the stops of light given where the mask is whole; negative."""
    return -params.amount / 100


DODGE = Hand(
    params=Dodge,
    label="Dodge",
    panel="brush",
    group="Light",
    deliberate=True,
    work="light",
    stops=dodge,
)
BURN = Hand(
    params=Burn,
    label="Burn",
    panel="brush",
    group="Light",
    deliberate=True,
    work="light",
    stops=burn,
)

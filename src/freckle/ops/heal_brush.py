"""Heal by hand: what lies under the brush is replaced by texture from beside it.

For what no detector can know: a scratch, a stray hair, lint on a jacket, a dust spot in the sky.
"""

from typing import Literal

from freckle.ops.op import Amount, Hand, Params, slider


class HealBrush(Params):
    """How much of what lies under the brush is replaced."""

    op: Literal["heal_brush"] = "heal_brush"
    version: Literal[1] = 1
    amount: Amount = slider(100)
    """Replaces what you paint over by texture from beside it, in its own light."""


HEAL_BRUSH = Hand(
    params=HealBrush,
    label="Heal brush",
    panel="brush",
    group="Repair",
    work="heal",
)

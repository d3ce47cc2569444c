"""Cut-out by hand: who belongs to the people, where the photo does not tell.

It changes no pixel by itself: whatever takes the people off their ground takes them as painted.
"""

from typing import Literal

from freckle.ops.op import Amount, Hand, Params, slider


class Cutout(Params):
    """Adds what was missed to the people who are cut out, or takes away what is none of them."""

    op: Literal["cutout"] = "cutout"
    version: Literal[1] = 1
    amount: Amount = slider(100)
    """How far what you paint counts against what was found."""


CUTOUT = Hand(
    params=Cutout,
    label="Cut-out",
    panel="brush",
    group="Background",
    work="matte",
)

"""Restore by hand: never touch this.

Applied after everything else, so that under the brush the photo is the original's to the bit.
"""

from typing import Literal

from freckle.ops.op import Amount, Hand, Params, slider


class Restore(Params):
    """How much of the original comes back under the brush."""

    op: Literal["restore"] = "restore"
    version: Literal[1] = 1
    amount: Amount = slider(100)
    """Brings the original back where you paint, whatever the other tools do."""


RESTORE = Hand(
    params=Restore,
    label="Restore",
    panel="brush",
    group="Repair",
    work="restore",
)

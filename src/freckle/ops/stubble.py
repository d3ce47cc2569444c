"""Stubble softening: lighten the dark points of a shaved beard; a grown beard is left alone."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian


class Stubble(Params):
    """How much lighter stubble gets."""

    op: Literal["stubble"] = "stubble"
    version: Literal[1] = 1
    amount: Amount = slider(cap=40)
    """Softens shaved stubble."""


def stubble(lab: Floats, params: Stubble, scene: Scene) -> Floats:
    """Lift dark detail finer than .012 of the face's width toward its surroundings."""
    dark = gaussian(lab, 0.012 * scene.unit) - lab
    share = np.float32(0.7 * params.amount / 100) * (dark[..., :1] > 0)
    return lab + share * dark


STUBBLE = Paint(
    params=Stubble,
    label="Stubble softening",
    group="Skin",
    needs=frozenset({Region.BEARD_SKIN}),
    fine=stubble,
)

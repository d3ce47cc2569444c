"""Pores: soften deep, dark pores; fine ones and their highlights stay."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian


class Pores(Params):
    """How much of a deep pore's darkness goes."""

    op: Literal["pores"] = "pores"
    version: Literal[1] = 1
    amount: Amount = slider(cap=40)
    """Extra softening of deep pores."""


def pores(lab: Floats, params: Pores, scene: Scene) -> Floats:
    """Lift what is darker than its surroundings at the size of pores (L*)."""
    fine = gaussian(lab[..., 0], 0.0016 * scene.unit) - gaussian(lab[..., 0], 0.006 * scene.unit)
    out = lab.copy()
    share = np.float32(0.8 * params.amount / 100) * (1 - scene.spared)
    out[..., 0] += share * np.maximum(-fine, 0)
    return out


PORES = Paint(
    params=Pores,
    label="Pores",
    group="Skin",
    areas=("face",),
    needs=frozenset({Region.SKIN}),
    fine=pores,
)

"""Shine: minus takes the glare off (matte), plus lets the skin glow (dewy)."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


class Shine(Params):
    """Less or more glare."""

    op: Literal["shine"] = "shine"
    version: Literal[1] = 1
    amount: Balance = slider(natural=-20, cap=60, floor=-60)
    """Minus: matte. Plus: dewy."""


def shine(lab: Floats, params: Shine, scene: Scene) -> Floats:
    """Compress or lift smooth highlights of low chroma; a matte highlight regains skin color."""
    unit, skin = scene.small_unit, scene.skin
    soft = gaussian(lab, 0.008 * unit)
    around = masked_gaussian(lab, skin, 0.09 * unit)
    glare = np.maximum(soft[..., 0] - around[..., 0] - np.float32(2.5), 0)
    chroma = np.hypot(soft[..., 1], soft[..., 2])
    usual = np.hypot(around[..., 1], around[..., 2])
    pale = 1 - smoothstep(0.85, 1.1, chroma / np.maximum(usual, 1))
    glare = glare * (0.25 + 0.75 * pale)
    share = np.float32(abs(params.amount) / 100)
    out = lab.copy()
    if params.amount > 0:
        out[..., 0] += share * np.float32(0.5) * glare
        return np.minimum(out, np.float32(100))
    out[..., 0] -= share * np.float32(0.6) * glare
    regain = (share * np.float32(0.5) * smoothstep(0, 8, glare))[..., None]
    out[..., 1:] += regain * (around[..., 1:] - soft[..., 1:])
    return out


SHINE = Paint(
    params=Shine,
    label="Shine",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=shine,
)

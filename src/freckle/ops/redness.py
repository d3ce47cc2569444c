"""Redness: calm local red patches; lips and the natural flush of a cheek stay."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, robust_sigma


class Redness(Params):
    """How much of a red patch goes."""

    op: Literal["redness"] = "redness"
    version: Literal[1] = 1
    amount: Amount = slider(natural=20, cap=60)
    """Calms patches redder than the skin around them."""


def redness(lab: Floats, params: Redness, scene: Scene) -> Floats:
    """Take a share of a* above its surroundings (.2 of the face's width), past one deviation."""
    unit, skin = scene.small_unit, scene.skin
    red = lab[..., 1]
    patch = gaussian(red, 0.008 * unit) - masked_gaussian(red, skin, 0.2 * unit)
    usual = max(robust_sigma(patch[skin > 0.5]), 0.3)
    excess = np.maximum(patch - np.float32(0.8 * usual), 0) * (1 - scene.stays)
    out = lab.copy()
    out[..., 1] -= np.float32(0.9 * params.amount / 100) * excess
    return out


REDNESS = Paint(
    params=Redness,
    label="Redness",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=redness,
)

"""Redness: calm local red patches; lips and the natural flush of a cheek stay.

Blood takes light as well as green: where a red patch is also darker than the skin around it, as
healed acne is, light comes back with the color. Without that it would turn gray.
"""

from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, planes, robust_sigma

STRONG: Final = 1.5
"""How much more of what stands out by more than two deviations is taken."""
PALER: Final = 0.9
"""L* that comes back with each unit of a*."""


class Redness(Params):
    """How much of a red patch goes."""

    op: Literal["redness"] = "redness"
    version: Literal[1] = 1
    amount: Amount = slider(natural=20, cap=60)
    """Calms patches redder than the skin around them."""


def redness(lab: Floats, params: Redness, scene: Scene) -> Floats:
    """Take a share of a* above its surroundings (.2 of the face's width), past one deviation."""
    unit, skin = scene.small_unit, scene.skin
    light, red, _ = planes(gaussian(lab, 0.008 * unit))
    darker = masked_gaussian(lab[..., 0], skin, 0.06 * unit) - light
    red = red - masked_gaussian(lab[..., 1], skin, 0.2 * unit)
    usual = max(robust_sigma(red[skin > 0.5]), 0.3)
    excess = np.maximum(red - np.float32(0.8 * usual), 0) * (1 - scene.stays)
    # what stands far out is a mark, not the skin's own color: most of it goes
    excess += np.float32(STRONG) * np.maximum(red - np.float32(2 * usual), 0) * (1 - scene.stays)
    taken = np.minimum(np.float32(0.9 * params.amount / 100) * excess, np.maximum(red, 0))
    out = lab.copy()
    out[..., 1] -= taken
    out[..., 0] += np.minimum(np.float32(PALER) * taken, np.float32(0.7) * np.maximum(darker, 0))
    return out


REDNESS = Paint(
    params=Redness,
    label="Redness",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=redness,
)

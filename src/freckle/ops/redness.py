"""Redness: calm local red patches; lips and the natural flush of a cheek stay.

Redness is a* over light, which shade does not change: skin under a chin that is lit by a red shirt
does not count as inflamed. Blood takes light as well: where a red patch is also darker than the
skin around it, as healed acne is, light comes back with the color. Without that it would turn gray.
"""

from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    deviation,
    gaussian,
    masked_gaussian,
    planes,
    smoothstep,
    stacked,
)

STRONG: Final = 1.5
"""How much more of what stands out by more than two deviations is taken."""
PALER: Final = 0.5
"""L* that comes back with each unit of a* (a pimple: −4 L*, +9 a*)."""
SHADE: Final = (0.55, 0.8)
"""Light against that of the skin around below which a place is shade, where color is unsure."""


class Redness(Params):
    """How much of a red patch goes."""

    op: Literal["redness"] = "redness"
    version: Literal[1] = 1
    amount: Amount = slider(natural=25, cap=60)
    """Calms patches redder than the skin around them."""


def redness(lab: Floats, params: Redness, scene: Scene) -> Floats:
    """Take a share of a* over light above its surroundings (.2 of the width), past a deviation."""
    if scene.regions.colorless:
        return lab
    unit, clean = scene.small_unit, scene.clean
    light = lab[..., 0] + np.float32(16)
    seen = stacked(lab[..., 1] / light, light)
    red, level = planes(gaussian(seen, 0.008 * unit))
    wide, lit = planes(masked_gaussian(seen, clean, 0.2 * unit))
    red = red - wide
    usual = max(deviation(red, clean), 4e-3)
    excess = np.maximum(red - np.float32(0.8 * usual), 0)
    # what stands far out is a mark, not the skin's own color: most of it goes
    excess += np.float32(STRONG) * np.maximum(red - np.float32(2 * usual), 0)
    taken = np.minimum(np.float32(0.9 * params.amount / 100) * excess, np.maximum(red, 0))
    taken *= light * smoothstep(*SHADE, level / np.maximum(lit, 1))
    darker = masked_gaussian(light, clean, 0.06 * unit) - level
    back = np.minimum(np.float32(PALER) * taken, np.float32(0.7) * np.maximum(darker, 0))
    grown = 1 + back / light
    return stacked(lab[..., 0] + back, (lab[..., 1] - taken) * grown, lab[..., 2] * grown)


REDNESS = Paint(
    params=Redness,
    label="Redness",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=redness,
)

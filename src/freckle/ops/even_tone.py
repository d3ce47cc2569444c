"""Even tone: bring blotchy color toward the skin's own color around it; brightness is kept.

Only a* and b* move, and only in bands between a freckle and a cheek: the flush of a cheek, the
difference of face and neck and every mark that stays are left alone.
"""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    gaussian,
    layers,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
)


class EvenTone(Params):
    """How much of the blotchiness goes."""

    op: Literal["even_tone"] = "even_tone"
    version: Literal[1] = 1
    amount: Amount = slider(natural=25, cap=50)
    """Evens patches of color toward the skin around them."""


def even_tone(lab: Floats, params: EvenTone, scene: Scene) -> Floats:
    """Weaken the a* and b* bands .006–.03 (where faint) and .03–.08 of the face's width."""
    unit, skin = scene.small_unit, scene.skin
    share = np.float32(1 - np.exp(-params.amount / 15))
    middle = masked_gaussian(lab, skin, 0.03 * unit)
    small = gaussian(lab, 0.006 * unit) - middle
    light, red, yellow = planes(small)
    inside = skin > 0.5
    usual = [np.float32(max(robust_sigma(band[inside]), 0.1)) for band in (light, red, yellow)]
    faint = np.exp(-((red / (7 * usual[1])) ** 2) - (yellow / (7 * usual[2])) ** 2)
    # a freckle too faint to be listed still shows as a dip of lightness; a blotch has none
    freckle = smoothstep(0.7, 2.0, -light / usual[0])
    spare = (1 - scene.stays) * faint * (1 - np.float32(0.85) * freckle)
    wide = middle - masked_gaussian(lab, skin, 0.08 * unit)
    change = share * (layers(spare) * small + np.float32(0.9) * wide)
    change[..., 0] = 0
    return np.asarray(lab - change, np.float32)


EVEN_TONE = Paint(
    params=EvenTone,
    label="Even tone",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.TONE}),
    broad=even_tone,
)

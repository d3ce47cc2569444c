"""Even tone: bring blotchy color toward the skin's own color around it; brightness is kept.

Only a* and b* move, and only in bands between a freckle and a cheek: the flush of a cheek, the
difference of face and neck and every mark that stays are left alone. The slider says by how much
the blotchiness of this skin falls, and no more than that is done: strong color of its own, as warm
dark skin has it, needs a smaller share than faint mottle does to fall as far.
"""

from typing import Final, Literal

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

BLOTCH: Final = (0.01, 0.055)
"""The band in which blotchiness is counted, in face widths."""
MOST: Final = 1.0
"""Never more of a color difference is taken than this share, even if the rest is not skin's."""


class EvenTone(Params):
    """How much of the blotchiness goes."""

    op: Literal["even_tone"] = "even_tone"
    version: Literal[1] = 1
    amount: Amount = slider(natural=25, cap=50)
    """Evens patches of color toward the skin around them."""


def even_tone(lab: Floats, params: EvenTone, scene: Scene) -> Floats:
    """Weaken the a* and b* bands .006–.03 (where faint) and .03–.08 of the face's width."""
    unit = scene.small_unit
    reached = scene.small(Region.TONE) if scene.area is Region.SKIN else scene.skin
    whole = _blotches(lab, scene)
    kept = float(np.exp(-params.amount / 46))
    out = lab.copy()
    for k, (have, gone) in enumerate(_counted(lab, whole, reached, unit), start=1):
        out[..., k] -= np.float32(_share(have, gone, kept)) * whole[k]
    return out


def _counted(
    lab: Floats, whole: list[Floats], reached: Floats, unit: float
) -> list[tuple[Floats, Floats]]:
    """Return the blotchiness of a* and b* that is there, and that which all work would take."""
    work = (plane * reached for plane in whole[1:])
    together = np.dstack([lab[..., 1:], *work])
    low, high = (gaussian(together, share * unit) for share in BLOTCH)
    # near lips, hair and rims a wide average sees their color, which is not skin's to even
    inside = gaussian(reached, 0.03 * unit) > 0.85
    red, yellow, red_gone, yellow_gone = (plane[inside] for plane in planes(low - high))
    return [(red, red_gone), (yellow, yellow_gone)]


def _blotches(lab: Floats, scene: Scene) -> list[Floats]:
    """Return what is blotch of each channel, in its own units."""
    unit, skin = scene.small_unit, scene.skin
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
    return planes(np.asarray(layers(spare) * small + np.float32(0.9) * wide, np.float32))


def _share(have: Floats, gone: Floats, kept: float) -> float:
    """Return the share of `gone` to take from `have`, so that its deviation falls to `kept`.

    The smaller solution of var(have − s · gone) = kept² · var(have); at most `MOST`, also where
    no share reaches that.
    """
    if have.size == 0:
        return 0.0
    have, gone = have - have.mean(), gone - gone.mean()
    power, overlap = float(gone @ gone), float(have @ gone)
    excess = (1 - kept**2) * float(have @ have)
    root = overlap**2 - power * excess
    if power <= 0 or overlap <= 0:
        return 0.0
    best = (overlap - np.sqrt(root)) / power if root > 0 else overlap / power
    return float(min(best, MOST))


EVEN_TONE = Paint(
    params=EvenTone,
    label="Even tone",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.TONE}),
    broad=even_tone,
    reach=0.17,
)

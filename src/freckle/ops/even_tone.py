"""Even tone: bring patches of color toward the skin's own color around them.

Works on chroma as light leaves it alone: a* and b* over L* + 16 stay the same when light falls on
skin more or less strongly (CIE 1976: all three go with the cube root of light), so shade does not
begin to glow and highlights do not turn gray. Patches are what lies between a freckle and a cheek;
the flush of a cheek, worn blush, freckle fields and every mark that stays are left.

Where a patch is darker than the skin around it, as age spots and healed acne are, the light that
its pigment took comes back with the color; without that it would turn orange or gray.
"""

from typing import Any, Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    central,
    deviation,
    gaussian,
    layers,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
    stacked,
)

PATCH: Final = (0.009, 0.075)
"""Sizes between which color is a patch, in face widths."""
MOST: Final = 0.85
"""Share of a patch's color that goes at 100."""
BLOOD: Final = 0.27
PIGMENT: Final = 1.58
"""L* that blood takes with each unit of a*, and melanin with each of b*: what marks of both kinds
show on six skin groups (pimple −4 L*, +9 a*, +1 b*; freckle −7, +2.5, +4)."""
STRANGE: Final = (9.0, 16.0)
"""Robust deviations from which a patch begins to be something else than skin, and surely is."""
FLUSH: Final = (1.0, 2.5)
"""Robust deviations from which wide redness is a cheek's own, or worn."""


class EvenTone(Params):
    """How much of the patchiness goes."""

    op: Literal["even_tone"] = "even_tone"
    version: Literal[2] = 2
    amount: Amount = slider(natural=7, cap=50)
    """Evens patches of color toward the skin around them."""


def even_tone(lab: Floats, params: EvenTone, scene: Scene) -> Floats:
    """Weaken chroma over light in the band `PATCH`; L* follows where a patch is darker."""
    if scene.regions.colorless:
        return lab

    def measured() -> tuple[Floats, Floats, Floats]:
        return _patches(lab, scene)

    red, yellow, darker = scene.once("even_tone", lab, measured)
    share = np.float32(MOST * params.amount / 100)
    light = lab[..., 0] + np.float32(16)
    paler = share * red * light, share * yellow * light
    back = BLOOD * np.maximum(paler[0], 0) + PIGMENT * np.maximum(paler[1], 0)
    brighter = np.minimum(back, share * np.maximum(darker, 0))
    grown = 1 + brighter / light
    return stacked(
        lab[..., 0] + brighter,
        (lab[..., 1] - paler[0]) * grown,
        (lab[..., 2] - paler[1]) * grown,
    )


def _patches(lab: Floats, scene: Scene) -> tuple[Floats, Floats, Floats]:
    """Return what is patch of a* and b* over light, and by how much L* is lower there."""
    unit, clean = scene.small_unit, scene.clean
    ratio = lab[..., 1:] / layers(lab[..., 0] + np.float32(16), 2)
    seen = stacked(*planes(ratio), lab[..., 0])
    near = planes(masked_gaussian(seen, clean, PATCH[0] * unit))
    far = planes(masked_gaussian(seen, clean, PATCH[1] * unit))
    red, yellow, light = (a - b for a, b in zip(near, far, strict=True))
    inside = clean > 0.5
    usual = [max(deviation(x, clean), 1e-3) for x in (red, yellow)]
    size = cv2.magnitude(red / np.float32(usual[0]), yellow / np.float32(usual[1]))
    known = smoothstep(0.02, 0.2, gaussian(clean, PATCH[0] * unit))
    weight = known * (1 - smoothstep(*STRANGE, size))
    flush = _flush(far[0], inside)
    red *= weight * (1 - np.float32(0.7) * flush * (red > 0))
    yellow *= weight * (1 - np.float32(0.7) * flush)
    return red, yellow, -weight * light


def _flush(wide: Floats, inside: npt.NDArray[np.bool_]) -> Floats:
    """Return 0..1 where redness is broad: cheeks that blush, and blush that is worn."""
    own = wide[inside]
    if own.size == 0:
        return np.zeros_like(wide)
    middle, usual = float(central(own)), max(robust_sigma(own), 2e-3)
    return smoothstep(*FLUSH, (wide - np.float32(middle)) / np.float32(usual))


def _once_stronger(params: dict[str, Any]) -> dict[str, Any]:
    """Lift version 1, whose slider told how far patchiness fell: exp(−amount / 46) was left."""
    gone = 1 - np.exp(-float(params.get("amount", 0)) / 46)
    return {**params, "amount": round(min(100.0, 100 * float(gone) / MOST), 2)}


EVEN_TONE = Paint(
    params=EvenTone,
    label="Even tone",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.TONE}),
    broad=even_tone,
    reach=0.17,
    upgrades={1: _once_stronger},
)

"""Even bumps: what retouchers call dodge and burn; raised and sunken relief softens, pores stay.

Works on the light of relief between .0028 and .014 of the face's width, the size of bumps, pits and
coarse mottle; what is finer (pores, fuzz, grain) and what is broader (the face's shape) is not
touched. What stands out from this person's own calm skin is lowered more than what is usual there.
Edges of the face's shape, lines and marks that stay are left: they are form, not bumps.
"""

from typing import Final, Literal

import cv2
import numpy as np

from freckle.analysis.freckles import PIGMENT, pigmented
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    AVERAGED,
    ENLARGED,
    coarser,
    deviation,
    enlarge,
    gaussian,
    less,
    masked_gaussian,
    planes,
    shrink,
    smoothstep,
)

BAND: Final = (0.0028, 0.014)
"""Sizes between which relief is a bump, in face widths; pores are finer, form is broader."""
PORES: Final = 0.006
"""Size of pores and grain, in face widths: the change holds nothing finer."""
USUAL: Final = 1.35
"""Share of usual relief that goes at 100."""
STANDING: Final = 2.2
"""Share of what stands out that goes at 100."""
OUT: Final = 1.2
"""Robust deviations of this skin beyond which relief stands out."""
FORM: Final = (5.0, 9.0)
"""Robust deviations from which relief begins to be form, and surely is: it stays."""


class EvenBumps(Params):
    """How much of the skin's bumps and pits goes."""

    op: Literal["even_bumps"] = "even_bumps"
    version: Literal[1] = 1
    amount: Amount = slider(natural=35, cap=70)
    """Dodge and burn: softens raised and sunken places; pores, lines and marks stay."""


def even_bumps(lab: Floats, params: EvenBumps, scene: Scene) -> Floats:
    """Lower L* between `BAND` by a soft threshold, on skin that is neither edge nor line."""
    bumps = scene.once("even_bumps", lab, lambda: _bumps(lab, scene))
    out = lab.copy()
    out[..., 0] -= np.float32(params.amount / 100) * bumps
    return out


def _bumps(lab: Floats, scene: Scene) -> Floats:
    """Return the L* that goes at 100: worked out on the coarse grid, as nothing finer passes."""
    step = scene.regions.factor
    seen = shrink(lab, step)
    skin, stays = (shrink(part, step) for part in (scene.mask(scene.area), scene.spared))
    unit, light, free = scene.small_unit, planes(seen)[0], 1 - stays
    skin = skin * free
    sizes = BAND[0] * unit, BAND[1] * unit
    fine = less(sizes[0], AVERAGED * (step > 1))
    pigment = smoothstep(*PIGMENT, pigmented(seen, skin, (fine, sizes[1])))
    # what freckles take from the mean around them would make a halo
    around = masked_gaussian(light, skin * (1 - pigment), sizes[1])
    relief = gaussian(light, fine) - around
    usual = max(deviation(relief, skin), 0.1)
    size = np.abs(relief) / np.float32(usual)
    beyond = np.maximum(size - np.float32(OUT), 0)
    lowered = USUAL * np.minimum(size, OUT) + STANDING * beyond
    lowered *= 1 - smoothstep(*FORM, size)
    free = _off_lines(relief, usual, scene.unit, 2 // step) * free * (1 - pigment * (relief < 0))
    change = np.float32(usual) * free * np.copysign(lowered, relief)
    # what is finer than the band passes unchanged, thresholds or not
    pores = less(PORES * unit, ENLARGED * (step > 1))
    return enlarge(coarser(np.asarray(change, np.float32), pores), lab)


def _off_lines(relief: Floats, usual: float, unit: float, step: int) -> Floats:
    """Return 1 where relief has no direction of its own, 0 along edges and lines.

    The coherence of the structure tensor (Weickert 1999), where it is strong against this skin.
    """
    half = np.ascontiguousarray(relief[::step, ::step])
    x = cv2.Sobel(half, cv2.CV_32F, 1, 0, ksize=3)
    y = cv2.Sobel(half, cv2.CV_32F, 0, 1, ksize=3)
    xx, yy, xy = (gaussian(v, 0.004 * unit) for v in (x * x, y * y, x * y))
    power = xx + yy + np.float32(1e-6)
    along = np.sqrt(np.square(xx - yy) + 4 * np.square(xy)) / power
    strong = smoothstep(1.2, 3.0, np.sqrt(power) / np.float32(2.2 * usual))
    return enlarge(1 - smoothstep(0.55, 0.85, along) * strong, relief)


EVEN_BUMPS = Paint(
    params=EvenBumps,
    label="Even bumps",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    fine=even_bumps,
)

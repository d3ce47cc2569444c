"""Smoothing: soften fine relief, and keep the pores.

Works on lightness only, in the band just coarser than pores: fine roughness, flaking, the edges of
enlarged pores. It is weakened where it is faint and left where it is strong (lines, edges, marks
that stay). The finest detail keeps the share that *Texture* says; bumps are another tool's.
"""

from typing import Final, Literal

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

BAND: Final = (0.0026, 0.0065)
"""Sizes of fine relief at scale 50, in face widths: below are pores, above are bumps."""
CLEAR: Final = (0.8, 2.2)
"""The same as `PIGMENT`, from which it is so clear that the skin around is judged without it."""
PORES: Final = 0.006
"""Size of pores and grain, in face widths: but for *Texture* the change holds nothing finer."""
COARSE: Final = 1.2
"""Size of pores in pixels from which half the resolution shows what is coarser."""
GIVEN: Final = 0.2
"""Share of the finest detail that goes where no texture is kept."""
MOST: Final = 3.0
"""Gain on ordinary fine relief at 100: the band's filters leave a third of it."""
RISE: Final = 1.5
"""How the gain rises with the slider: gently at first."""


class Smooth(Params):
    """How much, how wide, and how much pore detail stays."""

    op: Literal["smooth"] = "smooth"
    version: Literal[2] = 2
    amount: Amount = slider(natural=55, cap=75)
    """Softens fine relief, between pores and bumps."""
    scale: Amount = slider(50, natural=50)
    """Where fine relief sits: fine (0) to broad (100), in face widths."""
    texture: Amount = slider(100, natural=95, floor=70)
    """Share of the original pore detail that is kept; 100 keeps all of it."""


def smooth(lab: Floats, params: Smooth, scene: Scene) -> Floats:
    """Weaken L* in the band of fine relief where it is faint, and finer detail as asked."""
    soft, fine = scene.once(
        f"smooth {params.scale}", lab, lambda: _relief(lab, params.scale, scene)
    )
    share = np.float32(MOST * (params.amount / 100) ** RISE)
    given = np.float32(GIVEN * (1 - params.texture / 100) * min(1.0, params.amount / 50))
    out = lab.copy()
    out[..., 0] -= share * soft + given * fine
    return out


def _relief(lab: Floats, scale: float, scene: Scene) -> tuple[Floats, Floats]:
    """Return the L* of faint fine relief, and of what is finer, but for marks that stay."""
    wide = scene.unit * 2 ** ((scale - 50) / 50)
    light, free = np.ascontiguousarray(lab[..., 0]), 1 - scene.spared
    pores = gaussian(light, BAND[0] * wide)
    # a coarse grid shows all that is not finer than pores
    step = scene.regions.factor if BAND[0] * wide > COARSE else 1
    seen, skin, plain = (shrink(part, step) for part in (lab, scene.mask(scene.area), free))
    soft = _faint(seen, skin, plain, wide / step, reduced=step > 1)
    return enlarge(soft, light) * free, (light - pores) * free


def _faint(lab: Floats, skin: Floats, free: Floats, wide: float, *, reduced: bool) -> Floats:
    """Return the L* of faint fine relief where a face is so wide; `reduced` by half or not."""
    light = planes(lab)[0]
    fine, broad = less(BAND[0] * wide, AVERAGED * reduced), BAND[1] * wide
    colored = pigmented(lab, skin, (fine, 2 * broad))
    # what freckles and marks take from the mean around them would make a halo
    plain = (1 - smoothstep(*CLEAR, colored)) * free
    relief = gaussian(light, fine) - masked_gaussian(light, plain, broad)
    usual = max(deviation(relief, skin), 0.1)
    faint = np.exp(-np.square(relief / np.float32(4 * usual)))
    faint *= 1 - smoothstep(*PIGMENT, colored) * (relief < 0)
    return coarser(faint * relief, less(PORES * wide, ENLARGED * reduced))


SMOOTH = Paint(
    params=Smooth,
    label="Smoothing",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    fine=smooth,
    upgrades={1: dict},  # whose band reached into bumps: the slider stays where it was
)

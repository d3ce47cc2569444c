"""Smoothing: even out blotchy light and shade, and keep the pores.

Works on lightness only, in the band between pores and the shape of the face. The band is weakened
where it is faint (mottle) and left where it is strong (wrinkles, edges, marks that stay), so that
nothing a person would be recognized by is flattened. Pore detail above the band keeps the share
that *Texture* says.
"""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, robust_sigma, smoothstep


class Smooth(Params):
    """How much, how wide, and how much pore detail stays."""

    op: Literal["smooth"] = "smooth"
    version: Literal[1] = 1
    amount: Amount = slider(natural=30, cap=60)
    """Flattens blotchy light and shade in the middle band only."""
    scale: Amount = slider(50, natural=50)
    """Where the middle band sits: fine (0) to broad (100), in face widths."""
    texture: Amount = slider(100, natural=90, floor=70)
    """Share of the original pore detail that is kept; 100 keeps all of it."""


def smooth(lab: Floats, params: Smooth, scene: Scene) -> Floats:
    """Weaken the middle band of L* where it is faint."""
    unit, skin = scene.small_unit, scene.skin
    wide = 2 ** ((params.scale - 50) / 50)
    light = lab[..., 0]
    pores = gaussian(light, 0.0046 * wide * unit)
    band = pores - masked_gaussian(light, skin, 0.024 * wide * unit)
    usual = max(robust_sigma(band[skin > 0.5]), 0.15)
    faint = np.exp(-np.square(band / np.float32(2.6 * usual)))
    energy = masked_gaussian(band * band, skin, 0.02 * unit)
    calm = 1 - 0.85 * smoothstep(2.2, 5.0, np.sqrt(np.maximum(energy, 0)) / np.float32(usual))
    share = np.float32(0.95 * params.amount / 100) * (0.25 + 0.75 * faint) * calm
    share = share * (1 - 0.95 * scene.stays)
    out = lab.copy()
    out[..., 0] -= share * band
    return out


def texture(lab: Floats, params: Smooth, scene: Scene) -> Floats:
    """Weaken L* detail finer than .0046 of the face's width by the share that is given up."""
    given = np.float32(0.5 * (1 - params.texture / 100) * min(1.0, params.amount / 30))
    if given == 0:
        return lab
    out = lab.copy()
    detail = lab[..., 0] - gaussian(lab[..., 0], 0.0046 * scene.unit)
    out[..., 0] -= given * (1 - scene.spared) * detail
    return out


SMOOTH = Paint(
    params=Smooth,
    label="Smoothing",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=smooth,
    fine=texture,
)

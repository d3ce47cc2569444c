"""Warmth and lightness of the skin: moves that the person asks for, so the tone lock lets them."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats


class Warmth(Params):
    """Cooler or warmer skin."""

    op: Literal["warmth"] = "warmth"
    version: Literal[1] = 1
    amount: Balance = slider(cap=30, floor=-30)
    """Minus: cooler. Plus: warmer. Skin only."""


class SkinLightness(Params):
    """Darker or lighter skin; moves only when the skin-tone lock is off."""

    op: Literal["skin_lightness"] = "skin_lightness"
    version: Literal[1] = 1
    amount: Balance = slider(cap=10, floor=-10)
    """Lightness of the skin; the skin-tone lock must be off."""


def warmth(lab: Floats, params: Warmth, _scene: Scene) -> Floats:
    """Shift b* by up to 12 and a* by up to 3."""
    share = np.float32(params.amount / 100)
    return lab + share * np.array([0, 3, 12], np.float32)


def skin_lightness(lab: Floats, params: SkinLightness, _scene: Scene) -> Floats:
    """Bend L* by up to 20 in the middle tones; black and white stay."""
    light = lab[..., 0] / np.float32(100)
    out = lab.copy()
    out[..., 0] += np.float32(params.amount / 100 * 80) * light * (1 - light)
    return out


WARMTH = Paint(
    params=Warmth,
    label="Warmth",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    deliberate=True,
    broad=warmth,
)
SKIN_LIGHTNESS = Paint(
    params=SkinLightness,
    label="Skin lightness",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=skin_lightness,
)

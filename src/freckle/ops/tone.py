"""Warmth, hue and lightness of the skin: meant to move it, so the tone lock lets them."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit
from freckle.pixels.filters import smoothstep

LIGHT: Final = 82.0
"""L* + 16 of light skin, for which warmth and hue are stated."""
HUE: Final = 20.0
"""How far a* and b* of light skin go at 100."""


class Warmth(Params):
    """Cooler or warmer skin."""

    op: Literal["warmth"] = "warmth"
    version: Literal[2] = 2
    amount: Balance = slider(cap=30, floor=-30)
    """Minus: cooler. Plus: warmer. Skin only, with ears and neck."""


class SkinHue(Params):
    """Skin's own color against that of the light around it."""

    op: Literal["skin_hue"] = "skin_hue"
    version: Literal[1] = 1
    yellow: Balance = slider()
    """Plus: yellower. Minus: bluer. Face, ears and neck, eyes and lips with them."""
    red: Balance = slider()
    """Plus: redder. Minus: greener."""

    @property
    def neutral(self) -> bool:
        """Whether both sliders rest at 0."""
        return self.yellow == 0 and self.red == 0


class SkinLightness(Params):
    """Darker or lighter skin; moves only when the skin-tone lock is off."""

    op: Literal["skin_lightness"] = "skin_lightness"
    version: Literal[2] = 2
    amount: Balance = slider(cap=10, floor=-10)
    """Lightness of the skin; the skin-tone lock must be off."""


def warmth(lab: Floats, params: Warmth, _scene: Scene) -> Floats:
    """Shift b* by up to 12 and a* by up to 3 on light skin, as warmer light does.

    A change of white balance scales the channels, which moves b* in proportion to L* + 16. White
    glare and burnt-out places show the lamp, not the skin, and follow half way.
    """
    share = np.float32(params.amount / 100)
    light = _colored(lab)
    out = lab.copy()
    out[..., 1] += np.float32(3) * share * light
    out[..., 2] += np.float32(12) * share * light
    return out


def skin_hue(lab: Floats, params: SkinHue, _scene: Scene) -> Floats:
    """Shift a* and b* by up to 20 on light skin, in proportion to L* + 16, as *Warmth* does."""
    light = np.float32(HUE / 100) * _colored(lab)
    out = lab.copy()
    out[..., 1] += np.float32(params.red) * light
    out[..., 2] += np.float32(params.yellow) * light
    return out


def _colored(lab: Floats) -> Floats:
    """Return how much of a shift of color there is in so much light; 1 on light skin."""
    light = np.minimum((lab[..., 0] + 16) * np.float32(1 / LIGHT), np.float32(1.15))
    return np.asarray(light * (1 - np.float32(0.5) * smoothstep(86, 98, lab[..., 0])), np.float32)


def skin_lightness(lab: Floats, params: SkinLightness, _scene: Scene) -> Floats:
    """Bend L* by up to 20 in the middle tones; black and white stay, color goes with the light."""
    light = np.clip(lab[..., 0] / np.float32(100), 0, 1)
    return relit(lab, lab[..., 0] + np.float32(params.amount / 100 * 80) * light * (1 - light))


WARMTH = Paint(
    params=Warmth,
    upgrades={1: dict},
    label="Warmth",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.FLESH}),
    deliberate=True,
    reach=0.0,
    broad=warmth,
)
SKIN_HUE = Paint(
    params=SkinHue,
    label="Skin hue",
    group="Skin",
    needs=frozenset({Region.LIT}),
    deliberate=True,
    reach=0.0,
    broad=skin_hue,
)
SKIN_LIGHTNESS = Paint(
    params=SkinLightness,
    upgrades={1: dict},
    label="Skin lightness",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.FLESH}),
    reach=0.0,
    broad=skin_lightness,
)

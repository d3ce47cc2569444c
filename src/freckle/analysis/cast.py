"""The color of the light on a face, told from its skin."""

from typing import Final

import numpy as np

from freckle.analysis.skin import Skin
from freckle.pixels.color import Floats, lab, srgb_decode, srgb_encode, unlab
from freckle.pixels.pigment import PALE, Pigment

OWN: Final = 8.0
"""How far skins in neutral light stray from the usual color, in a* and b*: of a difference as large
half is the light's, of a larger one more."""
FAINTEST: Final = np.float32(1e-4)
"""Least linear light of a color that can be compared."""


def cast(skin: Skin) -> Floats:
    """Return a* and b* of the light at the skin's L*: what is more than people's skins differ."""
    own = Pigment(*(float(x) for x in skin.lab))
    usual = PALE.at(own.lightness)
    away = np.array([own.a - usual.a, own.b - usual.b])
    far = float(away @ away)
    return np.asarray(away * far / (far + OWN**2), np.float32)


def lit(pigment: Pigment, skin: Skin) -> Pigment:
    """Return a color as it looks in the light on a face, as light as it is in full light.

    The light of a lamp or of dusk falls on makeup as on skin: it scales what each sends back of
    red, green and blue (von Kries 1902).
    """
    usual = PALE.at(skin.lab[0])
    red, yellow = cast(skin)
    seen = Pigment(usual.lightness, usual.a + float(red), usual.b + float(yellow))
    light = _light(seen) / _light(usual)
    worn = lab(srgb_encode(np.minimum(_light(pigment) * light, 1)))[0, 0]
    scale = (pigment.lightness + 16) / (float(worn[0]) + 16)
    return Pigment(pigment.lightness, float(worn[1]) * scale, float(worn[2]) * scale)


def _light(color: Pigment) -> Floats:
    """Return linear sRGB of a color."""
    values = np.array([[[color.lightness, color.a, color.b]]], np.float32)
    return np.maximum(srgb_decode(np.clip(unlab(values), 0, 1)), FAINTEST)

"""The color of the light on a face, told from its skin."""

from typing import Final

import numpy as np

from freckle.analysis.skin import Skin
from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep
from freckle.pixels.pigment import PALE, Pigment

OWN: Final = 8.0
"""How far skins in neutral light stray from the usual color, in a* and b*."""


def cast(skin: Skin) -> Floats:
    """Return a* and b* of the light at the skin's L*: what is more than people's skins differ."""
    own = Pigment(*(float(x) for x in skin.lab))
    usual = PALE.at(own.lightness)
    away = np.array([own.a - usual.a, own.b - usual.b])
    far = max(float(np.linalg.norm(away)), 1e-6)
    return np.asarray(away * max(far - OWN, 0) / far, np.float32)


def lit(pigment: Pigment, skin: Skin) -> Pigment:
    """Return a color as it looks in the light on a face.

    The light of a lamp or of dusk falls on makeup as on skin: less on vivid colors, which send back
    little else; and of a faint color of the light the eye takes away half.
    """
    light = cast(skin)
    share = 0.5 + 0.5 * float(smoothstep(8, 20, np.linalg.norm(light)))
    share *= float(np.clip(1.3 - np.hypot(pigment.a, pigment.b) / 70, 0.3, 1))
    share *= (pigment.lightness + 16) / (skin.lab[0] + 16)
    return Pigment(
        pigment.lightness, pigment.a + share * float(light[0]), pigment.b + share * float(light[1])
    )

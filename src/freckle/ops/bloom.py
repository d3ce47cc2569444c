"""Bloom: bright places shine over their surroundings, as through mist or an old lens."""

from typing import Final, Literal

import cv2
import numpy as np

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, smoothstep
from freckle.pixels.place import Place
from freckle.pixels.tone import perceived
from freckle.pixels.white import luminance

LEAST: Final = 0.004
"""How far light spreads at size 0, in widths of the picture: a box of this radius, three times."""
MOST: Final = 0.022
"""The same at size 100."""
PASSES: Final = 3
SHARE: Final = 0.55
"""How much of the light of bright places is spread at 100."""


class Bloom(Params):
    """Glow around bright places."""

    op: Literal["bloom"] = "bloom"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How strongly bright places shine over what is beside them."""
    size: Amount = slider(40)
    """How far the glow reaches."""


def glow(light: Floats, params: Bloom, place: Place) -> Floats:
    """Return what spreads from bright places: light that the eye or the lens scatters.

    It is added to what is left of white, so that nothing clips; the light itself stays sharp.
    """
    bright = light * layers(smoothstep(0.55, 0.95, perceived(luminance(light, place.space))))
    side = 2 * max(1, round(_radius(params) * place.unit)) + 1
    for _ in range(PASSES):
        spread = cv2.blur(bright, (side, side), borderType=cv2.BORDER_REFLECT_101)
        bright = np.asarray(spread, np.float32)
    added = np.float32(SHARE * params.amount / 100) * bright
    return np.asarray(added * (1 - np.clip(light, 0, 1)), np.float32)


def bloom(light: Floats, _params: Bloom, _place: Place) -> Floats:
    """Return the light as it is: its glow has been added before."""
    return np.minimum(light, 1)


def _radius(params: Bloom) -> float:
    return LEAST + (MOST - LEAST) * params.size / 100


def _reach(params: Bloom) -> float:
    return PASSES * _radius(params) if params.amount else 0.0


BLOOM = Grade(
    params=Bloom,
    label="Bloom",
    group="Effects",
    apply=bloom,
    gain=glow,
    reach=_reach,
)

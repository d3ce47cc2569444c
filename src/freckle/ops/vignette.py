"""Darker or lighter corners of the whole picture."""

from typing import Final, Literal

import numpy as np

from freckle.ops.op import Amount, Balance, Grade, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, smoothstep
from freckle.pixels.place import Place

STOPS: Final = 2.0
"""Stops that the corners get at 100."""


class Vignette(Params):
    """Corners of the whole picture."""

    op: Literal["vignette"] = "vignette"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Minus darkens the corners, plus lightens them."""
    size: Amount = slider(50)
    """How much of the picture's middle stays as it is."""


def vignette(light: Floats, params: Vignette, place: Place) -> Floats:
    """Scale the light by the distance from the middle, in half diagonals.

    More light is scaled back toward white (`g / (1 + (g − 1) m²)`, m the largest channel).
    """
    width, height = (side / max(place.picture) for side in place.picture)
    x, y = place.axes()
    half = np.float32(np.hypot(width, height) / 2)
    away = np.hypot(x[None, :] - np.float32(width / 2), y[:, None] - np.float32(height / 2)) / half
    start = 0.9 * params.size / 100
    gain = np.exp2(np.float32(STOPS * params.amount / 100) * smoothstep(start, 1.1, away))
    if params.amount > 0:
        most = light.max(axis=2)
        gain = gain / (1 + (gain - 1) * most * most)
    return np.asarray(light * layers(gain), np.float32)


VIGNETTE = Grade(params=Vignette, label="Vignette", group="Effects", apply=vignette)

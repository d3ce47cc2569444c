"""Palette: draws the picture's colors toward a few chosen ones."""

from typing import Final, Literal

import cv2
import numpy as np

from freckle.ops.op import Amount, Color, Grade, Params, slider, swatches
from freckle.pixels.color import SRGB, Floats, hex_values, srgb_decode
from freckle.pixels.filters import planes, smoothstep, stacked
from freckle.pixels.oklab import from_oklab, oklab, skin_colored
from freckle.pixels.place import Place

PULL: Final = 0.9
"""How far a color goes toward its nearest of the palette at 100."""
SHARP: Final = 5.0
"""How clearly each color chooses one of the palette: weights are exp(SHARP × cosine of hues)."""
FAINT: Final = (0.006, 0.03)
"""Chroma in Oklab from which something counts as colored at all."""


class Palette(Params):
    """A few colors for the whole picture."""

    op: Literal["palette"] = "palette"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How far colors go toward the nearest of the three."""
    first: Color = swatches("#c8794a", "#d9a441", "#b5473c", "#2f6f73", "#3d5a80", "#6b4e71")
    """One color of the palette."""
    second: Color = swatches("#2f6f73", "#3d5a80", "#6a7358", "#c8794a", "#6b4e71", "#8a8d91")
    """Another one."""
    third: Color = swatches("#d9c2a0", "#e8d9c5", "#8a8d91", "#b08968", "#c9ada7", "#22333b")
    """A third one."""
    skin: Amount = slider(75)
    """How much skin keeps its own color."""
    eyes: Amount = slider()
    """How much eyes and teeth keep their own color."""


def palette(light: Floats, params: Palette, place: Place) -> Floats:
    """Turn a and b of Oklab toward the palette's; lightness stays, and grays stay gray."""
    lightness, a, b = planes(oklab(light, place.space))
    chroma = np.asarray(cv2.magnitude(a, b), np.float32)
    safe = np.maximum(chroma, np.float32(1e-4))
    total, red, blue = (np.zeros_like(chroma) for _ in range(3))
    for color in (params.first, params.second, params.third):
        x, y = _chroma_of(color)
        length = np.float32(max(float(np.hypot(x, y)), 1e-4))
        near = np.exp(np.float32(SHARP) * (a * x + b * y) / (safe * length))
        # as strong as it was, a little nearer to how strong the palette is
        strength = np.float32(0.75) + np.float32(0.25) * np.minimum(length / safe, 2)
        total += near
        red += near * strength * safe * x / length
        blue += near * strength * safe * y / length
    skin = skin_colored(lightness, a, b)
    share = np.float32(PULL * params.amount / 100) * smoothstep(*FAINT, chroma)
    share *= 1 - np.float32(params.skin / 100) * skin
    a, b = a + share * (red / total - a), b + share * (blue / total - b)
    return np.clip(from_oklab(stacked(lightness, a, b), place.space), 0, 1)


def _chroma_of(color: str) -> tuple[np.float32, np.float32]:
    _, a, b = oklab(srgb_decode(np.array([[hex_values(color)]], np.float32)), SRGB)[0, 0]
    return np.float32(a), np.float32(b)


PALETTE = Grade(
    params=Palette,
    label="Palette",
    group="Color mood",
    apply=palette,
    spares=lambda params: params.eyes / 100,
)

"""How cosmetics color what is under them: hue and chroma are theirs, light and grain the photo's.

All pixels are CIELAB (height × width × 3 float32, L* 0..100); opacities height × width, 0..1.
"""

from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np

from freckle.pixels.color import Floats, hex_values, lab
from freckle.pixels.filters import smoothstep


@dataclass(frozen=True, slots=True)
class Pigment:
    """A color to wear, in CIELAB as it looks in full light."""

    lightness: float
    a: float
    b: float

    @classmethod
    def of(cls, color: str) -> Self:
        """Read #rrggbb."""
        values = lab(np.array([[hex_values(color)]], np.float32))[0, 0]
        return cls(float(values[0]), float(values[1]), float(values[2]))

    def darker(self, by: float) -> "Pigment":
        """Return the same hue, `by` (0..1) darker."""
        return Pigment(self.lightness * (1 - by), self.a * (1 - by / 3), self.b * (1 - by / 3))

    def at(self, lightness: float) -> "Pigment":
        """Return the same color so light or so dark."""
        scale = ((max(lightness, 0) + 16) / (self.lightness + 16)) ** 0.5
        return Pigment(lightness, self.a * scale, self.b * scale)

    def chroma_at(self, lightness: Floats) -> Floats:
        """Return a* and b* (height × width × 2) of this pigment in light that makes it so light.

        Chroma goes with the root of light: shade keeps more color than physics says, as painters
        and the eye have it, and gloss does not turn neon. In deep shade and dark photos, where that
        would glow, it goes with light itself.
        """
        ratio = np.maximum(lightness + 16, 1) / np.float32(self.lightness + 16)
        root = np.sqrt(np.clip(ratio, 0.75, 1.1))
        scale = (root * np.minimum(ratio / np.float32(0.75), 1)).astype(np.float32)
        return np.asarray(cv2.merge([np.float32(self.a) * scale, np.float32(self.b) * scale]))


PALE: Final = Pigment(66.0, 14.0, 17.0)
"""The skin for which the colors of powders are named: light, in neutral light."""
RELATIVE: Final = 0.7
"""How far powder keeps its difference from that skin; the rest is its own color."""


def dim(lightness: Floats, share: Floats) -> Floats:
    """Scale light so that contrasts keep their ratios: `share` 0 leaves L*, −.1 takes a tenth."""
    return np.asarray((lightness + 16) * (1 + share) - 16, np.float32)


def glints(lightness: Floats, middle: float) -> Floats:
    """Return 0..1 where gloss outshines the color under it; `middle` is the usual L* there."""
    return smoothstep(14, 34, lightness - np.float32(middle))


def veil(lab: Floats, pigment: Pigment, weight: Floats, *, gray: bool) -> Floats:
    """Return skin with a thin layer of powder: its own color moves, freckles in it stay.

    The skin's usual color under `weight` moves as that of `PALE` skin would, where the pigment
    covered it, and partly to the pigment itself, so that it looks right in warm light and on red
    skin; every pixel moves by as much, so differences between pixels stay. Light is only taken.
    """
    total = max(float(weight.sum()), 1e-3)
    usual = [float((lab[..., k] * weight).sum()) / total for k in range(3)]
    out = lab.copy()
    light = RELATIVE * PALE.lightness + (1 - RELATIVE) * usual[0]
    deeper = min((pigment.lightness + 16) / (light + 16) - 1, 0)
    out[..., 0] = dim(lab[..., 0], weight * np.float32(max(deeper, -0.6)))
    if not gray:
        color, pale = pigment.chroma_at(lab[..., 0]), PALE.chroma_at(lab[..., 0])
        for k in (1, 2):
            moved = color[..., k - 1] - np.float32(RELATIVE) * pale[..., k - 1]
            out[..., k] += weight * (moved - np.float32((1 - RELATIVE) * usual[k]))
    return out

"""How cosmetics color what is under them: hue and chroma are theirs, light and grain the photo's.

All pixels are CIELAB (height × width × 3 float32, L* 0..100); opacities height × width, 0..1.
"""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np

from freckle.pixels.color import Floats, lab
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
        channels = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        values = lab(np.array([[channels]], np.float32))[0, 0]
        return cls(float(values[0]), float(values[1]), float(values[2]))

    def darker(self, by: float) -> "Pigment":
        """Return the same hue, `by` (0..1) darker."""
        return Pigment(self.lightness * (1 - by), self.a * (1 - by / 3), self.b * (1 - by / 3))

    def chroma_at(self, lightness: Floats) -> Floats:
        """Return a* and b* (height × width × 2) of this pigment in light that makes it so light.

        Chroma goes with the root of light: shade keeps more color than physics says, as painters
        and the eye have it, and gloss does not turn neon.
        """
        ratio = np.maximum(lightness + 16, 1) / np.float32(self.lightness + 16)
        scale = np.sqrt(np.clip(ratio, 0.15, 1.8)).astype(np.float32)
        return np.asarray(cv2.merge([np.float32(self.a) * scale, np.float32(self.b) * scale]))


def dim(lightness: Floats, share: Floats) -> Floats:
    """Scale light so that contrasts keep their ratios: `share` 0 leaves L*, −.1 takes a tenth."""
    return np.asarray((lightness + 16) * (1 + share) - 16, np.float32)


def glints(lightness: Floats, middle: float) -> Floats:
    """Return 0..1 where gloss outshines the color under it; `middle` is the usual L* there."""
    return smoothstep(14, 34, lightness - np.float32(middle))

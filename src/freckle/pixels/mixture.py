"""Two colors that mix in a pixel, and how to tell them apart in linear light."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np

from freckle.pixels.color import Floats, RGBSpace, to_light

FLOOR: Final = np.float32(1e-3)
"""Linear light added where colors are divided, against noise in the dark."""
LINE: Final = np.float32(1e-3)
"""Squared distance of two colors below which their mixture says nothing about alpha."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Pixels (N × 3) in which people and ground mix, as the matte knows them, in linear light."""

    front: Floats
    all: Floats
    share: Floats
    """How much of the light is the people's: alpha was told in encoded values, which files mix
    by, and what is dark has a larger share of the light than of them."""

    @classmethod
    def of(cls, front: Floats, back: Floats, alpha: Floats, space: RGBSpace) -> Self:
        """Make it from both colors (N × 3, encoded) and alpha (N)."""
        mixed = alpha[:, None] * front + (1 - alpha[:, None]) * back
        light = [to_light(np.asarray(each, np.float32), space) for each in (front, back, mixed)]
        apart = light[0] - light[1]
        line = (apart * (light[2] - light[1])).sum(axis=1) + LINE * alpha
        share = np.clip(line / ((apart * apart).sum(axis=1) + LINE), 0, 1)
        return cls(light[0], light[2], np.asarray(share, np.float32))

    def cleaned(self, light: Floats, amount: Any) -> Floats:
        """Return a picture's light there without the ground's, as far as `amount` (0..1)."""
        own = light * (self.front + FLOOR) / (self.all + FLOOR)
        return np.asarray(np.clip(light + amount * (own - light), 0, 1), np.float32)

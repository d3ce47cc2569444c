"""A skin's own tone on its lit part, whatever the light: what a look may not turn (decision 39).

In shade skin loses light and takes on the color of what surrounds it, in photographs as before
one's eyes. Where light falls it shows what it is. So a tone is told of the lit part, as shares of
light: a* and b* over L* + 16, which stay as they are in more or less of it.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from freckle.pixels.color import Floats, ita
from freckle.pixels.filters import central

LIT: Final = (0.72, 0.96)
"""Quantiles of skin's lightness between which it is lit: above shine it, below turns to shade."""
FAINT: Final = 16.0
"""What is added to L* to have it in proportion to the cube root of light."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the lit part of a skin moved, after minus before."""

    lightness: float
    """L*."""
    red: float
    yellow: float
    """a* and b*, both told at the lightness that this part of the skin had before."""
    level: float
    """That lightness, L*."""
    ita: float
    """The typology angle at that lightness, in degrees."""
    chroma: float
    """Chroma that is left, at that lightness."""

    @property
    def color(self) -> float:
        """How far its color moved (ΔE, 1976, at its own lightness)."""
        return float(np.hypot(self.red, self.yellow))


def shift(before: Floats, after: Floats) -> Shift:
    """Compare the same places of a skin (n × 3 CIELAB) before and after.

    The lit part is that of the picture after, so that a lamp from another side is judged where it
    shines; its lightness is compared with that of the part that was lit before.
    """
    lit, was = _lit(after), _lit(before)
    level = float(central(before[lit, 0]))
    one, other = (_color(each[lit], level) for each in (before, after))
    lightness = float(central(after[lit, 0]) - central(before[was, 0]))
    return _shift(lightness, level, one, other)


def shift_of(before: Floats, after: Floats) -> Shift:
    """Compare one color (3 CIELAB) of a skin that is lit all over, before and after."""
    level = float(before[0])
    one, other = (
        np.asarray(each[1:] * ((level + FAINT) / (max(float(each[0]), 0) + FAINT)), np.float64)
        for each in (before, after)
    )
    return _shift(float(after[0]) - level, level, one, other)


def _shift(lightness: float, level: float, one: Any, other: Any) -> Shift:
    """Tell how a* and b* changed that are both told at one lightness."""
    red, yellow = (other - one).tolist()
    turned = ita(level, float(other[1])) - ita(level, float(one[1]))
    return Shift(lightness, red, yellow, level, turned, float(np.hypot(*other)))


def _lit(skin: Floats) -> Floats:
    low, high = np.quantile(skin[:, 0], LIT)
    return np.asarray((skin[:, 0] >= low) & (skin[:, 0] <= high))


def _color(skin: Floats, level: float) -> Floats:
    """Return the median a* and b* at a lightness."""
    shares = skin[:, 1:] / (np.maximum(skin[:, :1], 0) + np.float32(FAINT))
    return np.asarray(central(shares, axis=0) * (level + FAINT), np.float64)

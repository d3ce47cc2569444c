"""Tone curves on linear light that turn no hue, and the shoulder that keeps light below white."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import planes, stacked

GAMMA: Final = 2.2
KNEE: Final = 0.986
"""Linear light up to which the shoulder changes nothing; at white it is off by ΔE .5 at most."""

Curve = Callable[[Floats], Floats]
"""A function of one channel, which keeps order."""


def perceived(light: Floats) -> Floats:
    """Return light (linear, ≥ 0) in about equal steps to the eye: its power of 1 / 2.2."""
    return np.asarray(cv2.pow(np.maximum(light, 0), 1 / GAMMA), np.float32)


def physical(tone: Floats) -> Floats:
    """Return linear light; the inverse of `perceived`."""
    return np.asarray(cv2.pow(np.maximum(tone, 0), GAMMA), np.float32)


def toned(light: Floats, curve: Curve) -> Floats:
    """Send linear light (height × width × 3) through a curve, and keep the hue.

    The largest and the smallest channel go through the curve, the third stays at its share of the
    way between them (as in Adobe's DNG SDK, `RefBaselineRGBTone`). Gray stays gray.
    """
    red, green, blue = planes(light)
    most = np.maximum(np.maximum(red, green), blue)
    least = np.minimum(np.minimum(red, green), blue)
    high, low = curve(most), curve(least)
    apart = most - least
    slope = np.divide(high - low, apart, out=np.ones_like(apart), where=apart > 0)
    return stacked(*(low + (channel - least) * slope for channel in (red, green, blue)))


def rolled(light: Floats, most: float) -> Floats:
    """Bring linear light of at most `most` under 1; only what is brighter than `KNEE` moves.

    The rest of the way is Reinhard's extended curve (Reinhard et al. 2002, eq. 4): slope 1 at the
    knee, and `most` becomes 1. Below 0 lie colors outside the file's gamut: they come to its edge.
    """
    if most <= 1:
        return np.clip(light, 0, 1)
    if float(light.max(initial=0)) <= KNEE and float(light.min(initial=0)) >= 0:
        return light
    return toned(light, _shoulder(most))


def _shoulder(most: float) -> Curve:
    room = np.float32(1 - KNEE)
    end = (most - KNEE) / (1 - KNEE)
    bend = np.float32(1 / end**2)

    def curve(channel: Floats) -> Floats:
        over = np.maximum(channel - np.float32(KNEE), 0) / room
        above = np.float32(KNEE) + room * np.minimum(over * (1 + over * bend) / (1 + over), 1)
        return np.where(channel > KNEE, above, np.maximum(channel, 0))

    return curve

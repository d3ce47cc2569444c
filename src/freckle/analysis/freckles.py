"""Freckles too faint to be listed as marks: they stay all the same.

A freckle takes blue light most, whatever light falls on it (Tsumura 1999), so it stands out in
−ln B + ln R; mottled light and shade do not.
"""

from typing import Final

import numpy as np

from freckle.analysis.regions import Region, Regions
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    deviation,
    gaussian,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
)

BAND: Final = (0.0035, 0.012)
"""Their size: between these shares of the face's width."""
FAINT: Final = (1.4, 2.8)
"""Robust deviations of this skin from which something may be one, and surely is."""

PIGMENT: Final = (0.3, 1.2)
"""Values of `pigmented` from which what is dark may be a freckle, and surely is: it stays."""


def faint_freckles(regions: Regions) -> Floats:
    """Return 0..1 on the coarse grid: how surely a place is a small brown mark."""
    red, _, blue = planes(-regions.log_rgb)
    brown = _small(blue - red, regions.unit)
    dark = _small(blue, regions.unit)
    skin = regions.small(Region.SKIN) > 0.5
    if not skin.any():
        return np.zeros_like(brown)
    usual = [np.float32(max(robust_sigma(part[skin]), 1e-3)) for part in (brown, dark)]
    sure = smoothstep(*FAINT, brown / usual[0]) * smoothstep(0.5, 1.5, dark / usual[1])
    # its soft edge belongs to it
    return np.asarray(
        np.minimum(np.float32(1.6) * gaussian(sure, 0.004 * regions.unit), 1), np.float32
    )


def pigmented(lab: Floats, skin: Floats, sizes: tuple[float, float]) -> Floats:
    """Return how much more color a place has than the skin around it, for the light it gets.

    In robust deviations of this skin, between two `sizes` (σ in pixels); 1 and more is pigment or
    blood, −1 and less its lack. Relief makes light and shade, which leave (a* + b*) / (L* + 16) as
    it is: what is dark and colored is no pit.
    """
    light, red, yellow = planes(lab)
    ratio = (red + yellow) / (light + np.float32(16))
    low, high = sizes
    band = gaussian(ratio, low) - masked_gaussian(ratio, skin, high)
    return np.asarray(band / np.float32(max(deviation(band, skin), 1e-3)), np.float32)


def _small(values: Floats, unit: float) -> Floats:
    low, high = (gaussian(values, share * unit) for share in BAND)
    return np.asarray(low - high, np.float32)

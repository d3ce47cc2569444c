"""Whether a picture is a monochrome one in disguise: sepia, blue, selenium, two tones.

Toning gives every lightness one color. So a* and b* are curves of L*, and no place strays from
them; in a color photo skin, lips, hair and what is behind stray by several units, whatever the cast
of its light.
"""

from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, shrink

TONED: Final = 1.6
"""Standard deviation of a* and b* over a face below which a photo has no colors of its own."""
TWO_TONED: Final = (2.8, 2.9)
"""How far (ΔE) colors of head and frame stray from a curve of lightness in a toned photo, at most.

With grain and strong compression 2.7 and 2.6 were measured; of 55 color photos, casts of all kinds
among them, only one low-key profile is below 3.8 and 4.9, and that has 2.8 and 3.8.
"""
GRAIN: Final = 0.006
"""Width in face widths over which grain and the blocks of compression are averaged."""
LEVELS: Final = 24
"""Steps of lightness, with as many pixels each, from which the curves are read."""
STRAYING: Final = 90
"""Percent of the pixels that must keep to the curves: edges, where two tones mix, do not."""


def colorless(lab: Floats, head: Floats, unit: float) -> bool:
    """Whether a picture (CIELAB) is black-and-white, toned or not, as its head (a mask) shows.

    Hue and chroma of a toned photo hardly stray from one value, or from one for each lightness;
    those of any face do. `unit` is the face's width in pixels.
    """
    spread = cv2.meanStdDev(lab, mask=(head > 0.5).astype(np.uint8))[1]
    if float(spread[1:].max()) < TONED:  # of nothing it is 0
        return True
    plain = gaussian(shrink(lab, 2), GRAIN * unit / 2)
    face = plain[shrink(head, 2) > 0.5]
    return strays(face) < TWO_TONED[0] and strays(plain) < TWO_TONED[1]


def strays(colors: Floats) -> float:
    """Return how far a* and b* stray from being curves of L*: the 90th percentile, in ΔE.

    `colors` is any number of CIELAB pixels (… × 3) without grain; 0 when there are none.
    """
    flat = colors.reshape(-1, 3).astype(np.float32)
    if len(flat) == 0:
        return 0.0
    light = flat[:, 0]
    edges = np.unique(np.quantile(light, np.linspace(0, 1, LEVELS + 1)))
    level = np.clip(np.searchsorted(edges, light, side="right") - 1, 0, max(len(edges) - 2, 0))
    count = np.maximum(np.bincount(level), 1)
    means = [np.bincount(level, flat[:, k]) / count for k in range(3)]
    known = np.bincount(level) > 0
    away = [
        flat[:, k] - np.interp(light, means[0][known], means[k][known]).astype(np.float32)
        for k in (1, 2)
    ]
    return float(np.percentile(np.hypot(*away), STRAYING))

"""Whether a picture is a monochrome one in disguise: sepia, blue, selenium, two tones.

Toning gives every lightness one color. So a* and b* are curves of L*, and no place strays from
them; in a color photo skin, lips, hair and what is behind stray by several units, whatever the cast
of its light.
"""

from typing import Final

import numpy as np

from freckle.pixels.color import Floats

LEVELS: Final = 24
"""Steps of lightness, with as many pixels each, from which the curves are read."""
STRAYING: Final = 90
"""Percent of the pixels that must keep to the curves: edges, where two tones mix, do not."""


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

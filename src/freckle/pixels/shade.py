"""Color as light and what light does not move: the share of chroma in it."""

from typing import Final

import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import planes, stacked

FAINT: Final = np.float32(16)
"""L* + 16 is proportional to the cube root of light, as a* and b* are (CIE 1976)."""


def shares(lab: Floats) -> Floats:
    """Return L*, and a* and b* as shares of L* + 16: these stay as they are in any shade."""
    light, red, yellow = planes(lab)
    level = np.maximum(light, 0) + FAINT
    return stacked(light, red / level, yellow / level)


def moved(lab: Floats, change: Floats) -> Floats:
    """Add a change of L* and of the shares to CIELAB: what gets lighter keeps its chroma's share.

    Where the change is 0, colors stay exactly as they are.
    """
    light, red, yellow = planes(lab)
    more, redder, yellower = planes(change)
    level = np.maximum(light, 0) + FAINT
    gain = more / level
    after = level + more
    return stacked(
        light + more, red + gain * red + redder * after, yellow + gain * yellow + yellower * after
    )

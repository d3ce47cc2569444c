"""Whether the ground behind people is plain: one color, softly lit, and nothing on it.

On thirteen portraits the three measures lay at or below 10, 1.5 and .35 before paper and walls, and
at or above 30, 11 and 8 elsewhere.
"""

from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.matte import reduced
from freckle.analysis.portrait import Portrait
from freckle.photo import Photo

LONGEST: Final = 512
"""Pixels of the longer side on which is looked."""
LEAST: Final = 0.03
"""Share of the picture that must be ground to tell."""
LIGHT: Final = 22.0
"""Spread of L* (5 to 95 %) up to which light falls off softly."""
COLOR: Final = 8.0
"""Spread of a* and b* up to which it is one color."""
EDGE: Final = 2.0
"""Change of L* from pixel to pixel that hardly any place exceeds."""
AWAY: Final = 9
"""Pixels beside the people that are left out."""


def plain(photo: Photo, portrait: Portrait) -> bool:
    """Say whether everything but the people is plain; False where there is nobody, or no ground."""
    if not portrait.people:
        return False
    small = reduced(photo, LONGEST)
    lab: Any = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    size = small.shape[1], small.shape[0]
    alpha: Any = cv2.resize(portrait.quick_matte.alpha, size, interpolation=cv2.INTER_AREA)
    people: Any = cv2.dilate((alpha > 0).astype(np.uint8), np.ones((AWAY, AWAY), np.uint8))
    ground = people == 0
    if ground.mean() < LEAST:
        return False
    light = lab[..., 0]
    slope = np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)) / 8
    spread = np.ptp(np.percentile(lab[ground], [5, 95], axis=0), axis=0)
    quiet = float(np.percentile(slope[ground], 95)) < EDGE
    return bool(quiet and spread[0] < LIGHT and max(spread[1:]) < COLOR)

"""Long thin lines of light or shade: strands of hair, rims, creases."""

from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, robust_sigma

LONG: Final = 0.06
"""Length in face widths from which a ridge is a line, and no mark."""
THIN: Final = 0.03
"""Area of a line over its length, in face widths; above it is the edge of something wide."""
NET: Final = 1.45
"""Mean distance from the edge of a line in grid steps; above it is something wide."""
BEND: Final = 1.0
"""Least bend of L* across a line, per grid step squared."""
STANDING_OUT: Final = 6.0
"""How many of this skin's own robust deviations the bend must have."""


def ridges(light: Floats, skin: Floats, unit: float) -> Floats:
    """Return 1 on long thin lines and 0 elsewhere, of the grid of `light` (L*).

    `skin` is where this person's skin is sure, `unit` the face's width in grid steps. On a line the
    picture's larger curvature stands out and the smaller does not (Steger 1998).
    """
    smooth = gaussian(light, 1.2)
    across = cv2.Sobel(smooth, cv2.CV_32F, 2, 0, ksize=3)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 2, ksize=3)
    both = cv2.Sobel(smooth, cv2.CV_32F, 1, 1, ksize=3)
    middle, apart = (across + down) / 2, cv2.magnitude((across - down) / 2, both)
    high, low = middle + apart, middle - apart
    found = np.zeros_like(light)
    for bend, other in ((high, low), (-low, -high)):
        line = np.maximum(bend, 0) - np.abs(other)
        usual = robust_sigma(line[skin > 0.5])
        strong = (line > max(BEND, STANDING_OUT * usual)).astype(np.uint8)
        _, names, stats, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
        length = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
        area = stats[:, cv2.CC_STAT_AREA]
        inside = cv2.distanceTransform(strong, cv2.DIST_L2, 3)
        depth = np.bincount(names.ravel(), inside.ravel(), len(stats)) / area
        thin = (area < THIN * unit * length) | (depth < NET)  # a net is long in all directions
        kept = (length > LONG * unit) & thin
        kept[0] = False
        np.maximum(found, kept[names].astype(np.float32), out=found)
    return found

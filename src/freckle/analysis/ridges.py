"""Long thin lines of light, shade or color: strands of hair, rims, creases."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, robust_sigma

LONG: Final = (0.06, 0.15)
"""Length in face widths from which a ridge of L*, and of a*, is a line and no mark. Redness ends
around a sore in a ring, which is as long as the sore is wide."""
THIN: Final = 0.03
"""Area of a line over its length, in face widths; above it is the edge of something wide."""
NET: Final = 1.45
"""Mean distance from the edge of a line in grid steps; above it is something wide."""
BEND: Final = 1.0
"""Least bend of L* or a* across a line, per grid step squared."""
STANDING_OUT: Final = 6.0
"""How many of this skin's own robust deviations the bend must have."""


def ridges(light: Floats, red: Floats, skin: Floats, unit: float) -> Floats:
    """Return 1 on long thin lines of L* (`light`) or a* (`red`) and 0 elsewhere, of one grid.

    A strand of hair may be as light as the skin it lies on, but not as red. `skin` is where this
    person's skin is sure, `unit` the face's width in grid steps.
    """
    found = np.zeros_like(skin)
    for plane, long in zip((light, red), LONG, strict=True):
        for line in _bends(plane):
            usual = robust_sigma(line[skin > 0.5])
            strong = (line > max(BEND, STANDING_OUT * usual)).astype(np.uint8)
            np.maximum(found, _thin(strong, unit, long), out=found)
    return found


def _bends(plane: Floats) -> tuple[Floats, Floats]:
    """Return how strong a valley and how strong a crest each place is.

    On a line the picture's larger curvature stands out and the smaller does not (Steger 1998).
    """
    smooth = gaussian(plane, 1.2)
    across = cv2.Sobel(smooth, cv2.CV_32F, 2, 0, ksize=3)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 2, ksize=3)
    both = cv2.Sobel(smooth, cv2.CV_32F, 1, 1, ksize=3)
    middle, apart = (across + down) / 2, cv2.magnitude((across - down) / 2, both)
    high, low = middle + apart, middle - apart
    return np.maximum(high, 0) - np.abs(low), np.maximum(-low, 0) - np.abs(high)


def _thin(strong: npt.NDArray[np.uint8], unit: float, long: float) -> Floats:
    """Return 1 on what is thin and `long` (face widths) of strong places."""
    _, names, stats, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    length = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    area = stats[:, cv2.CC_STAT_AREA]
    inside = cv2.distanceTransform(strong, cv2.DIST_L2, 3)
    depth = np.bincount(names.ravel(), inside.ravel(), len(stats)) / area
    thin = (area < THIN * unit * length) | (depth < NET)  # a net is long in all directions
    kept = (length > long * unit) & thin
    kept[0] = False
    return np.asarray(kept[names], np.float32)

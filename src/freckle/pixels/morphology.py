"""Widen and narrow masks with a disc (Serra 1982)."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import near

Levels = npt.NDArray[np.uint8]
SMALL: Final = 5
"""Radius in pixels up to which OpenCV, whose time goes with the disc's area, is faster."""


def morph(mask: Floats, operation: int, radius: float) -> Floats:
    """Widen, narrow, open or close a mask (0..1) with a disc of `radius` pixels.

    `operation` is one of `cv2.MORPH_DILATE`, `ERODE`, `OPEN` and `CLOSE`. In 256 steps, and only
    near what is not 0: many times faster.
    """
    reach = max(1, round(radius))
    _, floored = cv2.threshold(mask, 0, 0, cv2.THRESH_TOZERO)  # above 1 it saturates
    levels = np.asarray(cv2.convertScaleAbs(floored, alpha=255), np.uint8)
    here = near(levels, 2 * reach + 1)
    out = np.zeros_like(mask)
    if here is not None:
        changed = _changed(np.ascontiguousarray(levels[here]), operation, reach)
        np.multiply(changed, np.float32(1 / 255), out=out[here])
    return out


def _changed(levels: Levels, operation: int, reach: int) -> Levels:
    if reach <= SMALL:
        return np.asarray(cv2.morphologyEx(levels, operation, _disc(reach)), np.uint8)
    for widens in _STEPS[operation]:
        levels = _widened(levels, reach) if widens else 255 - _widened(255 - levels, reach)
    return levels


def _widened(levels: Levels, reach: int) -> Levels:
    """Dilate with OpenCV's disc, line by line of it, the shortest first.

    Each line's maximum is made from that of the line before: the time goes with the radius.
    """
    height, width = levels.shape
    halves = _disc(reach).sum(axis=1) // 2
    padded = cv2.copyMakeBorder(levels, reach, reach, reach, reach, cv2.BORDER_CONSTANT)
    along = padded[:, reach : reach + width].copy()
    out = levels.copy()
    for half in range(reach + 1):
        for side in (-half, half):
            np.maximum(along, padded[:, reach + side : reach + side + width], out=along)
        for row in np.flatnonzero(halves == half):
            np.maximum(out, along[row : row + height], out=out)
    return out


def _disc(reach: int) -> Levels:
    size = 2 * reach + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


_STEPS: Final = {
    cv2.MORPH_DILATE: (True,),
    cv2.MORPH_ERODE: (False,),
    cv2.MORPH_OPEN: (False, True),
    cv2.MORPH_CLOSE: (True, False),
}
"""Whether each step widens."""

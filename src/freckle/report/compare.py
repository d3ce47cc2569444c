"""Before | after in one picture."""

from typing import Final

import numpy as np

from freckle.photo import Photo
from freckle.report.pictures import Picture, fitting, reduced, to_bytes

DIVIDER: Final = 6
"""Pixels between the two."""


def compare(before: Photo, after: Photo) -> Picture:
    """Return the two photos side by side, reduced, with a white line between (8-bit sRGB)."""
    size = fitting(before)
    line = np.full((size[1], DIVIDER, 3), 255, np.uint8)
    return np.hstack([to_bytes(reduced(before, size)), line, to_bytes(reduced(after, size))])

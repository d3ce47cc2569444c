"""Double the size of a picture: waifu2x's network for photos (Nagadomi 2015), tile by tile."""

from typing import Final

import numpy as np

from freckle.vision.session import Tensor, session

TILE: Final = 128
"""Side of what is doubled at a time, in pixels."""
AROUND: Final = 7
"""Pixels around a tile that the network sees: with them tiles equal the whole picture."""


def doubled(tile: Tensor, *, cleaned: bool = False) -> Tensor:
    """Return a tile (142 × 142 × 3 with what lies around it, sRGB-like, 0..1) at twice its size.

    The answer is 256 × 256 × 3 and covers the 128 × 128 in the middle; it is not clipped. With
    `cleaned` traces of JPEG's compression are not enlarged.
    """
    found = session("upscaler_jpeg" if cleaned else "upscaler")(tile)[TILE * TILE * 12]
    # the four pixels of each place lie behind one another
    places = found.reshape(TILE, TILE, 2, 2, 3).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(places.reshape(2 * TILE, 2 * TILE, 3), np.float32)

"""Which colors foreground and background have where they mix (Germer et al. 2020, multilevel)."""

from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import layers

SMALL: Final = 32
"""Pixels of a side up to which many rounds are cheap."""
ROUNDS: Final = (10, 2)
"""Rounds at small sizes, and at larger ones."""
EVEN: Final = np.float32(1e-5)
"""Weight of neighbors' colors where alpha does not change."""
EDGE: Final = np.float32(1.0)
"""More of it, for each step of alpha: colors run on across the edge."""


def colors(picture: Floats, alpha: Floats) -> tuple[Floats, Floats]:
    """Return the foreground's and the background's colors, both height × width × 3 as `picture`.

    Where there is none of one, its color is that from beside. Each round solves for both colors
    of every pixel, given its neighbors'.
    """
    height, width = alpha.shape
    steps = int(np.ceil(np.log2(max(height, width, 2))))
    whole = alpha > 0.9, alpha < 0.1
    front, back = (
        np.zeros((1, 1, 3), np.float32) + _mean(picture, mask.astype(np.float32)) for mask in whole
    )
    for level in range(steps + 1):
        size = tuple(max(1, round(side ** (level / steps))) for side in (width, height))
        here = [cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in (picture, alpha)]
        front, back = (
            np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_NEAREST), np.float32)
            for each in (front, back)
        )
        for _ in range(ROUNDS[0] if max(size) <= SMALL else ROUNDS[1]):
            front, back = _round(np.asarray(here[0]), np.asarray(here[1]), front, back)
    return front, back


def _mean(picture: Floats, mask: Floats) -> Floats:
    total = mask.sum()
    if total == 0:
        return np.asarray(picture.mean(axis=(0, 1)), np.float32)
    return np.asarray((picture * layers(mask)).sum(axis=(0, 1)) / total, np.float32)


def _round(picture: Floats, alpha: Floats, front: Floats, back: Floats) -> tuple[Floats, Floats]:
    """Bring both colors nearer to what mixes to the picture and to their neighbors."""
    sums = np.zeros_like(front), np.zeros_like(back)
    total = np.zeros_like(alpha)
    padded = [_padded(each) for each in (front, back, alpha)]
    height, width = alpha.shape
    for dy, dx in ((0, 1), (2, 1), (1, 0), (1, 2)):
        near = slice(dy, dy + height), slice(dx, dx + width)
        weight = EVEN + EDGE * np.abs(alpha - padded[2][near])
        total += weight
        wide = layers(weight)
        for k in range(2):
            sums[k][...] += wide * padded[k][near]
    beta = 1 - alpha
    aa, ab, bb = alpha * alpha + total, alpha * beta, beta * beta + total
    scale = layers(np.asarray(1 / (aa * bb - ab * ab), np.float32))
    right = layers(alpha) * picture + sums[0], layers(beta) * picture + sums[1]
    front = (layers(bb) * right[0] - layers(ab) * right[1]) * scale
    back = (layers(aa) * right[1] - layers(ab) * right[0]) * scale
    return np.clip(front, 0, 1), np.clip(back, 0, 1)


def _padded(plane: Floats) -> Floats:
    return np.asarray(cv2.copyMakeBorder(plane, 1, 1, 1, 1, cv2.BORDER_REPLICATE), np.float32)

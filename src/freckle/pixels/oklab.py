"""Oklab (Ottosson 2020): lightness and two colors of equal steps, from linear light."""

from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats, RGBSpace
from freckle.pixels.filters import smoothstep

CONES: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
"""Linear sRGB to the cones."""
LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
"""Cube roots of the cones to L, a, b."""

SKIN: Final = np.float32(np.radians(48))
"""Hue of skin; complexions and lights keep within 26° of it."""


def oklab(light: Floats, space: RGBSpace) -> Floats:
    """Return L 0..1, a and b (about −.4..+.4) of linear light of a space's primaries."""
    to_cones = (CONES @ np.asarray(space.to_srgb, np.float64)).astype(np.float32)
    cones = np.asarray(cv2.transform(light, to_cones), np.float32)
    roots = np.copysign(cv2.pow(np.abs(cones), 1 / 3), cones)
    return np.asarray(cv2.transform(roots, LAB.astype(np.float32)), np.float32)


def from_oklab(values: Floats, space: RGBSpace) -> Floats:
    """Return linear light of a space's primaries; the inverse of `oklab`."""
    roots = np.asarray(cv2.transform(values, np.linalg.inv(LAB).astype(np.float32)), np.float32)
    to_cones = CONES @ np.asarray(space.to_srgb, np.float64)
    back = np.linalg.inv(to_cones).astype(np.float32)
    return np.asarray(cv2.transform(roots * roots * roots, back), np.float32)


def like_skin(a: Floats, b: Floats, chroma: Floats) -> Floats:
    """Return how much a color's hue is one of skin, 0..1, whatever its lightness and chroma."""
    near = (a * np.cos(SKIN) + b * np.sin(SKIN)) / np.maximum(chroma, np.float32(1e-4))
    return smoothstep(0.62, 0.9, near)


def skin_colored(lightness: Floats, a: Floats, b: Floats) -> Floats:
    """Return how much a color is one that skin can have, 0..1: its hue, and no gray.

    Chroma counts as a share of lightness: very dark skin has as little of it as gray paper.
    """
    chroma = np.asarray(cv2.magnitude(a, b), np.float32)
    share = chroma / np.maximum(lightness, np.float32(0.05))
    return like_skin(a, b, chroma) * smoothstep(0.02, 0.055, share)

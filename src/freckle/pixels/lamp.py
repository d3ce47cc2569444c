"""A lamp before a relief: from where it shines, and how softly its light falls off."""

from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np

from freckle.pixels.color import Floats, hex_values, srgb_decode
from freckle.pixels.filters import gaussian, smoothstep

SIDEWAYS: Final = 80.0
"""Degrees from the camera's axis to a lamp at side 100."""
ABOVE: Final = 65.0
"""Degrees that a lamp at height 100 stands above the face."""
STEPS: Final = 22
"""Places that a ray is looked at on its way to the lamp."""
FAR: Final = 0.42
"""How long that way is, in face widths: a nose, a brow, a chin throw no longer shadow."""
BIAS: Final = 0.012
"""How much nearer than the ray something must be to stand in its way, in face widths."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """Where a lamp stands (a unit vector: to the right, up, to the camera), and how soft it is."""

    right: float
    up: float
    near: float
    softness: float
    """0 is a bare bulb, 1 a wide window."""

    @classmethod
    def at(cls, side: float, height: float, softness: float) -> Self:
        """Return a lamp from sliders: side and height −1..1, softness 0..1."""
        across, rise = np.deg2rad(SIDEWAYS * side), np.deg2rad(ABOVE * height)
        right = float(np.sin(across) * np.cos(rise))
        return cls(right, float(np.sin(rise)), float(np.cos(across) * np.cos(rise)), softness)

    def lambert(self, right: Floats, up: Floats, near: Floats) -> Floats:
        """Return how much of the lamp's light falls on a surface, 0..1; it reaches round if soft.

        Lambert's cosine, wrapped as light from a wide source is.
        """
        wrap = np.float32(0.08 + 0.62 * self.softness)
        facing = right * np.float32(self.right) + up * np.float32(self.up)
        facing += near * np.float32(self.near)
        return np.asarray(np.maximum(facing + wrap, 0) / (1 + wrap), np.float32)

    def shadow(self, depth: Floats, unit: float) -> Floats:
        """Return where something stands in the light's way, 0..1 (height × width).

        `depth` is how near the surface is, in face widths of `unit` pixels. Its border is the
        softer the further away what throws it is, as a penumbra is.
        """
        flat = max(float(np.hypot(self.right, self.up)), 0.05)
        cast = np.zeros_like(depth)
        size = depth.shape[1], depth.shape[0]
        for k in range(1, STEPS + 1):
            way = FAR * k / STEPS
            x, y = self.right / flat * way * unit, -self.up / flat * way * unit
            shift = np.array([[1, 0, x], [0, 1, y]], np.float32)
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            there = cv2.warpAffine(depth, shift, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
            above = there - depth - np.float32(way * self.near / flat + BIAS)
            soft = 0.015 + way * (0.12 + 0.5 * self.softness)
            np.maximum(cast, smoothstep(0, soft, above), out=cast)
        return gaussian(cast, (0.006 + 0.022 * self.softness) * unit)


def light_of(color: str) -> Floats:
    """Return the light of a color (#rrggbb) as shares of white: X/Xn, Y/Yn, Z/Zn (D65)."""
    return np.asarray(TO_SHARES @ srgb_decode(np.array(hex_values(color), np.float32)), np.float32)


TO_SHARES: Final = np.array(
    [[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0178, 0.1095, 0.8727]], np.float32
)
"""Linear sRGB to X/Xn, Y/Yn, Z/Zn (D65)."""

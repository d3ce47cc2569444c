"""Color spaces: a file's own RGB, sRGB, CIELAB and log-linear light.

All functions take and return float32 arrays, height × width × 3, and leave their input alone.
"""

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LOG_FLOOR: Final = 2e-3
"""Linear light below this is noise; it bounds logarithms (about 0.5 of 255 in sRGB)."""


@dataclass(frozen=True, slots=True)
class RGBSpace:
    """A matrix-and-curve RGB space as an ICC profile describes it.

    `to_srgb` maps its linear RGB to linear sRGB (3 × 3). `curve` is the decoding curve sampled at
    equal steps of the encoded value 0..1 (1-D float32, monotone, 0..1), or None for sRGB's own.
    """

    name: str = "sRGB"
    to_srgb: Floats = field(default_factory=lambda: np.eye(3, dtype=np.float32))
    curve: Floats | None = None

    @property
    def is_srgb(self) -> bool:
        """Whether encoded values are sRGB already."""
        return self.curve is None and bool(np.array_equal(self.to_srgb, np.eye(3)))


SRGB: Final = RGBSpace()


def hex_values(color: str) -> tuple[float, float, float]:
    """Return a color's sRGB values (0..1), written as #rrggbb."""
    red, green, blue = (int(color[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue


def srgb_decode(encoded: Floats) -> Floats:
    """Turn sRGB values (odd-symmetric outside 0..1) into linear light (IEC 61966-2-1)."""
    size = np.abs(encoded)
    light = _power((size + np.float32(0.055)) * np.float32(1 / 1.055), 2.4)
    np.multiply(size, np.float32(1 / 12.92), out=light, where=size <= 0.04045)
    return np.copysign(light, encoded, out=light)


def srgb_encode(linear: Floats) -> Floats:
    """Turn linear light into sRGB values; the inverse of `srgb_decode`."""
    size = np.abs(linear)
    encoded = _power(size, 1 / 2.4)
    encoded *= np.float32(1.055)
    encoded -= np.float32(0.055)
    np.multiply(size, np.float32(12.92), out=encoded, where=size <= 0.0031308)
    return np.copysign(encoded, linear, out=encoded)


def _power(base: Floats, exponent: float) -> Floats:
    """Return a power of values from 0 on; OpenCV's is vectorized and NumPy's is not."""
    if np.size(base) == 0:
        return base.copy()
    return np.asarray(cv2.pow(np.atleast_1d(base), exponent), np.float32).reshape(np.shape(base))


def to_srgb(encoded: Floats, space: RGBSpace) -> Floats:
    """Turn a file's encoded RGB (0..1) into extended sRGB; values may leave 0..1."""
    if space.is_srgb:
        return encoded
    return srgb_encode(_mix(to_light(encoded, space), space.to_srgb))


def from_srgb(srgb: Floats, space: RGBSpace) -> Floats:
    """Turn extended sRGB into a file's encoded RGB; the inverse of `to_srgb`."""
    if space.is_srgb:
        return srgb
    return from_light(
        _mix(srgb_decode(srgb), np.linalg.inv(space.to_srgb).astype(np.float32)), space
    )


def from_light(linear: Floats, space: RGBSpace) -> Floats:
    """Turn linear light of a file's own primaries into its encoding; inverse of `to_light`."""
    if space.curve is None:
        return srgb_encode(linear)
    grid = np.linspace(0, 1, len(space.curve), dtype=np.float32)
    return np.interp(linear, space.curve, grid).astype(np.float32)


def to_light(encoded: Floats, space: RGBSpace) -> Floats:
    """Turn a file's encoded RGB (0..1) into linear light of its own primaries."""
    if space.curve is None:
        return srgb_decode(encoded)
    grid = np.linspace(0, 1, len(space.curve), dtype=np.float32)
    return np.interp(encoded, grid, space.curve).astype(np.float32)


def _mix(linear: Floats, matrix: Floats) -> Floats:
    return np.asarray(cv2.transform(linear, matrix), np.float32)


def lab(srgb: Floats) -> Floats:
    """CIELAB (D65): L* 0..100, a* and b* about −128..127, from sRGB 0..1."""
    return np.asarray(cv2.cvtColor(np.clip(srgb, 0, 1), cv2.COLOR_RGB2Lab), np.float32)


def unlab(values: Floats) -> Floats:
    """SRGB 0..1 from CIELAB (D65)."""
    return np.asarray(cv2.cvtColor(values, cv2.COLOR_Lab2RGB), np.float32)


def prepare() -> None:
    """Let OpenCV make its tables for CIELAB: a twentieth of a second, once.

    Nobody may ask it for CIELAB meanwhile: it does not guard the tables against that.
    """
    lab(np.zeros((1, 1, 3), np.float32))


def encoded_lab(encoded: Floats, space: RGBSpace) -> Floats:
    """CIELAB (D65) of a file's encoded RGB (0..1); colors beyond sRGB come to its edge."""
    if space.is_srgb:
        return lab(encoded)
    linear = np.clip(_mix(to_light(encoded, space), space.to_srgb), 0, 1)
    return np.asarray(cv2.cvtColor(linear, cv2.COLOR_LRGB2Lab), np.float32)


def encoded_unlab(values: Floats, space: RGBSpace) -> Floats:
    """Turn CIELAB (D65) into a file's encoded RGB; the inverse of `encoded_lab`."""
    if space.is_srgb:
        return unlab(values)
    # light as it comes: what sRGB's curve bends, the next step would only straighten again
    linear = np.asarray(cv2.cvtColor(values, cv2.COLOR_Lab2LRGB), np.float32)
    return from_light(_mix(linear, np.linalg.inv(space.to_srgb).astype(np.float32)), space)


def log_light(srgb: Floats) -> Floats:
    """Natural logarithm of linear light, floored at `LOG_FLOOR`."""
    linear = srgb_decode(np.clip(srgb, 0, 1))
    return np.asarray(cv2.log(np.maximum(linear, np.float32(LOG_FLOOR))), np.float32)


def ita(l_star: float, b_star: float) -> float:
    """Individual typology angle in degrees (Chardon 1991): light skin > 41, dark skin < −30."""
    return float(np.degrees(np.arctan2(l_star - 50.0, b_star)))

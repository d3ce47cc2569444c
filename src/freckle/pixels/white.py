"""White balance: adapting a picture from one light to another."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats, RGBSpace

Doubles = npt.NDArray[np.float64]

CAT16: Final = np.array(
    [
        [0.401288, 0.650173, -0.051461],
        [-0.250268, 1.204414, 0.045854],
        [-0.002079, 0.048952, 0.953127],
    ]
)
"""XYZ to the cones' answers as CIECAM16 adapts them (Li et al. 2017)."""
XYZ: Final = np.array(
    [
        [0.4123908, 0.3575843, 0.1804808],
        [0.2126390, 0.7151687, 0.0721923],
        [0.0193308, 0.1191948, 0.9505322],
    ]
)
"""Linear sRGB to XYZ (IEC 61966-2-1, D65)."""
D65: Final = 6504.0
"""Kelvin of the light that a file's white stands for."""
LUMINANCE: Final = XYZ[1]


def luminance(light: Floats, space: RGBSpace) -> Floats:
    """Return luminance Y (height × width, white is 1) of linear light of a space's primaries."""
    weights = (LUMINANCE @ np.asarray(space.to_srgb, np.float64)).astype(np.float32)
    return np.asarray(cv2.transform(light, weights[None, :]), np.float32)


def adapted(mired: float, duv: float, space: RGBSpace) -> Floats:
    """Return the matrix (3 × 3, linear RGB of a space) that takes a light's color for white.

    The light lies on the daylight locus, `mired` (10⁶ / K) from D65's place on it, and `duv` off
    it in CIE 1960 u, v (plus: greener). Both are relative to D65: 0 and 0 is no change. Gray keeps
    its luminance.
    """
    file = XYZ @ np.asarray(space.to_srgb, np.float64)
    white = file @ np.ones(3)
    lit = white + (_light(mired, duv) - _light(0, 0))
    gains = (CAT16 @ white) / (CAT16 @ lit)
    matrix = np.linalg.inv(CAT16) @ np.diag(gains) @ CAT16
    matrix /= (matrix @ white)[1] / white[1]
    return np.asarray(np.linalg.inv(file) @ matrix @ file, np.float32)


def _light(mired: float, duv: float) -> Doubles:
    """Return XYZ (Y = 1) of a light beside the daylight locus."""
    kelvin = 1e6 / (1e6 / D65 + mired)
    here, beside = (_uv(*daylight(k)) for k in (kelvin, kelvin * 1.001))
    along = (beside - here) / np.linalg.norm(beside - here)
    # toward a hotter light u and v fall: green lies to the right of the way, where v rises
    u, v = here + duv * np.array([along[1], -along[0]])
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    return np.array([x / y, 1.0, (1 - x - y) / y])


def daylight(kelvin: float) -> tuple[float, float]:
    """Return CIE 1931 x, y of daylight, 4,000 to 25,000 K (CIE 15:2018, eq. 4.7 to 4.9)."""
    t = 1e3 / kelvin
    if kelvin <= 7000:
        x = -4.6070 * t**3 + 2.9678 * t**2 + 0.09911 * t + 0.244063
    else:
        x = -2.0064 * t**3 + 1.9018 * t**2 + 0.24748 * t + 0.237040
    return x, -3.000 * x**2 + 2.870 * x - 0.275


def _uv(x: float, y: float) -> Doubles:
    """Return CIE 1960 u, v."""
    return np.array([4 * x, 6 * y]) / (-2 * x + 12 * y + 3)

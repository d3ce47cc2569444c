"""Skin without what shines on it; all pixels are CIELAB, float32."""

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep

Color = tuple[float, float, float]


def matte(soft: Floats, skin: Floats, own: Color, unit: float) -> Floats:
    """Return light and color of the matte skin around each place (height × width × 3).

    `soft` is the picture without grain, `own` the skin's usual color, `unit` the face's width in
    pixels. What is much paler than `own` does not count, nor what is lighter and a little paler.
    """
    usual = masked_gaussian(soft[..., 0], skin, 0.15 * unit)
    lighter = smoothstep(0.04, 0.16, np.log((soft[..., 0] + 16) / np.maximum(usual + 16, 4)))
    share = chroma(soft) / max(float(np.hypot(own[1], own[2]) / (own[0] + 16)), 0.02)
    plain = skin * (1 - lighter * (1 - smoothstep(0.85, 1.05, share)))
    plain *= smoothstep(0.4, 0.75, share)
    around = np.zeros_like(soft) + np.asarray(own, np.float32)
    for reach in (0.1, 0.05):  # the nearer skin, where there is enough
        near = layers(smoothstep(0.05, 0.3, gaussian(plain, reach * unit)))
        around += near * (masked_gaussian(soft, plain, reach * unit) - around)
    return around


def chroma(lab: Floats) -> Floats:
    """Return chroma as a share of L* + 16, which exposure does not change."""
    return np.asarray(cv2.magnitude(lab[..., 1], lab[..., 2]) / (lab[..., 0] + 16), np.float32)

"""More or less light on a picture, its colors with it; all arrays are float32."""

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, planes, smoothstep, stacked


def relit(lab: Floats, lightness: Floats) -> Floats:
    """Return CIELAB (height × width × 3) at another L* (height × width), as under other light.

    a*/(L* + 16) and b*/(L* + 16) stay, as they do when exposure changes: all three are made of
    cube roots of light (CIE 1976). So opened shade does not turn gray, nor deepened light orange.
    """
    light, red, yellow = planes(lab)
    scale = np.asarray((lightness + 16) / np.maximum(light + 16, np.float32(1)), np.float32)
    return stacked(lightness, red * scale, yellow * scale)


def xyz(lab: Floats) -> Floats:
    """Return linear light as shares of white: X/Xn, Y/Yn, Z/Zn of CIELAB (CIE 1976).

    Its straight part near black is left out: below L* 8 it is a little off, both ways alike.
    """
    light, red, yellow = planes(lab)
    root = (light + 16) * np.float32(1 / 116)
    x, z = root + red * np.float32(1 / 500), root - yellow * np.float32(1 / 200)
    return stacked(_cube(x), _cube(root), _cube(z))


def from_xyz(light: Floats) -> Floats:
    """Return CIELAB of shares of white; the inverse of `xyz`."""
    x, y, z = planes(np.asarray(cv2.pow(np.maximum(light, 0), 1 / 3), np.float32))
    return stacked(116 * y - 16, 500 * (x - y), 200 * (y - z))


def _cube(root: Floats) -> Floats:
    root = np.maximum(root, 0)
    return np.asarray(root * root * root, np.float32)


def plain_light(light: Floats, weight: Floats, fine: float, wide: float, edge: float) -> Floats:
    """Return L* without detail: that up to σ `fine` pixels is gone, and up to `wide` softened.

    Steps of `edge` L* and more, as where a shadow ends, stay (guided filter, He 2010, with Gaussian
    windows). Only pixels under `weight` count; what has none gets the light beside it.
    """
    usual = float((light * weight).sum() / max(float(weight.sum()), 1e-3))
    mean = _mean(light, weight, wide, usual)
    near = smoothstep(0.02, 0.3, gaussian(weight, fine))
    guide = mean + near * (_mean(light, weight, fine, usual) - mean)
    spread = np.maximum(_mean(guide * guide, weight, wide, usual * usual) - mean * mean, 0)
    share = np.asarray(spread / (spread + np.float32(edge * edge / 4)), np.float32)
    slope = _mean(share, weight, wide, 0.0)
    level = _mean(mean - share * mean, weight, wide, usual)
    return np.asarray(slope * guide + level, np.float32)


def _mean(image: Floats, weight: Floats, sigma: float, usual: float) -> Floats:
    """Average under a weight; where there is none near, `usual`."""
    little = np.float32(0.01)
    total = gaussian(weight, sigma) + little
    average = (gaussian(image * weight, sigma) + little * np.float32(usual)) / total
    return np.asarray(average, np.float32)

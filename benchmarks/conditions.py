"""The same photo as a stranger might have it: smaller, darker, in other light, compressed, noisy.

What was told by eye of a photo holds for these too: nothing moves in them but the light.
"""

import io
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.mesh import RGB8, Floats

Condition = Callable[[RGB8], RGB8]


def _lit(*gains: float) -> Condition:
    """Return what scales linear light, in all channels or in each of R, G and B; clipped."""
    encoded = np.arange(256, dtype=np.float32) / np.float32(255)
    low = encoded <= 0.04045
    light = np.where(low, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)

    def table(gain: float) -> RGB8:
        scaled = np.minimum(light * gain, 1)
        dark = scaled <= 0.0031308
        curve = np.where(dark, 12.92 * scaled, 1.055 * scaled ** (1 / 2.4) - 0.055)
        return np.asarray(np.rint(255 * np.maximum(curve, 0)), np.uint8)

    def lit(photo: RGB8) -> RGB8:
        tables = [table(gain) for gain in (gains * 3)[:3]]
        return np.dstack([t[photo[..., k]] for k, t in enumerate(tables)])

    return lit


def _smaller(photo: RGB8) -> RGB8:
    return np.asarray(cv2.resize(photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def _compressed(quality: int) -> Condition:
    def compressed(photo: RGB8) -> RGB8:
        held = io.BytesIO()
        Image.fromarray(photo).save(held, "JPEG", quality=quality)
        return np.asarray(Image.open(held).convert("RGB"))

    return compressed


def _noisy(photo: RGB8) -> RGB8:
    """Add the grain of a high sensitivity, blurred as demosaicing does."""
    rng = np.random.default_rng(photo.shape[1])
    grain: Floats = rng.standard_normal(photo.shape, np.float32) * np.float32(14)
    noisy = photo + cv2.GaussianBlur(grain, (0, 0), 0.7)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)


def _soft(photo: RGB8) -> RGB8:
    return np.asarray(cv2.GaussianBlur(photo, (0, 0), max(1.2, photo.shape[1] / 1200)))


CONDITIONS: Final[dict[str, Condition]] = {
    "as-is": lambda photo: photo,
    "half": _smaller,
    "dark": _lit(0.5),
    "bright": _lit(1.5),
    "warm": _lit(1.15, 1.0, 0.68),
    "cool": _lit(0.88, 1.0, 1.3),
    "pink": _lit(1.15, 0.85, 0.95),
    "q60": _compressed(60),
    "q30": _compressed(30),
    "noisy": _noisy,
    "soft": _soft,
}
"""Half the size; a stop darker; half a stop brighter, clipped; a lamp, shade, pink light; JPEG."""

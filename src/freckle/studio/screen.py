"""A photo's pixels as a screen wants them: 8-bit sRGB, and as JPEG for the way there."""

import io
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import simplejpeg  # type: ignore[import-untyped]
from PIL import Image

from freckle.photo import Pixels
from freckle.pixels.color import RGBSpace, srgb_decode, srgb_encode

Screen = npt.NDArray[np.uint8]
STEPS: Final = 4096
"""Entries of the table from linear light to sRGB; its error stays below one 8-bit step but in
the darkest 1 %, where it is below two."""
SQUARE: Final = 8
"""Pixels of a square's side where a picture is transparent."""
CHECKS: Final = (255, 204)
"""The gray of light and of dark squares."""
FINE: Final = 92
"""From this quality on, JPEGs at full resolution keep their color resolution, too."""


class ToScreen:
    """Converts one photo's encoding; built once, because the tables are."""

    def __init__(self, space: RGBSpace, peak: int) -> None:
        """Prepare for pixels 0..`peak` in `space`."""
        self._space, self._peak = space, peak
        encoded = np.linspace(0, 1, peak + 1, dtype=np.float32)
        self._decode = _decoded(encoded, space)
        light = np.linspace(0, 1, STEPS, dtype=np.float32)
        # the square root spreads the dark values, where sRGB's curve is steep
        self._encode = np.rint(srgb_encode(light * light) * 255).astype(np.uint8)

    def __call__(self, pixels: Pixels) -> Screen:
        """Convert height × width × 3 pixels to 8-bit sRGB; colors outside it are clipped."""
        if self._space.is_srgb:
            return _to_8_bit(pixels)
        linear = cv2.transform(self._decode[pixels], self._space.to_srgb)
        root = np.sqrt(np.clip(linear, 0, 1)) * np.float32(STEPS - 1) + np.float32(0.5)
        return self._encode[root.astype(np.int32)]


def on_checks(screen: Screen, alpha: Pixels) -> Screen:
    """Lay a picture (8-bit sRGB) on the checkerboard that stands for nothing."""
    down, across = (np.arange(side) // SQUARE for side in alpha.shape)
    light = (down[:, None] + across[None, :]) % 2
    checks = np.where(light, np.float32(CHECKS[0]), np.float32(CHECKS[1]))[..., None]
    cover = alpha.astype(np.float32)[..., None] / np.float32(np.iinfo(alpha.dtype).max)
    return np.asarray(np.rint(checks + cover * (screen - checks)), np.uint8)


def jpeg(screen: Screen, quality: int, *, sharp: bool = False) -> bytes:
    """Encode 8-bit sRGB (height × width × 3) as JPEG; `sharp` keeps full color resolution."""
    return bytes(
        simplejpeg.encode_jpeg(
            np.ascontiguousarray(screen),
            quality=quality,
            colorspace="RGB",
            colorsubsampling="444" if sharp else "420",
        )
    )


def png(screen: Screen) -> bytes:
    """Encode 8-bit sRGB (height × width × 3) as PNG, fast rather than small."""
    out = io.BytesIO()
    Image.fromarray(screen).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _to_8_bit(pixels: Pixels) -> Screen:
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=255 / 65535), np.uint8)


def _decoded(encoded: npt.NDArray[np.float32], space: RGBSpace) -> npt.NDArray[np.float32]:
    if space.curve is None:
        return srgb_decode(encoded)
    grid = np.linspace(0, 1, len(space.curve), dtype=np.float32)
    return np.interp(encoded, grid, space.curve).astype(np.float32)

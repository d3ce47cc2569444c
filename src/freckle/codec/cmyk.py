"""Turn printing colors into sRGB."""

import io
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from freckle.codec.icc import channels

Bytes = npt.NDArray[np.uint8]
BLACK_POINT: Final = ImageCms.Flags.BLACKPOINTCOMPENSATION


def to_srgb(ink: Bytes, profile: bytes | None) -> tuple[Bytes, tuple[str, ...]]:
    """Convert height × width × 4 ink amounts (255 = full) to sRGB, and say what was done.

    Through the embedded profile (relative colorimetric, black point compensation) where there is
    a CMYK one; else by the plain formula (1 − ink)(1 − black).
    """
    if profile is not None and channels(profile) == "cmyk":
        try:
            converted = _through_profile(ink, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
        else:
            return converted, ("The CMYK picture was converted to sRGB through its own profile.",)
    light = np.uint16(255) - ink
    rgb = ((light[..., :3] * light[..., 3:] + np.uint16(127)) // np.uint16(255)).astype(np.uint8)
    return rgb, ("The CMYK picture has no usable profile: its colors in sRGB are a guess.",)


def _through_profile(ink: Bytes, profile: bytes) -> Bytes:
    height, width = ink.shape[:2]
    source = Image.frombuffer("CMYK", (width, height), ink, "raw", "CMYK", 0, 1)
    result = ImageCms.profileToProfile(
        source,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=BLACK_POINT,
    )
    if result is None:
        raise ValueError("no result")
    return np.array(result)

"""Turn printing colors into sRGB, and sRGB into ink."""

import io
from typing import Final

import imagecodecs
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from freckle.codec.icc import channels
from freckle.errors import RecipeError

Bytes = npt.NDArray[np.uint8]
STRIP: Final = 512
"""Rows whose ink is limited at a time."""
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


def from_srgb(pixels: Bytes, profile: bytes, limit: float = 300) -> Bytes:
    """Convert height × width × 3 sRGB to ink amounts (× 4, 255 = full) of a CMYK profile.

    Relative colorimetric with black point compensation. No place gets more ink than `limit`
    percent in all: beyond it cyan, magenta and yellow give way. Raises `RecipeError` for a
    profile that is none of CMYK.
    """
    wrong = RecipeError("This is no CMYK profile.", "Give the ICC profile of your printer.")
    if channels(profile) != "cmyk":
        raise wrong
    height, width = pixels.shape[:2]
    source = Image.frombuffer(
        "RGB", (width, height), np.ascontiguousarray(pixels), "raw", "RGB", 0, 1
    )
    try:
        result = ImageCms.profileToProfile(
            source,
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=BLACK_POINT,
        )
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise wrong from error
    if result is None:
        raise wrong
    return _limited(np.array(result), limit)


def _limited(ink: Bytes, limit: float) -> Bytes:
    """Take colored inks back where all four together are more than `limit` percent."""
    most = limit * 2.55
    for top in range(0, len(ink), STRIP):
        part = ink[top : top + STRIP]
        total = part.sum(axis=2, dtype=np.float32)
        over = total > most
        if over.any():
            black = part[..., 3].astype(np.float32)
            colored = np.maximum(total - black, 1)
            share = np.where(over, np.maximum(most - black, 0) / colored, 1)
            part[..., :3] = np.floor(part[..., :3] * share[..., None]).astype(np.uint8)
    return ink


def to_jpeg(ink: Bytes, quality: int = 93) -> bytes:
    """Encode ink amounts as a CMYK JPEG for PDFs, where 255 is full ink."""
    made = imagecodecs.jpeg8_encode(
        np.ascontiguousarray(ink), level=quality, colorspace="CMYK", outcolorspace="CMYK"
    )
    return bytes(made)


def named(profile: bytes) -> str:
    """Return what a profile calls itself."""
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return "CMYK"
    return str(name).strip() or "CMYK"

"""Masks as pictures: a gray PNG stretched over the photo, as other programs make and read them."""

import base64
import binascii
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.channels import as_pixels
from freckle.errors import RecipeError, Refusal
from freckle.photo import Photo, Pixels, Source
from freckle.pixels.color import Floats
from freckle.recipe.strokes import MOST_BITMAP

MOST_SIDE: Final = 2048
"""Pixels of an imported mask's longer side; larger ones are reduced."""
LEAST_SIDE: Final = 256
"""A mask too detailed even at this size is refused."""
LEAST_PIXELS: Final = 4
"""A mask's shorter side has at least as many pixels."""
MOST_BYTES: Final = 64 * 2**20
"""No mask file is larger."""


def pack(data: bytes) -> str:
    """Turn a PNG file into a recipe's bitmap.

    It is reduced to 8 bits and 2,048 pixels, further while it is too large for a recipe. Raises
    `RecipeError` for what is no gray PNG.
    """
    values: npt.NDArray[np.uint8] = np.rint(_read(data) * 255).astype(np.uint8)
    if min(values.shape) < LEAST_PIXELS:
        raise RecipeError(
            "This PNG is too small to be a mask.", "Choose one of some pixels a side."
        )
    longer = min(MOST_SIDE, max(values.shape))
    while longer >= min(LEAST_SIDE, max(values.shape)):
        text = base64.b64encode(_written(_reduced(values, longer))).decode("ascii")
        if len(text) <= MOST_BITMAP:
            return text
        longer //= 2
    raise RecipeError(
        "This mask has more detail than a recipe can hold.", "Blur it a little, or paint it here."
    )


def unpack(bitmap: str) -> Floats:
    """Return a recipe's bitmap as height × width float32, 0..1. Raises `RecipeError`."""
    try:
        data = base64.b64decode(bitmap, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _no_mask() from error
    return _read(data)


def to_png(mask: Floats, *, deep: bool = True) -> bytes:
    """Write a mask (height × width, 0..1) as a gray PNG of 16 or 8 bits."""
    peak, kind = (65535, np.uint16) if deep else (255, np.uint8)
    return _written(as_pixels(np.rint(np.clip(mask, 0, 1) * peak).astype(kind)))


def _read(data: bytes) -> Floats:
    if len(data) > MOST_BYTES:
        raise RecipeError("This file is too large to be a mask.", "Scale it down to 2,048 pixels.")
    try:
        photo = load_bytes(data)
    except Refusal as error:
        if error.code == "too_many_pixels":
            raise RecipeError(error.message, "Scale it down to 2,048 pixels.") from error
        raise _no_mask() from error
    if photo.source.format != "png":
        raise _no_mask()
    if not photo.source.gray or photo.alpha is not None:
        channels = 1 if photo.source.gray else 3
        count = channels + (photo.alpha is not None)
        raise RecipeError(
            f"This PNG has {count} channels; a mask has one.",
            "Save it as gray without transparency.",
        )
    light = photo.pixels[..., 0].astype(np.float32)
    return np.asarray(light * np.float32(1 / photo.peak), np.float32)


def _reduced(values: npt.NDArray[np.uint8], longer: int) -> npt.NDArray[np.uint8]:
    scale = longer / max(values.shape)
    if scale >= 1:
        return values
    size = max(1, round(values.shape[1] * scale)), max(1, round(values.shape[0] * scale))
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.uint8)


def _written(values: Pixels) -> bytes:
    pixels = as_pixels(np.repeat(values[..., None], 3, axis=2))
    photo = Photo(pixels, Source(format="png", digest="", gray=True))
    return encode(photo, SaveOptions(format="png"))


def _no_mask() -> RecipeError:
    return RecipeError("This is not a PNG picture.", "Choose a gray PNG as a mask.")

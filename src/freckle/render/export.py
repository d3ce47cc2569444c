"""A finished photo as an export preset wants it: shape, size, color space, sharpness."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np

from freckle.codec.channels import as_pixels
from freckle.framing import Framing, Size
from freckle.geometry import Box
from freckle.ops.crop import Crop, frame
from freckle.photo import Photo, Pixels
from freckle.pixels.color import SRGB, to_srgb
from freckle.recipe.exports import Export
from freckle.render.enlarge import enlarged
from freckle.render.frame import framed_photo
from freckle.render.pyramid import resize

ROWS: Final = 256
"""Rows brought to another color space at a time."""
MOST: Final = 4.0
"""How many times a picture is enlarged at most; what is still smaller stays smaller."""
RADIUS: Final = 0.6
"""Of the sharpening, in pixels."""


def exported(photo: Photo, wanted: Export, heads: Sequence[Box] = ()) -> Photo:
    """Return a finished photo as a preset wants it; `heads` are those in it, in its pixels."""
    photo = framed_photo(photo, shape_of(photo, wanted, heads))
    before = photo.width
    photo = _sized(photo, size_of(photo, wanted))
    if wanted.srgb and not photo.space.is_srgb:
        photo = _in_srgb(photo)
    if wanted.sharpen and photo.width < before:
        photo = photo.with_pixels(_sharpened(photo.pixels, wanted.sharpen))
    if wanted.dpi is not None:
        photo = replace(photo, metadata=replace(photo.metadata, dpi=(wanted.dpi, wanted.dpi)))
    return photo


def shape_of(photo: Photo, wanted: Export, heads: Sequence[Box]) -> Framing:
    """Return what part of a photo has the shape that is wanted, heads in their place."""
    size = photo.width, photo.height
    if not wanted.width:
        return Framing.whole(size)
    width, height = _paper(wanted, size)
    return frame(Crop(ratio=f"{width}:{height}", head=wanted.head), size, heads)


def size_of(photo: Photo, wanted: Export) -> Size:
    """Return the size that a photo of the right shape gets."""
    now = photo.width, photo.height
    if wanted.width:
        size = _paper(wanted, now)
        return size if size[0] <= MOST * now[0] else (round(MOST * now[0]), round(MOST * now[1]))
    if wanted.longest and max(now) > wanted.longest:
        scale = wanted.longest / max(now)
        return max(1, round(now[0] * scale)), max(1, round(now[1] * scale))
    return now


def _paper(wanted: Export, now: Size) -> Size:
    """Return width and height; paper for prints lies as the picture does."""
    turned = wanted.dpi is not None and not wanted.head and now[0] > now[1]
    return (wanted.height, wanted.width) if turned else (wanted.width, wanted.height)


def _sized(photo: Photo, size: Size) -> Photo:
    if size[0] > photo.width or size[1] > photo.height:
        return enlarged(photo, size)
    if size == (photo.width, photo.height):
        return photo
    alpha = None if photo.alpha is None else resize(photo.alpha, size)
    return photo.with_frame(resize(photo.pixels, size), alpha)


def _in_srgb(photo: Photo) -> Photo:
    """Return a photo in sRGB; colors beyond it are clipped (relative colorimetric)."""
    out, peak = np.empty_like(photo.pixels), np.float32(photo.peak)
    for rows in _rows(photo.height):
        encoded = photo.pixels[rows].astype(np.float32) * (1 / peak)
        out[rows] = np.rint(np.clip(to_srgb(encoded, photo.space), 0, 1) * peak)
    return replace(photo, pixels=as_pixels(out), space=SRGB, profile=None)


def _rows(height: int) -> Iterator[slice]:
    for top in range(0, height, ROWS):
        yield slice(top, min(top + ROWS, height))


def _sharpened(pixels: Pixels, amount: float) -> Pixels:
    """Return a reduced picture with the contrast that reducing took (unsharp mask)."""
    blurred: Any = cv2.GaussianBlur(pixels, (0, 0), RADIUS)
    return as_pixels(cv2.addWeighted(pixels, 1 + amount, blurred, -amount, 0))

"""Bring pixels from one ICC profile to another with Little CMS."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

import imagecodecs
import numpy as np

from freckle.codec import icc
from freckle.codec.channels import as_pixels
from freckle.codec.icc_build import ADOBE, ADOBE_CURVE, P3, SRGB, SRGB_CURVE, built
from freckle.errors import OutputError
from freckle.photo import Photo
from freckle.pixels.color import SRGB as SRGB_SPACE
from freckle.pixels.color import to_srgb

Space = Literal["keep", "srgb", "p3", "adobe"]
Intent = Literal["perceptual", "relative", "saturation", "absolute"]
INTENTS: Final[dict[Intent, int]] = {
    "perceptual": 0,
    "relative": 1,
    "saturation": 2,
    "absolute": 3,
}
EXACT: Final = 0x0100
"""No table in place of the calculation: such tables are wrong by dozens of steps of 16 bits."""
BLACK_POINT: Final = 0x2000
ROWS: Final = 256
"""Rows brought over at a time."""
PROFILES: Final[dict[Space, bytes]] = {
    "srgb": built("sRGB", SRGB, SRGB_CURVE),
    "p3": built("Display P3", P3, SRGB_CURVE),
    "adobe": built("Compatible with Adobe RGB (1998)", ADOBE, ADOBE_CURVE),
}


def in_space(
    photo: Photo, space: Space, intent: Intent = "relative", *, black_point: bool = True
) -> Photo:
    """Return a photo in another color space; the same one where it is in it already.

    Colors that the space does not hold are clipped, or as the profile's tables for the `intent`
    say. Raises `OutputError` for a profile that Little CMS cannot use.
    """
    if space == "keep" or (space == "srgb" and photo.space.is_srgb):
        return photo
    if photo.profile is not None and icc.channels(photo.profile) == "gray":
        photo = _from_gray(photo)
    source, target = photo.profile or PROFILES["srgb"], PROFILES[space]
    if source == target:
        return photo
    flags = EXACT | (BLACK_POINT if black_point else 0)
    out = np.empty_like(photo.pixels)
    try:
        for rows in _rows(photo.height):
            out[rows] = imagecodecs.cms_transform(
                np.ascontiguousarray(photo.pixels[rows]),
                source,
                target,
                colorspace="rgb",
                outcolorspace="rgb",
                intent=INTENTS[intent],
                flags=flags,
            )
    except RuntimeError as error:
        raise OutputError(
            "The photo's color profile cannot be converted.", "Keep its own color space."
        ) from error
    profile = None if space == "srgb" else target
    found = SRGB_SPACE if profile is None else icc.read_space(profile)
    if photo.gain is not None and photo.gain.colored:  # its gains are those of other primaries
        photo = photo.with_gain(None)
    return replace(photo, pixels=as_pixels(out), profile=profile, space=found or SRGB_SPACE)


def _from_gray(photo: Photo) -> Photo:
    """Return a photo whose profile knows one channel only in sRGB."""
    out, peak = np.empty_like(photo.pixels), np.float32(photo.peak)
    for rows in _rows(photo.height):
        encoded = photo.pixels[rows].astype(np.float32) * (1 / peak)
        out[rows] = np.rint(np.clip(to_srgb(encoded, photo.space), 0, 1) * peak)
    return replace(photo, pixels=as_pixels(out), profile=None, space=SRGB_SPACE)


def _rows(height: int) -> Iterator[slice]:
    for top in range(0, height, ROWS):
        yield slice(top, min(top + ROWS, height))

"""Color spaces: within a level of Little CMS and of the profiles' own formulas at 16 bits."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from freckle.codec.cms import PROFILES, in_space
from freckle.codec.icc_build import ADOBE, P3, SRGB
from freckle.photo import Photo, Source

NAMES = {"p3": P3, "adobe": ADOBE}


def photo_of(pixels: np.ndarray, profile: bytes | None = None) -> Photo:
    return Photo(pixels, Source(format="tiff", digest=""), profile=profile)


def matrix(colorants: tuple[float, ...]) -> np.ndarray:
    return np.round(np.array(colorants) * 65536).reshape(3, 3).T / 65536


def decoded(values: np.ndarray) -> np.ndarray:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: np.ndarray, space: str) -> np.ndarray:
    light = np.clip(light, 0, 1)
    if space == "adobe":
        return light ** (256 / 563)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("space", NAMES)
def test_sixteen_bits_are_exact(space: str) -> None:
    pixels = np.random.default_rng(1).integers(9000, 60000, (64, 64, 3), np.uint16)
    made = in_space(photo_of(pixels), space)
    light = decoded(pixels / 65535) @ np.linalg.solve(matrix(NAMES[space]), matrix(SRGB)).T
    inside = (light > 0.02).all(axis=2)
    wrong = np.abs(encoded(light, space) * 65535 - made.pixels)[inside]
    assert inside.mean() > 0.5
    assert wrong.max() < 2
    back = in_space(made, "srgb")
    assert np.abs(back.pixels.astype(int) - pixels)[inside].max() <= 4
    assert back.profile is None


def test_other_programs_read_the_profiles_and_agree() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (32, 32, 3), np.uint8)
    for space in NAMES:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(PROFILES[space]))
        assert ("P3" if space == "p3" else "Adobe RGB") in ImageCms.getProfileDescription(profile)
        theirs = ImageCms.profileToProfile(
            Image.fromarray(pixels),
            ImageCms.ImageCmsProfile(io.BytesIO(PROFILES["srgb"])),
            profile,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        ours = in_space(photo_of(pixels), space).pixels
        assert np.abs(np.asarray(theirs, int) - ours).max() <= 1

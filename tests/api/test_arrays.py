"""Arrays and Pillow pictures: in and out in one form, and untouched where nothing changed."""

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

import freckle
from freckle.api.photos import OpenedPhoto

SKIN = {"smooth": 60, "even_tone": 50}


def moved(array: np.ndarray, **settings: Any) -> np.ndarray:
    """Retouch an array, and hold what every kind of array keeps."""
    given = array.copy()
    photo = freckle.from_array(array)
    assert array.flags.writeable
    assert np.array_equal(photo.to_array(), given)
    after = freckle.retouch(photo, "none", **(settings or SKIN)).to_array()
    assert np.array_equal(array, given)
    assert (after.dtype, after.shape) == (array.dtype, array.shape)
    assert after.flags.writeable
    assert np.array_equal(freckle.retouch(photo, "none").to_array(), given)
    changed = after != array
    assert 500 < changed.sum() < 0.6 * changed.size
    return after


def test_bytes_stay_bytes(pixels: np.ndarray, photo: OpenedPhoto) -> None:
    assert np.array_equal(moved(pixels), freckle.retouch(photo, "none", **SKIN).to_array())


@pytest.fixture(scope="module")
def deep(pixels: np.ndarray) -> np.ndarray:
    return pixels.astype(np.uint16) * 256 + np.arange(240, dtype=np.uint16)[None, :, None]


@pytest.fixture(scope="module")
def deep_after(deep: np.ndarray) -> np.ndarray:
    return moved(deep)


def test_sixteen_bits_stay_sixteen(deep: np.ndarray, deep_after: np.ndarray) -> None:
    assert len(np.unique(deep_after[deep_after != deep] % 256)) > 200
    swapped = deep.astype(">u2")
    assert np.array_equal(freckle.from_array(swapped).to_array(), deep)


def test_floats_keep_what_sixteen_bits_cannot_hold(
    deep: np.ndarray, deep_after: np.ndarray
) -> None:
    fine = np.random.default_rng(1).uniform(-0.4, 0.4, deep.shape)  # rounded away by 16 bits
    floats = (deep + fine) / 65535
    after = moved(floats)
    changed = deep_after != deep
    assert np.array_equal(after[changed], deep_after[changed] / 65535)
    assert np.array_equal(after[~changed], floats[~changed])
    floats[0, 0] = -0.01, 0.5, 1.02  # as resampling leaves them
    for kind in (np.float16, np.float32):
        given = freckle.from_array(floats.astype(kind)).to_array()
        assert given.dtype == kind
        assert np.array_equal(given, floats.astype(kind))


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_gray_stays_gray_even_under_makeup(pixels: np.ndarray, kind: type) -> None:
    gray = pixels[..., 1].astype(kind) * kind(1 if kind is np.uint8 else 257)
    after = moved(gray, smooth=60, lipstick={"amount": 90, "color": "#aa1122"})
    column = freckle.from_array(after[..., None])
    assert np.array_equal(column.to_array(), after[..., None])
    assert column.to_pillow().mode == ("L" if kind is np.uint8 else "I;16")


def test_transparency_is_carried(pixels: np.ndarray) -> None:
    alpha = np.linspace(0, 255, pixels[..., 0].size).reshape(256, 240, 1).astype(np.uint8)
    after = moved(np.dstack([pixels, alpha]))
    assert np.array_equal(after[..., 3:], alpha)
    pair = np.dstack([pixels[..., 1], alpha])
    assert np.array_equal(freckle.from_array(pair).to_array(), pair)


@pytest.mark.parametrize(
    ("array", "says"),
    [
        (np.zeros((4, 4, 3), np.int64), "int64"),
        (np.zeros((4, 4, 3), bool), "bool"),
        (np.zeros((4, 4, 3), complex), "complex"),
        (np.zeros((3, 400, 300), np.uint8), r"\(3, 400, 300\)"),
        (np.zeros((2, 4, 4, 3), np.uint8), "shape"),
        (np.zeros(7, np.uint8), "shape"),
        (np.zeros((0, 4, 3), np.uint8), "0"),
        (np.full((4, 4, 3), 128.0), "0..1"),
        (np.full((4, 4, 3), np.nan), "0..1"),
        ([[1, 2], [3]], "no array"),
        ("in.jpg", "shape"),
        (None, "shape"),
    ],
)
def test_arrays_that_are_no_photo_are_refused(array: Any, says: str) -> None:
    with pytest.raises(freckle.Refusal, match=says):
        freckle.from_array(array)


def test_pillow_pictures_go_and_come_with_what_they_carry(pixels: np.ndarray) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(pixels)))
    turned.info.update({"exif": exif.tobytes(), "dpi": (300, 300)})
    photo = freckle.from_pillow(turned)
    assert np.array_equal(photo.to_array(), pixels)  # upright, as a viewer shows it
    out = freckle.retouch(photo, "none", **SKIN).to_pillow()
    assert (out.mode, out.size) == ("RGB", (240, 256))
    assert (out.getexif()[0x010F], out.getexif().get(0x0112, 1)) == ("Maker", 1)
    assert out.info["dpi"] == (300, 300)
    assert np.array_equal(np.asarray(ImageOps.exif_transpose(turned)), pixels)


@pytest.mark.parametrize(
    ("mode", "out"),
    [
        ("RGB", "RGB"),
        ("RGBA", "RGBA"),
        ("L", "L"),
        ("LA", "LA"),
        ("1", "L"),
        ("P", "RGB"),
        ("YCbCr", "RGB"),
        ("I;16", "I;16"),
    ],
)
def test_pillow_modes_are_read_as_what_they_show(pixels: np.ndarray, mode: str, out: str) -> None:
    image = Image.fromarray(pixels[::8, ::8])
    if mode == "I;16":
        image = Image.fromarray(pixels[::8, ::8, 0].astype(np.uint16) * 257)
    elif mode != "RGB":
        image = image.convert(mode)
    back = freckle.from_pillow(image).to_pillow()
    assert back.mode == out
    shown = image if mode == out else image.convert(out)
    assert np.array_equal(np.asarray(back), np.asarray(shown))


@pytest.mark.parametrize("mode", ["CMYK", "F", "I", "LAB"])
def test_other_pillow_modes_are_refused(mode: str) -> None:
    with pytest.raises(freckle.Refusal, match=f"mode {mode}"):
        freckle.from_pillow(Image.new(mode, (8, 8)))


def test_what_is_no_pillow_picture_is_refused(pixels: np.ndarray) -> None:
    with pytest.raises(freckle.Refusal, match="ndarray is no Pillow picture"):
        freckle.from_pillow(pixels)


def test_a_removed_background_is_a_fourth_channel_in_any_form(pixels: np.ndarray) -> None:
    for given in (pixels, pixels.astype(np.uint16) * 257, (pixels / 255).astype(np.float32)):
        result = freckle.retouch(freckle.from_array(given), "none", background={"mode": "remove"})
        after = result.to_array()
        assert (after.dtype, after.shape) == (given.dtype, (*given.shape[:2], 4))
        assert 0.05 < (after[..., 3] == 0).mean() < 0.95

"""The optional formats: camera RAW and HEIC."""

import importlib
import io
import sys

import numpy as np
import pytest
import tifffile

from freckle.codec import encode, load_bytes
from freckle.errors import Refusal
from tests.codec import specimens


@pytest.mark.parametrize(
    ("package", "data"),
    [("rawpy", specimens.dng()), ("pillow_heif", b"\0\0\0\x10ftypheic\0\0\0\0")],
)
def test_without_the_package_the_refusal_names_it(package, data, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(Refusal) as caught:
        load_bytes(data)
    assert caught.value.code == "type_not_accepted"
    assert "pip install" in caught.value.remedy


def test_dng_is_developed_at_16_bits():
    pytest.importorskip("rawpy")
    found = load_bytes(specimens.dng())
    assert found.source.format == "raw"
    assert found.pixels.dtype == np.uint16
    inner = found.pixels[8:-8, 8:-8].astype(float)
    columns = inner[..., 1].mean(axis=0)
    assert (np.diff(columns) > 0).all(), "the ramp rises"
    assert len(np.unique(found.pixels)) > 300, "more levels than 8 bits have"
    assert np.abs(inner[..., 0] / inner[..., 1] - 1).max() < 0.05, "a gray card is gray"
    assert b"Freckle" in found.metadata.exif


def test_dng_is_upright_once():
    pytest.importorskip("rawpy")
    found = load_bytes(specimens.dng(orientation=6))
    assert (found.width, found.height) == (64, 96)
    assert load_bytes(encode(found)).pixels.shape == found.pixels.shape


def preview_only():
    """A DNG that says it is one, with a preview and no sensor values."""
    out = io.BytesIO()
    tifffile.imwrite(
        out, specimens.scene(), photometric="rgb", metadata=None,
        extratags=[(50706, 1, 4, b"\1\4\0\0", True)],
    )  # fmt: skip
    return out.getvalue()


def test_preview_is_never_taken_for_the_photo():
    pytest.importorskip("rawpy")
    with pytest.raises(Refusal) as caught:
        load_bytes(preview_only())
    assert caught.value.code == "missing_raw_pixels"


def heif():
    return pytest.importorskip("pillow_heif")


def write_heic(pixels, mode, **options):
    out = io.BytesIO()
    height, width = pixels.shape[:2]
    heif().from_bytes(mode, (width, height), pixels.tobytes()).save(out, **options)
    return out.getvalue()


def test_heic():
    profile = specimens.profile("Display P3")
    data = write_heic(specimens.scene(), "RGB", quality=95, icc_profile=profile,
                      exif=specimens.exif())  # fmt: skip
    found = load_bytes(data)
    assert found.source.format == "heic"
    assert found.profile == profile
    assert b"Freckle Works" in found.metadata.exif
    assert np.abs(found.pixels.astype(int) - specimens.scene()).mean() < 4


@pytest.mark.parametrize("number", [1, 3, 6, 8])
def test_heic_is_upright_once(number):
    module = heif()
    pixels = np.ascontiguousarray(
        np.rot90(specimens.scene(40, 64), {1: 0, 3: 2, 6: 1, 8: -1}[number])
    )
    out = io.BytesIO()
    image = importlib.import_module("PIL.Image").fromarray(pixels)
    module.from_pillow(image).save(out, quality=95, exif=specimens.exif(orientation=number))
    found = load_bytes(out.getvalue())
    assert found.pixels.shape == (40, 64, 3)
    assert np.abs(found.pixels.astype(int) - specimens.scene(40, 64)).mean() < 4


def test_heic_of_10_bits_keeps_them():
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None, :, None].repeat(64, 0).repeat(3, 2)
    data = write_heic(np.ascontiguousarray(ramp), "RGB;16", quality=-1, chroma=444)
    found = load_bytes(data)
    assert found.pixels.dtype == np.uint16
    assert found.pixels.max() > 65_000
    assert np.abs(found.pixels.astype(int) - ramp).mean() < 200
    assert len(np.unique(found.pixels[..., 1])) > 200

"""JPEG: quality and layout carried over, gray, CMYK, and the price of it all."""

import io
import time

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageCms

from freckle.codec import SaveOptions, encode, load, load_bytes, save
from freckle.codec.limits import MAX_SCANS
from freckle.errors import Refusal
from tests.codec import specimens

BUDGET = 1.08
"""CPU time of opening and saving, in units of libjpeg-turbo's decoding and encoding."""


@pytest.mark.parametrize("quality", [1, 10, 37, 50, 75, 85, 92, 95, 99, 100])
@pytest.mark.parametrize("layout", ["444", "422", "420", "440", "411"])
def test_quality_and_layout_are_the_output_s_default(quality, layout):
    data = simplejpeg.encode_jpeg(
        specimens.scene(), quality=quality, colorspace="RGB", colorsubsampling=layout
    )
    found = load_bytes(data)
    assert (found.source.quality, found.source.subsampling) == (quality, layout)
    again = load_bytes(encode(found)).source
    assert (again.quality, again.subsampling) == (quality, layout)


def test_tables_of_other_makers_give_the_nearest_quality():
    table = [max(1, round(value * 0.3)) for value in range(8, 72)]
    data = specimens.pil(specimens.scene(), "JPEG", qtables=[table, table])
    assert 80 <= load_bytes(data).source.quality <= 95


def test_pixels_are_those_of_libjpeg_turbo():
    data = simplejpeg.encode_jpeg(specimens.scene(), quality=90, colorspace="RGB")
    np.testing.assert_array_equal(load_bytes(data).pixels, simplejpeg.decode_jpeg(data))


def test_asked_for_wins_over_the_input():
    data = simplejpeg.encode_jpeg(specimens.scene(), quality=40, colorsubsampling="420")
    again = load_bytes(encode(load_bytes(data), SaveOptions(quality=88, subsampling="444")))
    assert (again.source.quality, again.source.subsampling) == (88, "444")


def test_gray():
    found = load_bytes(specimens.pil(specimens.scene()[..., 0], "JPEG", quality=95))
    assert found.source.gray
    assert found.pixels.shape == (48, 64, 3)
    assert Image.open(io.BytesIO(encode(found))).mode == "L"


def test_progressive():
    data = specimens.pil(specimens.scene(), "JPEG", progressive=True, quality=95)
    assert np.abs(load_bytes(data).pixels.astype(int) - specimens.scene()).mean() < 3


def ink(profile=None):
    out = io.BytesIO()
    pixels = specimens.scene(channels=4) // 2
    options = {"icc_profile": profile} if profile else {}
    Image.fromarray(pixels, "CMYK").save(out, "JPEG", quality=100, subsampling=0, **options)
    return pixels, out.getvalue()


def test_cmyk_goes_through_its_profile():
    profile = specimens.cmyk_profile()
    pixels, data = ink(profile)
    found = load_bytes(data)
    expected = np.asarray(
        ImageCms.profileToProfile(
            Image.fromarray(pixels, "CMYK"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    )
    assert np.abs(found.pixels.astype(int) - expected).mean() < 2
    assert found.profile is None
    assert "own profile" in found.warnings[0]
    assert load_bytes(encode(found)).source.subsampling == "444"


def test_cmyk_without_a_profile_is_a_guess_and_says_so():
    pixels, data = ink()
    found = load_bytes(data)
    share = 1 - pixels.astype(float) / 255
    assert np.abs(found.pixels / 255 - share[..., :3] * share[..., 3:]).mean() < 0.01
    assert "guess" in found.warnings[0]


def test_padding_before_the_end_is_harmless():
    data = specimens.pil(specimens.scene(), "JPEG")
    padded = data[:-2] + b"\0\0\0\0" + data[-2:]
    np.testing.assert_array_equal(load_bytes(padded).pixels, load_bytes(data).pixels)


def test_odd_header_opens_with_a_warning():
    data = bytearray(simplejpeg.encode_jpeg(specimens.scene(), quality=90))
    whole = load_bytes(bytes(data))
    scan = data.index(b"\xff\xda") + 2
    data[scan + int.from_bytes(data[scan : scan + 2], "big") - 2] = 40  # of 64 coefficients
    found = load_bytes(bytes(data))
    np.testing.assert_array_equal(found.pixels, whole.pixels)
    assert (whole.warnings, len(found.warnings)) == ((), 1)


def test_more_pictures_in_the_file_are_told():
    out = io.BytesIO()
    first, second = (Image.fromarray(specimens.noise((16, 16, 3), seed=n)) for n in (0, 1))
    first.save(out, "MPO", save_all=True, append_images=[second])
    found = load_bytes(out.getvalue())
    assert found.warnings == ()
    assert "more pictures" in found.dropped[0]


def test_cameras_scan_counts_open_and_bombs_do_not():
    data = simplejpeg.encode_jpeg(specimens.scene(), quality=90)
    start = data.index(b"\xff\xda")
    scan = data[start:-2]
    assert load_bytes(data).width == 64
    with pytest.raises(Refusal) as caught:
        load_bytes(data[:start] + scan * (MAX_SCANS + 1) + data[-2:])
    assert caught.value.code == "too_slow"


def test_151_megapixels_open():
    block = specimens.scene(64, 64)
    pixels = np.tile(block, (167, 222, 1))[:10652, :14204]
    data = simplejpeg.encode_jpeg(pixels, quality=50, colorsubsampling="420")
    del pixels
    found = load_bytes(data)
    assert (found.width, found.height) == (14204, 10652)


def test_costs_little_more_than_the_bare_codec(tmp_path):
    texture = specimens.noise((500, 750, 3)) // 4
    pixels = np.tile(texture, (8, 8, 1)) + np.uint8(96)
    bare = simplejpeg.encode_jpeg(pixels, quality=90, colorsubsampling="420")
    path = tmp_path / "large.jpg"
    path.write_bytes(bare)

    def plain():
        decoded = simplejpeg.decode_jpeg(path.read_bytes())
        (tmp_path / "plain.jpg").write_bytes(
            simplejpeg.encode_jpeg(decoded, quality=90, colorsubsampling="420")
        )

    def ours():
        save(load(path), tmp_path / "ours.jpg")

    ratios = []
    for _ in range(5):
        spent = []
        for work in (plain, ours):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
        ratios.append(spent[1] / spent[0])
        if ratios[-1] <= BUDGET:
            return  # the rest of the rounds are for the noise of a shared machine
    pytest.fail(f"costs {min(ratios):.2f} times the bare codec")

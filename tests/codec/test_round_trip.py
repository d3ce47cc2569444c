"""What goes in comes out, to the bit, wherever the format can hold it."""

import io

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from freckle.codec import SaveOptions, avif, encode, load_bytes
from freckle.photo import Photo, Source
from tests.codec import specimens

SHAPES = st.tuples(st.integers(1, 24), st.integers(1, 32), st.just(3))


def photo(pixels, alpha=None, gray=False, file_format="png", **more):
    source = Source(format=file_format, digest="0" * 64, gray=gray, lossless=True)
    return Photo(pixels=pixels, alpha=alpha, source=source, **more)


@pytest.mark.parametrize("file_format", ["png", "tiff"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_lossless_formats_keep_every_value(file_format, data):
    dtype = data.draw(st.sampled_from([np.uint8, np.uint16]))
    pixels = data.draw(arrays(dtype, SHAPES))
    alpha = data.draw(st.none() | arrays(dtype, st.just(pixels.shape[:2])))
    again = load_bytes(encode(photo(pixels, alpha), SaveOptions(format=file_format)))
    assert again.pixels.dtype == dtype
    np.testing.assert_array_equal(again.pixels, pixels)
    if alpha is None:
        assert again.alpha is None
    else:
        np.testing.assert_array_equal(again.alpha, alpha)


@pytest.mark.parametrize("file_format", ["png", "tiff"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_large_strips_join_without_a_seam(file_format, dtype):
    pixels = specimens.noise((700, 801, 3), dtype)
    again = load_bytes(encode(photo(pixels), SaveOptions(format=file_format)))
    np.testing.assert_array_equal(again.pixels, pixels)


@pytest.mark.parametrize("file_format", ["png", "tiff", "jpeg", "avif"])
def test_gray_stays_gray(file_format):
    gray = np.repeat(specimens.scene(channels=1), 3, axis=2)
    again = load_bytes(encode(photo(gray, gray=True), SaveOptions(format=file_format, quality=95)))
    assert again.source.gray
    assert np.abs(again.pixels.astype(int) - gray).max() <= (0 if file_format in "pngtiff" else 4)
    assert (again.pixels[..., 0] == again.pixels[..., 2]).all()


@pytest.mark.parametrize("file_format", ["png", "tiff", "jpeg"])
def test_gray_file_that_was_given_color_keeps_the_color(file_format):
    again = load_bytes(encode(photo(specimens.scene(), gray=True), SaveOptions(format=file_format)))
    assert not again.source.gray
    assert np.abs(again.pixels.astype(int) - specimens.scene()).mean() < 4


@pytest.mark.parametrize("compression", [None, "lzw", "deflate", "packbits", "zstd"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_tiff_of_other_programs(compression, dtype, planar):
    pixels = specimens.noise((37, 53, 3), dtype)
    for byteorder, tile, big in (("<", None, False), (">", (16, 32), True)):
        out = io.BytesIO()
        tifffile.imwrite(
            out,
            pixels if planar == "contig" else np.ascontiguousarray(pixels.transpose(2, 0, 1)),
            photometric="rgb",
            planarconfig=planar,
            compression=compression,
            predictor=compression in ("lzw", "deflate", "zstd"),
            byteorder=byteorder,
            tile=tile,
            bigtiff=big,
            rowsperstrip=None if tile else 5,
        )
        found = load_bytes(out.getvalue())
        np.testing.assert_array_equal(found.pixels, pixels)
        assert not found.warnings


def test_tiff_with_white_as_zero_and_one_bit():
    bits = specimens.noise((9, 16)) > 127
    out = io.BytesIO()
    tifffile.imwrite(out, bits, photometric="miniswhite")
    np.testing.assert_array_equal(load_bytes(out.getvalue()).pixels[..., 1], 255 * ~bits)


def test_premultiplied_tiff_becomes_straight():
    straight = specimens.noise((20, 20, 3), np.uint16)
    alpha = np.full((20, 20), 0x8000, np.uint16)
    alpha[0] = 0
    associated = np.rint(straight * (alpha[..., None] / 65535)).astype(np.uint16)
    out = io.BytesIO()
    tifffile.imwrite(
        out, np.dstack([associated, alpha]), photometric="rgb", extrasamples=["assocalpha"]
    )
    found = load_bytes(out.getvalue())
    np.testing.assert_array_equal(found.alpha, alpha)
    assert np.abs(found.pixels[1:].astype(int) - straight[1:]).max() <= 1


def test_saved_selections_are_not_transparency():
    out = io.BytesIO()
    tifffile.imwrite(
        out, specimens.noise((8, 8, 4)), photometric="rgb", extrasamples=["unspecified"]
    )
    found = load_bytes(out.getvalue())
    assert found.alpha is None
    assert "selections" in found.warnings[0]


def test_all_65536_values_round_to_the_nearest_of_256():
    every = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    pixels = np.repeat(every[..., None], 3, axis=2)
    again = load_bytes(encode(photo(pixels), SaveOptions(depth=8)))
    np.testing.assert_array_equal(again.pixels[..., 0], (every.astype(int) + 128) // 257)


def test_eight_bits_fill_sixteen():
    again = load_bytes(encode(photo(specimens.scene()), SaveOptions(depth=16)))
    np.testing.assert_array_equal(again.pixels, specimens.scene().astype(int) * 257)


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_png_of_few_bits_spans_the_full_range(bits):
    per_row = 8 // bits
    row = bytes([sum((n % 2**bits) << (8 - bits * (n + 1)) for n in range(per_row))])
    found = load_bytes(specimens.png(per_row, 1, bits, 0, b"\0" + row))
    top = 2**bits - 1
    np.testing.assert_array_equal(
        found.pixels[0, :, 0], [(n % 2**bits) * 255 // top for n in range(per_row)]
    )


def test_png_palette_with_transparency():
    palette = specimens.chunk(b"PLTE", bytes([1, 2, 3, 40, 50, 60]))
    holes = specimens.chunk(b"tRNS", b"\x80")
    found = load_bytes(specimens.png(2, 1, 8, 3, b"\0\0\1", palette, holes))
    np.testing.assert_array_equal(found.pixels[0], [[1, 2, 3], [40, 50, 60]])
    np.testing.assert_array_equal(found.alpha, [[128, 255]])
    assert not found.source.gray


def test_tiff_palette():
    colors = np.zeros((3, 256), np.uint16)
    colors[:, 1] = 257 * np.array([9, 8, 7])
    out = io.BytesIO()
    tifffile.imwrite(out, np.array([[0, 1]], np.uint8), photometric="palette", colormap=colors)
    np.testing.assert_array_equal(load_bytes(out.getvalue()).pixels[0], [[0, 0, 0], [9, 8, 7]])


@pytest.mark.parametrize("alpha", [None, specimens.noise((48, 64), seed=3)])
def test_lossless_webp_stays_lossless(alpha):
    stored = photo(specimens.noise((48, 64, 3)), alpha, file_format="webp")
    again = load_bytes(encode(stored))
    assert again.source.lossless
    np.testing.assert_array_equal(again.pixels, stored.pixels)
    assert (alpha is None) == (again.alpha is None)


@pytest.mark.parametrize("file_format", ["jpeg", "webp", "avif"])
def test_lossy_formats_are_near(file_format):
    again = load_bytes(encode(photo(specimens.scene()), SaveOptions(format=file_format)))
    assert again.source.format == file_format
    assert np.abs(again.pixels.astype(int) - specimens.scene()).mean() < 2


@pytest.mark.parametrize("bits", [10, 12])
def test_avif_of_more_than_8_bits_keeps_them(bits):
    top = 2**bits - 1
    ramp = np.linspace(0, top, 1000).astype(np.uint16)[None, :, None].repeat(16, 0).repeat(3, 2)
    data = imagecodecs.avif_encode(ramp, level=100, bitspersample=bits, pixelformat="yuv444")
    found = load_bytes(bytes(data))
    assert found.pixels.dtype == np.uint16
    expected = np.rint(ramp * (65535 / top))
    assert np.abs(found.pixels - expected).max() <= 65535 / 255 / 2
    assert len(np.unique(found.pixels)) > 700, "8 bits have 256 levels"
    assert found.pixels.max() > 65_400


@pytest.mark.parametrize("file_format", ["png", "tiff", "webp", "avif", "jpeg"])
def test_same_photo_same_bytes(file_format):
    stored = photo(specimens.scene(256, 320), metadata=load_bytes(tagged()).metadata)
    options = SaveOptions(format=file_format)
    assert encode(stored, options) == encode(stored, options)


def tagged():
    return specimens.pil(specimens.scene(), "JPEG", exif=b"Exif\0\0" + specimens.exif())


def test_pixels_are_read_only():
    found = load_bytes(specimens.pil(specimens.scene(channels=4), "PNG"))
    for values in (found.pixels, found.alpha):
        with pytest.raises(ValueError, match="read-only"):
            values[0, 0] = 1


def test_transparent_photo_lies_on_white_in_jpeg():
    alpha = np.zeros((48, 64), np.uint8)
    alpha[:, 32:] = 255
    again = load_bytes(encode(photo(specimens.scene(), alpha), SaveOptions(format="jpeg")))
    assert (again.pixels[:, :16] > 250).all()
    assert np.abs(again.pixels[:, 40:].astype(int) - specimens.scene()[:, 40:]).mean() < 4


def test_both_decoders_of_avif_see_the_same(monkeypatch):
    for pixels in (specimens.scene(), specimens.scene(channels=4), specimens.scene()[..., 0]):
        data = specimens.pil(pixels, "AVIF")
        small = load_bytes(data)
        monkeypatch.setattr(avif, "SMALL", 0)
        large = load_bytes(data)
        monkeypatch.undo()
        np.testing.assert_array_equal(large.pixels, small.pixels)
        assert (large.alpha is None) == (small.alpha is None)

"""Orientation, EXIF, XMP, IPTC, resolution: kept, corrected, or stripped when asked."""

import io

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from freckle.codec import SaveOptions, encode, load_bytes, notices
from freckle.codec.exif import orientation, readable, resized, settle, without_place
from freckle.photo import Metadata
from tests.codec import specimens
from tests.codec.test_round_trip import photo

FORMATS = ["jpeg", "png", "webp", "tiff", "avif"]
TURNS = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.swapaxes(0, 1),
    6: lambda p: np.rot90(p, 1),
    7: lambda p: p[::-1, ::-1].swapaxes(0, 1),
    8: lambda p: np.rot90(p, -1),
}
"""How the camera's sensor saw an upright scene that has this orientation in its file."""


def stored(upright, number, file_format):
    pixels = np.ascontiguousarray(TURNS[number](upright))
    prefix = b"Exif\0\0" if file_format == "jpeg" else b""
    block = prefix + specimens.exif(orientation=number)
    if file_format == "tiff":
        out = io.BytesIO()
        tifffile.imwrite(out, pixels, photometric="rgb", extratags=[(274, 3, 1, number, True)])
        return out.getvalue()
    options = {"webp": {"lossless": True}, "jpeg": {"quality": 95, "subsampling": 0}}
    return specimens.pil(pixels, file_format.upper(), exif=block, **options.get(file_format, {}))


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("number", range(1, 9))
def test_every_orientation_comes_out_upright_and_stays_so(file_format, number):
    upright = specimens.scene(40, 64)
    found = load_bytes(stored(upright, number, file_format))
    again = load_bytes(encode(found))
    for seen in (found, again):
        assert seen.pixels.shape == upright.shape
        assert np.abs(seen.pixels.astype(int) - upright).mean() < 3
        assert orientation(seen.metadata.exif) == 1
    assert found.source.orientation == number
    assert again.source.orientation == 1


@pytest.mark.parametrize("number", range(1, 9))
def test_orientation_is_what_pillow_understands_by_it(number):
    data = stored(specimens.scene(40, 64), number, "png")
    with Image.open(io.BytesIO(data)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    np.testing.assert_array_equal(load_bytes(data).pixels, expected)


def test_alpha_turns_with_the_picture():
    rgba = specimens.noise((10, 14, 4))
    data = specimens.pil(rgba, "PNG", exif=specimens.exif(orientation=6))
    np.testing.assert_array_equal(load_bytes(data).alpha, np.rot90(rgba[..., 3], -1))


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_blocks_survive(file_format, order):
    block = settle(specimens.exif(order, size=(64, 48)))
    metadata = Metadata(exif=block, xmp=specimens.xmp(), iptc=specimens.IPTC, dpi=(300.0, 150.0))
    again = load_bytes(
        encode(photo(specimens.scene(), metadata=metadata), SaveOptions(format=file_format))
    )
    kept = again.metadata
    assert kept.xmp == specimens.xmp()
    if file_format in ("jpeg", "png", "webp"):
        assert kept.exif == block
    if file_format in ("jpeg", "tiff", "png"):
        assert kept.iptc == specimens.IPTC
    if file_format in ("jpeg", "png", "tiff"):
        assert kept.dpi == pytest.approx((300, 150), abs=0.02)
    read = Image.open(io.BytesIO(encode(again))).getexif()
    assert read[0x010F] == "Freckle Works"
    assert read.get_ifd(0x8825)[2] == (52.0, 31.0, 12.0)


@pytest.mark.parametrize("file_format", FORMATS)
def test_maker_note_keeps_its_place_in_the_block(file_format):
    block = settle(specimens.exif())
    data = encode(photo(specimens.scene(), metadata=Metadata(exif=block)),
                  SaveOptions(format=file_format))  # fmt: skip
    note = data.index(b"MKNT")
    start = data.index(b"II*\0")
    told = int.from_bytes(data[note + 4 : note + 8], "little")
    assert note - start == told


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_position_goes_and_the_rest_stays(file_format, order):
    metadata = Metadata(exif=settle(specimens.exif(order)), xmp=specimens.xmp())
    full = photo(specimens.scene(), metadata=metadata)
    options = SaveOptions(format=file_format, strip_gps=True)
    data = encode(full, options)
    read = Image.open(io.BytesIO(data)).getexif()
    assert 0x8825 not in read
    assert not read.get_ifd(0x8825)
    assert read[0x010F] == "Freckle Works"
    assert read.get_ifd(0x8769)[0x927C].startswith(b"MKNT")
    place = specimens.exif(order, thumbnail=False)[-24:]
    assert place in encode(full, SaveOptions(format=file_format))
    assert place not in data
    assert b"GPS" not in data
    packet = load_bytes(data).metadata.xmp
    assert b"Ada" in packet
    assert b'xmp:Rating="4"' in packet


def test_position_in_a_form_not_understood_takes_the_packet_along():
    for packet in (specimens.xmp().decode().encode("utf-16-le"), b"<GPSLatitude>5</GPSLatitude>"):
        full = photo(specimens.scene(), metadata=Metadata(xmp=packet))
        assert load_bytes(encode(full, SaveOptions(strip_gps=True))).metadata.xmp is None


@pytest.mark.parametrize("file_format", FORMATS)
def test_everything_goes_when_asked(file_format):
    metadata = Metadata(settle(specimens.exif()), specimens.xmp(), specimens.IPTC, (300.0, 300.0))
    profile = specimens.profile("Display P3")
    full = photo(specimens.scene(), metadata=metadata, profile=profile)
    data = encode(full, SaveOptions(format=file_format, strip_metadata=True))
    for secret in (b"Freckle Works", b"MKNT", b"Ada", b"GPS"):
        assert secret not in data
    assert load_bytes(data).profile == profile


@pytest.mark.parametrize("tag", [322, 324, 330, 339, 347])
def test_stray_pixel_fields_in_exif_do_not_spoil_a_tiff(tag):
    block = specimens.exif().replace(b"\x13\x02\x03\0", tag.to_bytes(2, "little") + b"\x03\0")
    assert block != specimens.exif()
    full = photo(specimens.scene(), metadata=Metadata(exif=block))
    found = load_bytes(encode(full, SaveOptions(format="tiff")))
    np.testing.assert_array_equal(found.pixels, specimens.scene())


def test_thumbnail_of_the_unretouched_photo_is_gone():
    data = specimens.pil(specimens.scene(), "JPEG", exif=b"Exif\0\0" + specimens.exif())
    assert data.count(b"\xff\xd8\xff") == 2
    assert encode(load_bytes(data)).count(b"\xff\xd8\xff") == 1


def test_thumbnails_in_xmp_go_too():
    preview = b"<xmp:Thumbnails><rdf:Alt>/9j/4AAQ</rdf:Alt></xmp:Thumbnails><dc:title>"
    packet = specimens.xmp().replace(b"<dc:title>", preview)
    found = load_bytes(specimens.pil(specimens.scene(), "JPEG", xmp=packet))
    assert found.metadata.xmp == specimens.xmp()


def test_size_in_the_block_follows_the_picture():
    block = specimens.exif(orientation=6, size=(64, 40))
    turned = np.ascontiguousarray(np.rot90(specimens.scene(64, 40)))
    data = specimens.pil(turned, "JPEG", exif=b"Exif\0\0" + block)
    read = Image.open(io.BytesIO(encode(load_bytes(data)))).getexif().get_ifd(0x8769)
    assert (read[0xA002], read[0xA003]) == (40, 64)


def test_orientation_in_xmp_follows():
    jpeg = specimens.pil(specimens.scene(), "JPEG", xmp=specimens.xmp(6))
    assert load_bytes(jpeg).metadata.xmp == specimens.xmp(1)


def test_photoshop_resources_yield_the_iptc_record():
    resources = (
        b"Photoshop 3.0\x008BIM\x03\xed\x00\x00\x00\x00\x00\x02ab"
        b"8BIM\x04\x04\x03abc\x00\x00\x00" + bytes([len(specimens.IPTC)]) + specimens.IPTC
    )
    plain = specimens.pil(specimens.scene(), "JPEG")
    size = (len(resources) + 2).to_bytes(2, "big")
    found = load_bytes(plain[:2] + b"\xff\xed" + size + resources + plain[2:])
    assert found.metadata.iptc == specimens.IPTC


def test_what_a_format_cannot_hold_is_told(tmp_path):
    long = Metadata(xmp=specimens.xmp() + b" " * 70_000, iptc=specimens.IPTC)
    full = photo(specimens.noise((8, 8, 3), np.uint16), np.zeros((8, 8), np.uint16), metadata=long)
    said = " ".join(notices(full, tmp_path / "a.jpg"))
    for word in ("16 bits", "white", "metadata block"):
        assert word in said
    assert "IPTC" in " ".join(notices(full, tmp_path / "a.webp"))
    assert notices(full, tmp_path / "a.png") == ()
    assert notices(full, tmp_path / "a.tif") == ()
    assert load_bytes(encode(full, SaveOptions(format="jpeg"))).metadata.xmp is None


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_block_however_twisted_breaks_the_editing(data):
    raw = bytearray(specimens.exif(data.draw(st.sampled_from("<>")), gps=data.draw(st.booleans())))
    for _ in range(data.draw(st.integers(0, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    block = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    edited = without_place(resized(settle(block), 10, 20))
    assert len(edited) <= len(block) + 4
    assert not readable(block) or readable(edited)
    assert orientation(settle(block)) == 1


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_exif_open_the_photo(raw):
    data = specimens.pil(specimens.scene(8, 8), "JPEG", exif=b"Exif\0\0" + raw)
    assert load_bytes(data).pixels.shape in ((8, 8, 3),)

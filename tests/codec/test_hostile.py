"""Files that are broken, cut, lying or dangerous: each is refused by name, nothing else happens."""

import io
import re
import struct
import time
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from freckle.codec import load, load_bytes
from freckle.codec.limits import MAX_BYTES, check_bytes
from freckle.errors import Refusal
from freckle.photo import Photo
from tests.codec import specimens


def tiff(pixels=None, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, specimens.scene() if pixels is None else pixels, **options)
    return out.getvalue()


def heic():
    pillow_heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    pillow_heif.from_bytes("RGB", (64, 48), specimens.scene().tobytes()).save(out, quality=90)
    return out.getvalue()


WHOLE = {
    "jpeg": lambda: simplejpeg.encode_jpeg(specimens.noise((48, 64, 3)), quality=90),
    "progressive": lambda: specimens.pil(specimens.noise((48, 64, 3)), "JPEG", progressive=True),
    "png": lambda: specimens.pil(specimens.scene(), "PNG", exif=specimens.exif()),
    "webp": lambda: specimens.pil(specimens.scene(), "WEBP", exif=specimens.exif()),
    "lossless webp": lambda: specimens.pil(specimens.noise((48, 64, 3)), "WEBP", lossless=True),
    "tiff": lambda: tiff(photometric="rgb"),
    "deflated tiff": lambda: tiff(photometric="rgb", compression="deflate", rowsperstrip=5),
    "lzw tiff": lambda: tiff(photometric="rgb", compression="lzw", tile=(16, 16)),
    "avif": lambda: specimens.pil(specimens.scene(), "AVIF", exif=specimens.exif()),
    "heic": heic,
    "dng": specimens.dng,
}


def refusal(data):
    with pytest.raises(Refusal) as caught:
        load_bytes(data)
    return caught.value


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_open(name):
    if name == "dng":
        pytest.importorskip("rawpy")
    assert load_bytes(WHOLE[name]()).width > 32


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_cut_files_are_incomplete(name, share):
    if name == "dng":
        pytest.importorskip("rawpy")
    data = WHOLE[name]()
    assert refusal(data[: int(len(data) * share)]).code in ("incomplete", "damaged")


@pytest.mark.parametrize("name", ["jpeg", "progressive", "png", "webp", "tiff", "avif"])
def test_file_without_its_last_tenth_says_so(name):
    data = WHOLE[name]()
    assert refusal(data[: len(data) * 9 // 10]).code == "incomplete"


def test_jpeg_with_an_end_but_without_a_middle():
    data = WHOLE["jpeg"]()
    assert refusal(data[: len(data) // 2] + b"\xff\xd9").code in ("incomplete", "damaged")
    assert refusal(data[: len(data) // 2] + data[len(data) // 2 + 500 :]).code in (
        "incomplete",
        "damaged",
    )


def lying_png(width, height):
    return specimens.png(width, height, 8, 2, bytes(100))


def lying_jpeg(width, height):
    data = bytearray(WHOLE["jpeg"]())
    frame = re.search(rb"\xff\xc0..\x08", data, re.DOTALL).end()
    data[frame : frame + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def lying_tiff(values, **options):
    """Overwrite numbers in the directory of a TIFF file."""
    data = bytearray(tiff(photometric="rgb", **options))
    for tag, value in values.items():
        places = [record.start() for record in re.finditer(struct.pack("<H", tag), data)]
        at = next(p for p in places if data[p + 2] in (3, 4) and data[p + 4 : p + 8] == b"\1\0\0\0")
        struct.pack_into("<HII", data, at + 2, 4, 1, value)
    return bytes(data)


HOSTILE = {
    "nothing": (lambda: b"", "empty"),
    "text": (lambda: b"hello " * 20, "not_an_image"),
    "one byte": (lambda: b"\xff", "not_an_image"),
    "GIF": (lambda: specimens.pil(specimens.scene()[..., 0], "GIF"), "type_not_accepted"),
    "BMP": (lambda: specimens.pil(specimens.scene(), "BMP"), "type_not_accepted"),
    "PDF": (lambda: b"%PDF-1.7 " + bytes(200), "type_not_accepted"),
    "Photoshop document": (lambda: b"8BPS\0\1" + bytes(200), "type_not_accepted"),
    "SVG with a script": (lambda: b"<svg onload='x()'></svg>", "type_not_accepted"),
    "video": (lambda: b"\0\0\0\x18ftypisom" + bytes(200), "type_not_accepted"),
    "JPEG start only": (lambda: b"\xff\xd8\xff", "incomplete"),
    "JPEG without a picture": (lambda: b"\xff\xd8\xff\xe0\0\4ab\xff\xd9", "damaged"),
    "JPEG of 0 lines": (lambda: lying_jpeg(64, 0), "damaged"),
    "JPEG of 4 gigapixels": (lambda: lying_jpeg(65535, 65535), "too_many_pixels"),
    "JPEG lying upwards": (lambda: lying_jpeg(64, 4000), "incomplete"),
    "JPEG with 2 channels": (
        lambda: WHOLE["jpeg"]().replace(b"\x00\x30\x00\x40\x03", b"\x00\x30\x00\x40\x02"),
        "damaged",
    ),
    "lossless JPEG": (
        lambda: WHOLE["jpeg"]().replace(b"\xff\xc0\0\x11", b"\xff\xc3\0\x11"),
        "type_not_accepted",
    ),
    "PNG of 10 gigapixels": (lambda: lying_png(100_000, 100_000), "too_many_pixels"),
    "PNG one pixel too wide": (lambda: lying_png(65_536, 1), "too_many_pixels"),
    "PNG of no width": (lambda: lying_png(0, 5), "damaged"),
    "PNG lying upwards": (lambda: lying_png(3000, 3000), "damaged"),
    "PNG with a wrong checksum": (
        lambda: WHOLE["png"]()[:60] + b"\x55" + WHOLE["png"]()[61:],
        "damaged",
    ),
    "TIFF of 10 gigapixels": (lambda: lying_tiff({256: 100_000, 257: 100_000}), "too_many_pixels"),
    "TIFF lying upwards": (lambda: lying_tiff({257: 4000}), "incomplete"),
    "TIFF of floats": (lambda: tiff(np.zeros((8, 8), np.float32)), "type_not_accepted"),
    "TIFF of 32 bits": (lambda: tiff(np.zeros((8, 8), np.uint32)), "type_not_accepted"),
    "TIFF in Lab": (
        lambda: tiff(specimens.scene(), photometric="cielab"),
        "type_not_accepted",
    ),
    "TIFF directory that is its own successor": (
        lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0" + bytes(20),
        "damaged",
    ),
    "TIFF directory beyond the end": (lambda: b"II*\0\xff\xff\0\0" + bytes(20), "incomplete"),
    "TIFF with tiles of 4 gigapixels": (
        lambda: lying_tiff({322: 1 << 24, 323: 1 << 24}, tile=(16, 16)),
        "damaged",
    ),
    "WebP without a picture": (lambda: b"RIFF\x04\0\0\0WEBP", "damaged"),
    "AVIF without a picture": (lambda: b"\0\0\0\x10ftypavif\0\0\0\0", "damaged"),
    "AVIF box of no length": (lambda: b"\0\0\0\x10ftypavif\0\0\0\0\0\0\0\1meta", "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused(name):
    make, code = HOSTILE[name]
    start = time.process_time()
    refused = refusal(make())
    assert refused.code == code
    assert refused.message.endswith(".")
    assert refused.remedy
    assert "/" not in str(refused).replace("and/or", "")
    assert time.process_time() - start < 2


def test_progressive_scan_bomb_costs_no_time():
    data = WHOLE["progressive"]()
    start = data.index(b"\xff\xda")
    scan = data[start : data.index(b"\xff", start + 20)]
    bomb = data[:start] + scan * 20_000 + data[-2:]
    begun = time.process_time()
    assert refusal(bomb).code == "too_slow"
    assert time.process_time() - begun < 0.5


def test_deflate_bombs_in_side_blocks_stay_small():
    huge = zlib.compress(bytes(64 * 2**20))
    profile = specimens.chunk(b"iCCP", b"ICC\0\0" + huge)
    packet = specimens.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + huge)
    found = load_bytes(specimens.png(1, 1, 8, 0, b"\0\x7f", profile, packet))
    assert found.profile is None
    assert found.metadata.xmp is None
    assert "profile" in found.warnings[0]


def test_metadata_beyond_the_limit_is_left_out_with_a_warning():
    packet = specimens.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b" " * (17 * 2**20))
    found = load_bytes(specimens.png(1, 1, 8, 0, b"\0\x7f", packet))
    assert found.metadata.xmp is None
    assert "16 MB" in found.warnings[0]


def test_file_beyond_the_limit_is_not_even_read(tmp_path):
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    start = time.process_time()
    with pytest.raises(Refusal) as caught:
        load(path)
    assert caught.value.code == "too_large_file"
    assert time.process_time() - start < 0.2
    check_bytes(MAX_BYTES)


def test_name_is_never_asked(tmp_path):
    path = tmp_path / "portrait.gif"
    path.write_bytes(specimens.pil(specimens.scene(), "PNG"))
    assert load(path).source.format == "png"


@pytest.mark.parametrize("what", ["absent", "folder", "device"])
def test_what_is_no_file_is_refused(what, tmp_path):
    places = {"absent": tmp_path / "no.jpg", "folder": tmp_path, "device": Path("/dev/zero")}
    with pytest.raises(Refusal) as caught:
        load(places[what])
    assert str(tmp_path.parent) not in str(caught.value)


def test_animations_and_pages_give_the_first_and_a_warning():
    frames = [Image.fromarray(specimens.noise((16, 16, 3), seed=seed)) for seed in range(3)]
    for file_format, options in (
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("AVIF", {"quality": 100, "subsampling": "4:4:4"}),
    ):
        out = io.BytesIO()
        frames[0].save(out, file_format, save_all=True, append_images=frames[1:], **options)
        found = load_bytes(out.getvalue())
        far = np.abs(found.pixels.astype(int) - np.asarray(frames[0])).mean()
        assert far < 6, file_format
        assert "first" in found.warnings[0], file_format


def test_reduced_copies_in_a_tiff_are_no_pages():
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        writer.write(specimens.scene(), photometric="rgb")
        writer.write(specimens.scene()[::2, ::2], photometric="rgb", subfiletype=1)
    assert load_bytes(out.getvalue()).warnings == ()


STARTS = [
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",
    b"MM\0+",
    b"RIFF\x40\0\0\0WEBPVP8X",
    b"\0\0\0\x10ftypavif\0\0\0\0",
]


@pytest.mark.parametrize("head", STARTS)
@settings(max_examples=40, deadline=None)
@given(tail=st.binary(max_size=200))
def test_any_bytes_behind_a_known_start(head, tail):
    opens_or_refuses(head + tail)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=100))
def test_any_bytes(raw):
    opens_or_refuses(raw)


def opens_or_refuses(raw):
    with suppress(Refusal):
        found = load_bytes(raw)
        assert isinstance(found, Photo)
        assert found.pixels.ndim == 3

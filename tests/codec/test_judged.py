"""Files as twelve makers' phones and cameras write them: an independent reader judges exports.

ExifTool, where it is installed, finds pictures and places in the originals, and Pillow pictures at
any place of the file; in what is written they find none. The test makes the files.
"""

# ruff: noqa: E501 - each file is one line
import base64
import io
import json
import re
import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.iptc import wrap
from tests.codec import specimens
from tests.codec.bombs import in_jpeg, segment
from tests.codec.test_hiding import (
    BASE64,
    CITY,
    GPS,
    PACKETS,
    PLACE_PACKETS,
    RAW_SECRET,
    SECRET,
    XMP,
    data,
    described,
    exif,
    iptc,
    pieces,
    resource,
    thumbnail,
)

PICTURE = re.compile(
    r"(thumbnail|preview|jpgfromraw|otherimage|mpimage|gainmap|xmp:image|embedded|motionphoto)"
)
PLACE = re.compile(r"(gps|city|country|location|state|coverage|province)", re.IGNORECASE)
GAIN = (
    b"<rdf:Description xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' hdrgm:Version='1.0'"
    b" hdrgm:GainMapMax='2.5'/>"
)


def block(maker: bytes, note: bytes, *, place: bool) -> bytes:
    """EXIF of a maker: a note with a preview, and either a thumbnail or a place."""
    told = {0x010F: data(maker + b"\0", 2), 0x0110: data(b"Model 1\0", 2)}
    camera = {0x927C: data(note + SECRET + b"end!")}
    if place:
        return exif(told, camera, others=GPS, link=0x8825)
    return exif(told, camera, others=thumbnail(SECRET, True), pixels=SECRET)


def several(*segments: bytes) -> bytes:
    """A JPEG with a second picture behind it, and the index of both (CIPA DC-007)."""

    def index(first: int, second: int) -> bytes:
        entries = struct.pack("<3I2H", 0x20030000, first, 0, 0, 0)
        entries += struct.pack("<3I2H", 0x00010002, len(SECRET), second, 0, 0)
        fields = struct.pack("<2HI4s", 0xB000, 7, 4, b"0100")
        fields += struct.pack("<2H2I", 0xB001, 4, 1, 2) + struct.pack("<2H2I", 0xB002, 7, 32, 50)
        table = struct.pack("<H", 3) + fields + struct.pack("<I", 0)
        return segment(0xE2, b"MPF\0II*\0\x08\0\0\0" + table + entries)

    bare = in_jpeg(*segments, index(0, 0))
    at = bare.index(b"MPF\0") + 4
    return in_jpeg(*segments, index(len(bare), len(bare) - at), behind=SECRET)


def xmp(*names: str, more: bytes = b"") -> bytes:
    packets = PACKETS | PLACE_PACKETS
    return segment(0xE1, XMP + described(*(packets[name] for name in names), more))


def in_exif(raw: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + raw)


PHOTOSHOP = segment(0xED, b"Photoshop 3.0\0" + resource(1036, struct.pack(">7I", 1, 24, 24, 72, 1728, len(SECRET), 0x180001) + SECRET))  # fmt: skip
CAPTION = segment(0xED, wrap(specimens.IPTC + iptc(90) + iptc(101)))
CAMERAS = {
    "Apple": several(in_exif(block(b"Apple", b"Apple iOS\0\0\1MM", place=True)), xmp(more=GAIN)),
    "Google": several(in_exif(block(b"Google", b"HDRP\3", place=False)), xmp("GDepth", "dc:coverage", more=GAIN)),
    "Samsung": in_jpeg(in_exif(block(b"SAMSUNG", b"\7\0", place=False)), xmp("photoshop:City"), behind=b"MotionPhoto_Data" + SECRET + b"SEFT"),
    "Xiaomi": several(in_exif(block(b"Xiaomi", b"MI\0", place=False)), xmp("photoshop:City")),
    "Canon": in_jpeg(in_exif(block(b"Canon", b"\x10\0", place=False)), CAPTION),
    "Nikon": several(in_exif(block(b"NIKON CORPORATION", b"Nikon\0\2\x10\0\0", place=False)), CAPTION),
    "Sony": several(in_exif(block(b"SONY", b"SONY DSC \0\0\0", place=True))),
    "Fujifilm": several(in_exif(block(b"FUJIFILM", b"FUJIFILM", place=False)), xmp("exif:GPSLatitude")),
    "Panasonic": in_jpeg(in_exif(block(b"Panasonic", b"Panasonic\0\0\0", place=False)), PHOTOSHOP, xmp("photoshop:City")),
    "Olympus": in_jpeg(in_exif(block(b"OLYMPUS", b"OLYMPUS\0II\3\0", place=False)), xmp("xmp:Thumbnails", "photoshop:Country")),
    "DJI": several(in_exif(block(b"DJI", b"DJI\0", place=True)), xmp("a drone's")),
    "Photoshop": in_jpeg(in_exif(block(b"Leica", b"LEICA\0\0\0", place=False)), PHOTOSHOP, xmp("xmp:Thumbnails", "Iptc4xmpExt:LocationShown")),
}  # fmt: skip
TARGETS = ("jpeg", "png", "tiff", "webp", "avif")


def read(folder: Path) -> dict[str, dict[str, str]]:
    """Return what ExifTool says of each file, binary values in base64."""
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("ExifTool is not installed")
    command = [tool, "-json", "-a", "-u", "-ee", "-G1", "-b", "-q", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return {Path(each["SourceFile"]).stem: each for each in json.loads(done.stdout)}


def pictures(found: dict[str, str]) -> list[str]:
    """Name what holds the unretouched picture, or is meant for one."""
    marks = [mark for secret in (SECRET, RAW_SECRET, BASE64) for mark in pieces(secret)]
    names = []
    for name, value in found.items():
        text = str(value)
        raw = base64.b64decode(text[7:]) if text.startswith("base64:") else text.encode()
        meant = PICTURE.search(name.lower()) and len(raw) > 300
        if meant or any(mark in raw for mark in marks):
            names.append(name)
    return names


def places(found: dict[str, str]) -> list[str]:
    """Name what says where the photo was taken."""
    own = ("System:", "SourceFile", "File:")
    return [
        name
        for name, value in found.items()
        if not name.startswith(own)
        and (CITY.decode() in str(value) or (PLACE.search(name.partition(":")[2])))
    ]


def carved(data: bytes) -> list[tuple[int, int]]:
    """Return the sizes of pictures that Pillow finds anywhere in some bytes, base64 too."""
    found, places = [], [hit.start() for hit in re.finditer(b"\xff\xd8\xff", data)]
    for at in places:
        with suppress(OSError, SyntaxError, ValueError), Image.open(io.BytesIO(data[at:])) as image:
            image.load()
            found.append(image.size)
    for run in re.finditer(rb"[A-Za-z0-9+/]{200,}={0,2}", data):
        with suppress(ValueError):
            found += carved(base64.b64decode(run.group()))
    return found


def test_whoever_looks_everywhere_finds_no_second_picture() -> None:
    for number, (name, content) in enumerate(CAMERAS.items()):
        assert set(carved(content)) == {(64, 48), (24, 24)}, name
        photo = load_bytes(content)
        for target in ("jpeg", TARGETS[1 + number % 4]):
            written = encode(photo, SaveOptions(format=target, strip_gps=True))
            assert carved(written) == [(64, 48)] * (target == "jpeg"), (name, target)
            assert CITY not in written


def test_an_independent_reader_finds_no_picture_and_no_place(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    for number, (name, content) in enumerate(CAMERAS.items()):
        (before / f"{name}.jpg").write_bytes(content)
        photo = load_bytes(content)
        for target in ("jpeg", TARGETS[1 + number % 4]):
            written = encode(photo, SaveOptions(format=target, strip_gps=True))
            (after / f"{name}-{target}.{target}").write_bytes(written)
    originals, exports = read(before), read(after)
    assert set(originals) == set(CAMERAS)
    assert len(exports) == 24
    assert {name for name, found in originals.items() if not pictures(found)} == set()
    assert {name for name, found in originals.items() if not places(found)} == set()
    assert {name: left for name, found in exports.items() if (left := pictures(found))} == {}
    assert {name: left for name, found in exports.items() if (left := places(found))} == {}
    kept = [found for name, found in exports.items() if name.endswith("-jpeg")]
    assert all("IFD0:Make" in found for found in kept), "the rest of EXIF stays"

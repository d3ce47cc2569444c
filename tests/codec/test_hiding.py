"""Every place of a file in which a picture or a place can hide: looked for in the bytes written.

What is searched for are marks that only the hidden thing has, whatever form it has there.
"""

# ruff: noqa: E501 - each hiding place is one line
import base64
import io
import struct

import numpy as np
import pytest
from PIL import Image

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.iptc import wrap
from tests.codec import specimens
from tests.codec.bombs import in_jpeg, number, segment

SECRET = specimens.pil(specimens.noise((24, 24, 3), seed=5), "JPEG")
"""The unretouched picture."""
RAW_SECRET = specimens.noise((24, 24, 3), seed=6).tobytes()
"""The same without compression."""
XMP = b"http://ns.adobe.com/xap/1.0/\0"
CITY = b"Reykjavik"


def directory(fields: dict[int, tuple[int, bytes, int]], at: int, following: int = 0) -> bytes:
    """A classic directory that lies at an offset, and behind it the values that do not fit."""
    values = at + 2 + 12 * len(fields) + 4
    records, more = struct.pack("<H", len(fields)), b""
    for tag, (kind, raw, count) in sorted(fields.items()):
        value = raw.ljust(4, b"\0")
        if len(raw) > 4:
            value = struct.pack("<I", values + len(more))
            more += raw
        records += struct.pack("<HHI", tag, kind, count) + value
    return records + struct.pack("<I", following) + more


def data(raw: bytes, kind: int = 7) -> tuple[int, bytes, int]:
    return kind, raw, len(raw)


def exif(
    first: dict[int, tuple[int, bytes, int]] | None = None,
    camera: dict[int, tuple[int, bytes, int]] | None = None,
    others: dict[int, tuple[int, bytes, int]] | None = None,
    pixels: bytes = b"",
    link: int = 0,
) -> bytes:
    """A block: camera's directory, another one, pixels, then the first directory.

    `others` is the second directory of the chain, or that at which field `link` points; where it
    says where pixels lie, the offset is filled in.
    """
    body = b"II*\0" + bytes(4)
    place = len(body)
    body += directory({0x9003: data(b"2026:01:01 00:00:00\0", 2), **(camera or {})}, place)
    body += bytes(len(body) % 2)
    where = len(body)
    body += pixels + bytes(len(pixels) % 2)
    more = len(body)
    if others:
        told = {
            tag: number(where) if field == number(0) else field for tag, field in others.items()
        }
        body += directory(told, more)
    fields = {0x010F: data(b"Freckle Works\0", 2), 0x8769: number(place), **(first or {})}
    if link:
        fields[link] = number(more)
    start = len(body) + len(body) % 2
    body = body.ljust(start, b"\0") + directory(fields, start, more if others and not link else 0)
    return body[:4] + struct.pack("<I", start) + body[8:]


def thumbnail(pixels: bytes, compressed: bool) -> dict[int, tuple[int, bytes, int]]:
    if compressed:
        return {0x0201: number(0), 0x0202: number(len(pixels))}
    return {0x0103: number(1, kind=3), 0x0111: number(0), 0x0117: number(len(pixels))}


def described(*texts: bytes) -> bytes:
    spaces = (
        b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pic="http://ns.adobe.com/xap/1.0/g/img/" '
        b'xmlns:depth="http://ns.google.com/photos/1.0/depthmap/" '
        b'xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    )
    body = b"".join(texts)
    return b"<rdf:RDF %s><rdf:Description dc:title='Ada'>%s</rdf:Description></rdf:RDF>" % (
        spaces,
        body,
    )


BASE64 = base64.b64encode(SECRET)
PREVIEWS = {
    "IFD1, JPEG": exif(others=thumbnail(SECRET, True), pixels=SECRET),
    "IFD1, pixels": exif(others=thumbnail(RAW_SECRET, False), pixels=RAW_SECRET),
    "SubIFD, JPEG": exif(others=thumbnail(SECRET, True), pixels=SECRET, link=0x014A),
    "SubIFD, pixels": exif(others=thumbnail(RAW_SECRET, False), pixels=RAW_SECRET, link=0x014A),
    "Windows' 0x501B": exif({0x501B: data(SECRET, 1)}),
    "Windows' 0x501B, pixels": exif({0x501B: data(RAW_SECRET, 1)}),
    "Photoshop's resources in EXIF": exif({0x8649: data(b"8BIM\4\x0c\0\0" + struct.pack(">I", len(SECRET) + 28) + bytes(28) + SECRET)}),
    "XMP in EXIF": exif({0x02BC: data(described(b"<pic:image>" + BASE64 + b"</pic:image>"), 1)}),
    "maker note": exif(camera={0x927C: data(b"MKNT\0\0\0\0" + SECRET + b"end!")}),
    "maker note, first byte changed": exif(camera={0x927C: data(b"MLT0\2" + SECRET[1:] + b"end!")}),
    "maker note, cut short": exif(camera={0x927C: data(b"MKNT" + SECRET[:-40])}),
    "user comment": exif(camera={0x9286: data(b"ASCII\0\0\0" + SECRET)}),
}  # fmt: skip
PACKETS = {
    "xmp:Thumbnails": b"<xmp:Thumbnails><rdf:Alt><rdf:li><pic:image>" + BASE64 + b"</pic:image></rdf:li></rdf:Alt></xmp:Thumbnails>",
    "xmpGImg": b"<pic:image>" + BASE64 + b"</pic:image>",
    "GDepth": b"<rdf:Description depth:Data='" + BASE64 + b"'/>",
}  # fmt: skip


def resource(kind: int, raw: bytes) -> bytes:
    head = b"8BIM" + struct.pack(">H", kind) + b"\0\0" + struct.pack(">I", len(raw))
    return head + raw + bytes(len(raw) % 2)


FILES = {
    **{name: in_jpeg(segment(0xE1, b"Exif\0\0" + block)) for name, block in PREVIEWS.items()},
    **{name: in_jpeg(segment(0xE1, XMP + described(text))) for name, text in PACKETS.items()},
    "resource 1036": in_jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(1036, bytes(28) + SECRET))),
    "resource 1033": in_jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(1033, bytes(28) + SECRET))),
    "IPTC 2:202": in_jpeg(segment(0xED, wrap(specimens.IPTC + b"\x1c\2\xca" + struct.pack(">H", len(SECRET)) + SECRET))),
    "IPTC 8:10": in_jpeg(segment(0xED, wrap(specimens.IPTC + b"\x1c\x08\x0a" + struct.pack(">H", len(SECRET)) + SECRET))),
    "JFXX": in_jpeg(segment(0xE0, b"JFXX\0\x10" + SECRET)),
    "FlashPix": in_jpeg(segment(0xE2, b"FPXR\0\1\0\0" + SECRET)),
    "MPF": in_jpeg(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\0\0"), behind=SECRET),
    "extended XMP": in_jpeg(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + BASE64)),
    "unknown segment": in_jpeg(segment(0xE5, b"RMETA\0" + SECRET)),
    "behind the end": in_jpeg(behind=b"SEFT" + SECRET),
}  # fmt: skip
FORMATS = ["jpeg", "png", "tiff", "webp", "avif"]


def pieces(secret: bytes, length: int = 12) -> list[bytes]:
    """Parts of a secret's own data, so that fragments of it are found, too."""
    return [secret[at : at + length] for at in range(len(secret) - 200, len(secret) - 60, 20)]


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("name", FILES)
def test_no_unretouched_picture_leaves(name: str, target: str) -> None:
    source = FILES[name]
    marks = [mark for secret in (SECRET, RAW_SECRET, BASE64) for mark in pieces(secret)]
    assert any(mark in source for mark in marks)
    photo = load_bytes(source)
    written = encode(photo, SaveOptions(format=target))
    assert [mark for mark in marks if mark in written] == []
    with Image.open(io.BytesIO(written)) as image:
        assert image.size == (64, 48)
        if "title" in name or name in PACKETS:
            assert b"Ada" in (photo.metadata.xmp or b"")


def iptc(dataset: int) -> bytes:
    return bytes([0x1C, 2, dataset]) + struct.pack(">H", len(CITY)) + CITY


GPS = {
    1: data(b"N\0", 2),
    2: (5, struct.pack("<6I", 52, 1, 31, 1, 123456, 10000), 3),
    28: data(CITY),
}
AREA = (
    b"<rdf:Bag><rdf:li rdf:parseType='Resource'><e:City>" + CITY + b"</e:City></rdf:li></rdf:Bag>"
)
PLACES = {
    "GPS directory": exif(others=GPS, link=0x8825),
    "GPS directory of the camera's": exif(camera={0x8825: number(0)}, others=GPS, link=0x8825),
    "Panasonic's note": exif({0x010F: data(b"Panasonic\0", 2)}, {0x927C: data(b"Panasonic\0\0\0" + CITY)}),
    "Samsung's note": exif({0x010F: data(b"SAMSUNG\0", 2)}, {0x927C: data(b"\7\0" + CITY)}),
    "a note with GPS": exif(camera={0x927C: data(b"MKNT GPS=" + CITY)}),
}  # fmt: skip
PLACE_PACKETS = {
    "photoshop:City": b"<photoshop:City>" + CITY + b"</photoshop:City>",
    "photoshop:Country": b"<rdf:Description photoshop:Country='" + CITY + b"'/>",
    "Iptc4xmpExt:LocationShown": b"<e:LocationShown>" + AREA + b"</e:LocationShown>",
    "Iptc4xmpExt:LocationCreated": b"<e:LocationCreated>" + AREA + b"</e:LocationCreated>",
    "dc:coverage": b"<dc:coverage>" + CITY + b"</dc:coverage>",
    "exif:GPSLatitude": b"<exif:GPSLatitude>" + CITY + b"</exif:GPSLatitude>",
    "GPS as attribute": b"<rdf:Description exif:GPSLongitude='" + CITY + b"'/>",
    "a drone's": b"<rdf:Description drone-dji:GpsLatitude='" + CITY + b"'/>",
    "W3C's": b"<rdf:Description geo:lat='" + CITY + b"'/>",
}  # fmt: skip
PLACED = {
    **{name: in_jpeg(segment(0xE1, b"Exif\0\0" + block)) for name, block in PLACES.items()},
    **{name: in_jpeg(segment(0xE1, XMP + described(text))) for name, text in PLACE_PACKETS.items()},
    **{f"IPTC 2:{n}": in_jpeg(segment(0xED, wrap(specimens.IPTC + iptc(n)))) for n in (26, 27, 90, 92, 95, 100, 101)},
    "a text": specimens.png(1, 1, 8, 0, b"\0\x7f", specimens.chunk(b"tEXt", b"exif:GPSLatitude\0" + CITY)),
    "a packed block": specimens.png(
        1, 1, 8, 0, b"\0\x7f", specimens.chunk(b"tEXt", b"Raw profile type iptc\0\niptc\n 1\n" + wrap(iptc(90))[14:].hex().encode())
    ),
}  # fmt: skip


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("name", PLACED)
def test_no_place_leaves_where_none_is_wanted(name: str, target: str) -> None:
    photo = load_bytes(PLACED[name])
    written = encode(photo, SaveOptions(format=target, strip_gps=True))
    for mark in (CITY, CITY.hex().encode(), struct.pack("<4I", 52, 1, 31, 1)):
        assert mark not in written
    if "IPTC" in name and target in ("jpeg", "tiff"):
        assert b"Ada" in (load_bytes(written).metadata.iptc or b"")
    with Image.open(io.BytesIO(written)) as image:
        assert not image.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("name", [name for name in PLACED if "note" not in name])
def test_a_place_stays_where_it_is_not_unwanted(name: str) -> None:
    photo = load_bytes(PLACED[name])
    kept = photo.metadata
    blocks = (kept.exif or b"", kept.xmp or b"", kept.iptc or b"", str(kept.texts).encode())
    assert any(CITY in block for block in blocks)


def test_regions_and_places_in_pixels_follow_or_go() -> None:
    regions = b"<mwg-rs:Regions><mwg-rs:RegionList><rdf:Bag><rdf:li>Ada's face</rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    block = exif(camera={0x9214: number(9, 9, kind=3), 0xA002: number(64), 0xA003: number(48)})
    size = b"<rdf:Description exif:PixelXDimension='64' exif:PixelYDimension='48'/>"
    whole = load_bytes(
        in_jpeg(segment(0xE1, b"Exif\0\0" + block), segment(0xE1, XMP + described(regions, size)))
    )
    cropped = whole.with_frame(np.ascontiguousarray(whole.pixels[8:40, 4:44]), None)
    for photo, stays in ((whole, True), (cropped, False)):
        written = encode(photo)
        packet = load_bytes(written).metadata.xmp or b""
        assert (b"Ada's face" in packet) == stays
        assert b"PixelXDimension='%d'" % photo.width in packet
        with Image.open(io.BytesIO(written)) as image:
            camera = image.getexif().get_ifd(0x8769)
        assert (0x9214 in camera) == stays
        assert (camera[0xA002], camera[0xA003]) == (photo.width, photo.height)

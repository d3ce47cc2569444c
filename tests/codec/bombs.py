"""Make files that ask for far more than they are: `python -m tests.codec.bombs FOLDER` writes all.

Each name says what lies; sizes are chosen so that each would cost seconds or gigabytes if it were
believed, and is made in a moment.
"""

import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import imagecodecs
import numpy as np

from tests.codec import specimens

Maker = Callable[[], bytes]
SCAN: Final = b"\xff\xda"
IPTC: Final = b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\xff\0" + b"\x1c\2\x05\0\0" * 13_000
TABLES: Final = (b"\0" + bytes(range(1, 65))) * 1000
CIRCLE: Final = b"\x08\0\0\0" * 4


def jpeg(pixels: np.ndarray | None = None) -> bytes:
    return specimens.pil(specimens.scene() if pixels is None else pixels, "JPEG")


def in_jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    plain = jpeg()
    return b"".join([plain[:2], *segments, plain[2:], behind])


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def in_png(*chunks: bytes, size: tuple[int, int] = (64, 64)) -> bytes:
    width, height = size
    rows = (b"\0" + bytes(3 * width)) * height
    return specimens.png(width, height, 8, 2, rows, *chunks)


def packet(text: bytes) -> bytes:
    raw = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(text, 9)
    return in_png(specimens.chunk(b"iTXt", raw))


def tiff(fields: dict[int, tuple[int, bytes, int]], body: bytes, big: bool = False) -> bytes:
    """One page: fields by tag as type, bytes and count; `body` begins behind the header."""
    if big:
        head, wide, mark = 16, 8, b"II+\0\x08\0\0\0"
    else:
        head, wide, mark = 8, 4, b"II*\0"
    count_size = 8 if big else 2
    start = head + len(body)
    values = start + count_size + len(fields) * (4 + 2 * wide) + wide
    records, more = len(fields).to_bytes(count_size, "little"), b""
    for tag, (kind, raw, count) in sorted(fields.items()):
        value = raw.ljust(wide, b"\0")
        if len(raw) > wide:
            value = (values + len(more)).to_bytes(wide, "little")
            more += raw
        records += struct.pack("<HH", tag, kind) + count.to_bytes(wide, "little") + value
    pointer = start.to_bytes(wide, "little")
    return mark + pointer + body + records + bytes(wide) + more


def number(*values: int, kind: int = 4) -> tuple[int, bytes, int]:
    code = {3: "H", 4: "I", 16: "Q"}[kind]
    return kind, struct.pack(f"<{len(values)}{code}", *values), len(values)


def page(
    width: int, height: int, body: bytes, compression: int = 8, **more: tuple[int, bytes, int]
) -> bytes:
    """An RGB page with one strip; `tNNN=` sets or, if None, leaves out a field."""
    fields = {
        256: number(width), 257: number(height), 258: number(8, 8, 8, kind=3),
        259: number(compression, kind=3), 262: number(2, kind=3), 273: number(8),
        277: number(3, kind=3), 278: number(height), 279: number(len(body)), 284: number(1, kind=3),
    }  # fmt: skip
    fields |= {int(name[1:]): value for name, value in more.items()}
    return tiff({tag: value for tag, value in fields.items() if value}, body)


@cache
def zeros(size: int, rest: int = 0, level: int = 9) -> bytes:
    """Deflate of many zeros, whole mebibytes and a rest: one piece is packed, and repeated."""
    packer, whole = zlib.compressobj(level, wbits=-15), size // 2**20
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(bytes(rest)) + packer.flush()
    adler = ((whole * 2**20 + rest) % 65521 << 16) + 1
    return b"\x78\xda" + piece * whole + last + struct.pack(">I", adler)


def overlapping(size: int, entries: int, directory: int = 0x8769) -> bytes:
    """A TIFF whose EXIF (or GPS) directory has many fields that are all the same `size` bytes."""
    records = struct.pack("<H", entries)
    for number_ in range(entries):
        records += struct.pack(
            "<HHII", 0xC000 + number_ if directory == 0x8769 else number_, 7, size, 8
        )
    body = bytes(max(size, 300)) + records + bytes(4)
    place = 8 + max(size, 300)
    return page(10, 10, body, 1, t279=number(300), **{f"t{directory}": number(place)})


def exif_block(entries: int, size: int, directory: int) -> bytes:
    """The same as a bare EXIF block."""
    records = struct.pack("<H", entries)
    for number_ in range(entries):
        records += struct.pack("<HHII", number_, 7, size, 26)
    first = struct.pack("<HHHII", 1, directory, 4, 1, 26 + size) + bytes(4)
    return b"II*\0\x08\0\0\0" + first + bytes(size) + records + bytes(4)


def webp_chunks(count: int) -> bytes:
    plain = specimens.pil(specimens.scene(), "WEBP")
    body = plain[12:] + b"JUNK\0\0\0\0" * count
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def boxes(count: int, nested: bool) -> bytes:
    plain = specimens.pil(specimens.scene(), "AVIF")
    size = int.from_bytes(plain[:4], "big")
    junk = b"\0\0\0\x08free" * count
    if nested:
        inner = b"\0\0\0\0" + junk
        junk = struct.pack(">I", len(inner) + 8) + b"meta" + inner
    return plain[:size] + junk + plain[size:]


def lying_jpeg(width: int, height: int) -> bytes:
    plain = bytearray(jpeg())
    at = plain.index(b"\xff\xc0") + 5
    plain[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(plain)


def big_png(width: int, height: int, depth: int = 8) -> bytes:
    rows = height * (1 + 3 * width * depth // 8)
    body = zeros(rows, rows % 2**20, 1)
    head = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    chunks = [specimens.chunk(b"IHDR", head), specimens.chunk(b"IDAT", body)]
    return b"".join([b"\x89PNG\r\n\x1a\n", *chunks, specimens.chunk(b"IEND", b"")])


def multiplied() -> bytes:
    """A progressive file whose last scan comes thousands of times."""
    seed = specimens.pil(specimens.noise((48, 64, 3)), "JPEG", progressive=True)
    start = seed.rindex(SCAN)
    return seed[:start] + seed[start:-2] * 5000 + seed[-2:]


DEPTH: Final = 60_000

BOMBS: Final[dict[str, Maker]] = {
    # XMP: patterns that look back, unclosed things, depth
    "xmp open thumbnails": lambda: packet(b"<xmp:Thumbnails " * 65536),
    "xmp open thumbnails, closed once": lambda: packet(b"<xmp:Thumbnails>" * 65536 + b"</a>"),
    "xmp spaces": lambda: packet(b"<a" + b" " * 2**20 + b"\x01"),
    "xmp spaces in attributes": lambda: packet(b"<a " + b"b \n\t= " * 2**17),
    "xmp GPS elements without end": lambda: packet(b"<exif:GPSLatitude>" * 2**16),
    "xmp GPS attributes without end": lambda: packet(b"<a exif:GPSx='1' exif:GPSy=" * 2**15),
    "xmp open comments": lambda: packet(b"<!--" * 2**18),
    "xmp open instructions": lambda: packet(b"<?" * 2**19),
    "xmp open quotes": lambda: packet(b"<a b=\"'" * 2**17),
    "xmp deep": lambda: packet(b"<a>" * DEPTH + b"</a>" * DEPTH),
    "xmp wide": lambda: packet(b"<x>" + b"<a/>" * 2**20 + b"</x>"),
    "xmp many attributes": lambda: packet(b"<x " + b"a='1' " * 2**19 + b"/>"),
    "xmp entities": lambda: packet(
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    ),
    "xmp 64 MB packed": lambda: packet(b" " * 2**26),
    "xmp orientation": lambda: packet(b"tiff:Orientation" + b" " * 2**20),
    # metadata that lies in itself
    "tiff EXIF overlaps": lambda: overlapping(2**18, 4000),
    "tiff EXIF overlaps, 4 MB": lambda: overlapping(2**22, 4000),
    "tiff GPS overlaps": lambda: overlapping(2**20, 4000, 0x8825),
    "png EXIF overlaps": lambda: in_png(specimens.chunk(b"eXIf", exif_block(4000, 2**22, 0x8769))),
    "png GPS overlaps": lambda: in_png(specimens.chunk(b"eXIf", exif_block(4000, 2**22, 0x8825))),
    "png EXIF full of JPEG starts": lambda: in_png(
        specimens.chunk(b"eXIf", exif_block(1, 8, 0x8769) + b"x\xd8\xff\xe0\0\4ab" * 2**20)
    ),
    "png EXIF in a circle": lambda: in_png(
        specimens.chunk(b"eXIf", exif_block(1, 8, 0x8769)[:18] + CIRCLE)
    ),
    "jpeg IPTC of tiny datasets": lambda: in_jpeg(*[segment(0xED, IPTC)] * 60),
    "jpeg resources of nothing": lambda: in_jpeg(
        *[segment(0xED, b"Photoshop 3.0\0" + b"8BIM\1\1\0\0\0\0\0\0" * 5000)] * 100
    ),
    "jpeg comments, 48 MB": lambda: in_jpeg(*[segment(0xFE, bytes(65000))] * 750),
    "jpeg profile of 255 pieces": lambda: in_jpeg(
        *[segment(0xE2, b"ICC_PROFILE\0" + bytes([n, 255]) + bytes(60000)) for n in range(1, 256)]
    ),
    # parts without number
    "jpeg empty segments": lambda: in_jpeg(b"\xff\xe1\0\2" * 2_000_000),
    "jpeg starts and restarts": lambda: in_jpeg(b"\xff\xd0\xff\xd8" * 4_000_000),
    "jpeg tables": lambda: in_jpeg(*[segment(0xDB, TABLES)] * 400),
    "jpeg scans": multiplied,
    "png empty chunks": lambda: in_png(specimens.chunk(b"junk", b"") * 2_000_000),
    "png texts": lambda: in_png(specimens.chunk(b"tEXt", b"Title\0x") * 90_000),
    "png packed texts": lambda: in_png(specimens.chunk(b"zTXt", b"Title\0\0" + zeros(2**24)) * 60),
    "png packed profile": lambda: in_png(specimens.chunk(b"iCCP", b"ICC\0\0" + zeros(2**28))),
    "webp empty chunks": lambda: webp_chunks(4_000_000),
    "avif empty boxes": lambda: boxes(2_000_000, nested=False),
    "avif empty boxes in meta": lambda: boxes(2_000_000, nested=True),
    # pixels that are not there
    "png 40,000 × 5,000 of nothing": lambda: in_png(size=(64, 64)).replace(
        struct.pack(">II", 64, 64), struct.pack(">II", 40_000, 5_000)
    ),
    "png 190 MP of zeros": lambda: big_png(19_000, 10_000),
    "png 70 MP of zeros, 16 bits": lambda: big_png(10_000, 7_000, 16),
    "jpeg 4 gigapixels": lambda: lying_jpeg(65_500, 65_500),
    "jpeg 190 MP of nothing": lambda: lying_jpeg(19_000, 10_000),
    "webp 16,383²": lambda: specimens.pil(specimens.scene(), "WEBP", lossless=True).replace(
        b"VP8L", b"VP8L", 1
    )[:21] + b"\xff\xff\xff\x0f" + specimens.pil(specimens.scene(), "WEBP", lossless=True)[25:],
    "tiff one huge tile": lambda: page(
        100, 100, zeros(2**26), t273=None, t278=None, t279=None, t322=number(40_000),
        t323=number(40_000), t324=number(8), t325=number(len(zeros(2**26))),
    ),
    "tiff strip that unpacks to 256 MB": lambda: page(10, 10, zeros(2**28)),
    "tiff LZW strip that unpacks to 256 MB": lambda: page(
        10, 10, imagecodecs.lzw_encode(bytes(2**28)), 5
    ),
    "tiff PackBits strip": lambda: page(10, 10, b"\x81\0" * 2**21, 32773),
    "tiff Zstandard strip": lambda: page(10, 10, imagecodecs.zstd_encode(bytes(2**28)), 50000),
    "tiff rows per strip": lambda: page(10, 10, zeros(2**20), t278=number(2**32 - 1)),
    "tiff 190 MP of zeros": lambda: page(19_000, 10_000, zeros(19_000 * 10_000 * 3)),
    "tiff JPEG of another size": lambda: page(64, 48, lying_jpeg(20_000, 9_000), 7),
    "tiff JPEG of another height": lambda: page(64, 48, lying_jpeg(64, 60_000), 7),
    "tiff JPEG with scans": lambda: page(
        64, 48, multiplied(), 7
    ),
    "tiff a million strips": lambda: page(
        64, 1_000_000, bytes(192), 1, t278=number(1), t273=number(*[8] * 1_000_000),
        t279=number(*[192] * 1_000_000),
    ),
    "tiff strips all the same": lambda: page(
        8000, 8000, bytes(24_000) + zeros(2**26), 8, t278=number(1),
        t273=number(*[24_008] * 8000), t279=number(*[len(zeros(2**26))] * 8000),
    ),
    "tiff bits of a million samples": lambda: page(
        10, 10, bytes(300), 1, t258=(3, b"\x08\0" * 10**6, 10**6)
    ),
    "tiff palette of the whole file": lambda: page(
        10, 10, bytes(2**22), 1, t262=number(3, kind=3), t277=number(1, kind=3),
        t258=number(8, kind=3), t320=(3, bytes(2**22), 2**21),
    ),
    "tiff description of the whole file": lambda: page(
        10, 10, bytes(300), 1, t270=(2, bytes(2**25), 2**25)
    ),
    "tiff 16 channels": lambda: page(
        13_000, 13_000, zeros(2**24), 8, t277=number(16, kind=3), t258=number(*[8] * 16, kind=3)
    ),
    "tiff in a circle": lambda: page(10, 10, bytes(300), 1)[:-4] + b"\x08\0\0\0",
    "tiff resources": lambda: page(
        10, 10, bytes(300), 1, t34377=(1, b"8BIM\1\1\0\0\0\0\0\0" * 2**20, 12 * 2**20)
    ),
}  # fmt: skip


def written(folder: Path) -> Iterator[Path]:
    """Write every bomb and yield its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for number_, (name, make) in enumerate(BOMBS.items()):
        path = folder / f"{number_:02d} {name.replace('/', ' ')}"
        path.write_bytes(make())
        yield path


if __name__ == "__main__":
    for written_ in written(Path(sys.argv[1])):
        print(f"{written_.stat().st_size:12,d}  {written_.name}")  # noqa: T201

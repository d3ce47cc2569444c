"""Texts beside the picture: PNG's tEXt, zTXt and iTXt chunks (W3C PNG, third edition, 11.3.3).

ImageMagick and others keep whole blocks in them, as hexadecimal digits under the keyword `Raw
profile type …`.
"""

import zlib
from collections.abc import Iterable
from typing import Final

from freckle.codec import iptc
from freckle.codec.jpeg_parts import XMP as JPEG_XMP
from freckle.codec.limits import Budget
from freckle.photo import Text

XMP: Final = b"XML:com.adobe.xmp"
RAW: Final = b"Raw profile type "
EXIF: Final = b"Exif\0\0"
COMMENT: Final = "Comment"
"""The keyword of texts that say nothing of what they are; JPEG has no others."""
MAX_TEXTS: Final = 256
THUMBNAIL: Final = b"Thumb::"
"""Keywords of the desktop's thumbnails: they speak of another file."""
PLACES: Final = ("gps", "location", "city", "country", "latitude", "longitude", "coordinates")
"""Words in the keywords of texts that tell a place."""


def inflate(raw: bytes, limit: int, budget: Budget) -> bytes | None:
    """Decompress; None if broken, or larger than the limit or what may still be taken."""
    stream = zlib.decompressobj()
    limit = min(limit, budget.metadata)
    try:
        plain = stream.decompress(raw, max(limit, 1))
    except zlib.error:
        return None
    if not stream.eof:
        budget.take(limit + 1 if len(plain) >= budget.metadata else len(plain))
        return None
    return plain if budget.take(len(plain)) else None


def unpacked(name: bytes, payload: bytes, budget: Budget) -> tuple[bytes, bytes] | None:
    """Return keyword and text of a chunk; the text is Latin-1, of iTXt UTF-8."""
    keyword, zero, rest = payload.partition(b"\0")
    if not zero:
        return None
    packed = name == b"zTXt"
    if name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif packed:
        rest = rest[1:]
    if not packed:
        return keyword, rest
    text = inflate(rest, budget.metadata, budget)
    return None if text is None else (keyword, text)


def text_of(name: bytes, keyword: bytes, text: bytes) -> Text:
    """Return a text in Unicode."""
    coding = "utf-8" if name == b"iTXt" else "latin-1"
    return keyword.decode("latin-1"), text.decode(coding, "replace")


def block_of(keyword: bytes, text: bytes, budget: Budget) -> tuple[str, bytes] | None:
    """Return a block that is kept as a text: `exif`, `xmp` or `iptc`, and its bytes."""
    if keyword == XMP:
        return "xmp", text
    kind, raw = keyword.removeprefix(RAW), _digits(text)
    if not keyword.startswith(RAW) or not raw:
        return None
    if kind in (b"iptc", b"8bim"):
        record = iptc.unwrap(raw.removeprefix(iptc.PREFIX), budget)
        return ("iptc", record) if record else None
    if kind == b"xmp" or raw.startswith(JPEG_XMP):
        return "xmp", raw.removeprefix(JPEG_XMP)
    return ("exif", raw.removeprefix(EXIF)) if kind in (b"exif", b"APP1") else None


def _digits(text: bytes) -> bytes:
    """Decode a name, a length and digits, each on lines of their own."""
    words = text.strip().split(None, 2)
    try:
        return bytes.fromhex(words[2].decode("ascii"))
    except (IndexError, ValueError):
        return b""


def raw_iptc(record: bytes) -> tuple[bytes, bytes]:
    """Return keyword and text of an IPTC record for a PNG file."""
    block = iptc.wrap(record).removeprefix(iptc.PREFIX)
    digits = block.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return RAW + b"iptc", f"\niptc\n{len(block):8d}\n{lines}\n".encode("ascii")


def packed(keyword: str, text: str) -> tuple[bytes, bytes]:
    """Return name and payload of the chunk that holds a text."""
    head = keyword.encode("latin-1", "replace")[:79] or b"Comment"
    try:
        return b"tEXt", head + b"\0" + text.replace("\0", " ").encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", head + b"\0\0\0\0\0" + text.replace("\0", " ").encode("utf-8")


def without_place(given: Iterable[Text]) -> tuple[Text, ...]:
    """Leave out the texts whose keywords speak of a place."""
    return tuple(each for each in given if not any(word in each[0].lower() for word in PLACES))

"""Name what of a JPEG file a new file will not have; nothing is named that was not there."""

from collections.abc import Iterator
from typing import Final

from freckle.codec import iptc, xmp
from freckle.codec.jpeg_parts import Parts
from freckle.photo import Metadata

EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
ISO_GAIN_MAP: Final = b"urn:iso:std:iso:ts:21496:-1\0"
KNOWN: Final = (
    (0, b"JFIF\0"),
    (0, b"JFXX\0"),
    (1, b"Exif\0\0"),
    (1, b"http://ns.adobe.com/"),
    (2, b"ICC_PROFILE\0"),
    (2, b"MPF\0"),
    (2, ISO_GAIN_MAP),
    (11, b"JP"),
    (12, b"Ducky"),
    (13, iptc.PREFIX),
    (13, b"Adobe_CM"),
    (14, b"Adobe"),
)
"""Segments that are carried, named below, or mere settings of the program that wrote them."""


def named(parts: Parts, metadata: Metadata) -> tuple[str, ...]:
    """Return sentences on what lies in the file beside its picture and is not carried."""
    return tuple(_sentences(parts, metadata))


def _sentences(parts: Parts, metadata: Metadata) -> Iterator[str]:
    yield from _behind(parts, metadata)
    if parts.has(1, EXTENDED_XMP):
        yield "The extended part of the XMP block is not kept."
    if parts.has(11, b"JP"):
        yield "The Content Credentials (C2PA) are not kept; they would not hold any more."
    if _has_paths(parts):
        yield "Photoshop's clipping paths are not kept."
    others = sorted({n for n, start, end in parts.applications if not _known(parts, n, start, end)})
    if others:
        listed = ", ".join(f"APP{number}" for number in others)
        yield f"Data of other programs and of the camera's maker ({listed}) are not kept."


def _behind(parts: Parts, metadata: Metadata) -> Iterator[str]:
    """Name what lies behind the picture's end."""
    data, end = parts.data, parts.end
    video, picture = data.find(b"ftyp", end) >= 0, data.find(b"\xff\xd8\xff", end) >= 0
    if video:
        yield "The video of the motion photo is not kept."
    if picture and (parts.has(2, ISO_GAIN_MAP) or xmp.has_gain_map(metadata.xmp or b"")):
        yield "The HDR gain map is not kept: it belongs to the unretouched picture."
    elif picture:
        yield "The file holds more pictures, such as previews; only the first is kept."
    if not video and not picture and len(data) - end > 16 and data[end:].strip(b"\0\xff\r\n "):
        yield "What lies behind the picture's end in the file is not kept."


def _known(parts: Parts, number: int, start: int, end: int) -> bool:
    return start == end or any(
        number == each and parts.data.startswith(prefix, start, end) for each, prefix in KNOWN
    )


def _has_paths(parts: Parts) -> bool:
    resources = b"".join(parts.payloads(13, iptc.PREFIX))
    return any(kind in iptc.PATHS for kind, _ in iptc.resources(resources, parts.budget))

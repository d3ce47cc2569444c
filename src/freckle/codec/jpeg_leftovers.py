"""Name what of a JPEG file a new file will not have; nothing is named that was not there."""

from collections.abc import Iterator
from typing import Final

from freckle.codec import iptc, xmp
from freckle.codec.gain_map import START, Span
from freckle.codec.gain_settings import URN
from freckle.codec.jpeg_parts import Parts
from freckle.photo import GainMap, Metadata

EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
KNOWN: Final = (
    (0, b"JFIF\0"),
    (0, b"JFXX\0"),
    (1, b"Exif\0\0"),
    (1, b"http://ns.adobe.com/"),
    (2, b"ICC_PROFILE\0"),
    (2, b"MPF\0"),
    (2, URN),
    (11, b"JP"),
    (12, b"Ducky"),
    (13, iptc.PREFIX),
    (13, b"Adobe_CM"),
    (14, b"Adobe"),
)
"""Segments that are carried, named below, or mere settings of the program that wrote them."""


def named(
    parts: Parts, metadata: Metadata, gain: GainMap | None = None, place: Span | None = None
) -> tuple[str, ...]:
    """Return sentences on what lies in the file beside its picture and is not carried.

    `place` is where a gain map lies; `gain` is there if it is carried.
    """
    return tuple(dict.fromkeys(_sentences(parts, metadata, gain, place)))


def _sentences(
    parts: Parts, metadata: Metadata, gain: GainMap | None, place: Span | None
) -> Iterator[str]:
    if gain is None or place is None:
        yield from _behind(parts, metadata, (parts.end, len(parts.data)), mapped=place is not None)
    else:
        for part in ((parts.end, place[0]), (place[1], len(parts.data))):
            yield from _behind(parts, metadata, part)
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


def _behind(
    parts: Parts, metadata: Metadata, part: Span, *, mapped: bool | None = None
) -> Iterator[str]:
    """Name what lies behind the picture's end.

    `mapped` is None where the gain map is carried; else it says whether one was found.
    """
    data, (start, end) = parts.data, part
    video, picture = (data.find(sign, start, end) >= 0 for sign in (b"ftyp", START))
    if video:
        yield "The video of the motion photo is not kept."
    told = parts.has(2, URN) or xmp.has_gain_map(metadata.xmp or b"")
    if mapped or (mapped is False and picture and told):
        yield "The HDR gain map is not kept: it is of a kind that freckle does not write."
    elif picture:
        yield "The file holds more pictures, such as previews; only the first is kept."
    rest = data[start:end] if end - start > 16 and not video and not picture else b""
    if rest.strip(b"\0\xff\r\n "):
        yield "What lies behind the picture's end in the file is not kept."


def _known(parts: Parts, number: int, start: int, end: int) -> bool:
    return start == end or any(
        number == each and parts.data.startswith(prefix, start, end) for each, prefix in KNOWN
    )


def _has_paths(parts: Parts) -> bool:
    resources = b"".join(parts.payloads(13, iptc.PREFIX))
    return any(kind in iptc.PATHS for kind, _ in iptc.resources(resources, parts.budget))

"""Gain maps of JPEG files: a second picture behind the first, found, decoded, and written anew.

The layout is Ultra HDR's 1.1 (Android, 2024): the first picture's XMP lists both (GContainer), an
index (CIPA DC-007, MPF) says where they lie, and the second says in XMP and in the binary form of
ISO 21496-1 what its values mean.
"""

import struct
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import numpy as np
import simplejpeg  # type: ignore[import-untyped]  # it ships none

from freckle.codec import gain_settings, xmp
from freckle.codec.channels import as_pixels
from freckle.codec.gain_settings import RDF, SPACE, URN, VERSION
from freckle.codec.jpeg_parts import SEGMENT, XMP, Frame, Parts, segment, walk
from freckle.codec.limits import check_ratio
from freckle.errors import Refusal
from freckle.photo import GainMap, GainNumbers, Pixels

START: Final = b"\xff\xd8\xff"
MPF: Final = b"MPF\0"
MOST_PICTURES: Final = 8
"""Pictures behind the first that are looked at."""
QUALITY: Final = 95
PRIMARY: Final = 0x030000
"""What the index calls the first picture (a baseline primary image)."""
CONTAINER: Final = (
    b'<rdf:Description xmlns:rdf="' + RDF + b'" xmlns:hdrgm="' + SPACE + b'" '
    b'xmlns:Container="' + xmp.SPACES[b"Container"] + b'" '
    b'xmlns:Item="' + xmp.SPACES[b"Item"] + b'" hdrgm:Version="' + VERSION + b'">'
    b"<Container:Directory><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource">'
    b'<Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>'
    b'<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" '
    b'Item:Mime="image/jpeg" Item:Length="%d"/></rdf:li>'
    b"</rdf:Seq></Container:Directory></rdf:Description>"
)

Span = tuple[int, int]


def pictures(parts: Parts) -> Iterator[tuple[Parts, Frame, Span]]:
    """Yield the whole JPEG pictures behind the first one, and where they lie."""
    place = parts.end
    for _ in range(MOST_PICTURES):
        place = parts.data.find(START, place)
        if place < 0:
            return
        try:
            found, frame = walk(parts.data, parts.budget, place)
        except Refusal:
            place += len(START)
            continue
        yield found, frame, (place, found.end)
        place = found.end


def find(parts: Parts, frame: Frame) -> tuple[GainMap | None, Span | None]:
    """Return the gain map behind a picture, as it is stored, and where it lies.

    None instead of the map where it is none that can be carried.
    """
    for found, second, span in pictures(parts):
        if not _is_map(found):
            continue
        settings = _settings(found)
        fitting = settings is not None and _fits(second, frame)
        values = _decoded(found, second, span) if fitting else None
        if settings is None or values is None:
            return None, span
        return GainMap(values, **asdict(settings)), span
    return None, None


def _is_map(parts: Parts) -> bool:
    packet = next(iter(parts.payloads(1, XMP)), b"")
    return SPACE in packet or xmp.SPACES[b"HDRGainMap"] in packet or parts.has(2, URN)


def _settings(parts: Parts) -> GainNumbers | None:
    for packet in parts.payloads(1, XMP):
        if SPACE in packet:
            return gain_settings.of_xmp(packet)
    return next((gain_settings.of_iso(raw) for raw in parts.payloads(2, URN)), None)


def _fits(second: Frame, first: Frame) -> bool:
    """Whether a map lies over the whole picture: no larger, and of its shape."""
    if len(second.sampling) not in (1, 3) or min(second.width, second.height) < 1:
        return False
    apart = abs(second.width * first.height - second.height * first.width)
    within = second.width <= first.width and second.height <= first.height
    return within and apart <= 2 * max(first.width, first.height)


def _decoded(parts: Parts, frame: Frame, span: Span) -> Pixels | None:
    kind = "GRAY" if len(frame.sampling) == 1 else "RGB"
    try:
        check_ratio(span[1] - span[0], len(frame.sampling) * frame.width * frame.height)
        return as_pixels(simplejpeg.decode_jpeg(parts.data[slice(*span)], kind, strict=True))
    except (ValueError, Refusal):
        return None


def encoded(gain: GainMap) -> bytes:
    """Return a gain map's own picture."""
    values = np.ascontiguousarray(gain.values)
    kind = "RGB" if gain.colored else "GRAY"
    body = simplejpeg.encode_jpeg(values, QUALITY, kind, "444" if gain.colored else "Gray")
    packet = gain_settings.xmp_of(gain, colored=gain.colored)
    binary = gain_settings.iso_of(gain, colored=gain.colored)
    return b"".join(
        [body[:20], segment(0xE1, XMP + packet), segment(0xE2, URN + binary), body[20:]]
    )


def packet_with(packet: bytes | None, length: int) -> bytes | None:
    """Return the first picture's packet with the list of both; as it is where it has no room."""
    listed = xmp.added(packet, CONTAINER % length)
    return listed if len(XMP) + len(listed) <= SEGMENT else packet


def joined(head: bytes, tail: memoryview, second: bytes) -> bytes:
    """Put both pictures into one file; the index comes between head and tail of the first.

    `head` is the first picture's start with its metadata, `tail` what follows.
    """
    version = segment(0xE2, URN + bytes(4))
    before = len(head) + len(version)
    first = before + len(index(0, 0, 0)) + len(tail)
    at = before + 4 + len(MPF)  # offsets count from the index's own first byte
    return b"".join([head, version, index(first, len(second), first - at), tail, second])


def index(first: int, second: int, offset: int) -> bytes:
    """Return the segment that says how long two pictures are, and where the second begins."""
    fields = struct.pack(">2HI4s", 0xB000, 7, 4, b"0100")
    fields += struct.pack(">2H2I", 0xB001, 4, 1, 2) + struct.pack(">2H2I", 0xB002, 7, 32, 50)
    table = struct.pack(">H", 3) + fields + struct.pack(">I", 0)
    entries = struct.pack(">3I2H", PRIMARY, first, 0, 0, 0)
    entries += struct.pack(">3I2H", 0, second, offset, 0, 0)
    return segment(0xE2, MPF + INDEX_START + table + entries)


INDEX_START: Final = b"MM\0*\0\0\0\x08"
FIRST_LENGTH: Final = 54
"""Where the index has the first picture's length."""


def lengthened(data: bytes, by: int) -> bytes | None:
    """Return a file of two pictures whose index says that the first is longer by some bytes.

    None where there is no index as `index` writes it.
    """
    at = data.find(MPF + INDEX_START)
    if at < 0:
        return None
    place = at + len(MPF) + FIRST_LENGTH
    told = int.from_bytes(data[place : place + 4], "big") + by
    return data[:place] + told.to_bytes(4, "big") + data[place + 4 :]

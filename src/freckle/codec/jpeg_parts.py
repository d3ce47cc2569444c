"""Walk a JPEG file's segments without decoding it (ITU-T T.81)."""

import re
from dataclasses import dataclass, field
from typing import Final

from freckle.codec.limits import MAX_SCANS, Budget, damaged, incomplete, not_accepted
from freckle.errors import Refusal

NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""In entropy-coded data: anything but stuffed zeros, fill bytes and restart markers."""
SOS, DQT, EOI, TEM, COM = 0xDA, 0xDB, 0xD9, 0x01, 0xFE
FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
READ_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive Huffman coding."""
XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
"""What a segment with an XMP packet begins with."""
SEGMENT: Final = 65_533
"""Bytes that one segment can carry beside its own length."""
TABLES: Final = 4 * 129
"""Bytes of four quantisation tables, the most there can be."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size and its components' sampling factors."""

    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Parts:
    """What lies in the file beside the coded pixels."""

    data: bytes
    budget: Budget
    frame: Frame | None = None
    tables: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Quantisation tables in zigzag order, by number."""
    applications: list[tuple[int, int, int]] = field(default_factory=list)
    """APPn segments: n, and where the payload begins and has ended."""
    comments: list[tuple[int, int]] = field(default_factory=list)
    scans: int = 0
    end: int = 0
    """Offset behind the end-of-image marker."""

    def payloads(self, number: int, prefix: bytes) -> list[bytes]:
        """Return the APPn payloads that begin with a prefix, without it, within the budget."""
        return [
            self.data[start + len(prefix) : end]
            for found, start, end in self.applications
            if found == number
            and self.data.startswith(prefix, start, end)
            and self.budget.take(end - start)
        ]

    def has(self, number: int, prefix: bytes) -> bool:
        """Whether there is an APPn payload that begins with a prefix."""
        return any(
            found == number and self.data.startswith(prefix, start, end)
            for found, start, end in self.applications
        )


def walk(data: bytes, budget: Budget, start: int = 0) -> tuple[Parts, Frame]:
    """Read every segment of the picture at an offset, up to its end marker.

    Refuses a file without that marker (`incomplete`), with more than 100 scans (`too_slow`), with
    a coding that libjpeg-turbo does not decode here (`type_not_accepted`), or `damaged`.
    """
    parts = Parts(data, budget)
    place = start + 2
    while True:
        budget.part()
        marker, place = _marker(data, place)
        if marker == EOI:
            break
        if marker == TEM or 0xD0 <= marker <= 0xD8:
            continue
        size = int.from_bytes(data[place : place + 2], "big")
        if size < 2:
            raise damaged("A segment of the JPEG file has an impossible length.")
        if place + size > len(data):
            raise incomplete("The JPEG file ends inside a segment.")
        _keep(parts, marker, place + 2, place + size)
        place += size
        if marker == SOS:
            place = _skip_scan(parts, data, place)
    parts.end = place
    if parts.frame is None or parts.scans == 0:
        raise damaged("The JPEG file holds no picture.")
    return parts, parts.frame


def _marker(data: bytes, place: int) -> tuple[int, int]:
    """Return the marker at or soon behind `place`, and the offset behind it."""
    found = NEXT_MARKER.search(data, place)
    if found is None:
        raise incomplete("The JPEG file has no end: part of the picture is missing.")
    return data[found.end() - 1], found.end()


def _skip_scan(parts: Parts, data: bytes, place: int) -> int:
    parts.scans += 1
    if parts.scans > MAX_SCANS:
        raise Refusal(
            "too_slow",
            f"The JPEG file has more than {MAX_SCANS} scans, which no camera or editor writes.",
            "Export it again from its source.",
        )
    found = NEXT_MARKER.search(data, place)
    if found is None:
        raise incomplete("The JPEG file has no end: part of the picture is missing.")
    return found.start()


def _keep(parts: Parts, marker: int, start: int, end: int) -> None:
    if 0xE0 <= marker <= 0xEF:
        parts.applications.append((marker - 0xE0, start, end))
    elif marker == COM:
        parts.comments.append((start, end))
    elif marker == DQT:
        _keep_tables(parts, parts.data[start : min(end, start + TABLES)])
    elif marker in FRAMES:
        payload = parts.data[start:end]
        if marker not in READ_FRAMES or payload[:1] != b"\x08":
            raise not_accepted("The JPEG file uses a coding for science or medicine.")
        if parts.frame is not None:
            raise damaged("The JPEG file describes its picture twice.")
        parts.frame = _frame(payload)


def _frame(payload: bytes) -> Frame:
    count = payload[5] if len(payload) > 5 else 0
    if count not in (1, 3, 4) or len(payload) < 6 + 3 * count:
        raise damaged(f"The JPEG file says it has {count} color channels.")
    factors = [payload[7 + 3 * index] for index in range(count)]
    return Frame(
        width=int.from_bytes(payload[3:5], "big"),
        height=int.from_bytes(payload[1:3], "big"),
        sampling=tuple((factor >> 4, factor & 15) for factor in factors),
    )


def _keep_tables(parts: Parts, payload: bytes) -> None:
    place = 0
    while place < len(payload):
        width = 2 if payload[place] >> 4 else 1
        raw = payload[place + 1 : place + 1 + 64 * width]
        if len(raw) < 64 * width:
            return
        values = tuple(
            int.from_bytes(raw[at : at + width], "big") for at in range(0, 64 * width, width)
        )
        parts.tables[payload[place] & 15] = values
        place += 1 + 64 * width


def segment(marker: int, payload: bytes) -> bytes:
    """Return a segment of a JPEG file."""
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload

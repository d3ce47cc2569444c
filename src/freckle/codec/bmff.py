"""Walk the boxes of AVIF and HEIC files (ISO/IEC 14496-12, 23008-12)."""

from collections.abc import Iterator
from typing import Final

from freckle.codec.limits import Budget, damaged, incomplete

MAX_BOXES: Final = 4096
FULL: Final = frozenset({b"meta"})
"""Containers whose content begins behind 4 bytes of version and flags."""


def check_complete(data: bytes) -> None:
    """Refuse a file whose outermost boxes reach over its end (`incomplete`)."""
    place = 0
    for _ in range(MAX_BOXES):
        if place == len(data):
            return
        size, head = _head(data, place, len(data))
        if size < head:
            raise damaged("A part of the file has an impossible length.")
        if place + size > len(data):
            raise incomplete("The file is shorter than it says: part of the picture is missing.")
        place += size
    raise damaged("The file falls into too many parts.")


def find(data: bytes, budget: Budget, *path: bytes) -> list[bytes]:
    """Return the contents of every box at a path of names, such as meta, iprp, ipco, av1C."""
    spans = [(0, len(data))]
    for name in path:
        spans = [
            (start + 4 * (name in FULL), end)
            for span in spans
            for found, start, end in _children(data, budget, *span)
            if found == name
        ]
    return [data[start:end] for start, end in spans if budget.take(end - start)]


def maps_tones(data: bytes, budget: Budget) -> bool:
    """Whether a gain map comes with the picture: an item of tone mapping (ISO/IEC 23008-12)."""
    for table in find(data, budget, b"meta", b"iinf"):
        start = 8 if table[:1] != b"\0" else 6  # version and flags, then the count of items
        for name, place, end in _children(table, budget, start, len(table)):
            long = 2 if table[place : place + 1] == b"\3" else 0  # its number takes 4 bytes
            if name == b"infe" and table[place + 8 + long : end][:4] == b"tmap":
                return True
    return False


def _children(
    data: bytes, budget: Budget, place: int, end: int
) -> Iterator[tuple[bytes, int, int]]:
    while place + 8 <= end:
        budget.part()
        size, head = _head(data, place, end)
        if size < head or place + size > end:
            return
        yield data[place + 4 : place + 8], place + head, place + size
        place += size


def _head(data: bytes, place: int, end: int) -> tuple[int, int]:
    """Return a box's whole length and the length of its head."""
    size = int.from_bytes(data[place : place + 4], "big")
    if size == 1:
        return int.from_bytes(data[place + 8 : place + 16], "big"), 16
    return (end - place if size == 0 else size), 8

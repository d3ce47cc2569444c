"""Walk the boxes of AVIF and HEIC files (ISO/IEC 14496-12, 23008-12)."""

from collections.abc import Iterator
from typing import Final

from freckle.codec.limits import Budget, damaged, incomplete

MAX_BOXES: Final = 4096
ALPHA: Final = frozenset({
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    b"urn:mpeg:hevc:2015:auxid:1",
    b"urn:mpeg:avc:2015:auxid:1",
})  # fmt: skip
"""What an auxiliary picture is called that is part of the picture."""
COMPANIONS: Final = {
    "The HDR gain map is not kept.": (b"hdrgainmap",),
    "The depth map is not kept.": (b"auxid:2", b"depth", b"disparity"),
    "Masks of parts of the picture are not kept.": (b"matte",),
}
"""What is said of companions, by what their names hold (Apple's, ISO/IEC 23001-8, 23008-12)."""
FURTHER: Final = "A further picture that comes with the file is not kept."
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


def dropped(data: bytes, budget: Budget) -> tuple[str, ...]:
    """Name what comes with the picture and is not kept: gain map, depth map, masks."""
    boxes = find(data, budget, b"meta", b"iprp", b"ipco", b"auxC")
    names = {box[4:].partition(b"\0")[0] for box in boxes} - ALPHA
    said = {_said(name) for name in names}
    if _maps_tones(data, budget):
        said.add(next(iter(COMPANIONS)))
    return tuple(each for each in (*COMPANIONS, FURTHER) if each in said)


def _said(name: bytes) -> str:
    lower = name.lower()
    return next(
        (each for each, parts in COMPANIONS.items() if any(part in lower for part in parts)),
        FURTHER,
    )


def _maps_tones(data: bytes, budget: Budget) -> bool:
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

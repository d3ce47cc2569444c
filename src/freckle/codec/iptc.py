"""IPTC-IIM records (IIM 4.2) inside Photoshop's image resource blocks (Adobe, 2019)."""

from collections.abc import Iterator
from typing import Final

from freckle.codec.limits import Budget

PREFIX: Final = b"Photoshop 3.0\0"
IIM: Final = 0x0404
MARK: Final = b"8BIM"
PATHS: Final = range(2000, 2999)
"""Resources that hold clipping paths."""
PLACES: Final = frozenset({(2, kind) for kind in (26, 27, 90, 92, 95, 100, 101)})
"""Content location, city, sublocation, province, country; as record and dataset."""
PREVIEWS: Final = frozenset({(2, 200), (2, 201), (2, 202)})
PICTURES: Final = frozenset({7, 8, 9})
"""Records that hold the object itself."""
MAX_DATASETS: Final = 20_000


def resources(block: bytes, budget: Budget) -> Iterator[tuple[int, bytes]]:
    """Yield the kinds and contents of image resources (without `PREFIX`)."""
    place = 0
    while block[place : place + 4] == MARK:
        budget.part()
        kind = int.from_bytes(block[place + 4 : place + 6], "big")
        name = block[place + 6] if place + 6 < len(block) else 0
        # The name is a Pascal string padded to an even length; so is the data.
        start = place + 6 + name + 1 + (name + 1) % 2
        size = int.from_bytes(block[start : start + 4], "big")
        yield kind, block[start + 4 : start + 4 + size]
        place = start + 4 + size + size % 2


def unwrap(block: bytes, budget: Budget) -> bytes | None:
    """Find the IPTC record among the resources; None if there is none."""
    return next((data or None for kind, data in resources(block, budget) if kind == IIM), None)


def wrap(record: bytes) -> bytes:
    """Put an IPTC record into one resource block, with `PREFIX`."""
    head = MARK + IIM.to_bytes(2, "big") + b"\0\0" + len(record).to_bytes(4, "big")
    return PREFIX + head + record + bytes(len(record) % 2)


def settle(record: bytes) -> bytes | None:
    """Drop the preview of the unretouched picture; None if nothing is left."""
    return _kept(record, PREVIEWS)


def without_place(record: bytes) -> bytes | None:
    """Remove city, country and other places; None if nothing is left."""
    return _kept(record, PLACES)


def _kept(record: bytes, unwanted: frozenset[tuple[int, int]]) -> bytes | None:
    """Keep the datasets that are wanted, up to the first that cannot be read."""
    kept: list[bytes] = []
    place = 0
    for _ in range(MAX_DATASETS):
        if record[place : place + 1] != b"\x1c" or place + 5 > len(record):
            break
        size, head = int.from_bytes(record[place + 3 : place + 5], "big"), 5
        if size & 0x8000:  # the length of the length
            wide = min(size & 0x7FFF, 8)
            size = int.from_bytes(record[place + 5 : place + 5 + wide], "big")
            head += wide
        end = place + head + size
        kind = record[place + 1], record[place + 2]
        if kind not in unwanted and kind[0] not in PICTURES and end <= len(record):
            kept.append(record[place:end])
        place = end
    return b"".join(kept) or None

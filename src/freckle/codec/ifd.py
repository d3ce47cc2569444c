"""Read the directories of a TIFF-structured block: TIFF files, camera RAW, EXIF."""

from dataclasses import dataclass
from typing import Final, Literal, Self

Order = Literal["little", "big"]

SIZES: Final = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
    16: 8, 17: 8, 18: 8,
}  # fmt: skip
"""Bytes of one value of each field type (TIFF 6.0 section 2, EXIF 2.32, BigTIFF)."""
INTEGERS: Final = frozenset({1, 3, 4, 13, 16, 18})
MAX_ENTRIES: Final = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: what it is and where its bytes lie in the block."""

    tag: int
    kind: int
    count: int
    place: int
    """Offset of the value's first byte."""
    size: int
    """Bytes of the value."""
    record: int
    """Offset of the directory record."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The fields of one image file directory whose bytes are really there."""

    start: int
    end: int
    """Offset of the pointer to the next directory."""
    entries: dict[int, Entry]
    following: int
    """Offset of the next directory, 0 for none."""


@dataclass(frozen=True, slots=True)
class Block:
    """A TIFF-structured block of bytes; every access stays inside it."""

    data: bytes
    order: Order
    big: bool
    """BigTIFF: 64-bit offsets."""
    first: int
    """Offset of the first directory."""

    @classmethod
    def open(cls, data: bytes) -> Self | None:
        """Read the header; None if this is no TIFF structure."""
        orders: dict[bytes, Order] = {b"II": "little", b"MM": "big"}
        order = orders.get(data[:2])
        if order is None or len(data) < 16:
            return None
        version = int.from_bytes(data[2:4], order)
        big = version == 43
        # Olympus and Panasonic write their own version numbers into otherwise plain TIFF.
        if not big and version not in (42, 0x4F52, 0x5352, 0x55):
            return None
        first = int.from_bytes(data[8:16] if big else data[4:8], order)
        return cls(data, order, big, first)

    def number(self, place: int, size: int) -> int:
        """Read an unsigned integer; bytes beyond the end count as absent."""
        return int.from_bytes(self.data[place : place + size], self.order)

    def directory(self, start: int) -> Directory | None:
        """Read the directory at an offset; None if it does not lie inside the block."""
        head, record, pointer = (8, 20, 8) if self.big else (2, 12, 4)
        count = self.number(start, head)
        end = start + head + count * record
        if start < 8 or count > MAX_ENTRIES or end > len(self.data):
            return None
        places = range(start + head, end, record)
        found = [entry for place in places if (entry := self._entry(place)) is not None]
        return Directory(
            start, end, {entry.tag: entry for entry in found}, self.number(end, pointer)
        )

    def _entry(self, record: int) -> Entry | None:
        wide = 8 if self.big else 4
        kind = self.number(record + 2, 2)
        count = self.number(record + 4, wide)
        size = SIZES.get(kind, 0) * count
        inline = record + 4 + wide
        place = inline if size <= wide else self.number(inline, wide)
        if kind not in SIZES or place + size > len(self.data):
            return None
        return Entry(self.number(record, 2), kind, count, place, size, record)

    def chain(self, limit: int = 32) -> list[Directory]:
        """Read the directories that follow one another, each once, `limit` at most."""
        found: list[Directory] = []
        seen: set[int] = set()
        start = self.first
        while start and start not in seen and len(found) < limit:
            seen.add(start)
            directory = self.directory(start)
            if directory is None:
                break
            found.append(directory)
            start = directory.following
        return found

    def raw(self, entry: Entry) -> bytes:
        """Return a field's bytes as they are."""
        return self.data[entry.place : entry.place + entry.size]

    def numbers(self, entry: Entry | None, limit: int = 1 << 20) -> tuple[int, ...]:
        """Return a field's unsigned integers; empty for an absent field or another type."""
        if entry is None or entry.kind not in INTEGERS or entry.count > limit:
            return ()
        size = SIZES[entry.kind]
        places = range(entry.place, entry.place + entry.size, size)
        return tuple(self.number(place, size) for place in places)

    def ratio(self, entry: Entry | None) -> float | None:
        """Return an unsigned rational's value, None if absent or without sense."""
        if entry is None or entry.kind != 5 or entry.count < 1:
            return None
        below = self.number(entry.place + 4, 4)
        return self.number(entry.place, 4) / below if below else None

    def child(self, directory: Directory, tag: int) -> Directory | None:
        """Follow a pointer field to the directory it names."""
        places = self.numbers(directory.entries.get(tag), limit=64)
        return self.directory(places[0]) if places else None

"""Build EXIF blocks: out of a TIFF or camera RAW file, and around a TIFF file's own fields."""

from dataclasses import dataclass, field
from typing import Final, Self

from freckle.codec.exif import DESCRIPTIVE, EXIF, GPS, INTEROP
from freckle.codec.ifd import Block, Directory, Order
from freckle.codec.limits import Budget

CLASSIC: Final = range(1, 14)
"""Field types of classic TIFF."""

Tree = dict[int, "Tree"]
CHILDREN: Final[Tree] = {EXIF: {INTEROP: {}}, GPS: {}}
"""Directories below the first one, and below those."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field's type, count and bytes, in the byte order of the block it belongs to."""

    kind: int
    count: int
    raw: bytes


@dataclass(slots=True)
class Writer:
    """A TIFF structure under construction; offsets are even, as TIFF 6.0 asks."""

    order: Order
    out: bytearray = field(default_factory=bytearray)

    @classmethod
    def start(cls, order: Order) -> Self:
        """Begin with a header whose first directory is not yet known."""
        mark = b"II" if order == "little" else b"MM"
        return cls(order, bytearray(mark + (42).to_bytes(2, order) + bytes(4)))

    def append(self, raw: bytes) -> int:
        """Add bytes and return their offset."""
        self.out += bytes(len(self.out) % 2)
        self.out += raw
        return len(self.out) - len(raw)

    def directory(self, fields: dict[int, Field]) -> int:
        """Add a directory and the values that do not fit into it; return its offset."""
        records = bytearray(len(fields).to_bytes(2, self.order))
        for tag, item in sorted(fields.items()):
            value = item.raw.ljust(4, b"\0")
            if len(item.raw) > 4:
                value = self.append(item.raw).to_bytes(4, self.order)
            records += tag.to_bytes(2, self.order) + item.kind.to_bytes(2, self.order)
            records += item.count.to_bytes(4, self.order) + value
        return self.append(bytes(records) + bytes(4))

    def point(self, start: int) -> None:
        """Name the first directory in the header."""
        self.out[4:8] = start.to_bytes(4, self.order)

    def pointer(self, start: int) -> Field:
        """Make the field that points to a directory."""
        return Field(4, 1, start.to_bytes(4, self.order))


def collect(block: Block, first: Directory, budget: Budget) -> bytes | None:
    """Gather the fields that describe the photo into an EXIF block; None if there are none.

    Fields may lie in one another and say that they are as long as the file: each is paid for.
    """
    fields = {
        tag: Field(entry.kind, entry.count, block.raw(entry))
        for tag, entry in first.entries.items()
        if tag in DESCRIPTIVE and entry.kind in CLASSIC and budget.take(entry.size)
    }
    writer = Writer.start(block.order)
    fields |= _children(block, first, CHILDREN, writer, budget)
    if not fields:
        return None
    writer.point(writer.directory(fields))
    return bytes(writer.out)


def _children(
    block: Block, parent: Directory, tree: Tree, writer: Writer, budget: Budget
) -> dict[int, Field]:
    pointers: dict[int, Field] = {}
    for tag, below in tree.items():
        child = block.child(parent, tag)
        if child is None:
            continue
        fields = {
            entry.tag: Field(entry.kind, entry.count, block.raw(entry))
            for entry in child.entries.values()
            if entry.kind in CLASSIC
            and entry.tag not in tree
            and entry.tag != INTEROP
            and budget.take(entry.size)
        }
        fields |= _children(block, child, below, writer, budget)
        if fields:
            pointers[tag] = writer.pointer(writer.directory(fields))
    return pointers

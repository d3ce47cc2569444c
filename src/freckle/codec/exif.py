"""Change an EXIF block in place: orientation, previews, position, size.

Bytes never move (except off the end), because maker notes hold offsets that only the camera's
maker understands. Blocks are TIFF-structured, without the `Exif` prefix.
"""

from collections.abc import Iterator, Set
from datetime import datetime
from typing import Final

from freckle.codec import exif_previews
from freckle.codec.ifd import Block, Directory, Entry
from freckle.codec.spans import Span, union, wipe

ORIENTATION: Final = 0x0112
EXIF: Final = 0x8769
GPS: Final = 0x8825
TAKEN: Final = 0x9003
INTEROP: Final = 0xA005
MAKER_NOTE: Final = 0x927C
SIZE_TAGS: Final = {0x0100: 0, 0x0101: 1, 0xA002: 0, 0xA003: 1, 0x1001: 0, 0x1002: 1}
"""Tags that repeat the picture's width (0) or height (1)."""
SUBJECTS: Final = frozenset({0x9214, 0xA214})
"""Where the main subject lies, in pixels."""
DESCRIPTIVE: Final = frozenset({
    0x010D, 0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x013C,
    0x4746, 0x4749, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F,
})  # fmt: skip
"""Fields of a TIFF file's first directory that speak of the photo, not of its pixels."""


def readable(exif: bytes) -> bool:
    """Whether the block has a first directory that can be read."""
    return _opened(exif) is not None


def _opened(exif: bytes) -> tuple[Block, Directory] | None:
    block = Block.open(exif)
    first = block.directory(block.first) if block and not block.big else None
    return (block, first) if block and first else None


def orientation(exif: bytes | None) -> int:
    """Return the orientation 1..8; 1 if the block does not say or says nonsense."""
    opened = _opened(exif or b"")
    if opened is None:
        return 1
    block, first = opened
    values = block.numbers(first.entries.get(ORIENTATION), limit=4)
    return values[0] if values and 1 <= values[0] <= 8 else 1


def taken(exif: bytes | None) -> str | None:
    """Return when a photo was taken, as 2026-05-01T12:00:00 by the camera's own clock."""
    opened = _opened(exif or b"")
    camera = opened[0].child(opened[1], EXIF) if opened else None
    entry = camera.entries.get(TAKEN) if camera else None
    if opened is None or entry is None:
        return None
    said = opened[0].raw(entry)[:19].decode("ascii", "replace")
    try:
        return datetime.strptime(said, "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return None


def dpi(exif: bytes | None) -> tuple[float, float] | None:
    """Return dots per inch across and down, None if the block does not say."""
    opened = _opened(exif or b"")
    if opened is None:
        return None
    block, first = opened
    across = block.ratio(first.entries.get(0x011A))
    down = block.ratio(first.entries.get(0x011B))
    unit = block.numbers(first.entries.get(0x0128), limit=4)
    if not across or not down or (unit and unit[0] not in (2, 3)):
        return None
    scale = 2.54 if unit and unit[0] == 3 else 1.0
    return across * scale, down * scale


def settle(exif: bytes) -> bytes:
    """Set the orientation to 1 and wipe all previews, which would show the photo unretouched."""
    opened = _opened(exif)
    if opened is None:
        return exif
    block, first = opened
    changed = bytearray(exif)
    upright = (3).to_bytes(2, block.order) + (1).to_bytes(4, block.order)
    upright += (1).to_bytes(2, block.order) + bytes(2)
    for record in _records(block, first, {ORIENTATION}):  # whatever type and count it had
        changed[record + 2 : record + 12] = upright
    previews = union(exif_previews.spans(block, first))
    wipe(changed, previews)
    changed[first.end : first.end + 4] = bytes(4)
    _drop(changed, block, first, exif_previews.FOREIGN)
    if previews and previews[-1][1] >= len(exif):
        del changed[max(previews[-1][0], _used(block, first)) :]
    return bytes(changed)


def _used(block: Block, first: Directory) -> int:
    """Return where the last value of the directories that stay has ended."""
    camera = block.child(first, EXIF)
    below = [camera, block.child(first, GPS), block.child(camera, INTEROP) if camera else None]
    stays = [each for each in (first, *below) if each is not None]
    ends = [
        entry.place + entry.size
        for each in stays
        for tag, entry in each.entries.items()
        if tag not in exif_previews.FOREIGN
    ]
    return max([*ends, *(each.end + 4 for each in stays)])


def resized(exif: bytes, width: int, height: int, *, moved: bool = False) -> bytes:
    """Correct the fields that repeat the picture's size.

    Where it is another one, or the pixels were `moved`, places in pixels go.
    """
    opened = _opened(exif)
    if opened is None:
        return exif
    block, first = opened
    changed = bytearray(exif)
    size = width, height
    camera = block.child(first, EXIF)
    interop = block.child(camera, INTEROP) if camera else None
    for directory in (first, camera, interop):
        for tag, entry in directory.entries.items() if directory else ():
            if tag in SIZE_TAGS:
                value = size[SIZE_TAGS[tag]]
                moved = moved or block.numbers(entry, limit=1) not in ((value,), (0,))
                _set(changed, block, entry, value)
    if moved and camera is not None:
        _drop(changed, block, camera, SUBJECTS)
    return bytes(changed)


def without_place(exif: bytes) -> bytes:
    """Remove the GPS directory with all that it holds, and what maker notes tell of places.

    Maker notes are overwritten as a whole: makers write places into them in ways of their own.
    """
    opened = _opened(exif)
    if opened is None:
        return exif
    block, first = opened
    changed = bytearray(exif)
    camera = block.child(first, EXIF)
    spans = [span for each in (first, camera) if each for span in _positions(block, each)]
    note = camera.entries.get(MAKER_NOTE) if camera else None
    silent = note is None or not _tells_places(block, first, note)
    if note is not None and not silent:
        spans.append((note.place, note.place + note.size))
    wipe(changed, spans)
    if camera is not None:
        _drop(changed, block, camera, {GPS} if silent else {GPS, MAKER_NOTE})
    _drop(changed, block, first, {GPS})
    return bytes(changed)


def _positions(block: Block, parent: Directory) -> Iterator[Span]:
    """Yield where GPS directories lie, and all that is in them."""
    for record in _records(block, parent, {GPS}):
        places = block.directory(block.number(record + 8, 4))
        if places is not None:
            yield places.start, places.end
            yield from ((each.place, each.place + each.size) for each in places.entries.values())


TELLING: Final = (
    b"PANASONIC",
    b"LEICA",
    b"SAMSUNG",
    b"PENTAX",
    b"RICOH",
    b"NIKON",
    b"CANON",
    b"DJI",
)
"""Makers whose notes have fields for cities, landmarks or home towns."""


def _tells_places(block: Block, first: Directory, note: Entry) -> bool:
    maker = first.entries.get(0x010F)
    named = block.raw(maker)[:64] if maker else b""
    heads = (named + block.data[note.place : note.place + 16]).upper()
    return any(name in heads for name in TELLING) or b"GPS" in block.raw(note).upper()


def without_orientation(exif: bytes) -> bytes:
    """Remove the orientation's record, for containers that keep one of their own."""
    opened = _opened(exif)
    if opened is None:
        return exif
    block, first = opened
    changed = bytearray(exif)
    _drop(changed, block, first, {ORIENTATION})
    return bytes(changed)


def _records(block: Block, directory: Directory, tags: Set[int]) -> list[int]:
    """Return the offsets of all records with these tags; a file may have one twice."""
    places = range(directory.start + 2, directory.end, 12)
    return [place for place in places if block.number(place, 2) in tags]


def _drop(changed: bytearray, block: Block, directory: Directory, tags: Set[int]) -> None:
    """Take records out of a directory; those behind them, and its link, move up."""
    gone = set(_records(block, directory, tags))
    places = range(directory.start + 2, directory.end, 12)
    kept = [changed[place : place + 12] for place in places if place not in gone]
    body = b"".join([*kept, changed[directory.end : directory.end + 4]])
    begin = directory.start + 2
    changed[begin : directory.end + 4] = body.ljust(12 * len(places) + 4, b"\0")
    changed[directory.start : begin] = len(kept).to_bytes(2, block.order)


def _set(changed: bytearray, block: Block, entry: Entry | None, value: int) -> None:
    if entry is not None and entry.count == 1 and entry.kind in (3, 4):
        changed[entry.place : entry.place + entry.size] = value.to_bytes(entry.size, block.order)

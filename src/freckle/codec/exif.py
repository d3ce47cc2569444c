"""Change an EXIF block in place: orientation, thumbnail, position, size.

Bytes never move (except off the end), because maker notes hold offsets that only the camera's
maker understands. Blocks are TIFF-structured, without the `Exif` prefix.
"""

from typing import Final

from freckle.codec.ifd import Block, Directory, Entry

ORIENTATION: Final = 0x0112
EXIF: Final = 0x8769
GPS: Final = 0x8825
INTEROP: Final = 0xA005
THUMBNAIL: Final = (0x0201, 0x0202)
SIZE_TAGS: Final = {0x0100: 0, 0x0101: 1, 0xA002: 0, 0xA003: 1}
"""Tags that repeat the picture's width (0) or height (1)."""
DESCRIPTIVE: Final = frozenset({
    0x010D, 0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x013C,
    0x4746, 0x4749, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F,
})  # fmt: skip
"""Fields of a TIFF file's first directory that speak of the photo, not of its pixels."""


def readable(exif: bytes) -> bool:
    """Whether the block has a first directory that can be read."""
    block = Block.open(exif)
    return block is not None and not block.big and block.directory(block.first) is not None


def orientation(exif: bytes | None) -> int:
    """Return the orientation 1..8; 1 if the block does not say or says nonsense."""
    block = Block.open(exif) if exif else None
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        return 1
    values = block.numbers(first.entries.get(ORIENTATION), limit=4)
    return values[0] if values and 1 <= values[0] <= 8 else 1


def dpi(exif: bytes | None) -> tuple[float, float] | None:
    """Return dots per inch across and down, None if the block does not say."""
    block = Block.open(exif) if exif else None
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        return None
    across = block.ratio(first.entries.get(0x011A))
    down = block.ratio(first.entries.get(0x011B))
    unit = block.numbers(first.entries.get(0x0128), limit=4)
    if not across or not down or (unit and unit[0] not in (2, 3)):
        return None
    scale = 2.54 if unit and unit[0] == 3 else 1.0
    return across * scale, down * scale


def settle(exif: bytes) -> bytes:
    """Set the orientation to 1 and drop the thumbnail, which would show the photo unretouched."""
    block = Block.open(exif)
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        return exif
    changed = bytearray(exif)
    _set(changed, block, first.entries.get(ORIENTATION), 1)
    second = block.directory(first.following) if first.following else None
    changed[first.end : first.end + 4] = bytes(4)
    if second is not None:
        _wipe_thumbnail(changed, block, second)
    return bytes(changed)


def resized(exif: bytes, width: int, height: int) -> bytes:
    """Correct the fields that repeat the picture's size."""
    block = Block.open(exif)
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        return exif
    changed = bytearray(exif)
    for directory in (first, block.child(first, EXIF)):
        for tag, entry in directory.entries.items() if directory else ():
            if tag in SIZE_TAGS:
                _set(changed, block, entry, (width, height)[SIZE_TAGS[tag]])
    return bytes(changed)


def without_gps(exif: bytes) -> bytes:
    """Remove the pointer to the GPS directory and overwrite what it holds with zeros."""
    block = Block.open(exif)
    first = block.directory(block.first) if block else None
    if block is None or first is None or GPS not in first.entries:
        return exif
    changed = bytearray(exif)
    places = block.child(first, GPS)
    if places is not None:
        for entry in places.entries.values():
            changed[entry.place : entry.place + entry.size] = bytes(entry.size)
        changed[places.start : places.end] = bytes(places.end - places.start)
    _drop(changed, block, first, GPS)
    return bytes(changed)


def without_orientation(exif: bytes) -> bytes:
    """Remove the orientation's record, for containers that keep one of their own."""
    block = Block.open(exif)
    first = block.directory(block.first) if block else None
    if block is None or first is None or ORIENTATION not in first.entries:
        return exif
    changed = bytearray(exif)
    _drop(changed, block, first, ORIENTATION)
    return bytes(changed)


def _drop(changed: bytearray, block: Block, first: Directory, tag: int) -> None:
    """Move the records behind one, and the link to the next directory, up by one place."""
    record = first.entries[tag].record
    changed[record : first.end + 4] = changed[record + 12 : first.end + 4] + bytes(12)
    count = block.number(first.start, 2) - 1
    changed[first.start : first.start + 2] = count.to_bytes(2, block.order)


def _set(changed: bytearray, block: Block, entry: Entry | None, value: int) -> None:
    if entry is not None and entry.count == 1 and entry.kind in (3, 4):
        changed[entry.place : entry.place + entry.size] = value.to_bytes(entry.size, block.order)


def _wipe_thumbnail(changed: bytearray, block: Block, second: Directory) -> None:
    where, length = (block.numbers(second.entries.get(tag), limit=1) for tag in THUMBNAIL)
    if not where or not length:
        return
    start, end = where[0], min(where[0] + length[0], len(changed))
    if start < 8 or start >= end:
        return
    if end == len(changed) and start > second.end:
        del changed[start:]
    else:
        changed[start:end] = bytes(end - start)

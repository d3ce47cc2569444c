"""Find the pictures inside an EXIF block, all of which show the photo unretouched.

They lie in further directories, in fields of Windows and Photoshop, and anywhere in maker notes,
whose forms nobody documents: what walks like a JPEG is taken for one.
"""

import re
from collections.abc import Iterator
from typing import Final

from freckle.codec.ifd import Block, Directory
from freckle.codec.spans import Span

HEADER: Final = 8
SUB_DIRECTORIES: Final = 0x014A
DATA: Final = ((0x0201, 0x0202), (0x0111, 0x0117), (0x0144, 0x0145))
"""Fields that say where pixels lie, and how many bytes: JPEG, strips, tiles."""
WINDOWS: Final = frozenset(range(0x5000, 0x5114))
"""GDI+'s property tags; 0x501B is a thumbnail."""
FOREIGN: Final = WINDOWS | {SUB_DIRECTORIES, 0x02BC, 0x83BB, 0x8649, 0xFE00}
"""Beside them XMP, IPTC and Photoshop's resources, which have better places in a file."""
START: Final = re.compile(rb"[\x00-\xff]\xd8\xff[\xc0-\xc4\xdb\xdd\xe0-\xef\xfe]", re.DOTALL)
"""Some makers overwrite the first byte of their previews."""
CODED: Final = frozenset({0xDA, 0xDB, 0xC0, 0xC2, 0xC4})
MOST_STARTS: Final = 4096
MOST_SEGMENTS: Final = 64


def spans(block: Block, first: Directory) -> list[Span]:
    """Return where previews lie, with the directories that speak of them."""
    found = [
        (entry.place, entry.place + entry.size)
        for tag, entry in first.entries.items()
        if tag in FOREIGN
    ]
    for directory in _others(block, first):
        found.append((directory.start, directory.end + 4))
        for where, length in DATA:
            places = block.numbers(directory.entries.get(where), limit=4096)
            sizes = block.numbers(directory.entries.get(length), limit=4096)
            found += [
                (place, place + size)
                for place, size in zip(places, sizes, strict=False)
                if place >= HEADER
            ]
    return [*found, *jpegs(block.data)]


def _others(block: Block, first: Directory) -> Iterator[Directory]:
    """Yield all directories of pictures but the first."""
    chain = block.chain()
    yield from (each for each in chain if each.start != first.start)
    for parent in chain:
        for place in block.numbers(parent.entries.get(SUB_DIRECTORIES), limit=16):
            child = block.directory(place)
            if child is not None and child.start != first.start:
                yield child


def jpegs(data: bytes) -> Iterator[Span]:
    """Yield where JPEG streams lie in a block, wherever that is."""
    place = HEADER
    for _ in range(MOST_STARTS):
        found = START.search(data, place)
        if found is None:
            return
        end = _end(data, found.start() + 2)
        if end is not None:
            yield found.start(), end
        place = end or found.start() + 1
    yield place, len(data)


def _end(data: bytes, place: int) -> int | None:
    """Return where a stream has ended whose first segment is at `place`; None if it is none."""
    coded = False
    for _ in range(MOST_SEGMENTS):
        if data[place : place + 1] != b"\xff" or place + 4 > len(data):
            break
        marker = data[place + 1]
        coded = coded or marker in CODED
        if marker == 0xDA:
            end = data.find(b"\xff\xd9", place)
            return len(data) if end < 0 else end + 2
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return min(place, len(data)) if coded else None

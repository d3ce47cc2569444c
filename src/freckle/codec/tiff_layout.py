"""Show tifffile only the fields that say how pixels are stored, each checked before it is copied.

Its own reading of a directory copies what every field claims, and it knows dozens of dialects of
microscopes; none of that is asked for here.
"""

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from freckle.codec import jpeg_parts
from freckle.codec.ifd import Block, Directory, Entry
from freckle.codec.limits import (
    Budget,
    check_ratio,
    check_size,
    damaged,
    incomplete,
    not_accepted,
)

if TYPE_CHECKING:
    import tifffile

FIELDS: Final = {
    254: 1, 256: 1, 257: 1, 258: 64, 259: 1, 262: 1, 266: 1, 277: 1, 278: 1, 284: 1, 317: 1,
    320: 3 << 16, 322: 1, 323: 1, 332: 1, 338: 64, 339: 64, 347: 1 << 16, 529: 3, 530: 2, 532: 6,
}  # fmt: skip
"""Fields that say how pixels are stored, and how many values each may have."""
SEGMENTS: Final = frozenset({273, 279, 324, 325})
"""Where strips and tiles lie and how long they are."""
PHOTOMETRIC: Final = {0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3}
"""White is zero, black is zero, RGB, palette, CMYK, YCbCr: how many channels each has."""
JPEG: Final = 7
COMPRESSIONS: Final = frozenset({1, 5, JPEG, 8, 32773, 32946, 50000})
"""None, LZW, JPEG, Deflate, PackBits, Deflate (old number), Zstandard."""
PREDICTED: Final = frozenset({5, 8, 32946, 50000})
"""Those in which differences of neighbors may be stored; with others, readers disagree."""
SMALL_TILE: Final = 512
"""A tile may be larger than the picture up to this side; writers do not fit them to small ones."""
SLACK: Final = 2**24
"""Bytes by which segments together may be longer than the file: empty ones are shared."""


class Overlaid(io.RawIOBase):
    """A file whose first bytes are others, and which goes on behind its end."""

    def __init__(self, head: bytes, data: bytes, tail: bytes) -> None:
        """Lay `head` over the beginning of `data`, and put `tail` behind it."""
        super().__init__()
        self._parts = memoryview(head), memoryview(data)[len(head) :], memoryview(tail)
        self._size = len(data) + len(tail)
        self._place = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self._place = max(0, offset + (0, self._place, self._size)[whence])
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer from where one is; return how many bytes there were."""
        wanted, done, start = memoryview(buffer).cast("B"), 0, 0
        for part in self._parts:
            at = self._place - start
            if 0 <= at < len(part):
                piece = part[at : at + len(wanted) - done]
                wanted[done : done + len(piece)] = piece
                done += len(piece)
                self._place += len(piece)
            start += len(part)
        return done


def layout(block: Block, first: Directory, budget: Budget) -> io.BufferedReader:
    """Return the file with nothing but the first page's layout in its only directory."""
    wide, order = (8 if block.big else 4), block.order
    start = len(block.data) + len(block.data) % 2
    entries = sorted(
        (each for tag, each in first.entries.items() if tag in FIELDS or tag in SEGMENTS),
        key=lambda each: each.tag,
    )
    head = 8 if block.big else 2
    values = start + head + len(entries) * (4 + 2 * wide) + wide
    records, body = len(entries).to_bytes(head, order), bytearray()
    for entry in entries:
        _check_count(entry, budget)
        raw = block.raw(entry)
        value = raw.ljust(wide, b"\0")
        if len(raw) > wide:
            body += bytes(-(values + len(body)) % wide)
            value = (values + len(body)).to_bytes(wide, order)
            body += raw
        records += entry.tag.to_bytes(2, order) + entry.kind.to_bytes(2, order)
        records += entry.count.to_bytes(wide, order) + value
    tail = bytes(start - len(block.data)) + records + bytes(wide) + bytes(body)
    fixed = 8 if block.big else 4
    head_of_file = block.data[:fixed] + start.to_bytes(wide, order)
    return io.BufferedReader(Overlaid(head_of_file, block.data, tail))


def _check_count(entry: Entry, budget: Budget) -> None:
    if entry.tag in SEGMENTS:
        budget.part(entry.count)
    elif entry.count > FIELDS[entry.tag]:
        raise damaged("The TIFF file's directory contradicts itself.")


def check(page: "tifffile.TiffPage", data: bytes, budget: Budget) -> None:
    """Refuse what cannot be read rightly, is not all there, or asks for more than it should."""
    check_size(page.imagewidth, page.imagelength)
    if page.imagedepth != 1 or page.sampleformat != 1 or page.bitspersample > 16:
        raise not_accepted(
            "The TIFF file holds measurements (floating point, 32 bits or volumes), not a photo.",
            "Convert it to 8 or 16 bits first.",
        )
    _check_kind(page)
    side = max(page.imagewidth, page.imagelength)
    if max(page.tilewidth, page.tilelength) > max(SMALL_TILE, side + 15):
        raise damaged("The TIFF file has tiles that are larger than its picture.")
    if page.samplesperpixel > 16 or page.samplesperpixel < PHOTOMETRIC[int(page.photometric)]:
        raise damaged(f"The TIFF file says it has {page.samplesperpixel} channels.")
    _check_segments(page, len(data))
    width = 2 if page.bitspersample > 8 else 1
    unpacked = page.imagewidth * page.imagelength * page.samplesperpixel * width
    check_ratio(len(data), unpacked, lossless=int(page.compression) != JPEG)
    if int(page.compression) == JPEG:
        _check_jpegs(page, data, budget)


def _check_kind(page: "tifffile.TiffPage") -> None:
    """Let in the colors, compressions and layouts that there is a conversion for."""
    photometric, compression = int(page.photometric), int(page.compression)
    if photometric not in PHOTOMETRIC or (photometric == 5 and page.tags.valueof(332, 1) != 1):
        raise not_accepted(
            "The TIFF file's colors are of a kind that freckle does not read.",
            "Convert it to RGB first.",
        )
    predicted = int(page.predictor) != 1 and compression not in PREDICTED
    inked = compression == JPEG and photometric not in (1, 2, 6)
    if compression not in COMPRESSIONS or predicted or inked:
        raise not_accepted(
            "The TIFF file's compression is of a kind that freckle does not read.",
            "Save it with LZW or ZIP compression, or with none.",
        )
    if compression == JPEG and page.bitspersample != 8:
        raise not_accepted("The TIFF file holds JPEG of more than 8 bits.")
    if photometric == 6 and not _plain_ycbcr(page):
        raise not_accepted(
            "The TIFF file holds YCbCr colors in a layout that freckle does not read.",
            "Save it as RGB.",
        )


def _plain_ycbcr(page: "tifffile.TiffPage") -> bool:
    """Whether the decoder turns the colors into RGB, or three whole planes lie interleaved."""
    together = int(page.planarconfig) == 1 and page.samplesperpixel == 3
    if int(page.compression) == JPEG:
        return together
    return together and page.bitspersample == 8 and page.tags.valueof(530, (2, 2)) == (1, 1)


def _check_segments(page: "tifffile.TiffPage", size: int) -> None:
    """Refuse a file in which a strip or tile is absent, reaches over the end, or comes often."""
    expected = int(np.prod(page.chunked))
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=False))
    if len(segments) < expected or any(count < 1 or start < 8 for start, count in segments):
        raise incomplete("Part of the TIFF picture is missing.")
    if any(start + count > size for start, count in segments):
        raise incomplete("The TIFF file is shorter than it says: part of the picture is missing.")
    if sum(count for _, count in segments) > 2 * size + SLACK:
        raise damaged("The TIFF file's strips lie in one another.")


def _check_jpegs(page: "tifffile.TiffPage", data: bytes, budget: Budget) -> None:
    """Compare the size of each JPEG with that of the strip or tile that it fills."""
    height, width = (page.tilelength, page.tilewidth) if page.is_tiled else page.chunks[:2]
    for start, count in zip(page.dataoffsets, page.databytecounts, strict=False):
        _, frame = jpeg_parts.walk(data[start : start + count], budget)
        channels = 1 if int(page.planarconfig) == 2 else page.samplesperpixel
        if frame.width != width or frame.height > height or len(frame.sampling) != channels:
            raise damaged("The TIFF file contradicts itself about the size of its parts.")

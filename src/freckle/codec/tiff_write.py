"""Write TIFF: one page, Deflate with horizontal prediction, every block where readers look."""

from typing import Final

import imagecodecs

from freckle.codec.channels import join
from freckle.codec.decoded import Prepared
from freckle.codec.exif import DESCRIPTIVE
from freckle.codec.exif_build import CHILDREN, Field, Writer
from freckle.codec.ifd import Block, Directory
from freckle.codec.tiff import ICC, IPTC, XMP
from freckle.errors import OutputError
from freckle.photo import Metadata, Pixels

STRIP: Final = 1 << 20
"""Bytes of pixels in one strip, about."""
EFFORT: Final = {1: 4, 2: 1}
"""libdeflate level by bytes per value; 16-bit detail hardly shrinks at any."""
MAX_BYTES: Final = 2**32 - 2**24
DEFLATE, PREDICT, INCH, UNASSOCIATED = 8, 2, 2, 2


def write(sheet: Prepared) -> bytes:
    """Encode at the pixels' own depth.

    The EXIF block comes first, byte for byte, so that every offset in it stays true; the
    picture's own directory at the end repeats its records and adds its own.
    """
    values = join(sheet.pixels, sheet.alpha)
    writer, old = _begin(sheet.metadata.exif)
    strips = _strips(writer, values if values.ndim == 3 else values[..., None])
    fields = _blocks(sheet) | _layout(writer, values, strips, sheet)
    if len(writer.out) > MAX_BYTES:
        raise OutputError("The picture is too large for a TIFF file (4 GB).", "Choose PNG instead.")
    writer.point(writer.directory(old | fields))
    return bytes(writer.out)


def _begin(exif: bytes | None) -> tuple[Writer, dict[int, Field]]:
    block = Block.open(exif) if exif else None
    first = block.directory(block.first) if block else None
    if exif is None or block is None or first is None:
        return Writer.start("little"), {}
    return Writer(block.order, bytearray(exif)), _records(block, first)


def _records(block: Block, first: Directory) -> dict[int, Field]:
    """Keep what describes the photo; a stray field about pixels would contradict ours."""
    return {
        tag: Field(entry.kind, entry.count, block.raw(entry))
        for tag, entry in first.entries.items()
        if tag in DESCRIPTIVE or tag in CHILDREN
    }


def _strips(writer: Writer, values: Pixels) -> tuple[int, list[tuple[int, int]]]:
    """Append the compressed strips; return rows per strip, and each one's offset and length."""
    height, width, channels = values.shape
    rows = min(max(STRIP // (width * channels * values.dtype.itemsize), 1), height)
    wire = values.dtype.newbyteorder("<" if writer.order == "little" else ">")
    level = EFFORT[values.dtype.itemsize]
    found: list[tuple[int, int]] = []
    for top in range(0, height, rows):
        strip = values[top : top + rows]
        steps = strip.copy()
        steps[:, 1:] -= strip[:, :-1]  # wraps around, as TIFF 6.0 section 14 wants
        raw = steps.astype(wire, copy=False).tobytes()
        packed = bytes(imagecodecs.deflate_encode(raw, level=level))
        found.append((writer.append(packed), len(packed)))
    return rows, found


def _layout(
    writer: Writer, values: Pixels, strips: tuple[int, list[tuple[int, int]]], sheet: Prepared
) -> dict[int, Field]:
    height, width = values.shape[:2]
    channels = values.shape[2] if values.ndim == 3 else 1
    rows, places = strips
    color = channels >= 3

    def numbers(kind: int, *given: int) -> Field:
        size = 2 if kind == 3 else 4
        return Field(kind, len(given), b"".join(n.to_bytes(size, writer.order) for n in given))

    def ratio(value: float) -> Field:
        top = min(round(value * 1000), 2**32 - 1)
        raw = top.to_bytes(4, writer.order) + (1000).to_bytes(4, writer.order)
        return Field(5, 1, raw)

    dpi = sheet.metadata.dpi or (72.0, 72.0)
    fields = {
        254: numbers(4, 0),
        256: numbers(4, width),
        257: numbers(4, height),
        258: numbers(3, *[values.dtype.itemsize * 8] * channels),
        259: numbers(3, DEFLATE),
        262: numbers(3, 2 if color else 1),
        273: numbers(4, *[start for start, _ in places]),
        277: numbers(3, channels),
        278: numbers(4, rows),
        279: numbers(4, *[size for _, size in places]),
        282: ratio(dpi[0]),
        283: ratio(dpi[1]),
        284: numbers(3, 1),
        296: numbers(3, INCH),
        317: numbers(3, PREDICT),
    }
    if sheet.alpha is not None:
        fields[338] = numbers(3, UNASSOCIATED)
    return fields


def _blocks(sheet: Prepared) -> dict[int, Field]:
    metadata: Metadata = sheet.metadata
    given = {
        XMP: (1, metadata.xmp),
        IPTC: (7, metadata.iptc),
        ICC: (7, sheet.profile),
    }
    return {tag: Field(kind, len(raw), raw) for tag, (kind, raw) in given.items() if raw}

"""PNG through libpng, at its own depth (W3C PNG, third edition)."""

import zlib
from collections.abc import Iterator
from typing import Final

import imagecodecs
import numpy as np

from freckle.codec import cicp, texts
from freckle.codec.channels import join, split
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import (
    MAX_PROFILE,
    Budget,
    check_ratio,
    check_size,
    damaged,
    incomplete,
)
from freckle.photo import Metadata, Text

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
WANTED: Final = frozenset({b"IHDR", b"iCCP", b"cICP", b"gAMA", b"sRGB", b"pHYs", b"eXIf"})
TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
CHANNELS: Final = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
"""By color type."""
INCHES: Final = 39.3701
"""Inches per meter."""
SRGB_GAMMA: Final = 45_455
"""What gAMA says of sRGB: 1 / 2.2, in hundred-thousandths."""
EFFORT: Final = {1: 3, 2: 1}
"""zlib level by bytes per value: fine 16-bit detail hardly shrinks, however long one tries."""


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode a PNG file: gray, color or palette, 1 to 16 bits, with or without transparency."""
    chunks = dict[bytes, list[bytes]]()
    for name, payload in _chunks(data, budget):
        chunks.setdefault(name, []).append(payload)
    header = chunks.get(b"IHDR", [b""])[0]
    if len(header) != 13:
        raise damaged("The PNG file has no header.")
    width, height = (int.from_bytes(header[at : at + 4], "big") for at in (0, 4))
    check_size(width, height)
    values = width * height * CHANNELS.get(header[9], 4)
    check_ratio(len(data), values * max(header[8] // 8, 1), lossless=True)
    picture = split(imagecodecs.png_decode(data))
    if picture.pixels.shape[:2] != (height, width):
        raise damaged("The PNG file contradicts itself about its size.")
    profile, warnings = _profile(chunks, budget)
    if b"acTL" in chunks:
        warnings += ("The file is an animation; only its first picture is kept.",)
    metadata, dropped = _metadata(chunks, budget)
    return Decoded(
        format="png",
        pixels=picture.pixels,
        alpha=picture.alpha,
        profile=profile,
        metadata=metadata,
        lossless=True,
        gray=picture.gray,
        warnings=warnings,
        dropped=dropped,
    )


def _chunks(data: bytes, budget: Budget) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name up to IEND, its checksum verified; its content if it is wanted."""
    place = len(SIGNATURE)
    while True:
        budget.part()
        size = int.from_bytes(data[place : place + 4], "big")
        end = place + 12 + size
        if end > len(data):
            raise incomplete("The PNG file has no end: part of the picture is missing.")
        name = data[place + 4 : place + 8]
        body = memoryview(data)[place + 4 : end - 4]
        if zlib.crc32(body) != int.from_bytes(data[end - 4 : end], "big"):
            raise damaged("The PNG file is damaged: a checksum does not match.")
        if name == b"IEND":
            return
        wanted = name in WANTED or name in TEXTS
        yield name, bytes(body[4:]) if wanted and budget.take(size) else b""
        place = end


def _profile(
    chunks: dict[bytes, list[bytes]], budget: Budget
) -> tuple[bytes | None, tuple[str, ...]]:
    raw = chunks.get(b"iCCP", [b""])[0]
    if not raw:
        return _profile_by_numbers(chunks)
    _, _, packed = raw.partition(b"\0")
    profile = texts.inflate(packed[1:], MAX_PROFILE, budget)
    if profile is None:
        return None, ("The color profile is damaged; the colors are read as sRGB.",)
    return profile, ()


def _profile_by_numbers(
    chunks: dict[bytes, list[bytes]],
) -> tuple[bytes | None, tuple[str, ...]]:
    points = chunks.get(b"cICP", [b""])[0]
    if len(points) == 4:
        return cicp.profile_for(points[0], points[1])
    gamma = int.from_bytes(chunks.get(b"gAMA", [b""])[0], "big")
    if gamma and b"sRGB" not in chunks and abs(gamma - SRGB_GAMMA) > SRGB_GAMMA // 20:
        return None, ("The file has an unusual gamma; its tones are read as sRGB.",)
    return None, ()


def _metadata(chunks: dict[bytes, list[bytes]], budget: Budget) -> tuple[Metadata, tuple[str, ...]]:
    """Take texts apart into blocks and what people wrote; a chunk of its own goes first."""
    blocks: dict[str, bytes] = {}
    found: list[Text] = []
    dropped: list[str] = []
    for name in TEXTS:
        for payload in chunks.get(name, ())[: texts.MAX_TEXTS]:
            pair = texts.unpacked(name, payload, budget)
            block = texts.block_of(*pair, budget) if pair else None
            if block:
                blocks.setdefault(*block)
            elif pair is None or pair[0].startswith(texts.RAW):
                keyword = payload[:79].partition(b"\0")[0].decode("latin-1")
                dropped.append(f"The text {keyword!r} cannot be read and is not kept.")
            elif not pair[0].startswith(texts.THUMBNAIL):
                found.append(texts.text_of(name, *pair))
    exif = next(filter(None, chunks.get(b"eXIf", ())), blocks.get("exif"))
    metadata = Metadata(
        exif=exif,
        xmp=blocks.get("xmp"),
        iptc=blocks.get("iptc"),
        dpi=_density(chunks.get(b"pHYs", [b""])[0]),
        texts=tuple(found),
    )
    return metadata, tuple(dropped)


def _density(raw: bytes) -> tuple[float, float] | None:
    if len(raw) != 9 or raw[8] != 1:
        return None
    across, down = (int.from_bytes(raw[at : at + 4], "big") / INCHES for at in (0, 4))
    return (across, down) if across and down else None


def write(sheet: Prepared) -> bytes:
    """Encode at the pixels' own depth and put the blocks behind the header."""
    values = join(sheet.pixels, sheet.alpha)
    # a copy, because one pixel of a plane counts as contiguous but keeps the strides of colors
    laid = values.copy() if values.ndim == 2 else np.ascontiguousarray(values)
    body = imagecodecs.png_encode(laid, level=EFFORT[values.dtype.itemsize])
    # Signature (8 bytes) and IHDR chunk (25 bytes) come first.
    return b"".join([body[:33], *_blocks(sheet), memoryview(body)[33:]])


def _blocks(sheet: Prepared) -> list[bytes]:
    metadata = sheet.metadata
    found: list[bytes] = []
    if sheet.profile:
        found.append(_chunk(b"iCCP", b"ICC\0\0" + zlib.compress(sheet.profile)))
    if metadata.dpi:
        meters = [round(value * INCHES).to_bytes(4, "big") for value in metadata.dpi]
        found.append(_chunk(b"pHYs", b"".join(meters) + b"\1"))
    if metadata.exif:
        found.append(_chunk(b"eXIf", metadata.exif))
    if metadata.xmp:
        found.append(_chunk(b"iTXt", texts.XMP + b"\0\0\0\0\0" + metadata.xmp))
    if metadata.iptc:
        keyword, text = texts.raw_iptc(metadata.iptc)
        found.append(_chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(text)))
    found += [_chunk(*texts.packed(*each)) for each in metadata.texts]
    return found


def _chunk(name: bytes, payload: bytes) -> bytes:
    body = name + payload
    return len(payload).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

"""JPEG through libjpeg-turbo."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import simplejpeg  # type: ignore[import-untyped]  # it ships none

from freckle.codec import cmyk, gain_map, iptc, jpeg_kept, jpeg_leftovers, jpeg_strips
from freckle.codec.channels import as_pixels
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.jpeg_parts import SEGMENT, XMP, Frame, Parts, segment, walk
from freckle.codec.jpeg_quality import estimate_quality, subsampling
from freckle.codec.limits import Budget, check_ratio, check_size, damaged, incomplete
from freckle.codec.texts import COMMENT, MAX_TEXTS
from freckle.errors import OutputError
from freckle.photo import Metadata, Pixels, Text

EXIF: Final = b"Exif\0\0"
ICC: Final = b"ICC_PROFILE\0"
MAX_SIDE: Final = 65_500
"""libjpeg's own limit."""
PADDED: Final = "extraneous bytes before marker 0xd9"
"""What libjpeg says when padding stands before the end marker; no pixel is touched."""
ODD_SCAN: Final = "Invalid SOS parameters"
"""What it says of a scan's header that some programs write; the pixels behind it are whole."""


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode a JPEG file: gray, YCbCr, RGB, CMYK or YCCK, baseline or progressive."""
    parts, frame = walk(data, budget)
    check_size(frame.width, frame.height)
    check_ratio(len(data), len(frame.sampling) * frame.width * frame.height)
    profile, warnings = _profile(parts)
    ink = len(frame.sampling) == 4
    pixels, odd = _pixels(data, "CMYK" if ink else "RGB", frame)
    if pixels.shape[:2] != (frame.height, frame.width):
        raise damaged("The JPEG file contradicts itself about its size.")
    if ink:
        pixels, notes = _from_ink(pixels, parts, profile)
        profile, warnings = None, warnings + notes
    metadata = _metadata(parts)
    gain, place = gain_map.find(parts, frame)
    return Decoded(
        format="jpeg",
        pixels=pixels,
        profile=profile,
        metadata=metadata,
        quality=estimate_quality(parts.tables),
        subsampling=None if ink else subsampling(frame),
        gray=len(frame.sampling) == 1,
        warnings=warnings + odd,
        dropped=jpeg_leftovers.named(parts, metadata, gain, place),
        gain=gain,
    )


def _pixels(data: bytes, colorspace: str, frame: Frame) -> tuple[Pixels, tuple[str, ...]]:
    """Decode, and refuse whatever libjpeg-turbo had to guess; it stops at its first complaint."""
    # numpy's own memory comes in large pages, which everybody who reads the pixels is glad of
    room = np.empty((frame.height, frame.width, len(colorspace)), np.uint8)
    try:
        return as_pixels(simplejpeg.decode_jpeg(data, colorspace, strict=True, buffer=room)), ()
    except ValueError as error:
        odd = ODD_SCAN in str(error)
        if odd or PADDED in str(error):
            note = ("The JPEG file's header is odd; look whether the picture is whole.",)
            pixels = as_pixels(simplejpeg.decode_jpeg(data, colorspace, strict=False, buffer=room))
            return pixels, note if odd else ()
        if "remature end" in str(error):
            raise incomplete("Part of the JPEG picture is missing.") from error
        raise damaged("The JPEG file is damaged: its pixels cannot all be decoded.") from error


def _from_ink(
    pixels: Pixels, parts: Parts, profile: bytes | None
) -> tuple[Pixels, tuple[str, ...]]:
    # Files with Adobe's marker store the ink inverted: 0 is full.
    inverted = parts.has(14, b"Adobe")
    ink = np.invert(pixels, out=pixels) if inverted else pixels
    return cmyk.to_srgb(ink.astype(np.uint8, copy=False), profile)


def _profile(parts: Parts) -> tuple[bytes | None, tuple[str, ...]]:
    """Join the profile's numbered pieces."""
    given = [piece for piece in parts.payloads(2, ICC) if len(piece) > 2]
    if not given:
        return None, ()
    pieces = {piece[0]: piece[2:] for piece in given}
    profile = b"".join(pieces[number] for number in sorted(pieces))
    if {piece[1] for piece in given} != {len(pieces)}:
        return None, ("The color profile is damaged; the colors are read as sRGB.",)
    return profile, ()


def _metadata(parts: Parts) -> Metadata:
    resources = b"".join(parts.payloads(13, iptc.PREFIX))
    return Metadata(
        exif=next(iter(parts.payloads(1, EXIF)), None),
        xmp=next(iter(parts.payloads(1, XMP)), None),
        iptc=iptc.unwrap(resources, parts.budget),
        dpi=_density(parts),
        texts=tuple(_comments(parts)),
    )


def _comments(parts: Parts) -> Iterator[Text]:
    for start, end in parts.comments[:MAX_TEXTS]:
        if parts.budget.take(end - start):
            raw = parts.data[start:end].rstrip(b"\0")
            try:
                yield COMMENT, raw.decode("utf-8")
            except UnicodeDecodeError:
                yield COMMENT, raw.decode("latin-1")


def _density(parts: Parts) -> tuple[float, float] | None:
    header = next((head for head in parts.payloads(0, b"JFIF\0") if len(head) >= 7), None)
    if header is None or header[2] not in (1, 2):
        return None
    scale = 2.54 if header[2] == 2 else 1.0
    across, down = (int.from_bytes(header[at : at + 2], "big") for at in (3, 5))
    # 1 is what writers put who do not know.
    return (across * scale, down * scale) if min(across, down) > 1 else None


def write(sheet: Prepared) -> bytes:
    """Encode with libjpeg-turbo and put the blocks between its header and its tables."""
    height, width = sheet.pixels.shape[:2]
    if max(height, width) > MAX_SIDE:
        raise OutputError(
            f"JPEG holds at most {MAX_SIDE} pixels a side.", "Choose PNG or TIFF instead."
        )
    second = None if sheet.gain is None else gain_map.encoded(sheet.gain)
    head, tail = _halves(sheet, second)
    return gain_map.joined(head, tail, second) if second else b"".join([head, tail])


def _halves(sheet: Prepared, second: bytes | None) -> tuple[bytes, memoryview]:
    """Return the start with the metadata, and the rest of the picture."""
    pixels = np.asarray(sheet.pixels, np.uint8)
    if sheet.original is not None:
        body, rest = jpeg_kept.encode(sheet.original, pixels), 2
    else:
        body, rest = jpeg_strips.encode(pixels, sheet.quality, sheet.subsampling), 20
        # Behind the start marker (2 bytes) libjpeg-turbo writes an 18-byte JFIF segment.
    metadata = sheet.metadata
    if second:
        metadata = replace(metadata, xmp=gain_map.packet_with(metadata.xmp, len(second)))
    segments = _segments(metadata, sheet.profile)
    return b"".join([body[:2], _jfif(metadata), *segments]), memoryview(body)[rest:]


def _jfif(metadata: Metadata) -> bytes:
    across, down = (min(max(round(value), 1), 65_535) for value in metadata.dpi or (1, 1))
    unit = b"\1" if metadata.dpi else b"\0"
    density = across.to_bytes(2, "big") + down.to_bytes(2, "big")
    return b"\xff\xe0\0\x10JFIF\0\1\1" + unit + density + b"\0\0"


def _segments(metadata: Metadata, icc: bytes | None) -> list[bytes]:
    found: list[bytes] = []
    if metadata.exif:
        found.append(segment(0xE1, EXIF + metadata.exif))
    if metadata.xmp:
        found.append(segment(0xE1, XMP + metadata.xmp))
    if metadata.iptc:
        found.append(segment(0xED, iptc.wrap(metadata.iptc)))
    for keyword, text in metadata.texts:
        if keyword == COMMENT:
            found.append(segment(0xFE, text.encode("utf-8")[:SEGMENT]))
    room = SEGMENT - len(ICC) - 2
    profile = icc or b""
    pieces = [profile[at : at + room] for at in range(0, len(profile), room)]
    for number, piece in enumerate(pieces, start=1):
        found.append(segment(0xE2, ICC + bytes([number, len(pieces)]) + piece))
    return found


def fits(payload: bytes | None) -> bool:
    """Whether a metadata block fits into one segment, with any prefix."""
    return payload is None or len(payload) <= SEGMENT - 64

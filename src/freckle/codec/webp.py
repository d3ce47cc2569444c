"""WebP through libwebp (RFC 9649)."""

import io
from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image, WebPImagePlugin

from freckle.codec.channels import join, split
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget, check_ratio, check_size, damaged, incomplete
from freckle.errors import OutputError
from freckle.photo import Metadata

MAX_SIDE: Final = 16_383
EFFORT: Final = 4


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode a WebP file; of an animation the first picture."""
    chunks = dict[bytes, bytes]()
    for name, payload in _chunks(data, budget):
        chunks.setdefault(name, payload)
    with WebPImagePlugin.WebPImageFile(io.BytesIO(data)) as image:
        check_size(*image.size)
        check_ratio(len(data), 3 * image.width * image.height)
        picture = split(np.array(image))
    warnings: tuple[str, ...] = ()
    if b"ANIM" in chunks:
        warnings += ("The file is an animation; only its first picture is kept.",)
    return Decoded(
        format="webp",
        pixels=picture.pixels,
        alpha=picture.alpha,
        profile=chunks.get(b"ICCP"),
        metadata=Metadata(exif=_plain(chunks.get(b"EXIF")), xmp=chunks.get(b"XMP ")),
        lossless=b"VP8L" in chunks,
        warnings=warnings,
    )


def _chunks(data: bytes, budget: Budget) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks' names and contents; pixels stay where they are."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise incomplete("The WebP file is shorter than it says: part of the picture is missing.")
    place = 12
    while place + 8 <= end:
        budget.part()
        name = data[place : place + 4]
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + size > end:
            raise damaged("A part of the WebP file has an impossible length.")
        wanted = name in (b"ICCP", b"EXIF", b"XMP ") and budget.take(size)
        yield name, data[place + 8 : place + 8 + size] if wanted else b""
        place += 8 + size + size % 2


def _plain(exif: bytes | None) -> bytes | None:
    """Drop JPEG's prefix, which some writers add."""
    return exif.removeprefix(b"Exif\0\0") if exif else None


def write(sheet: Prepared) -> bytes:
    """Encode 8-bit pixels; lossless where the source was, and then exact below alpha 0 too."""
    height, width = sheet.pixels.shape[:2]
    if max(height, width) > MAX_SIDE:
        raise OutputError(
            f"WebP holds at most {MAX_SIDE} pixels a side.", "Choose JPEG, PNG or TIFF instead."
        )
    color = sheet.pixels
    out = io.BytesIO()
    Image.fromarray(join(color, sheet.alpha)).save(
        out,
        "WEBP",
        quality=sheet.quality,
        lossless=sheet.lossless,
        exact=sheet.lossless,
        method=EFFORT,
        icc_profile=sheet.profile or b"",
        exif=sheet.metadata.exif or b"",
        xmp=sheet.metadata.xmp or b"",
    )
    return out.getvalue()

"""JPEG XL through libjxl, written only (ISO/IEC 18181): 8 and 16 bits, always in sRGB.

`imagecodecs` writes no ICC profile into it, so the colors are brought to what a file without one
is: sRGB. For the same reason nothing is read: whose colors they are cannot be asked.
"""

import struct
from typing import Final

import imagecodecs
import numpy as np

from freckle.codec.channels import join
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget, not_accepted

EFFORT: Final = 4
"""Of 9: twice the speed of libjxl's default, 2 % larger."""
LOSSLESS: Final = 100


def read(_data: bytes, _budget: Budget) -> Decoded:
    """Refuse: whose colors the pixels are is not told (`type_not_accepted`)."""
    raise not_accepted("The file is a JPEG XL picture, which freckle writes and does not read.")


def write(sheet: Prepared) -> bytes:
    """Encode with libjxl; at quality 100 nothing is lost."""
    coded = imagecodecs.jpegxl_encode(
        np.ascontiguousarray(join(sheet.pixels, sheet.alpha)),
        effort=EFFORT,
        distance=None if sheet.quality >= LOSSLESS else distance(sheet.quality),
        lossless=sheet.quality >= LOSSLESS,
        usecontainer=True,
    )
    boxes = [bytes(coded)]
    if sheet.metadata.exif:
        boxes.append(_box(b"Exif", bytes(4) + sheet.metadata.exif))
    if sheet.metadata.xmp:
        boxes.append(_box(b"xml ", sheet.metadata.xmp))
    return b"".join(boxes)


def distance(quality: int) -> float:
    """Return how far the eye may see a difference, by libjxl's own scale of qualities."""
    return 0.1 + (100 - quality) * 0.09 if quality >= 30 else 6.4 + (30 - quality) * 0.6


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content

"""Encode a JPEG in strips side by side, and join them at restart markers (ITU-T T.81, E.1.4).

A restart marker ends on a byte, and the prediction of the next block starts anew behind it: what
lies between two of them can be coded without the rest. Every decoder reads them; cameras write
them.
"""

from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import simplejpeg  # type: ignore[import-untyped]  # it ships none

from freckle.codec.jpeg_parts import FRAMES, SOS
from freckle.photo import Subsampling
from freckle.pixels.threads import together

LARGE: Final = 4_000_000
"""Pixels from which a picture is cut; a smaller one is done before a thread has begun."""
STRIPS: Final = 8
"""Strips of a large picture, whatever the threads: the same photo gives the same bytes."""
LONGEST: Final = 65_535
"""Minimum coded units between two restart markers: their number is written with 16 bits."""
UNITS: Final[dict[Subsampling, tuple[int, int]]] = {
    "Gray": (8, 8),
    "444": (8, 8),
    "422": (16, 8),
    "420": (16, 16),
    "440": (8, 16),
    "411": (32, 8),
}
"""Width and height of a minimum coded unit in pixels."""


def encode(pixels: npt.NDArray[np.uint8], quality: int, subsampling: Subsampling) -> bytes:
    """Encode H × W × 3 RGB, or H × W gray, with libjpeg-turbo's baseline coding.

    The decoded pixels are to the bit those of a picture coded in one piece.
    """
    layout: Subsampling = "Gray" if pixels.ndim == 2 else subsampling
    height, width = pixels.shape[:2]
    across, rows = _cut(height, width, layout)
    strips = [pixels[top : top + rows] for top in range(0, height, rows)]
    coded = together(partial(_encoded, strip, quality, layout) for strip in strips)
    return coded[0] if len(coded) == 1 else _joined(coded, height, across)


def _cut(height: int, width: int, layout: Subsampling) -> tuple[int, int]:
    """Return how many coded units and how many rows of pixels a strip has."""
    unit_width, unit_height = UNITS[layout]
    across, down = -(-width // unit_width), -(-height // unit_height)
    if height * width < LARGE:
        return across * down, height
    lines = min(-(-down // STRIPS), LONGEST // across)
    return across * lines, unit_height * lines


def _encoded(pixels: npt.NDArray[np.uint8], quality: int, layout: Subsampling) -> bytes:
    gray = pixels.ndim == 2
    coded: bytes = simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels[..., None] if gray else pixels),
        quality=quality,
        colorspace="GRAY" if gray else "RGB",
        colorsubsampling=layout,
    )
    return coded


def _joined(coded: list[bytes], height: int, interval: int) -> bytes:
    """Give the first strip's header the whole height, and put markers between the scans."""
    frame, scan, data = _places(coded[0])
    header = bytearray(coded[0][:data])
    header[frame + 5 : frame + 7] = height.to_bytes(2, "big")
    header[scan:scan] = b"\xff\xdd\0\4" + interval.to_bytes(2, "big")
    pieces: list[bytes | memoryview] = [bytes(header)]
    for number, strip in enumerate(coded):
        if number:
            pieces.append(bytes([0xFF, 0xD0 + (number - 1) % 8]))
        # all strips have the same tables, so their headers are equally long; 2 bytes end each
        pieces.append(memoryview(strip)[data:-2])
    return b"".join([*pieces, b"\xff\xd9"])


def _places(coded: bytes) -> tuple[int, int, int]:
    """Return where the frame's header, the scan's header and the coded data begin."""
    place, frame = 2, 0
    while True:
        marker, size = coded[place + 1], int.from_bytes(coded[place + 2 : place + 4], "big")
        if marker == SOS:
            return frame, place, place + 2 + size
        if marker in FRAMES:
            frame = place
        place += 2 + size

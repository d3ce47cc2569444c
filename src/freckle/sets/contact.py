"""A contact sheet: every photo small, under its person, with what somebody might look at."""

from collections.abc import Mapping, Sequence
from typing import Final

import cv2
import numpy as np

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.channels import as_pixels
from freckle.errors import FreckleError
from freckle.photo import Photo, Pixels, Source

CELL: Final = (216, 264)
"""Width and height of a photo with its lines, in pixels."""
ACROSS: Final = 8
TITLE: Final = 44
MOST: Final = 60_000
"""Pixels of the sheet's height at most: JPEG holds no more."""
GRAY: Final = (95, 95, 95)
RED: Final = (178, 40, 30)
Cell = tuple[str, bytes, Sequence[str]]
"""Name, thumbnail (a file's bytes, or none), and sentences."""


def contact(groups: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return the sheet as a JPEG; groups by their titles, in order."""
    across = ACROSS
    while _height(groups, across) > MOST:
        across *= 2
    canvas = np.full((_height(groups, across), across * CELL[0], 3), 255, np.uint8)
    top = 0
    for title, cells in groups.items():
        _write(canvas, title or "nobody", (8, top + 30), 0.75, (20, 20, 20))
        top += TITLE
        for k, cell in enumerate(cells):
            row, column = divmod(k, across)
            _draw(canvas, cell, column * CELL[0], top + row * CELL[1])
        top += -(-len(cells) // across) * CELL[1]
    made = Photo(as_pixels(canvas), Source("jpeg", ""))
    return encode(made, SaveOptions(format="jpeg", quality=85))


def _height(groups: Mapping[str, Sequence[Cell]], across: int) -> int:
    return max(1, sum(TITLE + -(-len(cells) // across) * CELL[1] for cells in groups.values()))


def _draw(canvas: Pixels, cell: Cell, left: int, top: int) -> None:
    name, thumb, said = cell
    try:
        small = load_bytes(thumb).pixels if thumb else np.full((150, 200, 3), 225, np.uint8)
    except FreckleError:
        small = np.full((150, 200, 3), 225, np.uint8)
    high, wide = small.shape[:2]
    x, y = left + (CELL[0] - wide) // 2, top + 200 - high
    canvas[y : y + high, x : x + wide] = small
    _write(canvas, name[:30], (left + 8, top + 218), 0.42, GRAY)
    for k, sentence in enumerate(said[:2]):
        _write(canvas, sentence[:30], (left + 8, top + 236 + 16 * k), 0.42, RED)


def _write(
    canvas: Pixels, text: str, at: tuple[int, int], size: float, color: tuple[int, int, int]
) -> None:
    cv2.putText(canvas, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, color, 1, cv2.LINE_AA)

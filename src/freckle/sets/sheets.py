"""Print sheets: as many copies as fit on the paper, with marks that say where to cut."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.codec.channels import as_pixels
from freckle.errors import OutputError
from freckle.photo import Photo, Pixels

MARGIN: Final = 3.0
"""Millimeters at the edges that printers leave white."""
GAPS: Final = (4.0, 1.0)
"""Millimeters between copies: wide where that costs no copy."""
MARK: Final = 1.5
"""Length of a mark in millimeters; it ends where the copy begins."""
LARGEST: Final = 200_000_000
"""Pixels of a sheet at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of copies."""

    photo: Photo
    count: int


def sheet(photo: Photo, size: tuple[float, float], paper: tuple[float, float]) -> Sheet:
    """Lay a photo of some size on paper (millimeters both), at its own resolution.

    Raises `OutputError` where not even one fits.
    """
    scale = photo.width / size[0]
    ways = [(gap, way) for gap in GAPS for way in (paper, paper[::-1])]
    gap, (wide, tall) = max(ways, key=lambda way: int(np.prod(_grid(size, way[1], way[0]))))
    across, down = _grid(size, (wide, tall), gap)
    if not across * down:
        raise OutputError(
            f"A photo of {size[0]:g} × {size[1]:g} mm does not fit on "
            f"{paper[0]:g} × {paper[1]:g} mm.",
            "Choose a larger sheet, as 10x15cm.",
        )
    width, height = round(wide * scale), round(tall * scale)
    if width * height > LARGEST:
        raise OutputError(
            f"The sheet would have {width} × {height} pixels.", "Give fewer with --dpi 600."
        )
    canvas = np.full((height, width, 3), photo.peak, photo.pixels.dtype)
    pitch = (size[0] + gap) * scale, (size[1] + gap) * scale
    first = (
        (width - across * pitch[0] + gap * scale) / 2,
        (height - down * pitch[1] + gap * scale) / 2,
    )
    places = [
        (round(first[0] + k * pitch[0]), round(first[1] + row * pitch[1]))
        for row in range(down)
        for k in range(across)
    ]
    for left, top in places:
        _marks(canvas, (left, top, left + photo.width, top + photo.height), scale)
    for left, top in places:  # over marks that are longer than the gap
        canvas[top : top + photo.height, left : left + photo.width] = photo.pixels
    return Sheet(photo.with_frame(as_pixels(canvas), None), len(places))


def _grid(size: tuple[float, float], paper: tuple[float, float], gap: float) -> tuple[int, int]:
    """Return how many fit beside and below each other."""
    across, down = (
        int((side - 2 * MARGIN + gap) // (own + gap)) for side, own in zip(paper, size, strict=True)
    )
    return (across, down) if min(across, down) > 0 else (0, 0)


def _marks(canvas: Pixels, box: tuple[int, int, int, int], scale: float) -> None:
    """Draw eight lines that end at the corners of a copy."""
    left, top, right, bottom = box
    long, thick = max(2, round(MARK * scale)), max(1, round(0.1 * scale))
    gray = canvas.dtype.type(np.iinfo(canvas.dtype).max // 3)
    for x in (left, right - thick):
        canvas[max(top - long, 0) : top, x : x + thick] = gray
        canvas[bottom : bottom + long, x : x + thick] = gray
    for y in (top, bottom - thick):
        canvas[y : y + thick, max(left - long, 0) : left] = gray
        canvas[y : y + thick, right : right + long] = gray

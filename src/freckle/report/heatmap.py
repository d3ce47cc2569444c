"""Where how much changed: ΔE as heat over the gray photo."""

from typing import Final

import cv2
import numpy as np

from freckle.geometry import Box
from freckle.photo import Photo
from freckle.pixels.color import Floats, lab, to_srgb
from freckle.pixels.filters import smoothstep
from freckle.report.pictures import Picture, fitting, reduced, to_bytes

TOP: Final = 12.0
"""ΔE (CIE 1976) at the hot end; always the same, so that two heat maps can be compared."""
SEEN: Final = (0.3, 2.5)
"""ΔE at which heat begins to show, and at which it covers the photo."""
TICKS: Final = (0, 1, 2, 5, 12)
LEGEND: Final = 44
"""Height of the legend in pixels."""
STRIP: Final = 256
"""Rows compared at a time: the memory needed does not grow with the photo."""


def heatmap(before: Photo, after: Photo) -> Picture:
    """Return the change of the pixels as heat over the gray photo, with a legend (8-bit sRGB)."""
    size = fitting(before)
    heat = difference(before, after, size)
    gray = _gray(before, size)
    colored = _colors(np.sqrt(np.clip(heat / np.float32(TOP), 0, 1)))
    cover = np.float32(0.9) * smoothstep(*SEEN, heat)[..., None]
    picture = to_bytes(gray * (1 - cover) + colored * cover)
    return np.vstack([picture, legend(size[0])])


def difference(before: Photo, after: Photo, size: tuple[int, int]) -> Floats:
    """Return ΔE (CIE 1976) of two photos, measured finely and averaged to width × height."""
    step = max(1, before.width // (2 * size[0]))
    rows, columns = max(1, before.height // step), max(1, before.width // step)
    fine = np.zeros((rows, columns), np.float32)
    box = changed(before, after)
    left, right = box.left // step, min(-(-box.right // step), columns)
    for top in range(box.top // step, min(-(-box.bottom // step), rows), STRIP):
        bottom = min(top + STRIP, rows)
        cells = Box(left, top, right, bottom)
        old, new = (_cells(photo, cells, step) for photo in (before, after))
        fine[cells.slices] = np.sqrt(np.einsum("ijk,ijk->ij", new - old, new - old))
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.float32)


def changed(before: Photo, after: Photo) -> Box:
    """Return the box in which two photos of one size differ."""
    rows = np.zeros(before.height, bool)
    columns = np.zeros(before.width, bool)
    for top in range(0, before.height, STRIP):
        part = slice(top, top + STRIP)
        differs = (before.pixels[part] != after.pixels[part]).any(axis=2)
        rows[part] = differs.any(axis=1)
        columns |= differs.any(axis=0)
    if not rows.any():
        return Box(0, 0, 0, 0)
    down, across = np.flatnonzero(rows), np.flatnonzero(columns)
    return Box(int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1)


def legend(width: int) -> Picture:
    """Return a strip that says which color is which ΔE."""
    strip = np.full((LEGEND, width, 3), 24, np.uint8)
    left, right = min(60, width // 4), width - min(30, width // 8)
    ramp = np.linspace(0, 1, max(1, right - left), dtype=np.float32)[None]
    strip[8:20, left:right] = to_bytes(_colors(ramp))
    for value in TICKS:
        x = left + round((right - left - 1) * float(np.sqrt(value / TOP)))
        strip[20:24, x] = 200
        _write(strip, f"{value:g}", x - 4 * len(f"{value:g}"))
    _write(strip, "dE", 8)
    return strip


def _cells(photo: Photo, cells: Box, step: int) -> Floats:
    """Return part of a photo in CIELAB, averaged over squares of `step` pixels."""
    rows = slice(cells.top * step, cells.bottom * step)
    part = photo.pixels[rows, cells.left * step : cells.right * step].astype(np.float32)
    small = cv2.resize(part, (cells.width, cells.height), interpolation=cv2.INTER_AREA)
    return lab(to_srgb(small * np.float32(1 / photo.peak), photo.space))


def _gray(photo: Photo, size: tuple[int, int]) -> Floats:
    gray = cv2.cvtColor(reduced(photo, size), cv2.COLOR_RGB2GRAY)
    return np.repeat(gray[..., None] * np.float32(0.8), 3, axis=2)


def _colors(share: Floats) -> Floats:
    """Map 0..1 to black, violet, orange, yellow."""
    levels = np.rint(share * 255).astype(np.uint8)
    bgr = cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype(np.float32) * np.float32(1 / 255)


def _write(strip: Picture, text: str, x: int) -> None:
    place = max(0, x), LEGEND - 8
    cv2.putText(strip, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (220,) * 3, 1, cv2.LINE_AA)

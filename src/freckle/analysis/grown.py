"""A spot where somebody points: grown from there to its border, where it has one.

What stands out from the skin around by its own color, darker or lighter, is followed from the
place outward until half of its contrast is lost (seeded region growing, Adams and Bischof 1994).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region, Regions
from freckle.analysis.spot import Disc
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian, robust_sigma

Bools = npt.NDArray[np.bool_]
USUAL: Final = 0.01
"""Radius in face widths where no border is found: a pimple's."""
LEAST: Final = 0.004
MOST: Final = 0.035
"""Radii in face widths that a border may have."""
BESIDE: Final = 0.012
"""How far beside the place a spot's middle may lie, in face widths."""
SIZES: Final = (0.009, 0.015, 0.024, MOST)
"""Radii in face widths up to which a border is sought; where it stands out most, it is taken."""
RING: Final = (1.6, 3.2)
"""Where the skin around is, in these radii."""
BLUR: Final = 0.16
"""σ of what is compared, in these radii: pores and grain are no spots."""
CLEAR: Final = 3.5
"""Robust deviations of the skin around by which a spot stands out."""
LEVEL: Final = 0.006
"""Least deviation of −ln light that counts as one: skin without any grain is not that sure."""
ROUND: Final = 0.4
"""Share of the circle around it that a spot fills; strands and folds fill less."""


def on_skin(regions: Regions, x: float, y: float) -> bool:
    """Whether a place of the frame (pixels) is solid skin, where spots can be replaced."""
    solid = regions.small(Region.SOLID)
    row, column = int(y / regions.factor), int(x / regions.factor)
    inside = 0 <= row < solid.shape[0] and 0 <= column < solid.shape[1]
    return inside and bool(solid[row, column] > 0.5)


def spot_at(regions: Regions, x: float, y: float) -> Disc | None:
    """Return the spot at a place of the frame, in its pixels; None beside the skin.

    Where nothing there has a border, a disc of the usual size around the place.
    """
    if not on_skin(regions, x, y):
        return None
    step = regions.factor
    grown = _grown(regions, x / step, y / step)
    if grown is None or not on_skin(regions, grown[0] * step, grown[1] * step):
        return x, y, USUAL * regions.frame.unit
    column, row, radius = grown
    return column * step, row * step, radius * step


def _grown(regions: Regions, x: float, y: float) -> Disc | None:
    """Grow what stands out at a place of the coarse grid; None where nothing does."""
    reach = int(np.ceil(RING[1] * MOST * regions.unit)) + 1
    middle = Box(int(x), int(y), int(x) + 1, int(y) + 1)
    box = middle.grow(reach).clip(regions.size[1], regions.size[0])
    skin = regions.small(Region.SOLID)[box.slices] > 0.5
    down = np.arange(box.top, box.bottom, dtype=np.float32)[:, None] + np.float32(0.5 - y)
    across = np.arange(box.left, box.right, dtype=np.float32) + np.float32(0.5 - x)
    place = _Place(-regions.log_rgb[box.slices], skin, down, across, regions.unit)
    found = [each for size in SIZES if (each := _within(place, size * regions.unit)) is not None]
    if not found:
        return None
    _, (column, row, radius) = max(found)
    return box.left + column, box.top + row, max(radius, LEAST * regions.unit)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """−ln of linear light around a place, where skin is, and how far from the place (pixels)."""

    depth: Floats
    skin: Bools
    down: Floats
    across: Floats
    unit: float


def _within(place: _Place, most: float) -> tuple[float, Disc] | None:
    """Return the spot of at most this radius that stands out from the skin around, and how far."""
    away = np.hypot(place.down, place.across)
    low, high = RING
    ring = place.skin & (away > low * most) & (away < high * most)
    if ring.sum() < 24:
        return None
    lifted = _lifted(place, gaussian(place.depth, max(BLUR * most, 0.5)), ring)
    near = place.skin & (away <= max(min(BESIDE * place.unit, most), 1.5))
    contrast = np.linalg.norm(lifted, axis=2) * near
    start = np.unravel_index(int(contrast.argmax()), contrast.shape)
    peak = float(contrast[start])
    if peak < CLEAR:
        return None
    along = lifted @ (lifted[start] / np.float32(peak))
    spot = _border(along > 0.5 * peak, (int(start[0]), int(start[1])), most)
    return None if spot is None else (peak, spot)


def _lifted(place: _Place, depth: Floats, ring: Bools) -> Floats:
    """Return depth over the skin around, whose light may have a slope, in its deviations."""
    rows, columns = np.nonzero(ring)
    plane = np.column_stack([place.down[rows, 0], place.across[columns], np.ones(len(rows))])
    lifted = np.empty_like(depth)
    for k in range(3):
        values = depth[rows, columns, k]
        slope, *_ = np.linalg.lstsq(plane, values, rcond=None)
        rest = values - plane @ slope
        usual = slope[2] + central(rest)
        spread = max(robust_sigma(rest), LEVEL)
        ground = slope[0] * place.down + slope[1] * place.across + usual
        lifted[..., k] = (depth[..., k] - ground) / spread
    return lifted


def _border(high: Bools, start: tuple[int, int], most: float) -> Disc | None:
    """Return the round piece around a place; None if it has no border, or is no spot's."""
    _, pieces = cv2.connectedComponents(high.astype(np.uint8), connectivity=4)
    rows, columns = np.nonzero(pieces == pieces[start])
    radius = float(np.sqrt(len(rows) / np.pi))
    row, column = float(rows.mean()) + 0.5, float(columns.mean()) + 0.5
    reach = float(np.hypot(rows + 0.5 - row, columns + 0.5 - column).max()) + 0.5
    if radius > most or (radius / reach) ** 2 < ROUND:
        return None
    return column, row, radius

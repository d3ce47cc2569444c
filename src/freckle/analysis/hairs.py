"""Strands of hair that lie before lips and lids: dark, thin lines that run on beyond them.

Networks see locks, not strands. A crack of a lip, a lash or a crease ends where the lip or the lid
does; a hair does not.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.grid import Grid
from freckle.analysis.places import around
from freckle.geometry import Points
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import smoothstep
from freckle.pixels.morphology import morph

EYES: Final = (
    (lm.RIGHT_EYE, lm.RIGHT_BROW, (226, 113, 244, 233, 230, 228)),
    (lm.LEFT_EYE, lm.LEFT_BROW, (446, 342, 464, 453, 450, 448)),
)
"""Opening, brow and the ends of the lids of each eye."""
WIDTH: Final = 0.014
"""Widest strand, in face widths; wider ones are locks, which the network sees."""
FAINT: Final = 0.12
"""Least contrast of a strand, as a share of the light (L* + 16) around it."""


def crossing(grid: Grid) -> Floats:
    """Return 0..1 at the frame's resolution where single hairs cross lips or lids."""
    found = np.zeros(grid.frame.size, np.float32)
    unit = grid.frame.unit
    seam = _grown(grid, [lm.LIPS_INNER], 0.012)
    for corner in lm.MOUTH_CORNERS:  # lines of the cheek begin there
        at = np.round(grid.points[corner] - 0.5).astype(int).tolist()
        cv2.circle(seam, at, round(0.07 * unit), 1.0, -1)
    zones = [(grid.polygons([lm.LIPS_OUTER], 1), seam, 0.030)]
    for opening, brow, lids in EYES:
        lid = grid.fill([_hull(grid, (*lids, *brow))], 1)
        zones.append((lid, _grown(grid, [opening, brow], 0.008), 0.035))
    for feature, spared, reach in zones:
        box = around(feature).grow(round(2.5 * reach * unit))
        box = box.clip(found.shape[1], found.shape[0])
        if box.empty:
            continue
        light, *masks = (
            np.ascontiguousarray(x[box.slices]) for x in (grid.frame.lab[..., 0], feature, spared)
        )
        there = strands(light, masks[0], masks[1], reach * unit, unit)
        found[box.slices] = np.maximum(found[box.slices], there)
    return found


def _hull(grid: Grid, names: tuple[int, ...]) -> Points:
    hull = cv2.convexHull(grid.points[list(names)].astype(np.float32))
    return np.asarray(hull[:, 0], np.float32)


def _grown(grid: Grid, groups: list[tuple[int, ...]], by: float) -> Floats:
    return morph(grid.polygons(groups, 1), cv2.MORPH_DILATE, by * grid.frame.unit)


def strands(light: Floats, feature: Floats, spared: Floats, reach: float, unit: float) -> Floats:
    """Return 0..1 over strands that cross the edge of `feature` (0..1) and reach beyond it.

    `light` is L*; `spared` is where no strand is looked for, as the line between lips is none;
    `reach` is how far a strand must go beyond the feature and `unit` the face's width, in pixels.
    """
    inside = (feature > 0.5).astype(np.uint8)
    if not inside.any():
        return np.zeros_like(light)
    off, depth = distance(1 - inside), distance(inside)
    contrast = _thin(light, unit) * (1 - spared)
    count, parts = cv2.connectedComponents((contrast > 0.5).astype(np.uint8), connectivity=8)
    labels = np.asarray(parts, np.int32)
    far, deep = (_most(values, labels, count) for values in (off, depth))
    crossing = (far > reach) & (deep > 0.006 * unit)
    crossing[0] = False
    near = cv2.dilate(crossing[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return contrast * np.asarray(near, np.float32)


def _thin(light: Floats, unit: float) -> Floats:
    """Return 0..1 where a line is darker than what lies on both sides of it.

    Lighter ones are gloss as often as hair.
    """
    size = 2 * max(1, round(WIDTH * unit / 2)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    rise = np.asarray(cv2.morphologyEx(light, cv2.MORPH_BLACKHAT, disc), np.float32)
    return smoothstep(0.5 * FAINT, 1.5 * FAINT, rise / np.maximum(light + rise + 16, 16))


def _most(values: Floats, labels: npt.NDArray[np.int32], count: int) -> Floats:
    """Return the largest value in each component."""
    most = np.zeros(count, np.float32)
    np.maximum.at(most, labels.ravel(), values.ravel())
    return most

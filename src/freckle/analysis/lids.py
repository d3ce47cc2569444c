"""The lids of both eyes: how far up toward the brow, how far out, and where lashes grow.

The mesh's lids are wrong by up to a sixtieth of the face's width, more on single lids: the upper
one is moved to where the picture has the dark line of the lashes' roots (edges.py says how).
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.chart import PLACES, Index, spread
from freckle.analysis.edges import Reals, along, cheapest, sample, steps
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, smoothstep

# Rings of the right eye, each from the outer to the inner corner.
_EDGE: Final = (33, 246, 161, 160, 159, 158, 157, 173, 133)
_UPPER: Final = (
    _EDGE,
    (130, 247, 30, 29, 27, 28, 56, 190, 243),
    (226, 113, 225, 224, 223, 222, 221, 189, 244),
    (124, 124, 46, 53, 52, 65, 55, 193, 193),
)
_LOWER: Final = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
    (130, 25, 110, 24, 23, 22, 26, 112, 243),
    (226, 31, 228, 229, 230, 231, 232, 233, 244),
)
UPPER_REACH: Final = 0.034
"""How far from the upper lid's edge lashes and lines may lie, in face widths."""
LOWER_REACH: Final = 0.018
WING: Final = 0.085
"""How far a wing may reach beyond the outer corner, in face widths."""
FINER: Final = 6
"""Points on a curve for each of the mesh's."""

BAND: Final = 0.016
"""How far the edge of the upper lid may move, in face widths."""

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lids:
    """Where each pixel of the frame lies on the lids, 0 off them.

    `rise` is 0 at the lashes, 1 in the crease, 3 at the brow; below the eye −1 at the lower lid's
    fold and −2 on the cheek. `along` goes from 0 at the inner corner to 1 at the outer.
    """

    rise: Floats
    along: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """The edges of one eye's lids as fine curves in frame points, from the outer corner inward."""

    upper: Curve
    lower: Curve
    wing: Curve
    """Unit vector along which a wing leaves the outer corner."""
    facing: float
    """1 where the camera sees the eye from the front, 0 from the side: nothing is drawn there."""

    @property
    def opening(self) -> Points:
        """The outline of what shows between the lids."""
        return np.asarray(np.concatenate([self.upper, self.lower[::-1]]), np.float32)


def lids(points: Points, both: tuple[Eye, Eye], size: tuple[int, int]) -> Lids:
    """Draw the map of both eyes' lids: landmarks in the pixels of a picture of `size`."""
    mesh = points[: len(PLACES), :2].astype(np.float64)
    for eye, names in zip(both, (np.arange(len(PLACES)), OPPOSITE), strict=True):
        mesh[names[list(_EDGE)]] = eye.upper[::FINER]
    right = _strips(_UPPER), _strips(_LOWER)
    rise = np.zeros(len(mesh))
    along = np.zeros(len(mesh))
    for rings, sign in ((_UPPER, 1), (_LOWER, -1)):
        for level, ring in enumerate(rings):
            names = np.concatenate([ring, OPPOSITE[list(ring)]])
            rise[names] = sign * level
            along[names] = np.tile(np.linspace(1, 0, len(ring)), 2)
    corners = np.concatenate([*right, *(OPPOSITE[strip] for strip in right)])
    fields = spread(mesh, corners, np.column_stack([rise, along]), size)
    return Lids(*fields)


def eyes(points: Points, light: Floats, unit: float) -> tuple[Eye, Eye]:
    """Return the lids' edges of the right and the left eye; `light` is the frame's L*."""
    both = _eye(points, np.arange(len(PLACES))), _eye(points, OPPOSITE)
    right, left = (replace(eye, upper=_to_lashes(eye, light, unit)) for eye in both)
    return right, left


def outward(upper: Curve, lower: Curve) -> Curve:
    """Return unit vectors across the upper lid, away from the eye."""
    run = np.gradient(upper, axis=0)
    normal = np.column_stack([run[:, 1], -run[:, 0]])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    away = upper.mean(axis=0) - lower.mean(axis=0)
    return normal if float(normal.mean(axis=0) @ away) > 0 else -normal


def _to_lashes(eye: Eye, light: Floats, unit: float) -> Curve:
    """Move the upper lid's edge to the upper side of the dark line along it, if there is one."""
    low, high = eye.upper.min(axis=0), eye.upper.max(axis=0)
    around = Box(*np.floor(low).astype(int).tolist(), *np.ceil(high).astype(int).tolist())
    around = around.grow(round(0.05 * unit) + 2).clip(light.shape[1], light.shape[0])
    if around.empty:
        return eye.upper
    smooth = gaussian(np.ascontiguousarray(light[around.slices]), 0.0025 * unit)
    away = along(outward(eye.upper, eye.lower), 2.0)
    start = eye.upper - [around.left, around.top]
    offsets = steps(-BAND, BAND, 0.001)
    seen, above = (sample(smooth, start, away, (offsets + up) * unit) for up in (-0.001, 0.006))
    # the corners are the mesh's surest points
    place = np.linspace(0, 1, len(start))
    arch = np.sin(np.pi * place)[:, None]
    cost = 1.5 * np.square(offsets / (0.004 + 0.005 * arch)) - 6 * _roots(seen, above)
    moved = along(offsets[cheapest(cost)][:, None], 2.5) * np.minimum(1, 4 * arch)
    return np.asarray(eye.upper + away * moved * unit)


def _roots(seen: Reals, above: Reals) -> Reals:
    """Return how much each sample (stations × samples of L*) looks like the lashes' roots.

    They are the darkest line there is, and lid begins right above.
    """
    low = seen.min(axis=1, keepdims=True)
    contrast = np.maximum(above.max(axis=1, keepdims=True) - low, 12.0)
    dark = np.clip(1 - (seen - low) / contrast, 0, 1)
    return np.asarray(0.5 * dark + np.clip((above - seen) / contrast, 0, 1))


def lash_lines(
    both: tuple[Eye, Eye], unit: float, size: tuple[int, int], share: float = 1.0
) -> Floats:
    """Return a soft mask of where lashes grow and liner lies, wings with it; `unit` face width.

    With a `share` below 1 the mask is so much narrower.
    """
    canvas = np.zeros(size, np.uint8)
    for eye in both:
        tip = eye.upper[0] + WING * unit * eye.wing
        for curve, reach in (
            (eye.upper, UPPER_REACH),
            (eye.lower, LOWER_REACH),
            (np.stack([eye.upper[0], tip]), LOWER_REACH),
        ):
            fixed = np.round((curve - 0.5) * 16).astype(np.int32)
            width = max(1, round(1.5 * share * reach * unit))
            cv2.polylines(canvas, [fixed], False, 255 * eye.facing, width, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(canvas, (0, 0), 0.006 * share * unit)
    return np.asarray(soft, np.float32) * np.float32(1 / 255)


def _strips(rings: tuple[tuple[int, ...], ...]) -> Index:
    """Return the triangles between neighboring rings."""
    found = []
    for low, high in pairwise(rings):
        for k in range(len(low) - 1):
            found += [(low[k], low[k + 1], high[k]), (low[k + 1], high[k + 1], high[k])]
    return np.array([three for three in found if len(set(three)) == 3], np.intp)


def _eye(points: Points, names: Index) -> Eye:
    upper = fine(points[names[list(_EDGE)], :2])
    lower = fine(points[names[list(_LOWER[0])], :2])
    # a wing carries the lower lid on, a little steeper, toward the end of the brow
    out = lower[0] - lower[2 * FINER]
    brow = points[names[46], :2] - lower[0]
    line = out / max(float(np.linalg.norm(out)), 1e-6)
    toward = brow / max(float(np.linalg.norm(brow)), 1e-6)
    wing = 0.75 * line + 0.25 * toward
    unit = np.asarray(wing / max(float(np.linalg.norm(wing)), 1e-6))
    return Eye(upper, lower, unit, _facing(points[names[133]] - points[names[33]]))


def _facing(across: Points) -> float:
    """Return 0..1: how much an eye's width (a vector, with depth) is seen from the front."""
    seen = float(np.linalg.norm(across[:2]) / max(float(np.linalg.norm(across)), 1e-6))
    return float(smoothstep(0.52, 0.8, seen))


def fine(points: Points) -> Curve:
    """Return a smooth curve through points, `FINER` to each (Catmull and Rom 1974)."""
    known = points.astype(np.float64)
    p = np.concatenate([[2 * known[0] - known[1]], known, [2 * known[-1] - known[-2]]])
    place = np.linspace(0, len(known) - 1, FINER * (len(known) - 1) + 1)
    k = np.minimum(place.astype(int), len(known) - 2)
    t = (place - k)[:, None]
    a, b, c, d = (p[k + n] for n in range(4))
    bend = a - 2.5 * b + 2 * c - d / 2
    return np.asarray(b + t * (c - a) / 2 + t**2 * bend + t**3 * (1.5 * (b - c) + (d - a) / 2))


def _opposite() -> Index:
    """Return for each point of the mesh that on the other side."""
    across, down = np.array(PLACES).T
    apart = np.abs(across[:, None] + across)
    apart += np.abs(down[:, None] - down)
    return np.asarray(apart.argmin(axis=1), np.intp)


OPPOSITE: Final = _opposite()
"""For each point of the mesh, the one on the other side of the face."""

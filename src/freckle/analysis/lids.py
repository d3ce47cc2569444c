"""The lids of both eyes: how far up toward the brow, how far out, and where lashes grow."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.chart import PLACES, Index, spread
from freckle.geometry import Points
from freckle.pixels.color import Floats

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


def lids(points: Points, size: tuple[int, int]) -> Lids:
    """Draw the map of both eyes' lids: landmarks in the pixels of a picture of `size`."""
    mesh = points[: len(PLACES), :2].astype(np.float64)
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


def eyes(points: Points) -> tuple[Eye, Eye]:
    """Return the lids' edges of the right and the left eye."""
    return _eye(points, np.arange(len(PLACES))), _eye(points, OPPOSITE)


def lash_lines(both: tuple[Eye, Eye], unit: float, size: tuple[int, int]) -> Floats:
    """Return a soft mask of where lashes grow and liner lies, wings with it; `unit` face width."""
    canvas = np.zeros(size, np.uint8)
    for eye in both:
        tip = eye.upper[0] + WING * unit * eye.wing
        for curve, reach in (
            (eye.upper, UPPER_REACH),
            (eye.lower, LOWER_REACH),
            (np.stack([eye.upper[0], tip]), LOWER_REACH),
        ):
            fixed = np.round((curve - 0.5) * 16).astype(np.int32)
            width = max(1, round(1.5 * reach * unit))
            cv2.polylines(canvas, [fixed], False, 255, width, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(canvas, (0, 0), 0.006 * unit)
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
    wing = 0.6 * line + 0.4 * toward
    return Eye(upper, lower, np.asarray(wing / max(float(np.linalg.norm(wing)), 1e-6)))


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
    places = np.array(PLACES)
    apart = np.abs(places[:, None] * [-1, 1] - places[None]).sum(axis=2)
    return np.asarray(apart.argmin(axis=1), np.intp)


OPPOSITE: Final = _opposite()
"""For each point of the mesh, the one on the other side of the face."""

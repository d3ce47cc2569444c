"""The exact edge of the lips: the mesh's outline, moved to where the picture itself has the edge.

The mesh says where lips are to a fiftieth of the face's width; lip color is wrong to the eye by
then. Along lines from the mouth's opening outward, colors left and right of each possible edge are
compared with what lips and their surroundings look like just there (region competition of Chan and
Vese 2001, on a band), and the smoothest good edge is found by dynamic programming (Amini 1990).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.edges import (
    PULL,
    STEP,
    Arc,
    Reals,
    along,
    cheapest,
    directions,
    sample,
    spline,
    steps,
    strength,
)
from freckle.analysis.opening import opening
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian

BAND: Final = 0.030
"""How far the outer edge may move, in face widths."""
OPEN: Final = 0.016
"""Mouths whose lips are nearer than this (face widths) count as closed."""


@dataclass(frozen=True, slots=True, eq=False)
class Mouth:
    """Outlines in frame points (N × 2): all lips, and the opening between them (None: closed)."""

    outer: Points
    opening: Points | None


def trace(lab: Floats, points: Points, unit: float) -> Mouth:
    """Find the lips in a frame (CIELAB, with landmarks in its pixels and its face width)."""
    box = _box(points, unit, lab.shape[:2])
    if box.empty:
        return Mouth(np.asarray(points[list(lm.LIPS_OUTER), :2], np.float32), None)
    corner = np.array([box.left, box.top])
    colors = gaussian(np.ascontiguousarray(lab[box.slices]), 0.003 * unit)
    lower, upper = (_arc(points[:, :2] - corner, below) for below in (True, False))
    lower, upper = (replace(arc, outer=_outer_edge(colors, arc, unit)) for arc in (lower, upper))
    whole = np.asarray(np.concatenate([lower.outer, upper.outer[::-1]]) + corner, np.float32)
    gap = float(np.linalg.norm(points[13, :2] - points[14, :2]))
    shown = opening(colors, lower, upper, unit) if gap > OPEN * unit else None
    return Mouth(whole, None if shown is None else np.asarray(shown + corner, np.float32))


def _box(points: Points, unit: float, size: tuple[int, ...]) -> Box:
    outline = points[list(lm.LIPS_OUTER), :2]
    low, high = np.floor(outline.min(0)).astype(int), np.ceil(outline.max(0)).astype(int)
    return Box(*low.tolist(), *high.tolist()).grow(round(0.09 * unit)).clip(size[1], size[0])


def _arc(points: Points, lower: bool) -> Arc:
    outer, inner = list(lm.LIPS_OUTER), list(lm.LIPS_INNER)
    if lower:
        names = outer[:11], inner[:11]
    else:
        names = [outer[0], *outer[:9:-1]], [inner[0], *inner[:9:-1]]
    return Arc(spline(points[names[1]]), spline(points[names[0]]))


def _outer_edge(colors: Floats, arc: Arc, unit: float) -> Reals:
    """Move the outer edge of a lip within the band; positive is away from the mouth."""
    away = directions(arc)
    offsets = steps(-BAND, BAND, STEP) * unit
    seen = sample(colors, arc.outer, away, offsets)
    share = np.array([0.3, 0.4, 0.5, 0.6, 0.7]) * np.maximum(arc.thickness, 1)[:, None]
    lip = sample(colors, arc.inner, away, share)
    skin = sample(colors, arc.outer, away, steps(0.026, 0.042, 0.004) * unit)
    # the corners are the mesh's surest points, and shade makes false edges around them
    plump = np.minimum(1, arc.thickness / (0.05 * unit))
    free = 0.012 * unit * (0.35 + 0.65 * plump)[:, None]
    cost = _competition(seen, lip, skin) - PULL * strength(seen) + np.square(offsets / free)
    cost[offsets[None] < -0.6 * arc.thickness[:, None]] = 1e6
    # as a hand draws it: smooth over two stations
    return arc.outer + away * along(offsets[cheapest(cost)][:, None], 2.0)


def _competition(seen: Reals, lip: Reals, other: Reals) -> Reals:
    """Return what an edge at each sample costs: lips before it, the other after it.

    Both looks are learnt along the arc; their difference is measured in the spread that they
    have in themselves (Fisher 1936), so that gloss does not count where lips glisten.
    """
    lips, others = along(central(lip, 1), 3.0), along(central(other, 1), 3.0)
    parts = lip - lips[:, None], other - others[:, None]
    rest = np.concatenate([part.reshape(-1, 3) for part in parts])
    spread = rest.T @ rest / len(rest) + np.diag([100.0, 3.0, 3.0])
    axis = (lips - others) @ np.linalg.inv(spread)
    apart = np.maximum(np.einsum("nc,nc->n", axis, lips - others), 1e-6)
    middle = (lips + others) / 2
    score = np.einsum("nsc,nc->ns", seen - middle[:, None], axis) / (apart[:, None] / 2)
    score = np.clip(score, -1, 1) * (apart / (apart + 1.5))[:, None]
    before = np.cumsum(score, axis=1)
    cost: Reals = before[:, -1:] - 2 * before
    return np.asarray(cost * 0.6)

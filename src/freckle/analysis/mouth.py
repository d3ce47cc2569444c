"""The exact edge of the lips: the mesh's outline, moved to where the picture itself has the edge.

The mesh says where lips are to a fiftieth of the face's width; lip color is wrong to the eye by
then. Along lines from the mouth's opening outward, colors left and right of each possible edge are
compared with what lips and their surroundings look like just there (region competition of Chan and
Vese 2001, on a band), and the smoothest good edge is found by dynamic programming (Amini 1990).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.edges import Reals, along, cheapest, sample, steps
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian

STATIONS: Final = 41
"""Lines across each arc of a lip, corner to corner."""
STEP: Final = 0.0015
"""Distance of two samples on a line, in face widths."""
BAND: Final = 0.030
"""How far the outer edge may move, in face widths."""
INNER_BAND: Final = 0.016
"""The same for the edge of the mouth's opening."""
OPEN: Final = 0.016
"""Mouths whose lips are nearer than this (face widths) count as closed."""
WIDE: Final = 0.06
"""Openings higher than this (face widths) may move farther, for the mesh knows smiles best."""
PULL: Final = 15.0
"""What the strongest change of color on a line is worth, against colors on its wrong side."""

SOFT: Final = 0.0015
"""Standard deviation of the edge of lip color, in face widths."""
CORNERS: Final = (
    0.6 * np.square(np.maximum(np.abs(np.linspace(-1, 1, STATIONS)) - 0.8, 0) * 5)[:, None]
)
"""How far the opening's ends go toward the lips' corners."""


Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mouth:
    """Outlines in frame points (N × 2): all lips, and the opening between them (None: closed)."""

    outer: Points
    opening: Points | None


@dataclass(frozen=True, slots=True, eq=False)
class _Arc:
    """Half a mouth: mesh edges of opening and lip at each station, from corner to corner."""

    inner: Reals
    outer: Reals

    @property
    def thickness(self) -> Reals:
        """Height of the lip at each station, in pixels."""
        return np.asarray(np.linalg.norm(self.outer - self.inner, axis=1))


def trace(lab: Floats, points: Points, unit: float) -> Mouth:
    """Find the lips in a frame (CIELAB, with landmarks in its pixels and its face width)."""
    box = _box(points, unit, lab.shape[:2])
    if box.empty:
        return Mouth(np.asarray(points[list(lm.LIPS_OUTER), :2], np.float32), None)
    corner = np.array([box.left, box.top])
    colors = gaussian(np.ascontiguousarray(lab[box.slices]), 0.003 * unit)
    arcs = [_arc(points[:, :2] - corner, lower) for lower in (True, False)]
    gap = float(np.linalg.norm(points[13, :2] - points[14, :2]))
    outer = [_outer_edge(colors, arc, unit) for arc in arcs]
    whole = np.concatenate([outer[0], outer[1][::-1]]) + corner
    if gap < OPEN * unit:
        return Mouth(np.asarray(whole, np.float32), None)
    # the shade of an open mouth's corners reaches on toward those of the lips
    inner = [
        _inner_edge(colors, arc, unit, min(max(gap / (WIDE * unit), 1), 2.5))
        + CORNERS * (edge - arc.inner)
        for arc, edge in zip(arcs, outer, strict=True)
    ]
    opening = np.concatenate([inner[0], inner[1][::-1]]) + corner
    return Mouth(np.asarray(whole, np.float32), np.asarray(opening, np.float32))


def lip_color(lab: Floats, whole: Floats, opening: Floats | None, unit: float) -> Floats:
    """Return where lips may be colored: `whole` with a soft edge, without what shows between them.

    All are of one size; the edge of lips is never sharp in a photo, a sharp one looks pasted.
    """
    if opening is None:
        return gaussian(whole, SOFT * unit)
    found = between(lab, whole * (1 - opening), opening, unit)
    hole = np.maximum(opening, gaussian(found, SOFT * unit))
    lips = gaussian(whole * (1 - hole), SOFT * unit)
    # a pixel's width off the teeth: enlarging the change must not reach them
    shut = np.maximum(opening, found)
    return lips * (1 - np.asarray(cv2.dilate(shut, np.ones((3, 3), np.uint8)), np.float32))


def between(lab: Floats, lips: Floats, opening: Floats, unit: float) -> Floats:
    """Return 0 or 1 where teeth or the dark behind lips show at the edge of an opening, and on it.

    `lab`, `lips` and `opening` are of one size. Only what hangs together with the opening counts.
    """
    sure = lips > 0.9
    if not sure.any():
        return np.zeros_like(lips)
    usual = np.median(lab[sure], axis=0)
    hollow = gaussian(lab[..., 0], 0.003 * unit) + 16 < 0.45 * (usual[0] + 16)
    found = _near(_teeth(lab, usual, opening), opening, 0.014 * unit)
    found |= _near(hollow, opening, 0.05 * unit)
    # edges of teeth are blurred over two pixels
    return np.asarray(cv2.dilate(found.astype(np.uint8), np.ones((5, 5), np.uint8)), np.float32)


def _near(found: Flags, opening: Floats, reach: float) -> Flags:
    """Keep what is nearer to the opening than `reach` pixels and touches it."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(reach) + 1,) * 2)
    hole = (opening > 0.5).astype(np.uint8)
    kept = (found & (cv2.dilate(hole, disc) > 0)) | (hole > 0)
    wider = cv2.dilate(kept.astype(np.uint8), np.ones((5, 5), np.uint8))  # over blurred edges
    _, labels = cv2.connectedComponents(wider)
    held = np.unique(labels[hole > 0])
    return np.asarray(found & kept & np.isin(labels, held[held > 0]))


def _teeth(lab: Floats, usual: Floats, opening: Floats) -> Flags:
    """Return where it is lighter than the lips (`usual`) and less red, if that shows between them.

    Gloss on lips is as light as teeth, but not as little red.
    """
    inside = opening > 0.9
    shown = lab[inside & (lab[..., 0] > usual[0] + 6) & (lab[..., 1] < 0.75 * usual[1] + 1)]
    if len(shown) < 0.1 * inside.sum():
        return np.zeros(opening.shape, np.bool_)
    tooth = np.median(shown, axis=0)
    lighter = lab[..., 0] > 0.6 * usual[0] + 0.4 * tooth[0]
    return np.asarray(lighter & (lab[..., 1] < 0.6 * tooth[1] + 0.4 * usual[1] + 1))


def _box(points: Points, unit: float, size: tuple[int, ...]) -> Box:
    outline = points[list(lm.LIPS_OUTER), :2]
    low, high = np.floor(outline.min(0)).astype(int), np.ceil(outline.max(0)).astype(int)
    return Box(*low.tolist(), *high.tolist()).grow(round(0.09 * unit)).clip(size[1], size[0])


def _arc(points: Points, lower: bool) -> _Arc:
    outer, inner = list(lm.LIPS_OUTER), list(lm.LIPS_INNER)
    if lower:
        names = outer[:11], inner[:11]
    else:
        names = [outer[0], *outer[:9:-1]], [inner[0], *inner[:9:-1]]
    return _Arc(_spline(points[names[1]]), _spline(points[names[0]]))


def _spline(points: Points) -> Reals:
    """Resample a curve through its points at `STATIONS` places (Catmull and Rom 1974)."""
    known = points.astype(np.float64)
    ends = 2 * known[0] - known[1], 2 * known[-1] - known[-2]
    p = np.concatenate([[ends[0]], known, [ends[1]]])
    place = np.linspace(0, len(known) - 1, STATIONS)
    k = np.minimum(place.astype(int), len(known) - 2)
    t = (place - k)[:, None]
    a, b, c, d = (p[k + n] for n in range(4))
    return np.asarray(
        b
        + t * (c - a) / 2
        + t**2 * (a - 2.5 * b + 2 * c - d / 2)
        + t**3 * (1.5 * (b - c) + (d - a) / 2)
    )


def _outer_edge(colors: Floats, arc: _Arc, unit: float) -> Reals:
    """Move the outer edge of a lip within the band; positive is away from the mouth."""
    away = _directions(arc)
    offsets = steps(-BAND, BAND, STEP) * unit
    seen = sample(colors, arc.outer, away, offsets)
    share = np.array([0.3, 0.4, 0.5, 0.6, 0.7]) * np.maximum(arc.thickness, 1)[:, None]
    lip = sample(colors, arc.inner, away, share)
    skin = sample(colors, arc.outer, away, steps(0.026, 0.042, 0.004) * unit)
    # the corners are the mesh's surest points, and shade makes false edges around them
    plump = np.minimum(1, arc.thickness / (0.05 * unit))
    free = 0.012 * unit * (0.35 + 0.65 * plump)[:, None]
    cost = _competition(seen, lip, skin) - PULL * _edges(seen) + np.square(offsets / free)
    cost[offsets[None] < -0.6 * arc.thickness[:, None]] = 1e6
    return arc.outer + away * _smooth(offsets[cheapest(cost)])


def _inner_edge(colors: Floats, arc: _Arc, unit: float, free: float) -> Reals:
    """Move the edge of the opening, `free` times as far; positive is into the lip."""
    away = _directions(arc)
    offsets = steps(-free * INNER_BAND, free * INNER_BAND, STEP) * unit
    seen = sample(colors, arc.inner, away, offsets)
    share = np.array([0.35, 0.45, 0.55, 0.65]) * np.maximum(arc.thickness, 1)[:, None]
    lip = sample(colors, arc.inner, away, share)
    within = sample(colors, arc.inner, away, steps(-0.024, -0.008, 0.004) * unit)
    cost = -_competition(seen, lip, within)
    cost += 0.35 * np.square(offsets / (0.007 * free * unit))[None]
    cost[offsets[None] > 0.6 * arc.thickness[:, None]] = 1e6
    return arc.inner + away * _smooth(offsets[cheapest(cost)])


def _directions(arc: _Arc) -> Reals:
    """Return unit vectors from the opening outward, steadied along the arc."""
    lines = arc.outer - arc.inner
    lines = lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-6)
    lines = along(lines, 2.0)
    return np.asarray(lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-6))


def _competition(seen: Reals, lip: Reals, other: Reals) -> Reals:
    """Return what an edge at each sample costs: lips before it, the other after it.

    Both looks are learnt along the arc; their difference is measured in the spread that they
    have in themselves (Fisher 1936), so that gloss does not count where lips glisten.
    """
    lips, others = along(np.median(lip, 1), 3.0), along(np.median(other, 1), 3.0)
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


def _edges(seen: Reals) -> Reals:
    """Return 0..1: how much color changes at each sample, against the line's strongest change."""
    change = np.zeros(seen.shape[:2])
    change[:, 2:-2] = np.linalg.norm((seen[:, 4:] - seen[:, :-4]) * [0.5, 1, 1], axis=2)
    return np.asarray(change / np.maximum(change.max(axis=1, keepdims=True), 3.0))


def _arch() -> Reals:
    """Return 0 at the corners of the mouth and 1 at its middle."""
    return np.asarray(np.sin(np.linspace(0, np.pi, STATIONS)))


def _smooth(offsets: Reals) -> Reals:
    return along(offsets[:, None], 0.8)

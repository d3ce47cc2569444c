"""Edges along a curve: samples on lines across it, and the smoothest good path through them."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Points
from freckle.pixels.color import Floats

Reals = npt.NDArray[np.float64]
STATIONS: Final = 41
"""Lines across each arc of a lip, corner to corner."""
STEP: Final = 0.0015
"""Distance of two samples on a line, in face widths."""
PULL: Final = 15.0
"""What the strongest change of color on a line is worth, against colors on its wrong side."""


def steps(first: float, last: float, step: float) -> Reals:
    """Return evenly spaced offsets, both ends with them."""
    return np.linspace(first, last, round((last - first) / step) + 1)


def sample(colors: Floats, start: Reals, away: Reals, offsets: Reals) -> Reals:
    """Return colors at offsets (samples, or stations × samples) along each line."""
    reach = np.broadcast_to(offsets, (len(start), offsets.shape[-1]))
    at = start[:, None] + away[:, None] * reach[..., None] - 0.5
    x, y = at[..., 0].astype(np.float32), at[..., 1].astype(np.float32)
    seen = cv2.remap(colors, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float64)


def along(values: Reals, sigma: float) -> Reals:
    """Blur along the stations."""
    blurred = cv2.GaussianBlur(values, (1, 0), sigmaX=1e-6, sigmaY=sigma)
    return np.asarray(blurred, np.float64).reshape(values.shape)


def cheapest(cost: Reals) -> npt.NDArray[np.intp]:
    """Return the offset's index at each station with the least cost and bending (Viterbi 1967)."""
    index = np.arange(cost.shape[1])
    bend = 0.2 * np.square(index[:, None] - index[None])
    total, back = cost[0], []
    for row in cost[1:]:
        through = total[None] + bend
        best = through.argmin(axis=1)
        back.append(best)
        total = through[index, best] + row
    path = [int(total.argmin())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return np.array(path[::-1])


def at(colors: Floats, places: Reals) -> Reals:
    """Return the colors at places (stations × samples × 2)."""
    x, y = (np.ascontiguousarray(places[..., k] - 0.5, np.float32) for k in (0, 1))
    seen = cv2.remap(colors, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """Half a mouth: mesh edges of opening and lip at each station, from corner to corner."""

    inner: Reals
    outer: Reals

    @property
    def thickness(self) -> Reals:
        """Height of the lip at each station, in pixels."""
        return np.asarray(np.linalg.norm(self.outer - self.inner, axis=1))


def directions(arc: Arc) -> Reals:
    """Return unit vectors from the opening outward, steadied along the arc."""
    lines = arc.outer - arc.inner
    lines = lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-6)
    lines = along(lines, 2.0)
    return np.asarray(lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-6))


def strength(seen: Reals) -> Reals:
    """Return 0..1: how much color changes at each sample, against the line's strongest change."""
    change = np.zeros(seen.shape[:2])
    change[:, 2:-2] = np.linalg.norm((seen[:, 4:] - seen[:, :-4]) * [0.5, 1, 1], axis=2)
    return np.asarray(change / np.maximum(change.max(axis=1, keepdims=True), 3.0))


def spline(points: Points) -> Reals:
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

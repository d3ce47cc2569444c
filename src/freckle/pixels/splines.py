"""A smooth curve through points that rises where they rise and falls where they fall."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from freckle.pixels.color import Floats


def tangents(points: Sequence[tuple[float, float]]) -> list[float]:
    """Return the slope at each point (x rising) for a monotone cubic (Fritsch & Carlson 1980)."""
    steps = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    slopes = [steps[0], *((a + b) / 2 for a, b in pairwise(steps)), steps[-1]]
    for k, step in enumerate(steps):
        if step == 0:
            slopes[k] = slopes[k + 1] = 0.0
            continue
        ahead, behind = max(slopes[k] / step, 0.0), max(slopes[k + 1] / step, 0.0)
        far = (ahead * ahead + behind * behind) ** 0.5
        limit = 3 / far if far > 3 else 1.0
        slopes[k], slopes[k + 1] = limit * ahead * step, limit * behind * step
    return slopes


def monotone(points: Sequence[tuple[float, float]], values: Floats) -> Floats:
    """Return the curve through points at values; beyond the first and the last it stays level."""
    slopes = np.array(tangents(points), np.float32)
    x, y = np.array(points, np.float32).T
    at = np.clip(values, x[0], x[-1])
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    wide = (x[1:] - x[:-1])[k]
    t = (at - x[:-1][k]) / wide
    rest = 1 - t
    start = (1 + 2 * t) * rest * rest * y[:-1][k] + t * rest * rest * wide * slopes[:-1][k]
    end = t * t * (3 - 2 * t) * y[1:][k] - t * t * rest * wide * slopes[1:][k]
    return np.asarray(start + end, np.float32)

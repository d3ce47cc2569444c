"""Places on a face by its mesh, so that a mark is the same in every photo of a person."""

from itertools import combinations
from typing import Any, Final

import numpy as np

from freckle.analysis.faces import Face

Meshed = tuple[list[int], list[float]]
"""Three points of the mesh, and their weights (barycentric)."""
POINTS: Final = 468
"""Of the mesh without the irises, which look about."""
NEAR: Final = 10
"""Points of the mesh among which the triangle is looked for."""
THIN: Final = 0.2
"""Least height of the triangle, in shares of its longest side."""


def on_mesh(face: Face, x: float, y: float) -> Meshed | None:
    """Return where a place of the photo lies on a mesh: in the smallest triangle around it.

    None beside the mesh.
    """
    points = face.landmarks[:POINTS, :2].astype(np.float64)
    away = np.linalg.norm(points - (x, y), axis=1)
    nearest = np.argsort(away, kind="stable")[:NEAR].tolist()
    for corners in sorted(combinations(nearest, 3), key=lambda each: float(away[[*each]].max())):
        weights = _weights(points[[*corners]], np.array([x, y]))
        if weights is not None:
            return [*corners], weights
    return None


def off_mesh(face: Face, place: Any) -> tuple[float, float]:
    """Return where a place on a mesh lies in a photo, in its pixels."""
    corners, weights = place
    x, y = np.asarray(weights, float) @ face.landmarks[list(corners), :2]
    return float(x), float(y)


def _weights(corners: Any, place: Any) -> list[float] | None:
    """Return the weights of a place inside a triangle that is not thin."""
    sides = np.stack([corners[1] - corners[0], corners[2] - corners[0]], axis=1)
    longest = max(float(np.linalg.norm(corners[k] - corners[k - 1])) for k in range(3))
    if abs(np.linalg.det(sides)) < THIN * longest**2:
        return None
    second, third = np.linalg.solve(sides, place - corners[0]).tolist()
    weights = [1 - second - third, second, third]
    return [round(each, 6) for each in weights] if min(weights) >= 0 else None

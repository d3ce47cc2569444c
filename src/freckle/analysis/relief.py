"""The relief of a head: which way each place looks, and how near it is, from the mesh.

Beyond the mesh lie hair, ears, neck and shoulders, of which it knows nothing: there the head is
round and the neck stands back behind the jaw.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from freckle.analysis.chart import PLACES, spread, triangles
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep, stacked

SMOOTH: Final = 0.016
"""How far the mesh's flat triangles are rounded off, in face widths."""
ROUND: Final = 0.3
"""How far beyond the mesh its edge still tells which way things look, in face widths."""
BACK: Final = 0.5
"""How much what lies beyond the mesh stands back, as a share of the way from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """A head's surface, all height × width float32 of the coarse grid.

    `right`, `up` and `near` are the parts of the unit normal, seen in the picture; `depth` is how
    near the surface is to the camera, in face widths; `mesh` is 1 where the mesh knows it.
    """

    right: Floats
    up: Floats
    near: Floats
    depth: Floats
    mesh: Floats

    def within(self, box: Box | None) -> Self:
        """Return the part in a box; all of it for None."""
        if box is None:
            return self
        here = box.slices
        parts = (self.right, self.up, self.near, self.depth, self.mesh)
        right, up, near, depth, mesh = (np.ascontiguousarray(part[here]) for part in parts)
        return replace(self, right=right, up=up, near=near, depth=depth, mesh=mesh)


def relief(points: Points, size: tuple[int, int], unit: float) -> Relief:
    """Return the relief of 468 or more landmarks (with depth) in the pixels of a grid.

    `unit` is the face's width in these pixels.
    """
    mesh = points[: len(PLACES)].astype(np.float64)
    corners = triangles()
    # to the camera is minus z, down the picture is plus y
    depth = (mesh[:, 2].max() - mesh[:, 2]) / unit
    values = np.column_stack([_normals(mesh, corners), depth, np.ones(len(mesh))])
    fields = spread(mesh, corners, values, size)
    sure = np.asarray(fields[4] > 0.5, np.float32)
    beyond = distance((sure < 0.5).astype(np.uint8)) / np.float32(unit)
    near_mesh = layers(sure, 4) * stacked(*fields[:4])
    held = masked_gaussian(near_mesh, sure, SMOOTH * unit, floor=1e-5)
    far = masked_gaussian(near_mesh, sure, 0.12 * unit, floor=1e-5)
    share = smoothstep(0, 0.03, beyond)
    around = held + layers(share, 4) * (far - held)
    normal = np.asarray(
        around[..., :3]
        + layers(smoothstep(0, ROUND, beyond)) * (_barrel(mesh, size, unit) - around[..., :3]),
        np.float32,
    )
    length = np.maximum(np.sqrt((normal * normal).sum(axis=2)), np.float32(1e-4))
    right, up, near = (np.asarray(normal[..., k] / length, np.float32) for k in range(3))
    back = np.asarray(around[..., 3] - np.float32(BACK) * beyond, np.float32)
    return Relief(right, up, near, gaussian(back, 0.006 * unit), sure)


def _normals(
    mesh: npt.NDArray[np.float64], corners: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """Return each point's unit normal: to the right, upward, to the camera."""
    a, b, c = (mesh[corners[:, k], :3] for k in range(3))
    faces = np.cross(b - a, c - a)
    total = np.zeros((len(mesh), 3))
    for k in range(3):
        np.add.at(total, corners[:, k], faces)
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return np.asarray(total * [-1, 1, 1], np.float64)


def _barrel(mesh: npt.NDArray[np.float64], size: tuple[int, int], unit: float) -> Floats:
    """Return the normals of an upright barrel behind the head, as wide as shoulders."""
    middle = np.float32(mesh[:, 0].mean())
    across = (np.arange(size[1], dtype=np.float32) + np.float32(0.5) - middle) / np.float32(unit)
    right = np.broadcast_to(np.clip(across / np.float32(1.1), -0.8, 0.8), size)
    up = np.full(size, 0.25, np.float32)
    near = np.sqrt(np.maximum(1 - right * right - up * up, np.float32(0.05)))
    return stacked(np.ascontiguousarray(right, np.float32), up, np.asarray(near, np.float32))


def falling(lab: Floats, skin: Floats, shape: Relief, unit: float) -> tuple[float, float]:
    """Return how ln of the light on a face grows to the right and upward, over its normals.

    A plane fitted to the lightness of sure skin (height × width × 3 CIELAB; `skin` 0..1) over the
    normals, by robust least squares; (0, 0) where too little skin is seen.
    """
    low = gaussian(lab[..., 0], 0.03 * unit)
    light = 3 * np.log(np.maximum(low + 16, 4) / np.float32(116))
    sure = skin > 0.6
    if int(sure.sum()) < 200:
        return 0.0, 0.0
    parts = np.column_stack([shape.right[sure], shape.up[sure], np.ones(int(sure.sum()))])
    values, weight = light[sure].astype(np.float64), np.ones(len(parts))
    fit = np.zeros(3)
    for _ in range(4):
        matrix = parts.T @ (parts * weight[:, None]) + np.diag([1e-3, 1e-3, 1e-6]) * len(parts)
        fit = np.linalg.solve(matrix, parts.T @ (weight * values))
        # glare, brows and beards are no light that falls
        weight = 1 / (1 + ((values - parts @ fit) / 0.2) ** 2)
    return float(fit[0]), float(fit[1])

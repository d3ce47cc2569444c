"""Which patch beside a stroke stands in for what is under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.geometry import Box
from freckle.pixels.color import Floats

RIM: Final = (1.12, 1.9)
"""Distances in radii between which the surroundings are compared."""
DISTANCES: Final = (2.3, 3.0, 3.9, 5.0, 6.4)
"""How far away patches are looked for, in radii."""
DIRECTIONS: Final = 20
INNER: Final = 0.8
GRAIN: Final = 0.6
TONE: Final = 0.15
FAR: Final = 0.01
"""Weights of structure inside a patch, of other grain, of another tone and of distance, against a
rim that does not fit (all in shares of the encoded range)."""
BUSY: Final = 2.5
"""A patch with this many times the structure of the rim shows something else."""
LEAST: Final = 0.01

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A part of the photo on the grid where patches are compared.

    `values` are 0..1 as encoded, `fine` their detail, `hole` what is not skin or cloth yet.
    """

    box: Box
    factor: int
    values: Floats
    fine: Floats
    hole: Floats
    distance: Floats
    """Of each cell from the piece's line, in radii."""


def best(patch: Patch, radius: float) -> tuple[int, int] | None:
    """Return the shift (cells) to the patch that fits best; None when there is none."""
    usable = patch.hole == 0
    rim = (patch.distance > RIM[0]) & (patch.distance < RIM[1]) & usable
    inner = patch.distance <= RIM[0]
    if rim.sum() < 12 or not inner.any():
        return None
    judge = _Judge.of(patch, rim, inner)
    found = []
    for dx, dy in _shifts(radius):
        cost = judge.cost(dx, dy)
        if cost is not None:
            found.append((cost + FAR * float(np.hypot(dx, dy)) / radius / 8, dx, dy))
    if not found:
        return None
    _, dx, dy = min(found)
    return dx, dy


@dataclass(frozen=True, slots=True, eq=False)
class _Judge:
    """Compares patches with the surroundings of a piece."""

    patch: Patch
    rim: npt.NDArray[np.intp]
    inner: npt.NDArray[np.intp]
    plane: Floats
    """1, y, x of each cell of the rim (n × 3): a slope of light is no misfit."""
    fit: Floats
    """The pseudo-inverse of `plane`."""
    grain: float
    """Root mean square of the rim's detail."""
    plain: float
    """Root mean square of the rim's colors but for a slope."""

    @classmethod
    def of(cls, patch: Patch, rim: Bools, inner: Bools) -> "_Judge":
        """Prepare what is the same for all patches."""
        places, inside = np.argwhere(rim), np.argwhere(inner)
        # thousands of cells say no more than some hundreds
        places = places[:: max(1, len(places) // 500)]
        inside = inside[:: max(1, len(inside) // 400)]
        rows = np.column_stack([np.ones(len(places)), places - places.mean(axis=0)])
        fit = np.linalg.pinv(rows).astype(np.float32)
        grain = float(np.sqrt(np.square(patch.fine[tuple(places.T)]).mean()))
        plane, values = rows.astype(np.float32), patch.values[tuple(places.T)]
        plain = float(np.sqrt(np.square(values - plane @ (fit @ values)).mean()))
        return cls(patch, places, inside, plane, fit, grain, plain)

    def cost(self, dx: int, dy: int) -> float | None:
        """Return how badly a patch fits; None when it is not whole or shows something else."""
        shift = np.array([dy, dx], np.intp)
        inner, rim = self.inner + shift, self.rim + shift
        height, width = self.patch.hole.shape
        if not _within(inner, height, width):
            return None
        there = (rim >= 0).all(axis=1) & (rim < [height, width]).all(axis=1)
        if there.mean() < 0.8 or self.patch.hole[tuple(inner.T)].any():
            return None
        rim = np.clip(rim, 0, [height - 1, width - 1])
        values = self.patch.values
        apart = values[tuple(self.rim.T)] - values[tuple(rim.T)]
        apart[self.patch.hole[tuple(rim.T)] > 0] = 0
        slope = self.fit @ apart
        misfit = float(np.sqrt(np.square(apart - self.plane @ slope).mean()))
        own = self.fit @ values[tuple(rim.T)]
        middle = rim.mean(axis=0)
        rows = np.column_stack([np.ones(len(inner)), inner - middle]).astype(np.float32)
        structure = float(np.sqrt(np.square(values[tuple(inner.T)] - rows @ own).mean()))
        if structure > BUSY * self.plain + LEAST:
            return None
        grain = float(np.sqrt(np.square(self.patch.fine[tuple(inner.T)]).mean()))
        tone = float(np.abs(slope[0]).mean())
        return (
            misfit
            + INNER * max(structure - self.plain, 0.0)
            + GRAIN * abs(grain - self.grain)
            + TONE * tone
        )


def _within(places: npt.NDArray[np.intp], height: int, width: int) -> bool:
    low, high = places.min(axis=0), places.max(axis=0)
    return bool(low[0] >= 0 and low[1] >= 0 and high[0] < height and high[1] < width)


def _shifts(radius: float) -> Iterator[tuple[int, int]]:
    for share in DISTANCES:
        for k in range(DIRECTIONS):
            angle = 2 * np.pi * k / DIRECTIONS
            reach = share * radius
            yield round(reach * float(np.cos(angle))), round(reach * float(np.sin(angle)))

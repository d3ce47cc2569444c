"""Fit a smooth 3-D table to pairs of colors: before, and after."""

from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.table import NODES, Table

Doubles = npt.NDArray[np.float64]
SMOOTH: Final = 2.0
"""Weight of the table's bends (squared second differences), for pairs of weight 1 together."""
STILL: Final = 2e-5
"""Weight of staying as it is, where no pair says anything."""


def fitted(
    before: Floats,
    after: Floats,
    weights: Floats,
    nodes: int = NODES,
    steep: float = 0.0,
) -> Table:
    """Return the table nearest to what n × 3 sRGB colors (0..1) become, and smooth between.

    Least squares with a penalty on bends, as for thin plates: neighboring colors move alike, so
    that no grain grows and no band appears.
    """
    corners, shares = _cells(before, nodes)
    weights = np.asarray(weights / weights.sum(), np.float64)
    forms = _bends(nodes) * SMOOTH + _slopes(nodes) * steep
    system = forms / nodes**3 + np.eye(nodes**3) * STILL / nodes**3
    target = np.zeros((nodes**3, 3))
    moves = (after - before).astype(np.float64)
    for k in range(8):
        part = weights * shares[:, k]
        np.add.at(target, corners[:, k], part[:, None] * moves)
        for other in range(8):
            np.add.at(system, (corners[:, k], corners[:, other]), part * shares[:, other])
    deltas = np.linalg.solve(system, target)
    return Table(deltas.reshape(nodes, nodes, nodes, 3).astype(np.float32))


def _cells(colors: Floats, nodes: int) -> tuple[npt.NDArray[np.int64], Doubles]:
    """Return the eight nodes around each color, and the share that each has in it."""
    at = np.clip(colors.astype(np.float64), 0, 1) * (nodes - 1)
    low = np.minimum(at.astype(np.int64), nodes - 2)
    part = at - low
    corners, shares = [], []
    for step in product((0, 1), repeat=3):
        node = low + np.array(step)
        corners.append((node[:, 0] * nodes + node[:, 1]) * nodes + node[:, 2])
        shares.append(np.prod(np.where(np.array(step) == 1, part, 1 - part), axis=1))
    return np.stack(corners, axis=1), np.stack(shares, axis=1)


@lru_cache(maxsize=2)
def _slopes(nodes: int) -> Doubles:
    """Return the quadratic form of first differences along the three axes."""
    first = np.diff(np.eye(nodes), axis=0)
    slope, one = first.T @ first, np.eye(nodes)
    forms: list[Any] = [(slope, one, one), (one, slope, one), (one, one, slope)]
    return np.asarray(sum(np.kron(np.kron(a, b), c) for a, b, c in forms))


@lru_cache(maxsize=2)
def _bends(nodes: int) -> Doubles:
    """Return the quadratic form of second differences along the three axes, mixed ones too."""
    second = np.diff(np.eye(nodes), n=2, axis=0)
    first = np.diff(np.eye(nodes), axis=0)
    bend, slope, one = second.T @ second, first.T @ first, np.eye(nodes)
    forms: list[Any] = [(bend, one, one), (one, bend, one), (one, one, bend)]
    mixed = [(slope, slope, one), (slope, one, slope), (one, slope, slope)]
    whole = sum(np.kron(np.kron(a, b), c) for a, b, c in forms)
    return np.asarray(whole + 2 * sum(np.kron(np.kron(a, b), c) for a, b, c in mixed))

"""What a mark looks like: its surroundings on the grid, and its shape against the ring around."""

from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import median

CORE: Final = 0.8
RING: Final = (1.6, 2.8)
NEAR: Final = 2.0
REACH: Final = 3.2
"""Radii of a mark's middle, of the skin around it, of what must be free, and of what is seen."""
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A mark's surroundings on the grid: distance in its radii, and masks of its parts."""

    here: tuple[slice, slice]
    middle: tuple[int, int]
    """The mark's cell of the whole grid."""
    radius: float
    """The mark's, in grid steps."""
    down: Floats
    across: Floats
    distance: Floats
    core: Bools
    near: Bools
    rim: Bools
    ring: Bools

    @classmethod
    def around(cls, x: float, y: float, radius: float, size: tuple[int, ...]) -> Self:
        """Cut the window of a disc out of a grid of `size`."""
        reach = int(np.ceil(REACH * radius)) + 1
        row, column = min(int(y), size[0] - 1), min(int(x), size[1] - 1)
        top, left = max(0, row - reach), max(0, column - reach)
        here = slice(top, row + reach + 1), slice(left, column + reach + 1)
        rows, columns = min(row + reach + 1, size[0]) - top, min(column + reach + 1, size[1]) - left
        down = np.arange(top, top + rows, dtype=np.float32)[:, None] + np.float32(0.5 - y)
        across = np.arange(left, left + columns, dtype=np.float32) + np.float32(0.5 - x)
        down, across = np.broadcast_arrays(down, across)
        distance = np.hypot(down, across) / np.float32(radius)
        low, high = RING
        return cls(
            here,
            (row, column),
            radius,
            down,
            across,
            distance,
            distance <= CORE,
            distance <= NEAR,
            (distance > 1.2) & (distance < 2.5),
            (distance > low) & (distance < high),
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """What a mark looks like against the ring around it."""

    uneven: float
    """Logarithm of the ring's unevenness over the mark's height."""
    slope: float
    """Logarithm of the slope of light across the mark over its height."""
    edge: float
    """Share of its height that is lost across its border."""
    long: float
    """Logarithm of how much longer than wide its upper half is."""

    @classmethod
    def of(cls, signal: Floats, window: Window) -> Self:
        """Measure a mark in a window of −ln of light.

        The height is that over a plane through the ring: a slope of light is no mark.
        """
        ring = window.ring
        rows = np.column_stack([np.ones(int(ring.sum())), window.down[ring], window.across[ring]])
        values = signal[ring].astype(np.float64)
        plane = np.linalg.solve(rows.T @ rows + 1e-6 * np.eye(3), rows.T @ values)
        rest = float((values - rows @ plane).std())
        height = max(float(signal[window.core].mean()) - float(plane[0]), 1e-3)
        slope = float(np.hypot(*plane[1:])) * window.radius
        return cls(
            uneven=float(np.clip(np.log(max(rest / height, 1e-2)), -3, 2)),
            slope=float(np.log(slope / height + 0.02)),
            edge=_edge(signal, window, height),
            long=_long(signal, window),
        )


def _edge(signal: Floats, window: Window, height: float) -> float:
    """Return how much of a mark's height is lost across its edge."""
    inner = (window.distance > 0.6) & (window.distance <= 1.0)
    outer = (window.distance > 1.0) & (window.distance <= 1.5)
    if not inner.any() or not outer.any():
        return 0.5
    step = float(signal[inner].mean() - signal[outer].mean()) / height
    return float(np.clip(step, -1, 2))


def _long(signal: Floats, window: Window) -> float:
    """Return the logarithm of how much longer than wide the mark's upper half is."""
    usual = median(signal[window.ring])
    top = float(signal[window.core].mean())
    upper = ((signal - usual > 0.5 * (top - usual)) & (window.distance < 3)).astype(np.uint8)
    _, names = cv2.connectedComponents(upper)
    nearest = np.unravel_index(int(window.distance.argmin()), window.distance.shape)
    name = names[nearest]
    rows, columns = np.nonzero(names == name if name else upper)
    if len(rows) < 4:
        return 0.0
    # the spread along and across: eigenvalues of the 2 × 2 covariance, a pixel's own added
    down, along = rows - rows.mean(), columns - columns.mean()
    count = len(rows) - 1
    vertical, level = float(down @ down) / count + 0.08, float(along @ along) / count + 0.08
    mean = (vertical + level) / 2
    apart = float(np.hypot((vertical - level) / 2, float(down @ along) / count))
    return float(np.clip(0.5 * np.log((mean + apart) / (mean - apart)), 0, 1.5))

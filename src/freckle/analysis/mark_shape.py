"""What marks look like: their surroundings on the grid, and their shape against the ring around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats

CORE: Final = 0.8
RING: Final = (1.6, 2.8)
NEAR: Final = 2.0
REACH: Final = 3.2
"""Radii of a mark's middle, of the skin around it, of what must be free, and of what is seen."""
ALIKE: Final = 4
"""Grid steps by which windows that are looked at together may differ in reach."""
Bools = npt.NDArray[np.bool_]
Disc = tuple[float, float, float]
"""Middle and radius in grid steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """The surroundings of several marks, K × H × W: places in the marks' radii, and their parts."""

    cells: npt.NDArray[np.intp]
    """Numbers of the grid's cells, row by row; beside the grid, of the cell at its edge."""
    radii: Floats
    down: Floats
    across: Floats
    """In grid steps from the middle."""
    distance: Floats
    """In radii; endless beside the grid."""
    core: Bools
    near: Bools
    rim: Bools
    ring: Bools

    @classmethod
    def around(cls, discs: Sequence[Disc], size: tuple[int, int], reach: int) -> Self:
        """Cut windows of `reach` steps to each side out of a grid of `size` (height, width)."""
        x, y, radius = (v[:, None, None] for v in np.array(discs, np.float64).reshape(-1, 3).T)
        steps = np.arange(-reach, reach + 1)
        rows = np.minimum(y.astype(np.intp), size[0] - 1) + steps[:, None]
        columns = np.minimum(x.astype(np.intp), size[1] - 1) + steps
        down = rows.astype(np.float32) + (0.5 - y).astype(np.float32)
        across = columns.astype(np.float32) + (0.5 - x).astype(np.float32)
        distance = np.asarray(np.hypot(down, across) / radius.astype(np.float32), np.float32)
        beside = (rows < 0) | (rows >= size[0]) | (columns < 0) | (columns >= size[1])
        distance[beside] = np.inf
        low, high = RING
        return cls(
            np.clip(rows, 0, size[0] - 1) * size[1] + np.clip(columns, 0, size[1] - 1),
            radius.ravel().astype(np.float32),
            np.broadcast_to(down, distance.shape),
            np.broadcast_to(across, distance.shape),
            distance,
            distance <= CORE,
            distance <= NEAR,
            (distance > 1.2) & (distance < 2.5),
            (distance > low) & (distance < high),
        )

    def only(self, which: Bools) -> Self:
        """Return some of the windows."""
        return replace(
            self, **{each.name: getattr(self, each.name)[which] for each in fields(self)}
        )

    def of(self, plane: Floats) -> Floats:
        """Return the windows of a plane of the grid."""
        return np.ascontiguousarray(plane).ravel()[self.cells]


def alike(discs: Sequence[Disc]) -> Iterator[tuple[int, list[int]]]:
    """Sort discs by how far must be seen around them: that reach, and the discs' numbers."""
    groups: dict[int, list[int]] = {}
    for number, (_, _, radius) in enumerate(discs):
        reach = int(np.ceil(REACH * radius)) + 1
        groups.setdefault(-(-reach // ALIKE) * ALIKE, []).append(number)
    yield from sorted(groups.items())


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


def shapes(signal: Floats, windows: Windows) -> list[Shape]:
    """Measure marks in windows of −ln of light (K × H × W), each with a core and a ring.

    The height is that over a plane through the ring: a slope of light is no mark.
    """
    count = len(signal)
    ring = windows.ring.reshape(count, 1, -1).astype(np.float64)
    flat = [part.reshape(count, -1) for part in (windows.down, windows.across, signal)]
    seen = np.stack([np.ones_like(flat[0]), *flat], axis=1).astype(np.float64)
    sums = (seen[:, :3] * ring) @ seen.transpose(0, 2, 1)
    plane = np.linalg.solve(sums[..., :3] + 1e-6 * np.eye(3), sums[..., 3:])
    rest = (seen[:, 3:] - (seen[:, :3] * plane).sum(axis=1, keepdims=True)) * ring
    inside = ring.sum(axis=2)[:, 0]
    spread = np.square(rest).sum(axis=2)[:, 0] / inside - np.square(rest.sum(axis=2)[:, 0] / inside)
    uneven = np.sqrt(np.maximum(spread, 0))
    top = averages(signal, windows.core)
    height = np.maximum(top - plane[:, 0, 0], 1e-3)
    slope = np.hypot(plane[:, 1, 0], plane[:, 2, 0]) * windows.radii / height
    found = (
        np.clip(np.log(np.maximum(uneven / height, 1e-2)), -3, 2),
        np.log(slope + 0.02),
        _edges(signal, windows, height),
        _lengths(signal, windows, top),
    )
    return [Shape(*(float(value) for value in one)) for one in zip(*found, strict=True)]


def averages(values: Floats, where: Bools) -> npt.NDArray[np.float64]:
    """Return the mean of each window's values in a part of it; 0 where that is empty."""
    count = len(values)
    sums = np.where(where, values, 0).reshape(count, -1).sum(axis=1, dtype=np.float64)
    return np.asarray(sums / np.maximum(where.reshape(count, -1).sum(axis=1), 1), np.float64)


def ordered(values: Floats, where: Bools) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return each window's values in a part of it in their order, and how many they are."""
    count = len(values)
    rising = np.sort(np.where(where, values, np.float32(np.inf)).reshape(count, -1), axis=1)
    return rising, np.asarray(where.reshape(count, -1).sum(axis=1), np.intp)


def _edges(
    signal: Floats, windows: Windows, height: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return how much of each mark's height is lost across its edge."""
    distance = windows.distance
    inner = (distance > 0.6) & (distance <= 1.0)
    outer = (distance > 1.0) & (distance <= 1.5)
    step = (averages(signal, inner) - averages(signal, outer)) / height
    known = inner.any(axis=(1, 2)) & outer.any(axis=(1, 2))
    return np.where(known, np.clip(step, -1, 2), 0.5)


def _lengths(
    signal: Floats, windows: Windows, top: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the logarithm of how much longer than wide each mark's upper half is."""
    count, height, width = signal.shape
    rising, many = ordered(signal, windows.ring)
    usual = rising[np.arange(count), many // 2]
    half = (0.5 * (top - usual)).astype(np.float32)
    upper = signal - usual[:, None, None] > half[:, None, None]
    upper &= windows.distance < 3
    # one below the other, a free row between, so that no two hang together
    sheet = np.zeros((count, height + 1, width), np.uint8)
    sheet[:, :height] = upper
    _, names = cv2.connectedComponents(sheet.reshape(-1, width))
    names = names.reshape(sheet.shape)[:, :height]
    nearest = windows.distance.reshape(count, -1).argmin(axis=1)
    name = names.reshape(count, -1)[np.arange(count), nearest][:, None, None]
    own = np.where(name > 0, names == name, upper).astype(np.float64)
    size = own.sum(axis=(1, 2))
    few, size = size < 4, np.maximum(size, 2)
    down, along = np.arange(height)[None, :], np.arange(width)[None, :]
    by_row, by_column = own.sum(axis=2), own.sum(axis=1)
    row, column = (by_row * down).sum(1) / size, (by_column * along).sum(1) / size
    down, along = down - row[:, None], along - column[:, None]
    # the spread along and across: eigenvalues of the 2 × 2 covariance, a pixel's own added
    vertical = (by_row * np.square(down)).sum(1) / (size - 1) + 0.08
    level = (by_column * np.square(along)).sum(1) / (size - 1) + 0.08
    both = np.einsum("kij,ki,kj->k", own, down, along) / (size - 1)
    mean, apart = (vertical + level) / 2, np.hypot((vertical - level) / 2, both)
    longer = 0.5 * np.log((mean + apart) / np.maximum(mean - apart, 1e-9))
    return np.where(few, 0.0, np.clip(longer, 0, 1.5))

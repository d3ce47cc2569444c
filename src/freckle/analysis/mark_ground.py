"""What lies around marks: what is asked of the picture at each, for all marks of a size at once.

Mark by mark, NumPy takes longer to be called than to work.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from freckle.analysis.mark_shape import (
    Bools,
    Disc,
    Shape,
    Windows,
    alike,
    averages,
    ordered,
    shapes,
)
from freckle.analysis.spot import Doubt
from freckle.pixels.color import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is looked at around every mark, all of the coarse grid."""

    depth: Floats
    skin: Floats
    uncovered: Floats
    hair: Floats
    lines: Floats
    eyes: Floats
    brows: Floats
    near: dict[Doubt, Floats]
    """How far each place is beyond what must be clear, in face widths; below 0 it is too near."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a mark looks like and what lies around it."""

    cell: tuple[int, int]
    """The mark's row and column on the grid."""
    shape: Shape
    skin: float
    """How sure nine tenths of the ring are skin."""
    here: float
    """How sure all places under the mark are."""
    uncovered: float
    hair: float
    through: float
    """How much of a line runs through the mark."""
    rim: float
    """How much of lines lies around it."""


def looked_at(discs: Sequence[Disc], ground: Ground) -> list[Around | None]:
    """Look around marks, those of a size together; None where a mark has no middle or no ring."""
    found: list[Around | None] = [None] * len(discs)
    height, width = ground.skin.shape
    for reach, numbers in alike(discs):
        windows = Windows.around([discs[k] for k in numbers], (height, width), reach)
        whole = (windows.ring.sum(axis=(1, 2)) >= 8) & windows.core.any(axis=(1, 2))
        if not whole.any():
            continue
        seen = [number for number, here in zip(numbers, whole, strict=True) if here]
        windows = windows.only(whole)
        for number, around in zip(seen, _together(windows, ground), strict=True):
            x, y, _ = discs[number]
            cell = min(int(y), height - 1), min(int(x), width - 1)
            found[number] = Around(cell, *around)
    return found


def _together(windows: Windows, ground: Ground) -> Iterator[tuple[Any, ...]]:
    """Return what lies around each of some marks: all of `Around` but the cell."""
    skin, lines = windows.of(ground.skin), windows.of(ground.lines)
    axes = (1, 2)
    return zip(
        shapes(windows.of(np.ascontiguousarray(ground.depth[..., 1])), windows),
        _tenths(skin, windows.ring),
        np.where(windows.near, skin, 1).min(axis=axes).tolist(),
        np.where(windows.near, windows.of(ground.uncovered), 1).min(axis=axes).tolist(),
        np.where(windows.near, windows.of(ground.hair), 0).max(axis=axes).tolist(),
        averages(lines, windows.distance < 1.2).tolist(),
        averages(lines, windows.rim).tolist(),
        strict=True,
    )


def _tenths(values: Floats, where: Bools) -> list[float]:
    """Return below which value a tenth of each window's part lies."""
    rising, count = ordered(values, where)
    every, at = np.arange(len(values)), 0.1 * (count - 1)
    before = at.astype(np.intp)
    low, high = rising[every, before], rising[every, np.minimum(before + 1, count - 1)]
    return [float(value) for value in low + (high - low) * (at - before)]

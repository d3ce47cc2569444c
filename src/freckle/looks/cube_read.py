"""Read a `.cube` file (Adobe's Cube LUT 1.0, 2013) as a table of the product's own size."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from freckle.errors import RecipeError
from freckle.pixels.color import Floats
from freckle.pixels.table import NODES, Table

LARGEST: Final = {1: 65_536, 3: 144}
"""Entries of a 1-D table, nodes along each axis of a 3-D one: 144 is the largest in use."""
LONGEST_LINE: Final = 250
"""Characters, by the specification."""
RANGES: Final = ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE")
"""How some programs write both ends of the domain in one line."""


@dataclass(slots=True)
class Cube:
    """The numbers of a file: (N or N³) × 3, red running fastest, over a domain of inputs."""

    axes: int = 0
    """1 or 3; 0 until it is said."""
    size: int = 0
    low: tuple[float, ...] = (0.0, 0.0, 0.0)
    high: tuple[float, ...] = (1.0, 1.0, 1.0)
    rows: list[tuple[float, ...]] = field(default_factory=list)

    @property
    def wanted(self) -> int:
        """How many rows there should be."""
        return int(self.size**self.axes)


@dataclass(frozen=True, slots=True)
class Taken:
    """A table, and what its size cost."""

    table: Table
    strays: float
    """The largest difference from the file at the file's own nodes, 0..1."""


def read_cube(content: bytes) -> Taken:
    """Return the table that a file's bytes describe. Raises `RecipeError`."""
    found = Cube()
    for line in _lines(content):
        word, *rest = line.split()
        if word[0].isalpha():
            _keyword(found, word.upper(), rest)
        else:
            _row(found, line)
    if not found.axes:
        raise _unfit("It says no LUT_1D_SIZE and no LUT_3D_SIZE")
    if len(found.rows) != found.wanted:
        raise _unfit(f"It has {len(found.rows)} of {found.wanted} rows")
    return _resampled(found)


def _lines(content: bytes) -> Iterator[str]:
    for line in io.BytesIO(content):
        if len(line) > LONGEST_LINE + 2:
            raise _unfit("One of its lines is too long")
        text = line.decode("utf-8-sig", "replace").strip()
        if text and not text.startswith("#"):
            yield text


def _keyword(found: Cube, word: str, rest: list[str]) -> None:
    if word in {"LUT_1D_SIZE", "LUT_3D_SIZE"}:
        _sized(found, 1 if word == "LUT_1D_SIZE" else 3, rest)
    elif word == "DOMAIN_MIN":
        found.low = _numbers(rest, 3)
    elif word == "DOMAIN_MAX":
        found.high = _numbers(rest, 3)
    elif word in RANGES:
        low, high = _numbers(rest, 2)
        found.low, found.high = (low,) * 3, (high,) * 3
    elif word in {"NAN", "INF", "INFINITY"}:
        raise _unfit("One of its numbers is none")
    empty = any(high - low < 1e-6 for low, high in zip(found.low, found.high, strict=True))
    if empty and word != "DOMAIN_MIN":  # its other end follows
        raise _unfit("Its domain is empty")


def _sized(found: Cube, axes: int, rest: list[str]) -> None:
    if found.axes:
        raise _unfit("It holds two tables")
    text = rest[0] if len(rest) == 1 and len(rest[0]) < 8 else ""
    size = int(text) if text.isascii() and text.isdecimal() else 0
    if not 2 <= size <= LARGEST[axes]:
        raise _unfit(f"Its size is no number from 2 to {LARGEST[axes]}")
    found.axes, found.size = axes, size


def _row(found: Cube, line: str) -> None:
    if len(found.rows) >= found.wanted:
        raise _unfit("It has more rows than it says, or rows before its size")
    found.rows.append(_numbers(line.split(), 3))


def _numbers(words: list[str], many: int) -> tuple[float, ...]:
    try:
        values = tuple(map(float, words))
    except ValueError:
        values = ()
    if len(values) != many or not all(abs(value) < 1e6 for value in values):
        raise _unfit(f"A line should have {many} numbers, and has {' '.join(words)[:40]!r}")
    return values


def _resampled(found: Cube) -> Taken:
    """Take the table at the product's own nodes, and say how far it then strays."""
    low, high = (np.array(ends, np.float32) for ends in (found.low, found.high))
    rows = np.clip(np.array(found.rows, np.float32), 0, 1)
    if found.axes == 1:
        table = Table(_delta(_curves(rows, (_nodes(NODES) - low) / (high - low))))
        values = low + np.linspace(0, 1, found.size, dtype=np.float32)[:, None] * (high - low)
        own = np.clip(values, 0, 1)
        after = np.stack([table.after(_gray(own[:, k]))[0, :, k] for k in range(3)], axis=1)
    else:
        side = found.size
        grid = rows.reshape(side, side, side, 3).transpose(2, 1, 0, 3)  # red, green, blue
        table = Table(_delta(_mixed(grid, (_nodes(NODES) - low) / (high - low))))
        values = low + _nodes(side).transpose(2, 1, 0, 3).reshape(-1, 3) * (high - low)
        after = table.after(np.clip(values, 0, 1)[None])[0]
    inside = ((values >= 0) & (values <= 1)).all(axis=1)
    strays = np.abs(after - rows)[inside]
    return Taken(table, float(strays.max()) if strays.size else 0.0)


def _gray(values: Floats) -> Floats:
    return np.ascontiguousarray(np.repeat(values[None, :, None], 3, axis=2))


def _nodes(side: int) -> Floats:
    """Return the inputs of a table's nodes: N × N × N × 3 (red, green, blue), 0..1."""
    axis = np.linspace(0, 1, side, dtype=np.float32)
    return np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)


def _delta(after: Floats) -> Floats:
    return np.asarray(after - _nodes(NODES), np.float32)


def _curves(rows: Floats, at: Floats) -> Floats:
    """Return three curves' values at places 0..1 along them, mixed linearly."""
    steps = np.linspace(0, 1, len(rows))
    parts = [np.interp(at[..., k], steps, rows[:, k]) for k in range(3)]
    return np.asarray(np.stack(parts, axis=-1), np.float32)


def _mixed(grid: Floats, at: Floats) -> Floats:
    """Return a grid's values at places 0..1 along its axes, mixed linearly (trilinear)."""
    place = np.clip(at, 0, 1) * (grid.shape[0] - 1)
    low = np.minimum(place.astype(np.int64), grid.shape[0] - 2)
    share = np.asarray(place - low, np.float32)
    total = np.zeros(at.shape, np.float32)
    for corner in np.ndindex(2, 2, 2):
        index = tuple(low[..., k] + corner[k] for k in range(3))
        weight = np.prod([share[..., k] if corner[k] else 1 - share[..., k] for k in range(3)], 0)
        total += weight[..., None] * grid[index]
    return total


def _unfit(why: str) -> RecipeError:
    return RecipeError(
        f"This .cube file cannot be read. {why}.", "Save it again from the program that made it."
    )

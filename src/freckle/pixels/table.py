"""A 3-D table of colors: what every color becomes, smooth between its nodes."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

import cv2
import numpy as np

from freckle.pixels.color import Floats

NODES: Final = 13
"""Nodes along each axis: fine enough for what a smooth look needs, 18 kB as text."""
STEPS: Final = 1 << 15
"""Stored steps of a difference of 1: a thirtieth of a step of 16 bits is no step at all."""
FINE: Final = 3
"""Parts that each cell is cut into before OpenCV mixes within them: it does so in 32 steps."""
WIDEST: Final = 1 << 14
"""Columns that OpenCV remaps at once; it has 16 bits for them."""
FEW: Final = 7
"""Nodes of a table for one kind of thing, which has less to say."""
TEXT: Final = 4 * -(-(NODES**3 * 3 * 2) // 3)
"""Characters of a table as text."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """By how much each color changes, as sRGB values: N × N × N × 3 (red, green, blue; ±1)."""

    deltas: Floats

    @classmethod
    def still(cls) -> Self:
        """Return the table that changes nothing."""
        return cls(np.zeros((NODES, NODES, NODES, 3), np.float32))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return a table from its text. Raises `ValueError` where the text is none."""
        stored = np.frombuffer(base64.b64decode(text, validate=True), "<i2")
        side = next((n for n in (NODES, FEW) if stored.size == n**3 * 3), None)
        if side is None:
            raise ValueError(f"a table should have {NODES} or {FEW} nodes along each axis")
        deltas = stored.reshape(side, side, side, 3).astype(np.float32) / np.float32(STEPS)
        return cls(deltas)

    def text(self) -> str:
        """Return the table as text: base64 of 16-bit integers, little-endian."""
        most = STEPS - 1
        stored = np.clip(np.rint(self.deltas * STEPS), -most, most).astype("<i2")
        return base64.b64encode(stored.tobytes()).decode()

    def at(self, values: Floats) -> Floats:
        """Return the differences for colors (height × width × 3 sRGB, 0..1), mixed linearly."""
        sheets, width = _sheets(self), values.shape[1]
        parts = [values[:, k : k + WIDEST] for k in range(0, width, WIDEST)]
        return np.concatenate([_mixed(sheets, part) for part in parts], axis=1)

    def after(self, values: Floats) -> Floats:
        """Return what colors become, 0..1."""
        return np.asarray(np.clip(values + self.at(values), 0, 1), np.float32)


@lru_cache(maxsize=8)
def table_of(text: str) -> Table:
    """Return a table from its text; the last ones are kept."""
    return Table.read(text)


@lru_cache(maxsize=8)
def _sheets(table: Table) -> Floats:
    """Return the table with finer cells, one slice of blue below the other: (N·N) × N × 3.

    Rows are blue, then green; columns are red. Trilinear within the old cells, so the same table.
    """
    fine = table.deltas
    for axis in range(3):
        fine = _finer(fine, axis)
    side = fine.shape[0]
    return np.ascontiguousarray(fine.transpose(2, 1, 0, 3).reshape(side * side, side, 3))


def _finer(nodes: Floats, axis: int) -> Floats:
    many = (nodes.shape[axis] - 1) * FINE + 1
    at = np.arange(many) / FINE
    low = np.minimum(at.astype(int), nodes.shape[axis] - 2)
    share = np.asarray(at - low, np.float32).reshape([-1 if k == axis else 1 for k in range(4)])
    first, second = np.take(nodes, low, axis), np.take(nodes, low + 1, axis)
    return np.asarray(first + share * (second - first), np.float32)


def _mixed(sheets: Floats, values: Floats) -> Floats:
    side = sheets.shape[1]
    red, green, blue = (values[..., k] * np.float32(side - 1) for k in range(3))
    low = np.minimum(np.floor(blue), np.float32(side - 2))
    rows = low * np.float32(side) + green
    first = cv2.remap(sheets, red, rows, cv2.INTER_LINEAR)
    second = cv2.remap(sheets, red, rows + np.float32(side), cv2.INTER_LINEAR)
    share = (blue - low)[..., None]
    return np.asarray(first + share * (second - first), np.float32)

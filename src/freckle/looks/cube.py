"""The color part of a look as a `.cube` file, which other programs read."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from freckle.looks.toning import toned
from freckle.pixels.color import Floats
from freckle.recipe.recipe import Step

SIZE: Final = 33
"""Points along each side of the table."""


def cube(steps: Sequence[Step], title: str, size: int = SIZE) -> str:
    """Return the text of a table of `size`³ colors, sRGB in and out, red running fastest.

    Light by places (highlights, shadows, clarity) goes in as it works on plain areas; glow, grain,
    corners, lamps, makeup and ground are no part of it. The format is Adobe's (Cube LUT 1.0, 2013).
    """
    name = "".join(c for c in title if c.isprintable() and c != '"')[:80]
    rows = toned(steps, lattice(size))
    lines = [f'TITLE "{name}"', f"LUT_3D_SIZE {size}", "DOMAIN_MIN 0 0 0", "DOMAIN_MAX 1 1 1"]
    lines += [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in rows.tolist()]
    return "\n".join(lines) + "\n"


def lattice(size: int) -> Floats:
    """Return the colors of a table's points (size³ × 3), red running fastest."""
    axis = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.asarray(np.stack([red.ravel(), green.ravel(), blue.ravel()], axis=1), np.float32)

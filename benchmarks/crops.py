"""Keep what failed as pictures: numbers can lie, and a list of failures shows what to mend."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.marks import Fate
from benchmarks.measures import Circle
from benchmarks.mesh import RGB8

MOST: Final = 5
"""Crops per failing figure."""
TILE: Final = 160
"""Side of one crop in pixels of the sheet."""
REACH: Final = 6.0
"""Half the side of a crop in radii of its mark."""

Chosen = Sequence[Circle]


def sheets(folder: Path, name: str, before: RGB8, after: RGB8, fates: Sequence[Fate]) -> None:
    """Write a sheet (before above after) of the worst marks for each figure that some fail."""
    for label, chosen in worst(fates).items():
        if chosen:
            circles = [(f.x, f.y, f.radius) for f in chosen]
            write_sheet(folder / f"{name}-{label}.png", before, after, circles)


def worst(fates: Sequence[Fate]) -> dict[str, list[Fate]]:
    """Return up to five of the worst failures per figure."""
    pores: Callable[[Fate], float] = lambda f: abs(np.log(max(f.pores, 1e-3)))  # noqa: E731
    missed = [f for f in fates if f.kind == "pimple" and not f.gone]
    lost = [f for f in fates if f.kind != "pimple" and not f.kept]
    bare = [f for f in fates if f.kind == "pimple" and f.gone and not 0.6 <= f.pores <= 1.3]
    return {
        "missed-pimples": sorted(missed, key=lambda f: -f.left)[:MOST],
        "lost-marks": sorted(lost, key=lambda f: f.left)[:MOST],
        "bare-places": sorted(bare, key=pores, reverse=True)[:MOST],
    }


def write_sheet(path: Path, before: RGB8, after: RGB8, circles: Chosen) -> None:
    """Write one sheet: a column per place, before above after."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = [np.vstack([_tile(before, c), _tile(after, c)]) for c in circles]
    Image.fromarray(np.hstack(columns)).save(path)


def _tile(picture: RGB8, circle: Circle) -> RGB8:
    x, y, radius = circle
    half = max(8, round(REACH * radius))
    padded = cv2.copyMakeBorder(picture, half, half, half, half, cv2.BORDER_REPLICATE)
    part = padded[int(y) : int(y) + 2 * half + 1, int(x) : int(x) + 2 * half + 1]
    way = cv2.INTER_AREA if part.shape[0] > TILE else cv2.INTER_CUBIC
    tile = np.asarray(cv2.resize(part, (TILE, TILE), interpolation=way), np.uint8)
    tile[-2:] = tile[:, -2:] = 255
    return tile

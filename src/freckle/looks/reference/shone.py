"""From where the light falls on a face, told as a lamp that relights another."""

from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np

from freckle.analysis.regions import Region, Regions
from freckle.analysis.relief import falling
from freckle.pixels.lamp import Lamp

SIDES: Final = tuple(range(-100, 101, 10))
HEIGHTS: Final = tuple(range(-30, 81, 10))
SOFT: Final = 55
"""Softness of the lamp told: of one picture, hardness and direction cannot be told apart."""
FULL: Final = 0.55
"""Difference of the light's slopes from which the lamp works at its most."""
MOST: Final = 75
LEAST: Final = 0.1
"""Difference below which the light is the same already."""
SPREAD: Final = 64
"""Normals that a lamp is tried on."""

Slope = tuple[float, float]


def slope(regions: Regions) -> Slope:
    """Return how ln of the light on a face grows to the right and upward, over its normals."""
    shape = regions.relief
    skin = regions.small(Region.SKIN) * shape.mesh
    return falling(regions.lab, skin, shape, regions.unit)


def lamp_for(own: Regions, reference: Regions) -> dict[str, Any]:
    """Return the relight tool's values that bring a face near a reference's light; maybe none."""
    here, there = slope(own), slope(reference)
    apart = float(np.hypot(here[0] - there[0], here[1] - there[1]))
    if apart < LEAST:
        return {}
    side, height = _nearest(there)
    share = min(1.0, apart / FULL)
    return {"amount": round(MOST * share), "side": side, "height": height, "softness": SOFT}


def _nearest(wanted: Slope) -> tuple[int, int]:
    """Return side and height of the lamp whose light has the slope wanted."""
    found = _slopes()
    return min(found, key=lambda k: float(np.hypot(*(np.array(found[k]) - wanted))))


@lru_cache(maxsize=1)
def _slopes() -> dict[tuple[int, int], Slope]:
    """Return the slopes that lamps make on a half of a sphere, which a face is nearly."""
    axis = np.linspace(-0.8, 0.8, SPREAD, dtype=np.float32)
    right, up = np.meshgrid(axis, axis)
    inside = right**2 + up**2 < 0.8**2
    right, up = right[inside], up[inside]
    near = np.sqrt(1 - right**2 - up**2)
    parts = np.column_stack([right, up, np.ones_like(right)])
    slopes: dict[tuple[int, int], Slope] = {}
    fill = 0.045 + 0.2 * SOFT / 100
    for side, height in product(SIDES, HEIGHTS):
        light = Lamp.at(side / 100, height / 100, SOFT / 100).lambert(right, up, near)
        fit = np.linalg.lstsq(parts, np.log(fill + (1 - fill) * light), rcond=None)[0]
        slopes[side, height] = float(fit[0]), float(fit[1])
    return slopes

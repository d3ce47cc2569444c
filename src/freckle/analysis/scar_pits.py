"""Scars that are pits: small round places, softly paler than the skin around them.

Blobs are maxima of a center-minus-surround difference (Lindeberg 1998) of the light that melanin
and blood take, in local robust deviations of this person's skin. A glint has a broad pale halo; a
gap between marks has a dark ring.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from freckle.analysis.mark_shape import REACH, Windows, shapes
from freckle.analysis.scar_lines import LEAST, PLAIN
from freckle.analysis.spot import Disc
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, median, planes, robust_sigma, stacked, tenth

RADII: Final = (0.0065, 0.011)
"""Radii of pits that are searched, in face widths."""
STANDING_OUT: Final = 2.4
"""Robust deviations of this skin from which a pale place is looked at closely."""
LOOKED_AT: Final = 16
"""Places that are looked at closely."""
PALER: Final = (-0.9, -0.12)
"""ln of R/G over that of light, of a place that lacks melanin: it does not only shine."""
PIT: Final[Mapping[str, float]] = MappingProxyType(
    {
        "always": -25.1,
        "strength": 3.0,
        "uneven": -2.91,
        "clear": 2.51,
        "long": -2.6,
        "halo": 2.99,
        "between": -0.84,
        "skin": 18.6,
    }
)
"""What each piece of evidence adds to the log-odds of a pit."""


@dataclass(frozen=True, slots=True, eq=False)
class Pit:
    """A pale place, in steps of the grid; ln of linear R, G, B on it and beside it."""

    discs: tuple[Disc, ...]
    odds: float
    strength: float
    inside: Floats
    beside: Floats


def find_pits(seen: Floats, domain: Floats, unit: float) -> list[Pit]:
    """Find pits in ln linear R, G, B and sureness of skin (`seen`, 4 channels) on a domain.

    `unit` is the face's width in steps.
    """
    pale = _paleness(seen)
    pits = [_pit(seed, pale, seen, domain) for seed in _seeds(pale, domain, unit)]
    return [pit for pit in pits if pit is not None]


def _paleness(log: Floats) -> Floats:
    """Return ln of the light that melanin and blood take, of ln linear R, G, B."""
    _, green, blue, *_ = planes(log)
    return np.asarray((green + blue) / 2, np.float32)


Seed = tuple[float, int, int, float]
"""Robust deviations, row, column and radius."""


def _seeds(pale: Floats, domain: Floats, unit: float) -> list[Seed]:
    """Take the palest places against the skin around, each scale in its own deviations."""
    seeds: list[Seed] = []
    weight = np.maximum(domain, np.float32(1e-4))
    lifted = stacked(pale * weight, weight)
    for share in RADII:
        radius = share * unit
        core, wide = (planes(gaussian(lifted, by * radius)) for by in (0.7, 2.4))
        raised = (core[0] / core[1] - wide[0] / wide[1]) * domain
        response = _standard(np.asarray(raised, np.float32), domain, max(10 * radius, 12.0))
        top = response >= cv2.dilate(response, np.ones((3, 3), np.uint8))
        reach = 2 * round(2.2 * radius) + 1
        inner = cv2.erode(domain, np.ones((reach, reach), np.uint8)) > 0.5
        rows, columns = np.nonzero(top & inner & (response > STANDING_OUT))
        seeds += [
            (float(response[row, column]), int(row), int(column), radius)
            for row, column in zip(rows, columns, strict=True)
        ]
    kept: list[Seed] = []
    for seed in sorted(seeds, key=lambda seed: (-seed[0], *seed[1:])):
        if all(np.hypot(seed[1] - k[1], seed[2] - k[2]) > 0.9 * (seed[3] + k[3]) for k in kept):
            kept.append(seed)
        if len(kept) == LOOKED_AT:
            break
    return kept


def _standard(signal: Floats, domain: Floats, reach: float) -> Floats:
    """Divide a signal by its local robust deviation, which a few marks do not raise."""
    sigma = np.float32(max(robust_sigma(signal[domain > 0.5]), 1e-4))
    clipped = np.square(np.minimum(np.abs(signal), 3 * sigma)) * domain
    power, support = planes(gaussian(stacked(clipped, domain), reach))
    usual = np.sqrt(np.maximum(power, 0) / np.maximum(support, np.float32(1e-2)))
    return np.asarray(signal / np.maximum(usual, np.float32(0.7) * sigma), np.float32)


def _pit(seed: Seed, pale: Floats, field: Floats, domain: Floats) -> Pit | None:
    """Measure a pale place against the ring around it; None when it is no pit."""
    strength, row, column, radius = seed
    height, width = pale.shape
    reach = int(np.ceil(REACH * radius)) + 1
    window = Windows.around([(column + 0.5, row + 0.5, radius)], (height, width), reach)
    ring = window.ring[0]
    if int(ring.sum()) < 8 or float(window.of(domain)[0][ring].mean()) < 0.9:
        return None
    seen, light = field.reshape(height * width, -1)[window.cells[0]], window.of(pale)[0]
    inside = seen[window.core[0]][:, :3].mean(0)
    beside = np.array([median(seen[ring][:, k]) for k in range(3)], np.float32)
    red, green, blue = (float(value) for value in inside - beside)
    high = (green + blue) / 2
    if high <= 0 or not PALER[0] < (red - green) / high < PALER[1]:
        return None
    gap = _gap(pale, domain, seed, median(light[ring])) / high
    evidence = {
        "strength": float(np.log(strength)),
        **_outline(light, window),
        "halo": min(max(gap, -3.0), 0.0),
        "between": min(max(gap, 0.0), 3.0),
        "skin": min(tenth(seen[..., 3][ring]), PLAIN),
    }
    odds = PIT["always"] + sum(PIT[name] * value for name, value in evidence.items())
    if odds < LEAST:
        return None
    raised = (light - median(light[ring]) > 0.5 * high) & (window.distance[0] < 2.6)
    wide = min(max(float(np.sqrt(raised.sum() / np.pi)), 0.7 * radius), 2.5 * radius)
    return Pit(((column + 0.5, row + 0.5, wide),), odds, strength, inside, beside)


def _outline(light: Floats, window: Windows) -> dict[str, float]:
    """Return how uneven and long a pale place is, and how clear of it its ring."""
    (shape,), ring = shapes(light[None], window), window.ring[0]
    usual, top = median(light[ring]), float(light[window.core[0]].mean())
    down, across = window.down[0], window.across[0]
    sector = np.floor((np.arctan2(down, across) / np.pi + 1) * 4).astype(int) % 8
    names = sector[ring]
    count = np.bincount(names, minlength=8)
    means = np.bincount(names, light[ring], 8) / np.maximum(count, 1)
    falls = (top - np.where(count > 0, means, usual)) / max(top - usual, 1e-3)
    clear = min(max(float(np.partition(falls, 1)[1]), -2.0), 1.0)
    return {"uneven": shape.uneven, "long": shape.long, "clear": clear}


def _gap(pale: Floats, domain: Floats, seed: Seed, beside: float) -> float:
    """Return how much darker the ring is than skin farther off: between marks it is dark."""
    _, row, column, radius = seed
    reach = int(np.ceil(7 * radius))
    rows = slice(max(0, row - reach), row + reach + 1)
    columns = slice(max(0, column - reach), column + reach + 1)
    return median(pale[rows, columns][domain[rows, columns] > 0.5]) - beside

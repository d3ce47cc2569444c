"""Where marks may be: maxima of redness, brownness and darkness over places and sizes.

A center-minus-ring difference over scales (Lindeberg 1998) on −ln of linear light, in the person's
own robust deviations.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, planes, robust_sigma, shrink, stacked
from freckle.pixels.threads import together

Places = npt.NDArray[np.intp]
"""Numbers of a grid's places, row by row."""
RADII: Final = (0.0042, 0.006, 0.0085, 0.012, 0.017, 0.024)
"""Radii searched, in face widths."""
RING: Final = 2.5
CORE: Final = 0.6
HOLE: Final = 0.8
COARSEST: Final = 4.2
"""Radius in pixels beyond which a scale is searched at half the resolution."""
THRESHOLDS: Final = {"red": 3.2, "brown": 3.5, "pigment": 2.9, "dark": 4.0}
"""Robust deviations from which a maximum is looked at closely."""
PLAINEST: Final = 0.007
"""Least robust deviation, −ln of light: blown-out skin has none, and all on it would stand out. The
plainest of 57 open portraits has .0076."""
MOST: Final = (1200, 280)
"""Maxima of all scales that are compared, and places that are looked at closely."""


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The face at one resolution: depth (H × W × 3), domain, grid steps a pixel."""

    depth: Floats
    domain: Floats
    step: int


@dataclass(frozen=True, slots=True)
class Seed:
    """A place that stands out: row and column of the coarse grid, radius and strength."""

    row: int
    column: int
    radius: float
    strength: float
    signal: str
    """What it stands out by: red, brown, pigment or dark."""


def search(depth: Floats, domain: Floats, unit: float) -> list[Seed]:
    """Take the maxima of redness, brownness and darkness, each scale at its own resolution."""
    level = _Level(depth, domain, 1)
    tasks: list[partial[list[Seed]]] = []
    for share in RADII:
        if share * unit / level.step > COARSEST and min(level.domain.shape) > 32:
            level = _Level(shrink(level.depth, 2), shrink(level.domain, 2), 2 * level.step)
        tasks.append(partial(_respond, level, share * unit / level.step))
    return [seed for found in together(tasks) for seed in found]


def _respond(level: _Level, radius: float) -> list[Seed]:
    """Compare the center of every place with the ring around it, on skin only."""
    dark, green, blue = _center_minus_ring(level, radius)
    sure = np.flatnonzero(level.domain > 0.9)
    red, brown = _unshaded([green - dark, blue - dark], dark, sure[::4])
    # blood and melanin together, as healed sores hold them: each alone drowns in grain
    signals = [red, brown, np.asarray((red + brown) / 2, np.float32), dark]
    standard = _standard(signals, level.domain, sure, radius)
    half, size = level.step // 2, radius * level.step
    return [
        Seed(row * level.step + half, column * level.step + half, size, strength, name)
        for response, (name, threshold) in zip(standard, THRESHOLDS.items(), strict=True)
        for row, column, strength in _maxima(response, level, threshold)
    ]


def _unshaded(signals: list[Floats], dark: Floats, some: Places) -> list[Floats]:
    """Take out of color signals what this face shows wherever it is merely darker."""
    shade = dark.ravel()[some]
    if shade.size == 0:
        return signals
    low, high = np.percentile(shade, [10, 90])
    bulk = some[(shade > low) & (shade < high)]
    shade = dark.ravel()[bulk]
    slopes = [_shading_slope(signal.ravel()[bulk], shade) for signal in signals]
    return [signal - np.float32(s) * dark for signal, s in zip(signals, slopes, strict=True)]


def _center_minus_ring(level: _Level, radius: float) -> list[Floats]:
    """Return depth in R, G and B against the ring around each place."""
    lifted = stacked(level.depth * layers(level.domain), level.domain)
    core, hole, wide = (gaussian(lifted, share * radius) for share in (CORE, HOLE, RING))
    ring = wide - np.float32((HOLE / RING) ** 2) * hole
    near = level.domain > 0.05
    return [(a - b) * near for a, b in zip(_mean(core), _mean(ring), strict=True)]


def _mean(sums: Floats) -> list[Floats]:
    """Divide weighted sums by the sum of weights, their last channel."""
    *parts, weight = planes(sums)
    np.clip(weight, np.float32(1e-3), None, out=weight)
    return [np.asarray(part / weight, np.float32) for part in parts]


def _shading_slope(color: Floats, dark: Floats) -> float:
    """How much redder this face gets where it is merely darker: tone curves and bounced light."""
    power = float((dark**2).sum())
    slope = float((color * dark).sum()) / power if power > 0 else 0.0
    return min(max(slope, 0.0), 0.8)


def _standard(signals: list[Floats], domain: Floats, sure: Places, radius: float) -> list[Floats]:
    """Divide each signal by its local robust deviation, which a few marks do not raise."""
    some = sure[::2]
    sigmas = [np.float32(max(robust_sigma(signal.ravel()[some]), PLAINEST)) for signal in signals]
    clipped = [
        np.square(np.clip(signal, -3 * sigma, 3 * sigma)) * domain
        for signal, sigma in zip(signals, sigmas, strict=True)
    ]
    reach = max(10 * radius, 12.0)
    support = np.maximum(gaussian(domain, reach), np.float32(1e-2))
    local = planes(gaussian(stacked(*clipped), reach))
    usual = (np.sqrt(np.maximum(power, 0) / support) for power in local)
    return [
        np.asarray(signal / np.maximum(here, np.float32(0.7) * sigma), np.float32)
        for signal, here, sigma in zip(signals, usual, sigmas, strict=True)
    ]


def _maxima(response: Floats, level: _Level, threshold: float) -> list[tuple[int, int, float]]:
    near = cv2.dilate(response, np.ones((3, 3), np.uint8))
    peaks = (response >= near) & (response > threshold) & (level.domain > 0.5)
    places = np.flatnonzero(peaks)
    rows, columns = np.divmod(places, response.shape[1])
    values = response.ravel()[places]
    return [(int(r), int(c), float(v)) for r, c, v in zip(rows, columns, values, strict=True)]


def strongest(seeds: list[Seed]) -> list[Seed]:
    """Keep one seed a place: the strongest over all scales."""
    maxima, most = MOST
    order = sorted(seeds, key=lambda s: (-s.strength, s.row, s.column))[:maxima]
    places = np.array([(s.row, s.column, s.radius) for s in order], np.float32).reshape(-1, 3)
    kept = np.ones(len(order), bool)
    for k in range(len(order)):
        if kept[k]:
            apart = np.hypot(places[:, 0] - places[k, 0], places[:, 1] - places[k, 1])
            kept &= (apart > 0.75 * (places[:, 2] + places[k, 2])) | (np.arange(len(order)) <= k)
    return [seed for seed, keep in zip(order, kept, strict=True) if keep][:most]

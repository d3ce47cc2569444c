"""Scars that are lines: short, smooth, paler or pinker than the skin on both sides of them.

On a ridge the picture bends across and not along (Steger 1998); where neighbors agree on the
direction it is a line and no grain. A wrinkle's bright flank lies beside a dark valley, an edge
falls to one side only, and a hair or a fold goes on beyond the ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.spot import Disc
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, planes, stacked

SIGNALS: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {"pale": (0.0, 0.5, 0.5), "pink": (1.0, -1.0, 0.0)}
)
"""How paleness and redness are made of ln linear R, G, B."""
SIGMA: Final = 0.005
"""σ at which lines are looked for, in face widths."""
AGREEING: Final = 0.02
"""σ over which neighbors must agree on a line's direction."""
LOCAL: Final = 0.12
"""σ of the deviation that is usual around a place."""
STANDING_OUT: Final = 2.1
"""Such deviations from which a ridge is a line."""
LENGTH: Final = (0.04, 0.3)
"""Length of scars, in face widths."""
LOOKED_AT: Final = 8
"""Lines that are looked at closely."""
NEAR: Final = 4
"""How far beside a line there must be bare skin, in σ."""
BESIDE: Final = [0, 1, 2, 6, 7, 8]
"""Which of the places across a line are the skin beside it."""
LEAST: Final = -0.7
"""Log-odds of a scar, against all else that looks like one, from which it is worth a question."""
RED: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"pale": (0.0, 0.72), "pink": (-0.25, 9.0)}
)
"""How much lighter a line is in red, for how pale or how red it is. Lack of melanin shows least in
red; a pale hair is as much lighter there, and a fold or shade is darker."""
WIDEST: Final = 0.018
"""Width of the widest scars, in face widths."""
GOES_ON: Final = 0.8
"""How much of a line goes on beyond an end of which it is but a piece."""
PLAIN: Final = 0.95
"""How sure skin can be around a scar for that to speak for it."""
WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        "pale": MappingProxyType(
            {
                "always": -10.56,
                "strength": 2.66,
                "length": 2.47,
                "width": -2.28,
                "spread": -9.67,
                "rough": -1.14,
                "beyond": -1.12,
                "skin": 10.58,
            }
        ),
        "pink": MappingProxyType(
            {
                "always": -8.45,
                "strength": 3.9,
                "length": 4.12,
                "width": -3.3,
                "spread": 0.0,
                "rough": -2.94,
                "beyond": -1.35,
                "skin": 0.0,
            }
        ),
    }
)
"""What each piece of evidence adds to the log-odds of a scar."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line, in steps of the grid; ln of linear R, G, B on it and beside it."""

    pale: bool
    discs: tuple[Disc, ...]
    odds: float
    strength: float
    inside: Floats
    beside: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    """The middle of a line at about each step: x, y and the unit vector along it."""

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    along: npt.NDArray[np.float64]
    strength: float
    length: float
    rest: float
    """How far its pixels lie beside a smooth bow, in steps."""


def find_lines(name: str, seen: Floats, domain: Floats, unit: float) -> list[Line]:
    """Find lines of one signal: "pale" or "pink".

    `seen` is ln of linear R, G, B and how sure skin is (4 channels); they are looked for on the
    domain (0 or 1). `unit` is the face's width in steps.
    """
    sigma = max(SIGMA * unit, 0.8)
    weights = np.array([[*SIGNALS[name], 0]], np.float32)
    signal = np.asarray(cv2.transform(seen, weights), np.float32)
    found = (_line(path, seen, name, sigma, unit) for path in _paths(signal, domain, unit, sigma))
    return [line for line in found if line is not None]


def _paths(signal: Floats, domain: Floats, unit: float, sigma: float) -> list[_Path]:
    """Return the middles of smooth ridges, the clearest first."""
    linked = _linked(signal, domain, unit, sigma)
    count, names, stats, _ = cv2.connectedComponentsWithStats(
        (linked > STANDING_OUT).astype(np.uint8), connectivity=8
    )
    size = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    area = np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    reach = 2 * round(NEAR * max(sigma, 1.0)) + 1
    inner = cv2.erode(domain, np.ones((reach, reach), np.uint8))
    total, within = (np.bincount(names.ravel(), v.ravel(), count) for v in (linked, inner))
    clear = total / area**2 * size**1.5
    clear[(size < LENGTH[0] * unit) | (size > LENGTH[1] * unit) | (within < 0.8 * area)] = 0
    clear[0] = 0
    paths = []
    for name in np.argsort(-clear, kind="stable")[:LOOKED_AT]:
        if clear[name] > 0:
            left, top, width, height, _ = (int(value) for value in stats[name])
            here = slice(top, top + height), slice(left, left + width)
            rows, columns = np.nonzero(names[here] == name)
            paths.append(_path(columns + left, rows + top, linked[here][rows, columns]))
    return paths


def _linked(signal: Floats, domain: Floats, unit: float, sigma: float) -> Floats:
    """Return how many usual deviations a ridge stands out where neighbors agree on its way."""
    weight = np.maximum(domain, np.float32(1e-4))
    flat = (signal - masked_gaussian(signal, weight, 0.03 * unit, 1e-6)) * domain
    smooth = gaussian(flat, sigma)
    across, down, both = (
        np.asarray(cv2.Sobel(smooth, cv2.CV_32F, x, y, ksize=3), np.float32)
        for x, y in ((2, 0), (0, 2), (1, 1))
    )
    half, mean = (across - down) / 2, (across + down) / 2
    swing = np.asarray(cv2.magnitude(half, both), np.float32)
    bent = np.maximum(swing - mean, 0) - np.abs(swing + mean)
    strength = np.maximum(bent, 0) * domain
    safe = np.maximum(swing, np.float32(1e-6))
    cosine, sine = half / safe, both / safe
    tensor = gaussian(stacked(strength * cosine, strength * sine), max(AGREEING * unit, 3.0))
    x, y = planes(tensor)
    linked = np.sqrt(strength * np.maximum(x * cosine + y * sine, 0))
    sure = linked[domain > 0.5]
    most = np.float32(np.quantile(sure, 0.95))
    usual = np.float32(np.sqrt(np.square(np.minimum(sure, most)).mean()))
    power, support = planes(
        gaussian(stacked(np.square(np.minimum(linked, most)) * domain, domain), LOCAL * unit)
    )
    local = np.sqrt(np.maximum(power, 0) / np.maximum(support, np.float32(1e-2)))
    return np.asarray(
        linked / np.maximum(local, np.float32(0.7) * usual + np.float32(1e-9)), np.float32
    )


def _path(columns: npt.NDArray[np.intp], rows: npt.NDArray[np.intp], weight: Floats) -> _Path:
    """Lay a bow (a parabola over its own axis) through the pixels of a ridge."""
    share = weight.astype(np.float64) / float(weight.sum())
    places = np.stack([columns + 0.5, rows + 0.5])
    middle = places @ share
    away = places - middle[:, None]
    axis = np.linalg.eigh((away * share) @ away.T)[1][:, 1]
    axis = axis * (np.sign(axis[0]) or 1.0)
    side = np.array([-axis[1], axis[0]])
    along, off = axis @ away, side @ away
    powers = np.stack([np.ones_like(along), along, along * along])
    bow = np.linalg.solve((powers * share) @ powers.T + 1e-9 * np.eye(3), (powers * share) @ off)
    rest = float(np.sqrt(share @ np.square(off - bow @ powers)))
    low, high = float(along.min()), float(along.max())
    steps = np.linspace(low, high, max(int(high - low) + 1, 5))
    curve = bow @ np.stack([np.ones_like(steps), steps, steps * steps])
    x, y = (middle[k] + steps * axis[k] + curve * side[k] for k in (0, 1))
    slope = bow[1] + 2 * bow[2] * steps
    way = axis[:, None] + side[:, None] * slope
    return _Path(
        x, y, way / np.maximum(np.hypot(*way), 1e-6), float(weight.mean()), high - low + 1, rest
    )


def _line(path: _Path, seen: Floats, name: str, sigma: float, unit: float) -> Line | None:
    """Measure a line against the skin on both sides; None when it is none."""
    signal, (low, high) = np.array(SIGNALS[name], np.float32), RED[name]
    offsets = np.arange(-NEAR, NEAR + 1) * max(sigma, 1.0)
    colors, skin = _sampled(seen, path.x, path.y, path.along, offsets)
    if skin.min() < 0.5:
        return None
    values = colors @ signal
    profile, middle, flanks = values.mean(0), values[:, NEAR], values[:, BESIDE]
    height = float(profile[NEAR] - profile[BESIDE].mean())
    falls = profile[NEAR] - profile[BESIDE].reshape(2, -1).mean(1)
    inside, beside = colors[:, NEAR].mean(0), colors[:, BESIDE].mean((0, 1))
    if falls.min() <= 0 or not low < float((inside - beside)[0]) / height < high:
        return None
    upper = profile[NEAR - 3 : NEAR + 4] - float(profile[BESIDE].mean()) > 0.5 * height
    wide = int(upper.sum()) * max(sigma, 1.0)
    if wide > WIDEST * unit:
        return None
    weights = WEIGHTS[name]
    evidence = {
        "strength": float(np.log(path.strength)),
        "length": float(np.log(path.length / unit / 0.08)),
        "width": float(np.log(wide / unit / 0.01 + 0.1)),
        "spread": min(float((middle - flanks.mean(1)).std()) / height, 1.5),
        "rough": float(np.log(float(flanks.std()) / height + 0.05)),
        "skin": min(float(skin.min()), PLAIN),
    }
    odds = weights["always"] + sum(weights[k] * value for k, value in evidence.items())
    if odds < LEAST - 1:
        return None
    beyond = max(_beyond(path, seen, signal, sigma, end) for end in (0, -1)) / height
    odds += weights["beyond"] * beyond
    if odds < LEAST or beyond > GOES_ON:
        return None
    return Line(name == "pale", _discs(path, wide / 2), odds, path.strength, inside, beside)


def _sampled(
    seen: Floats,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    along: npt.NDArray[np.float64],
    offsets: npt.NDArray[np.floating],
) -> tuple[Floats, Floats]:
    """Return colors and sureness of skin across a line (places × offsets)."""
    columns = x[:, None] - offsets * along[1][:, None] - 0.5
    rows = y[:, None] + offsets * along[0][:, None] - 0.5
    found = cv2.remap(
        seen,
        columns.astype(np.float32),
        rows.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(found[..., :3], np.float32), np.asarray(found[..., 3], np.float32)


def _beyond(path: _Path, seen: Floats, signal: Floats, sigma: float, end: int) -> float:
    """Return how much of a line goes on beyond one of its ends."""
    sign = -1.0 if end == 0 else 1.0
    inner = (0, 4) if end == 0 else (-1, -5)
    way = np.array([path.x[inner[0]] - path.x[inner[1]], path.y[inner[0]] - path.y[inner[1]]])
    way = way / max(float(np.hypot(*way)), 1e-6)
    steps = np.arange(0.3, 0.9, 0.1) * path.length
    x, y = path.x[end] + way[0] * steps, path.y[end] + way[1] * steps
    along = np.repeat(sign * way[:, None], len(steps), axis=1)
    offsets = np.arange(-NEAR, NEAR + 1) * max(sigma, 1.0)
    values = _sampled(seen, x, y, along, offsets)[0] @ signal
    beside = (values[:, :3].mean(1) + values[:, 6:].mean(1)) / 2
    return float((values[:, 3:6].max(1) - beside).mean())


def _discs(path: _Path, radius: float) -> tuple[Disc, ...]:
    """Cover a line with discs."""
    radius = max(radius, 0.8)
    count = max(3, int(path.length / (1.2 * radius)) | 1)
    picks = np.round(np.linspace(0, len(path.x) - 1, count)).astype(int)
    return tuple((float(path.x[k]), float(path.y[k]), radius) for k in picks)

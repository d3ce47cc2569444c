"""Old scars: pale pits and pale or pink lines, listed for the user to decide, never healed unasked.

Scar tissue holds less melanin and, once old, less blood than the skin around it: it is paler in
green and blue more than in red, with a soft edge; a fresh one is pink and hardly darker. Nothing
else tells it from a glint or a gap between marks but its outline and how plain the skin around it
is; how much each counts was learnt from scars planted on 42 real faces against all that looks
like one on the same faces without (logistic regression, as in `doubt.py`). Lines are in
`scar_lines.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.mark_shape import Shape, Window
from freckle.analysis.places import around
from freckle.analysis.regions import Region, Regions
from freckle.analysis.scar_lines import Line, find_lines
from freckle.analysis.spot import Disc, Spot
from freckle.geometry import Box
from freckle.pixels.color import Floats, lab, srgb_encode
from freckle.pixels.filters import gaussian, median, planes, robust_sigma, stacked

MOST: Final = 6
"""Suggestions a face: more would be clutter."""
LEAST: Final = -1.2
"""Log-odds of a scar, against all else that looks like one, from which it is worth a question."""
NEVER: Final = -9.0
"""Log-odds of a blemish that every scar is given: nothing heals it unasked."""
CLEAR: Final = 0.032
"""How far a scar must be from eyes, brows, nostrils and lips, in face widths: they have glints and
pale rims."""
UNDER_EYES: Final = 0.075
"""How far it must be from the eyes, whose lids and bags are lines."""
RIDGE: Final = (0.035, 0.075)
"""How far the nose shines around its ridge and its tip, in face widths."""
FOREHEAD: Final = 0.12
"""How far above the eyes the forehead begins."""
ACROSS: Final = 0.6
"""Sine of the angle with the eyes' line below which a line there is a wrinkle's flank."""
EDGE: Final = 0.05
"""How far it must be inside the head's outline: edge-on skin glints."""
RADII: Final = (0.0065, 0.011)
"""Radii of pits that are searched, in face widths."""
STANDING_OUT: Final = 2.4
"""Robust deviations of this skin from which a pale place is looked at closely."""
LOOKED_AT: Final = 24
"""Places that are looked at closely."""
PALER: Final = (-0.9, -0.12)
"""ln of R/G over that of light, of a place that lacks melanin: it does not only shine."""
VISIBLE: Final = (2.8, 13.0)
"""ΔE against the skin around below which nobody sees a scar, and above which it is a glint."""
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
PLAIN: Final = 0.95
"""How sure skin can be around a scar for that to speak for it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Bare skin, cut out of the coarse grid: where scars are looked for.

    `seen` is ln of linear R, G and B and how sure skin is, 0 beside the domain (0 or 1).
    """

    box: Box
    unit: float
    seen: Floats
    domain: Floats


@dataclass(frozen=True, slots=True)
class _Scar:
    """What was found, in steps of the cut-out grid."""

    discs: tuple[Disc, ...]
    middle: Disc
    odds: float
    strength: float
    contrast: tuple[float, float, float]
    visible: float


def find_scars(regions: Regions, known: Sequence[Spot]) -> tuple[Spot, ...]:
    """Find what may be scars, likeliest first; `known` marks are left alone, and come first."""
    ground = None if regions.colorless else _ground(regions)
    if ground is None:
        return ()
    low, high = VISIBLE
    found = [
        scar
        for scar in (*_pits(ground), *_lines(ground, regions))
        if scar.odds > LEAST and low < scar.visible < high
    ]
    found.sort(key=lambda scar: (-scar.odds, scar.middle))
    scars: list[Spot] = []
    for scar in found:
        spot = _apart(_spot(scar, ground.box, regions.factor), [*known, *scars])
        if spot is not None and len(scars) < MOST:
            scars.append(spot)
    return tuple(scars)


def _ground(regions: Regions) -> _Ground | None:
    """Cut out where skin is sure, nothing lies before it and no feature is near."""
    bare = regions.map.skin * regions.map.uncovered
    parts = [regions.small(region) for region in (Region.BROWS, Region.NOSTRILS)]
    features = np.max([*parts, regions.polygons([lm.LIPS_OUTER])], axis=0)
    free = (bare > 0.5) & (regions.beyond(features) > CLEAR) & (regions.outside < -EDGE)
    free &= (regions.beyond(regions.small(Region.EYES)) > UNDER_EYES) & ~_ridge(regions)
    whole = free.astype(np.float32)
    box = around(whole).grow(2).clip(whole.shape[1], whole.shape[0])
    if min(box.width, box.height) < 24:
        return None
    domain, skin, log = (
        np.ascontiguousarray(part[box.slices]) for part in (whole, bare, regions.log_rgb)
    )
    return _Ground(box, regions.unit, stacked(log, skin * domain), domain)


def _ridge(regions: Regions) -> npt.NDArray[np.bool_]:
    """Return the ridge and the tip of the nose."""
    beside, around_tip = RIDGE
    canvas = np.zeros(regions.size, np.uint8)
    line = np.round(regions.points[list(lm.NOSE_BRIDGE)] / regions.factor).astype(np.int32)
    cv2.polylines(
        canvas, [line], isClosed=False, color=1, thickness=round(2 * beside * regions.unit)
    )
    cv2.circle(canvas, line[-1].tolist(), round(around_tip * regions.unit), 1, -1)
    return canvas > 0


def _pits(ground: _Ground) -> list[_Scar]:
    pale = paleness(ground.seen)
    found = [_pit(seed, pale, ground) for seed in _seeds(pale, ground)]
    return [scar for scar in found if scar is not None]


def paleness(log: Floats) -> Floats:
    """Return ln of the light that melanin and blood take, of ln linear R, G, B."""
    _, green, blue, *_ = planes(log)
    return np.asarray((green + blue) / 2, np.float32)


Seed = tuple[float, int, int, float]
"""Robust deviations, row, column and radius."""


def _seeds(pale: Floats, ground: _Ground) -> list[Seed]:
    """Take the palest places against the skin around, each scale in its own deviations."""
    domain, seeds = ground.domain, list[Seed]()
    weight = np.maximum(domain, np.float32(1e-4))
    lifted = stacked(pale * weight, weight)
    for share in RADII:
        radius = share * ground.unit
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


def _pit(seed: Seed, pale: Floats, ground: _Ground) -> _Scar | None:
    strength, row, column, radius = seed
    window = Window.around(column + 0.5, row + 0.5, radius, pale.shape)
    here = window.here
    if int(window.ring.sum()) < 8 or float(ground.domain[here][window.ring].mean()) < 0.9:
        return None
    seen, light = ground.seen[here][..., :3], pale[here]
    inside = seen[window.core].mean(0)
    beside = np.array([median(seen[window.ring][:, k]) for k in range(3)], np.float32)
    red, green, blue = (float(value) for value in inside - beside)
    height = (green + blue) / 2
    if height <= 0 or not PALER[0] < (red - green) / height < PALER[1]:
        return None
    gap = _gap(pale, ground.domain, seed, median(light[window.ring])) / height
    evidence = {
        "strength": float(np.log(strength)),
        **_outline(light, window),
        "halo": min(max(gap, -3.0), 0.0),
        "between": min(max(gap, 0.0), 3.0),
        "skin": min(float(np.quantile(ground.seen[here][..., 3][window.ring], 0.1)), PLAIN),
    }
    odds = PIT["always"] + sum(PIT[name] * value for name, value in evidence.items())
    raised = (light - median(light[window.ring]) > 0.5 * height) & (window.distance < 2.6)
    wide = min(max(float(np.sqrt(raised.sum() / np.pi)), 0.7 * radius), 2.5 * radius)
    middle = (column + 0.5, row + 0.5, wide)
    contrast = (-red, -green, -blue)
    return _Scar((), middle, odds, strength, contrast, visible(inside, beside))


def _outline(light: Floats, window: Window) -> dict[str, float]:
    """Return how uneven and long a pale place is, and how clear of it its ring."""
    shape = Shape.of(light, window)
    usual, top = median(light[window.ring]), float(light[window.core].mean())
    sector = np.floor((np.arctan2(window.down, window.across) / np.pi + 1) * 4).astype(int) % 8
    names = sector[window.ring]
    count = np.bincount(names, minlength=8)
    means = np.bincount(names, light[window.ring], 8) / np.maximum(count, 1)
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


def visible(inside: Floats, beside: Floats) -> float:
    """Return the color difference, ΔE (CIE 1976), of two ln of linear R, G, B."""
    colors = lab(srgb_encode(np.exp(np.array([[inside, beside]], np.float32))))[0]
    return float(np.linalg.norm(colors[0] - colors[1]))


def _lines(ground: _Ground, regions: Regions) -> list[_Scar]:
    lines = find_lines(ground.seen, ground.domain, ground.unit)
    return [_of_line(line) for line in lines if not _wrinkle(line, ground, regions)]


def _wrinkle(line: Line, ground: _Ground, regions: Regions) -> bool:
    """Whether a pale line lies across the forehead, between two wrinkles."""
    if not line.pale:
        return False
    (x, y, _), (start, end) = line.discs[len(line.discs) // 2], (line.discs[0], line.discs[-1])
    high = float(regions.height[int(y) + ground.box.top, int(x) + ground.box.left])
    way = np.subtract(end[:2], start[:2])
    return high > FOREHEAD and abs(float(way @ regions.up)) < ACROSS * float(np.hypot(*way))


def _of_line(line: Line) -> _Scar:
    red, green, blue = (float(value) for value in line.beside - line.inside)
    return _Scar(
        line.discs,
        line.discs[len(line.discs) // 2],
        line.odds,
        line.strength,
        (red, green, blue),
        visible(line.inside, line.beside),
    )


def _spot(scar: _Scar, box: Box, factor: int) -> Spot:
    """Move a scar from the cut-out grid to the frame."""

    def placed(disc: Disc) -> Disc:
        x, y, radius = disc
        return (x + box.left) * factor, (y + box.top) * factor, radius * factor

    x, y, radius = placed(scar.middle)
    return Spot(
        x=x,
        y=y,
        radius=radius,
        kind="scar",
        strength=scar.strength,
        contrast=scar.contrast,
        visible=scar.visible,
        confidence=float(1 / (1 + np.exp(-scar.odds))),
        doubt="scar",
        odds=NEVER,
        parts=tuple(placed(disc) for disc in scar.discs),
    )


def _apart(spot: Spot, others: Sequence[Spot]) -> Spot | None:
    """Return a scar whose place means no other mark, nor theirs it; None when there is none.

    A recipe names a mark by its place. A long scar is named by that of its parts that is freest,
    and its circle ends before the next mark's middle.
    """
    places = np.array([(o.x, o.y, o.radius) for o in others], np.float64).reshape(-1, 3)

    def free(disc: Disc) -> float:
        away = np.hypot(places[:, 0] - disc[0], places[:, 1] - disc[1])
        return float((away - places[:, 2]).min(initial=np.inf))

    if not spot.parts:
        return spot if free((spot.x, spot.y, spot.radius)) > spot.radius else None
    ends = max(1, len(spot.parts) // 5)
    inner = spot.parts[ends:-ends] or spot.parts
    best = max(inner, key=lambda disc: (min(free(disc), 2 * disc[2]), -_off(disc, spot)))
    reach = max(float(np.hypot(x - best[0], y - best[1])) + r for x, y, r in spot.parts)
    nearest = float(np.hypot(places[:, 0] - best[0], places[:, 1] - best[1]).min(initial=np.inf))
    if free(best) <= 0:
        return None
    return replace(spot, x=best[0], y=best[1], radius=min(reach, 0.95 * nearest))


def _off(disc: Disc, spot: Spot) -> float:
    return float(np.hypot(disc[0] - spot.x, disc[1] - spot.y))

"""Marks on the skin: where, how large, and of which kind.

In −ln of linear light a mark's contrast is a vector that tells its kind (`blood.py`). Blobs are
maxima of a center-minus-ring difference over scales (Lindeberg 1998), measured in the person's
own robust deviations, so a faint mark on dark skin counts as much as a strong one on light skin.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.blood import kind_of
from freckle.analysis.regions import Region, Regions
from freckle.analysis.seeds import Seed, search, strongest
from freckle.analysis.spot import Spot
from freckle.geometry import Box
from freckle.pixels.color import Floats, lab, srgb_encode
from freckle.pixels.filters import layers, masked_gaussian, median, smoothstep, stacked

WEIGHTS: Final = {
    "red": (np.array([0, 1, 0], np.float32), np.array([1, 0, 0], np.float32)),
    "brown": (np.array([0, 0, 1], np.float32), np.array([1, 0, 0], np.float32)),
    "pigment": (np.array([0, 0.5, 0.5], np.float32), np.array([1, 0, 0], np.float32)),
    "dark": (np.array([1, 0, 0], np.float32), np.zeros(3, np.float32)),
}
"""How each signal is made of −ln linear R, G, B: what counts, less what counts against."""
REACH: Final = 5.5
"""How far around a seed its skin is looked at, in seed radii."""
INFLAMED: Final = 6.0
"""Robust deviations from which a red mark is inflamed: it may hide another one beside it."""
BLOWN: Final = 0.03
"""−ln of linear R of the skin around a mark below which red light is blown out."""
NEAR: Final = 3.0
"""How near that one is, in the sum of both radii."""


def find_spots(regions: Regions) -> tuple[Spot, ...]:
    """Find the marks on a face's skin, strongest first."""
    regions.begin([Region.SOLID])
    depth = _depth(regions)
    domain = _domain(regions)
    x, y, w, h = cv2.boundingRect((domain > 0.5).astype(np.uint8))
    if w < 8 or h < 8:
        return ()
    box = Box(x, y, x + w, y + h)
    depth = depth[box.slices]
    domain = np.ascontiguousarray(domain[box.slices])
    skin = regions.small(Region.SURE)[box.slices]
    face = _Face(domain, regions.unit, regions.skin.lab[0])
    spots = _look(depth, skin, face)
    inflamed = [spot for spot in spots if spot.kind == "red" and spot.strength >= INFLAMED]
    if inflamed:
        # marks that touch hide each other: without the first ones, look again
        again = _look(*_without(inflamed, depth, skin, domain), face)
        spots += [spot for spot in again if _new(spot, spots, inflamed)]
    return tuple(_placed(spot, box, regions.factor) for spot in spots)


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """Where marks are looked for, the face's width there, and its skin's L*."""

    domain: Floats
    unit: float
    lightness: float


def _look(depth: Floats, skin: Floats, face: _Face) -> list[Spot]:
    field = stacked(depth, skin)
    seeds = strongest(search(depth, face.domain, face.unit))
    measured = (_measure(field, face.domain, seed) for seed in seeds)
    marks = [mark for mark in measured if mark is not None]
    seen = zip(marks, _visible(marks), strict=True)
    spots = [_classify(mark, visible, face.lightness) for mark, visible in seen]
    return [spot for spot in spots if spot is not None]


def _without(
    spots: list[Spot], depth: Floats, skin: Floats, domain: Floats
) -> tuple[Floats, Floats]:
    """Fill marks with the tone around them, and count them as skin."""
    out, skin = depth.copy(), skin.copy()
    for spot in spots:
        reach = int(np.ceil(5 * spot.radius)) + 1
        top, left = max(0, int(spot.y) - reach), max(0, int(spot.x) - reach)
        here = slice(top, int(spot.y) + reach + 1), slice(left, int(spot.x) + reach + 1)
        part = out[here]
        rows = np.arange(top, top + part.shape[0], dtype=np.float32)[:, None] + np.float32(0.5)
        columns = np.arange(left, left + part.shape[1], dtype=np.float32) + np.float32(0.5)
        distance = np.hypot(rows - spot.y, columns - spot.x) / np.float32(spot.radius)
        mark = 1 - smoothstep(1.3, 1.8, distance)
        tone = masked_gaussian(part, domain[here] * (1 - mark), 1.5 * spot.radius)
        part += layers(mark) * (tone - part)
        np.maximum(skin[here], mark, out=skin[here])
    return out, skin


def _new(spot: Spot, known: list[Spot], inflamed: list[Spot]) -> bool:
    """Whether a mark of the second look is red, beside an inflamed one, and not listed yet."""

    def apart(other: Spot) -> float:
        return float(np.hypot(spot.x - other.x, spot.y - other.y))

    beside = any(apart(other) < NEAR * (other.radius + spot.radius) for other in inflamed)
    listed = any(apart(other) < 0.8 * max(other.radius, spot.radius) for other in known)
    return spot.kind == "red" and beside and not listed


def _depth(regions: Regions) -> Floats:
    """−ln of linear light on the coarse grid."""
    return -regions.log_rgb


def _domain(regions: Regions) -> Floats:
    """Where marks are looked for: skin, away from lids, nostrils, hair and lips.

    The creases beside the nose's wings are red and dark like a sore; healing them redraws the nose.
    """
    lids = regions.grow(regions.small(Region.EYES), 0.045)
    nostrils = regions.grow(regions.small(Region.NOSTRILS), 0.02)
    creases = regions.grow(regions.lines(lm.WING_CREASES), 0.03)
    features = np.maximum(lids, np.maximum(nostrils, creases))
    solid = regions.small(Region.SOLID) * (1 - features)
    return np.asarray(solid * (1 - regions.coarse(2.5, 5.0)), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """The pixels around a seed: depth (N × 3), skin 0..1, distance (pixels), sector 0..7."""

    depth: Floats
    skin: Floats
    distance: Floats
    sector: npt.NDArray[np.int64]


@cache
def _polar(reach: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Distance and sector of a square window's pixels from its center."""
    axis = np.arange(-reach, reach + 1, dtype=np.float32)
    down, across = np.meshgrid(axis, axis, indexing="ij")
    sector = np.floor((np.arctan2(down, across) / np.pi + 1) * 4).astype(np.int64) % 8
    return np.hypot(down, across), sector


def _window(field: Floats, domain: Floats, seed: Seed) -> _Window:
    reach = int(np.ceil(REACH * seed.radius)) + 1
    top, left = max(0, seed.row - reach), max(0, seed.column - reach)
    rows, columns = slice(top, seed.row + reach + 1), slice(left, seed.column + reach + 1)
    part = domain[rows, columns] > 0.5
    down, across = top - seed.row + reach, left - seed.column + reach
    here = slice(down, down + part.shape[0]), slice(across, across + part.shape[1])
    distance, sector = _polar(reach)
    values = field[rows, columns][part]
    return _Window(values[:, :3], values[:, 3], distance[here][part], sector[here][part])


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """A seed's size in pixels, and the depths of its inside and of the skin around."""

    seed: Seed
    radius: float
    inside: Floats
    around: Floats


def _measure(field: Floats, domain: Floats, seed: Seed) -> _Mark | None:
    """Measure a seed's size and contrast on its pixels; None when it is no mark."""
    seen = _window(field, domain, seed)
    far = seen.distance > 0.6 * REACH * seed.radius
    if far.sum() < 12:
        return None
    skin = _medians(seen.depth[far][::3])
    plus, minus = WEIGHTS[seed.signal]
    signal = seen.depth @ (plus - minus)
    radius = _half_width(signal - float(skin @ (plus - minus)), seen.distance, seed.radius)
    core = seen.distance <= max(0.7 * radius, 0.8)
    ring = (seen.distance > 1.7 * radius) & (seen.distance < 2.8 * radius)
    area = np.pi * (2.8**2 - 1.7**2) * radius**2
    if not core.any() or ring.sum() < max(8.0, (0.55 if radius < 5 else 0.8) * area):
        return None
    if not _round(signal, seen, core, ring):
        return None
    return _Mark(seed, radius, seen.depth[core].mean(0), _medians(seen.depth[ring]))


def _medians(depth: Floats) -> npt.NDArray[np.float32]:
    return np.array([median(depth[:, k]) for k in range(3)], np.float32)


def _visible(marks: list[_Mark]) -> list[float]:
    """Return each mark's color difference, ΔE (CIE 1976)."""
    if not marks:
        return []
    depths = np.array([[mark.inside, mark.around] for mark in marks], np.float32)
    colors = lab(srgb_encode(np.exp(-depths)))
    return [float(np.linalg.norm(inside - around)) for inside, around in colors]


def _half_width(signal: Floats, distance: Floats, guess: float) -> float:
    """Radius at which the mean signal falls to half of its center's."""
    middle = signal[distance <= max(0.5 * guess, 0.8)]
    if middle.size == 0:  # the seed itself is no skin
        return guess
    center = float(middle.mean())
    step = max(0.35 * guess, 0.7)
    bins = (distance / step).astype(np.int64)
    total = np.bincount(bins, weights=signal)
    profile = total / np.maximum(np.bincount(bins), 1)
    below = np.nonzero(profile < 0.5 * center)[0]
    if len(below) == 0 or below[0] == 0:
        return guess
    k = int(below[0])
    fall = float(profile[k - 1] - profile[k])
    share = (float(profile[k - 1]) - 0.5 * center) / fall if fall > 0 else 0.5
    return float(np.clip((k - 0.5 + min(max(share, 0.0), 1.0)) * step, guess, 3.2 * guess))


def _round(
    signal: Floats, seen: _Window, core: npt.NDArray[np.bool_], ring: npt.NDArray[np.bool_]
) -> bool:
    """Tell a mark from a line or an edge: its ring must be clear on nearly all sides.

    A neighbor may touch one or two adjacent eighths of the ring; a hair, a wrinkle or the rim of
    glasses fills opposite ones.
    """
    center = float(signal[core].mean())
    height = center - median(signal[ring])
    if height <= 0:
        return False
    sectors = seen.sector[ring]
    count = np.maximum(np.bincount(sectors, minlength=8), 1)
    mean = np.bincount(sectors, weights=signal[ring], minlength=8) / count
    skin = np.bincount(sectors, weights=seen.skin[ring], minlength=8) / count
    blocked = (center - mean < 0.45 * height) | (skin < 0.5)
    through = bool(np.any(blocked[:4] & blocked[4:]))
    return not through and int(blocked.sum()) <= 3


def _classify(mark: _Mark, visible: float, lightness: float) -> Spot | None:
    seed, contrast = mark.seed, mark.inside - mark.around
    dark, green, blue = (float(value) for value in contrast)
    if green - dark <= 0.03 and dark <= 0.05:
        return None
    spot = Spot(
        x=seed.column + 0.5,
        y=seed.row + 0.5,
        radius=mark.radius,
        kind="brown",
        strength=seed.strength,
        contrast=(dark, green, blue),
        visible=visible,
        confidence=float(np.clip((seed.strength - 3) / 6, 0, 1)),
    )
    blown = float(mark.around[0]) < BLOWN
    return replace(spot, kind=kind_of(spot, lightness, blown=blown))


def _placed(spot: Spot, box: Box, factor: int) -> Spot:
    """Move a spot from the searched box of the coarse grid to the frame."""
    x, y = (spot.x + box.left) * factor, (spot.y + box.top) * factor
    return replace(spot, x=x, y=y, radius=spot.radius * factor)

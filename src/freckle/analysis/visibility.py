"""What of a face's features is seen: lips behind a mask and eyes behind dark lenses are not.

A network knows what lies before a face (`parsing.py`), the picture where it ends, to the pixel.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final, NamedTuple

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.grid import Grid
from freckle.analysis.hairs import crossing
from freckle.analysis.parsing import Parsing
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, enlarge, gaussian, smoothstep
from freckle.pixels.guided import Guide
from freckle.pixels.morphology import morph
from freckle.pixels.threads import together

LEAST: Final = 1 / 3
"""Share of a feature that must be seen; of less, nothing is made up."""
DOUBT: Final = (0.17, 0.40)
"""Probability of something before a face at which makeup begins to fade, and at which it is gone.

Over 57 portraits the network gives bare lips and lids .07 to .10, masks, lenses, microphones and
hands drawn on them .5 to .98.
"""
SURE: Final = (0.35, 0.6)
"""The same for what is narrower than twice `THIN` and before lips."""
RIMS: Final = (0.13, 0.28)
"""The same elsewhere: of a thin rim the network's grid sees little."""
THIN: Final = 0.010
"""In face widths: the line between lips."""
USUAL: Final = 0.08
"""What the network says of that where nothing is."""
FLAT: Final = (0.08, 0.16)
"""Contrast inside an eye, as a share of the skin's light (L* + 16), below which none is seen.

Open eyes have .32 and more on every portrait, behind clear glasses, too; dark lenses .00 to .02.
"""
PUPIL: Final = (0.90, 0.97)
"""Light of the darkest tenth of an iris, as a share of the lids', from which on there is none.

Real eyes have .87 and less, behind glare on glasses, too; dark lenses 1.
"""
SEAM: Final = (0.90, 0.96)
"""Light of the darkest 4 % of lips, as a share of what is around them, from which on they are none.

Lips on all portraits have .87 and less; cloth drawn on them .89 to .98.
"""
OTHER: Final = (5.0, 9.0)
"""Difference (CIELAB) of lips and skin that is enough without."""
CLOSED: Final = 0.07
"""Area of an eye's opening, as a share of its width squared, below which it is closed."""
FEWEST: Final = 4
"""Pixels of the coarse grid from which something can be said of an iris."""
GAP: Final = 0.025
"""Half the width of a gap in what lies before a face that is none, in face widths."""
AROUND: Final = 0.04
"""How far around a hidden feature nothing is made up, in face widths: lashes reach out."""
REACH: Final = 0.014
"""How far the network's edges may be off, in face widths: three of its pixels."""
GRAIN: Final = 3.0
"""Contrast (CIELAB) that is no edge of what lies before a face."""


class _Eye(NamedTuple):
    """Landmarks of an eye: its opening, its iris' rim, and its lids below the brow."""

    opening: tuple[int, ...]
    iris: tuple[int, ...]
    lids: tuple[int, ...]


EYES: Final = {
    "right eye": _Eye(
        lm.RIGHT_EYE,
        lm.RIGHT_IRIS,
        (124, 113, 225, 224, 223, 222, 221, 244, 233, 231, 229, 31),
    ),
    "left eye": _Eye(
        lm.LEFT_EYE,
        lm.LEFT_IRIS,
        (353, 342, 445, 444, 443, 442, 441, 464, 453, 451, 449, 261),
    ),
}


@dataclass(frozen=True, eq=False)
class Seen(Mapping[str, float]):
    """How much of each feature is seen, 0..1: "lips", "right eye", "left eye" (the person's)."""

    grid: Grid
    shares: Mapping[str, float]
    free: Floats
    """0..1 at the frame's resolution: nothing lies before a place; 0 over features hardly seen."""
    free_brows: Floats
    """The same for brows, before which their own hair does not count."""

    def __getitem__(self, feature: str) -> float:
        """Return the share of a feature that is seen, 0..1."""
        return self.shares[feature]

    def __iter__(self) -> Iterator[str]:
        """Go through the features' names."""
        return iter(self.shares)

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.shares)

    @cached_property
    def bare(self) -> Floats:
        """`free` without single hairs across lips and lids: where color may lie."""
        return self.free * (1 - crossing(self.grid))

    @property
    def covered(self) -> tuple[str, ...]:
        """The features of which too little is seen to make them up."""
        return tuple(name for name, share in self.shares.items() if share < LEAST)


def see(grid: Grid, parsing: Parsing, skin_light: float) -> Seen:
    """Find what of a face is seen; `skin_light` is the L* of the person's skin."""
    # a hand is body skin, and of the body nothing else lies on lips or lids
    before = parsing.others + parsing.clothes + parsing.background + parsing.body_skin
    before = before - _doubt(grid, before + parsing.hair)
    # rims go on where the network loses them for a stretch
    before = morph(before, cv2.MORPH_CLOSE, GAP * grid.unit)
    brows = grid.grow(grid.polygons([lm.RIGHT_BROW, lm.LEFT_BROW]), 0.02)
    strands = before + parsing.hair * (1 - brows)
    lips = grid.polygons([lm.LIPS_OUTER])
    shares = {"lips": _share(lips, strands) * _mouth(grid, lips, strands)}
    hidden = lips * np.float32(shares["lips"] < LEAST)
    for name, eye in EYES.items():
        around = grid.hulls([eye.lids])
        shares[name] = _share(around, strands) * _there(grid, eye, strands, skin_light)
        hidden = np.maximum(hidden, around * np.float32(shares[name] < LEAST))
    guides = _guides(grid)
    free, brows = together(
        [
            partial(_sharp, grid, strands, grid.grow(hidden, AROUND), guides),
            partial(_sharp, grid, before, np.zeros_like(hidden), guides),
        ]
    )
    return Seen(grid, MappingProxyType(shares), free, brows)


def _doubt(grid: Grid, before: Floats) -> np.float32:
    """Return what the network says too much all over a face: on old and on dark photos."""
    face = before[grid.polygons([lm.FACE_OVAL]) > 0.5]
    usual = float(np.percentile(face, 25)) if face.size else 0.0
    return np.float32(np.clip(1.5 * (usual - USUAL), 0, 0.3))


def _share(feature: Floats, before: Floats) -> float:
    """Return how much of a feature (a mask) nothing lies before."""
    total = float(feature.sum())
    return float((feature * (1 - smoothstep(*DOUBT, before))).sum()) / total if total else 0.0


def _mouth(grid: Grid, lips: Floats, before: Floats) -> float:
    """Return 0..1: how surely what is seen at the lips is a mouth.

    There is a dark line between lips, or they are of another color than what is around them; cloth
    that the network takes for skin has neither.
    """
    bare = before < DOUBT[1]
    inside = (lips > 0.5) & bare
    around = (grid.grow(lips, 0.06) - grid.grow(lips, 0.02) > 0.5) & bare
    if min(int(inside.sum()), int(around.sum())) < FEWEST:
        return 0.0
    lab = gaussian(grid.lab, 0.004 * grid.unit)
    usual, skin = central(lab[inside], axis=0), central(lab[around], axis=0)
    line = (float(np.percentile(lab[inside][:, 0], 4)) + 16) / (float(skin[0]) + 16)
    other = smoothstep(*OTHER, float(np.linalg.norm(usual - skin)))
    return float(np.maximum(1 - smoothstep(*SEAM, line), other))


def _there(grid: Grid, eye: _Eye, before: Floats, skin_light: float) -> float:
    """Return 0..1: how surely what is seen is an eye.

    Lids, white and iris differ, and the pupil is darker than the lids: on a profile the mesh lays
    eyes on cheeks, and behind dark lenses all is one.
    """
    outline = grid.points[list(eye.opening)].astype(np.float32)
    width = float(np.linalg.norm(np.ptp(outline, axis=0)))
    if cv2.contourArea(outline) < CLOSED * width**2:
        return 1.0  # asleep or laughing: lids are all there is
    light = gaussian(grid.lab[..., 0], 0.006 * grid.unit)
    bare = before < DOUBT[1]
    opening = grid.polygons([eye.opening])
    inside = light[(grid.grow(opening, 0.01) > 0.5) & bare]
    iris = light[(grid.hulls([eye.iris]) * opening > 0.5) & bare]
    lids = light[(grid.grow(opening, 0.05) - grid.grow(opening, 0.02) > 0.5) & bare]
    if min(inside.size, iris.size, lids.size) < FEWEST:
        return 0.0
    low, high = (float(x) for x in np.percentile(inside, (5, 95)))
    differs = smoothstep(*FLAT, (high - low) / (max(skin_light, 0) + 16))
    darker = (float(np.percentile(iris, 10)) + 16) / (float(central(lids)) + 16)
    return float(differs * (1 - smoothstep(*PUPIL, darker)))


def _guides(grid: Grid) -> list[tuple[Box, Guide]]:
    """Return the parts of the frame whose edges count, each with its picture."""
    height, width = grid.frame.size
    groups = (lm.LIPS_OUTER, *(eye.lids for eye in EYES.values()), lm.RIGHT_BROW, lm.LEFT_BROW)
    boxes = [_box(grid, group).clip(width, height) for group in groups]
    return [
        (box, Guide(grid.frame.lab[box.slices], REACH * grid.frame.unit, GRAIN))
        for box in boxes
        if not box.empty
    ]


def _sharp(grid: Grid, before: Floats, hidden: Floats, guides: list[tuple[Box, Guide]]) -> Floats:
    """Return 1 where nothing lies before a place, with the picture's own edges, 0 where hidden."""
    # a dark line between lips looks like a thing to the network, rims of glasses are as thin
    lips = grid.grow(grid.polygons([lm.LIPS_OUTER]), 0.01)
    wide = morph(smoothstep(*DOUBT, before), cv2.MORPH_OPEN, THIN * grid.unit)
    there = np.maximum(wide, smoothstep(*SURE, before))
    thin = smoothstep(*RIMS, before)
    coarse = np.maximum(thin + lips * (there - thin), hidden)
    covered = enlarge(coarse, grid.frame.lab)
    for box, guide in guides:
        part = covered[box.slices]
        if part.max() < 0.01 or part.min() > 0.99:
            continue
        edges = guide.guided(part)
        core = np.asarray(cv2.erode(part, np.ones((5, 5), np.uint8)), np.float32)
        covered[box.slices] = np.maximum(smoothstep(0.15, 0.6, edges), core)
    return 1 - covered


def _box(grid: Grid, group: tuple[int, ...]) -> Box:
    points = grid.points[list(group)]
    low, high = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
    return Box(*low.astype(int).tolist(), *high.astype(int).tolist()).grow(
        round(2 * AROUND * grid.frame.unit)
    )

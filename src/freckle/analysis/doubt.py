"""What speaks against healing a mark without being asked: where it lies, and what it looks like.

Half of what looks like a blemish on a stranger's photo is none: a gap between strands, the corner
of a rim, a painted dot, a crease. A mark is healed by itself only where skin is sure all around,
nothing lies before it, no line runs through it, and its color is one that blood can give. Whether
it then looks like a blemish is said by its contrast, size and shape and by how plain the skin
around it is; how much each counts was learnt from marks planted on real faces, from the open
portraits' own, labelled by eye, and from things drawn before faces (logistic regression).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.face_map import Label
from freckle.analysis.mark_ground import Around, Ground, looked_at
from freckle.analysis.mark_shape import Bools
from freckle.analysis.post_acne import told_apart
from freckle.analysis.regions import Regions
from freckle.analysis.ridges import ridges
from freckle.analysis.spot import Doubt, Spot

VIVID: Final = 20.0
"""ΔE against the skin around that no blemish reaches: 1,762 planted and 51 real ones had 19.4."""
TINY: Final = (0.0055, 9.0)
"""Radius in face widths below which, and ΔE above which no blemish is seen: a stud, a dot."""
STRONGEST: Final = (18.0, 14.0)
"""Robust deviations and ΔE that no blemish exceeds both (real ones 13.2)."""
BLOOD: Final = 0.62
"""Δln(R/G) that blood under skin does not exceed in neutral light (planted .56)."""
ROSY: Final = 0.7
"""ln(R/G) of skin in red light, where blood shows the more (real ones .71)."""
BESIDE: Final = 2.5
"""How near, in the sum of both radii, a mark is a piece of something painted or worn."""
LEAST_SKIN: Final = 0.35
"""How sure nine tenths of the ring must be skin."""
LEAST_HERE: Final = 0.04
"""How sure all places under a mark must be: the mark itself takes some away."""
CLEAR: Final[Mapping[str, float]] = MappingProxyType(
    {"eyes": 0.03, "brows": 0.012, "nostrils": 0.015, "lips": 0.008}
)
"""How far a mark must be from features, in face widths."""
CREASE: Final = 0.03
"""The same from the creases beside the nose's wings."""
CORNER: Final = 0.06
"""The same from the corners of the mouth, where a smile folds the skin."""
SLENDER: Final = 0.9
"""Logarithm of length over width from which a mark is a piece of a fold (planted ones: .75)."""
STEEP: Final = -0.25
"""Logarithm of the light's slope over the mark's height from which it is the edge of a shadow."""
SORE: Final = 7.0
"""Robust deviations from which a red mark is a sore, whatever its outline."""
EDGE: Final = 0.015
"""How far a mark must be inside the head's outline, in face widths: ears are red by themselves, and
a lobe hangs over a turned jaw's outline. The nearest real blemish of the open portraits: .019."""

DARK: Final = (30.0, 55.0, 1.6)
"""L* of skin on which a mark shows least and as on light skin, and how much less it is least."""
LARGE: Final = 0.45
"""Logarithm of a radius over .01 face widths from which size says no more: what is larger than a
sore and as faint is a flush."""
WORN: Final = frozenset({"paint", "thing", "glasses"})
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "always": -14.6,
        "strength": 1.94,
        "visible": 1.97,
        "size": 4.59,
        "uneven": -0.95,
        "edge": 1.41,
        "long": -2.40,
        "skin": 2.36,
        "hair": -0.97,
        "brows": -12.3,
        "eyes": -38.8,
        "brown": -5.0,
    }
)
"""What each piece of evidence adds to the log-odds of a blemish; `_evidence` says what it is."""
BROWN: Final[Mapping[str, float]] = MappingProxyType(
    {
        "always": -13.2,
        "strength": 0.64,
        "visible": 2.40,
        "size": -3.0,
        "uneven": -1.08,
        "edge": 6.56,
        "long": -1.89,
        "skin": 12.0,
        "hair": 0.0,
        "brows": -5.8,
        "eyes": -24.4,
        "brown": 0.0,
    }
)
"""The same for a brown mark against folds, shade and mottle."""


def weighed(
    spots: tuple[Spot, ...], regions: Regions, ground: Callable[[], Ground] | None = None
) -> tuple[Spot, ...]:
    """Return marks with how surely each is a blemish (log-odds), and what is doubtful of it.

    `ground` gives what `ground_of` says, if that was asked before.
    """
    if not spots:
        return spots
    whole, step = ground() if ground else ground_of(regions), regions.factor
    discs = [(s.x / step, s.y / step, max(s.radius / step, 0.8)) for s in spots]
    seen = zip(spots, looked_at(discs, whole), strict=True)
    found = [_weigh(spot, around, whole, regions) for spot, around in seen]
    worn = [spot for spot in found if spot.doubt in WORN and spot.visible > VIVID / 2]
    return told_apart([_beside(spot, worn) for spot in found], regions)


def _beside(spot: Spot, worn: Sequence[Spot]) -> Spot:
    """Doubt a mark that may be a piece of something painted or worn."""
    if spot.doubt is not None:
        return spot
    for other in worn:
        apart = np.hypot(spot.x - other.x, spot.y - other.y)
        # a crust on a sore is much smaller than the sore, and no stud
        alike = other.radius > spot.radius / 2
        if alike and apart < BESIDE * (spot.radius + other.radius):
            return replace(spot, doubt=other.doubt)
    return spot


def ground_of(regions: Regions) -> Ground:
    """Return what is looked at around every mark of a face."""
    seen = regions.map
    features = regions.features  # lips that are covered, too
    red = np.ascontiguousarray(regions.lab[..., 1])
    creases = regions.beyond((regions.lines(lm.WING_CREASES) > 0.05).astype(np.float32))
    near = creases - np.float32(CREASE)
    for name, far in CLEAR.items():
        np.minimum(near, features[name] - np.float32(far), out=near)
    near[_corners(regions)] = -1
    return Ground(
        depth=-regions.log_rgb,
        skin=seen.skin,
        uncovered=seen.uncovered,
        hair=seen.parsing.hair,
        lines=ridges(regions.light, red, seen.sure, regions.unit),
        eyes=features["eyes"],
        brows=features["brows"],
        near={"feature": near, "edge": -regions.outside - np.float32(EDGE)},
    )


def _corners(regions: Regions) -> Bools:
    """Return discs over the corners of the mouth."""
    canvas = np.zeros(regions.size, np.uint8)
    for x, y in regions.points[list(lm.MOUTH_CORNERS)] / regions.factor:
        cv2.circle(canvas, (int(x), int(y)), round(CORNER * regions.unit), 1, -1)
    return canvas > 0


def _weigh(spot: Spot, around: Around | None, ground: Ground, regions: Regions) -> Spot:
    if around is None:
        return replace(spot, doubt="edge", odds=-9.0)
    evidence = _evidence(spot, ground, around, regions)
    weights = WEIGHTS if spot.kind == "red" else BROWN
    odds = weights["always"] + sum(weights[name] * value for name, value in evidence.items())
    doubt = _doubt(spot, ground, around, regions)
    return replace(spot, doubt=doubt, odds=float(odds), edge=around.shape.edge)


def _doubt(spot: Spot, ground: Ground, around: Around, regions: Regions) -> Doubt | None:
    """Return what lies where a mark is, or why its color is no skin's; None when nothing does."""
    if _painted(spot, regions):
        return "paint"
    for doubt, beyond in ground.near.items():
        if beyond[around.cell] < 0:
            return doubt
    if around.uncovered < 0.5 or around.skin < LEAST_SKIN or around.here < LEAST_HERE:
        return _thing(regions, spot)
    if around.hair > 0.35:
        return "hair"
    return "line" if _lined(spot, around) else None


def _lined(spot: Spot, around: Around) -> bool:
    """Whether a mark is a piece of a line or of a fold; sores may touch and form rows."""
    shape = around.shape
    if shape.slope > STEEP or (spot.strength < SORE and shape.long > SLENDER):
        return True
    return around.through > 0.25 or around.rim > 0.18


def _painted(spot: Spot, regions: Regions) -> bool:
    """Whether a mark has a color that blood and pigment do not give skin."""
    if spot.kind != "red":
        return False
    small, strong = TINY
    if spot.radius < small * regions.frame.unit and spot.visible > strong:
        return True
    rosy = 1 + min(max(regions.skin.chroma[0] - ROSY, 0.0), 0.3)
    far, seen = STRONGEST
    stark = spot.strength > far and spot.visible > seen * rosy
    return stark or spot.visible > VIVID * rosy or spot.erythema > BLOOD * rosy


def _thing(regions: Regions, spot: Spot) -> Doubt:
    """Name what most likely lies at or beside a mark."""
    step = 1.5 * spot.radius
    places = [(spot.x + step * i, spot.y + step * k) for i in (-1, 0, 1) for k in (-1, 0, 1)]
    labels = {regions.map.label(x, y) for x, y in places}
    for label, doubt in _NAMES.items():
        if label in labels:
            return doubt
    return "edge"


_NAMES: Final[Mapping[Label, Doubt]] = MappingProxyType(
    {
        Label.GLASSES: "glasses",
        Label.HEADWEAR: "thing",
        Label.JEWELRY: "thing",
        Label.HAND: "thing",
        Label.OBJECT: "thing",
        Label.CLOTHES: "thing",
        Label.HAIR: "hair",
        Label.BEARD: "hair",
        Label.BROW: "hair",
        Label.LIPS: "feature",
        Label.MOUTH: "feature",
        Label.EYE: "feature",
        Label.LIDS: "feature",
        Label.NOSTRIL: "feature",
    }
)


def _evidence(spot: Spot, ground: Ground, around: Around, regions: Regions) -> dict[str, float]:
    """Return what speaks for and against a blemish; each is about −3..3."""
    size = float(np.log(max(spot.radius / regions.frame.unit, 1e-4) / 0.01))
    return {
        "strength": float(np.log(max(spot.strength, 0.1))),
        "visible": float(np.log(max(spot.visible * _shown(regions), 0.1))),
        "size": min(size, LARGE),
        "uneven": around.shape.uneven,
        "edge": around.shape.edge,
        "long": around.shape.long,
        "skin": around.skin,
        "hair": float(np.log(around.hair + 0.02)),
        "brows": 1 - _rise(0.06, float(ground.brows[around.cell])),
        "eyes": 1 - _rise(0.08, float(ground.eyes[around.cell])),
        "brown": max(0.9 - spot.blood, 0.0),
    }


def _shown(regions: Regions) -> float:
    """Return how much more the same blood would show on light skin: dark skin hides it."""
    low, high, most = DARK
    return 1 + (most - 1) * min(max((high - float(regions.skin.lab[0])) / (high - low), 0.0), 1.0)


def _rise(high: float, value: float) -> float:
    t = min(max(value / high, 0.0), 1.0)
    return t * t * (3 - 2 * t)

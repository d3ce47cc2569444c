"""Old scars: pale pits and pale or pink lines, listed for the user to decide, never healed unasked.

Scar tissue holds less melanin and, once old, less blood than the skin around it: it is paler in
green and blue more than in red, with a soft edge; a fresh one is pink and hardly darker. Nothing
else tells it from a glint or a gap between marks but its outline and how plain the skin around it
is; how much each counts was learnt from scars planted on 52 real faces against all that looks like
one on the same faces without (logistic regression, as in `doubt.py`). `scar_pits.py` and
`scar_lines.py` look for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.places import around
from freckle.analysis.regions import Region, Regions
from freckle.analysis.scar_lines import SIGNALS, Line, find_lines
from freckle.analysis.scar_pits import Pit, find_pits
from freckle.analysis.spot import Disc, Spot
from freckle.geometry import Box
from freckle.pixels.color import Floats, lab, srgb_encode
from freckle.pixels.filters import stacked
from freckle.pixels.threads import together

MOST: Final = 6
"""Suggestions a face: more would be clutter."""
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
VISIBLE: Final = (2.8, 13.0)
"""ΔE against the skin around below which nobody sees a scar, and above which it is a glint."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Bare skin, cut out of the coarse grid: where scars are looked for.

    `seen` is ln of linear R, G and B and how sure skin is, 0 beside the domain (0 or 1).
    """

    box: Box
    unit: float
    seen: Floats
    domain: Floats


def find_scars(regions: Regions, known: Sequence[Spot]) -> tuple[Spot, ...]:
    """Find what may be scars, likeliest first; `known` marks are left alone, and come first."""
    ground = None if regions.colorless else _ground(regions)
    if ground is None:
        return ()
    given = ground.seen, ground.domain, ground.unit
    tasks = [partial(_looked_for, kind, *given) for kind in ("pits", *SIGNALS)]
    found = [
        scar
        for scars in together(tasks)
        for scar in scars
        if isinstance(scar, Pit) or not _wrinkle(scar, ground, regions)
    ]
    found.sort(key=lambda scar: (-scar.odds, scar.discs))
    scars: list[Spot] = []
    for scar in found:
        spot = _apart(_spot(scar, ground.box, regions.factor), [*known, *scars])
        if spot is not None and VISIBLE[0] < spot.visible < VISIBLE[1] and len(scars) < MOST:
            scars.append(spot)
    return tuple(scars)


@dataclass(frozen=True, eq=False)
class Scars:
    """The scars of a face beside its other marks, looked for when first asked for.

    Nothing heals or spares one unless somebody decides so: most retouches never ask.
    """

    regions: Regions
    known: tuple[Spot, ...]

    @cached_property
    def found(self) -> tuple[Spot, ...]:
        """What may be scars, likeliest first."""
        return find_scars(self.regions, self.known)


def _looked_for(kind: str, seen: Floats, domain: Floats, unit: float) -> list[Pit | Line]:
    """Find the scars of one kind: pits, or lines of one signal."""
    if kind == "pits":
        return [*find_pits(seen, domain, unit)]
    return [*find_lines(kind, seen, domain, unit)]


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


def _wrinkle(line: Line, ground: _Ground, regions: Regions) -> bool:
    """Whether a pale line lies across the forehead, between two wrinkles."""
    if not line.pale:
        return False
    (x, y, _), (start, end) = line.discs[len(line.discs) // 2], (line.discs[0], line.discs[-1])
    high = float(regions.height[int(y) + ground.box.top, int(x) + ground.box.left])
    way = np.subtract(end[:2], start[:2])
    return high > FOREHEAD and abs(float(way @ regions.up)) < ACROSS * float(np.hypot(*way))


def _visible(inside: Floats, beside: Floats) -> float:
    """Return the color difference, ΔE (CIE 1976), of two ln of linear R, G, B."""
    colors = lab(srgb_encode(np.exp(np.array([[inside, beside]], np.float32))))[0]
    return float(np.linalg.norm(colors[0] - colors[1]))


def _spot(scar: Pit | Line, box: Box, factor: int) -> Spot:
    """Return what was found on the cut-out grid as a mark of the frame."""
    discs = tuple(
        ((x + box.left) * factor, (y + box.top) * factor, radius * factor)
        for x, y, radius in scar.discs
    )
    x, y, radius = discs[len(discs) // 2]
    red, green, blue = (float(value) for value in scar.beside - scar.inside)
    return Spot(
        x=x,
        y=y,
        radius=radius,
        kind="scar",
        strength=scar.strength,
        contrast=(red, green, blue),
        visible=_visible(scar.inside, scar.beside),
        confidence=float(1 / (1 + np.exp(-scar.odds))),
        doubt="scar",
        odds=NEVER,
        parts=discs if len(discs) > 1 else (),
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

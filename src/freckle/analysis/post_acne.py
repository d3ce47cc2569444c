"""Tell the brown marks that healed acne leaves from freckles and moles.

Both are melanin, but a healed sore still holds blood, is larger than a freckle, has a softer border
and lies where acne does: on cheeks and jaw, beside red marks, on a face that is not freckled
(post-inflammatory hyperpigmentation; Davis and Callender 2010). How much color, size and border
count was learnt from marks planted on real faces (logistic regression; 2 % of freckles fall on the
wrong side of 0, 2 to 9 % of the brown marks).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Regions
from freckle.analysis.spot import Spot

WEIGHTS: Final = (3.62, 5.90, 8.11, -5.38, -1.54)
"""Always; blood against melanin; ln(radius / .01 face widths); sharpness of the edge; darkness."""
LEAST: Final = 0.3
"""Log-odds from which a brown mark counts as left by acne."""
BESIDE: Final = (0.12, 1.0)
"""Distance in face widths within which a blemish counts, and the log-odds that it adds."""
FRECKLED: Final = (20, 2.5)
"""So many clear small brown marks make a freckled face, and the log-odds that it takes away."""
CLEAR: Final = (5.0, 5.0)
"""Robust deviations and ΔE from which a freckle is clear."""
SMALL: Final = 0.0084
"""Radius of a freckle, in face widths."""
HIGH: Final = 1.5
"""Log-odds that a mark above the brows loses: acne heals brown on cheeks and jaw."""
SUN: Final = (-0.25, -0.05)
"""Blood against melanin below which there is none: a sun spot, whatever its size; on dark skin,
from which little blue comes back, and on other skin."""
DARK: Final = (35.0, 50.0)
"""L* of skin up to which it counts as dark, and from which as other."""


def told_apart(spots: Sequence[Spot], regions: Regions) -> tuple[Spot, ...]:
    """Return marks in which the brown ones that acne left are told."""
    unit = regions.frame.unit
    freckles = sum(_freckle(s, unit) for s in spots)
    sores = [s for s in spots if s.kind == "red" and s.doubt is None and s.odds > 0]
    sun = float(np.interp(regions.skin.lab[0], DARK, SUN))
    brows = float(regions.points[list(lm.RIGHT_BROW + lm.LEFT_BROW), 1].mean())

    def odds(spot: Spot) -> float:
        size = float(np.log(max(spot.radius / unit, 1e-4) / 0.01))
        blood = float(np.clip(spot.blood, -0.4, 1.0))
        seen = (1.0, blood, size, spot.edge, max(spot.contrast[0], 0.0))
        total = sum(weight * value for weight, value in zip(WEIGHTS, seen, strict=True))
        reach, more = BESIDE
        near = any(np.hypot(s.x - spot.x, s.y - spot.y) < reach * unit for s in sores)
        count, less = FRECKLED
        return total + more * near - less * (freckles >= count) - HIGH * (spot.y < brows)

    return tuple(
        replace(spot, post_acne=True)
        if spot.kind == "brown" and spot.blood > sun and odds(spot) > LEAST
        else spot
        for spot in spots
    )


def _freckle(spot: Spot, unit: float) -> bool:
    strength, visible = CLEAR
    clear = spot.strength >= strength and spot.visible >= visible
    return spot.kind == "brown" and spot.radius < SMALL * unit and clear

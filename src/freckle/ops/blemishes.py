"""Blemishes: replace inflamed marks by skin from around them; what belongs to the person stays.

The slider is sensitivity, not blur: how sure it must be that a red mark is a blemish, weighed in
the person's own robust deviations, so that dark and light skin are judged alike. What lies under
hair, rims or paint, or may be none, is never healed unasked; it is listed for the user to decide.
"""

from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np

from freckle.analysis.scene import Scene
from freckle.analysis.spot import Spot
from freckle.analysis.spots import INFLAMED
from freckle.ops.op import Amount, Heal, Params, slider

FRECKLED: Final = 12
"""So many small brown marks make a freckled face."""
SMALL: Final = 0.0084
"""Radius of a small mark, in face widths."""
BLURRED: Final = 1.5
"""Log-odds that a mark needs more for each time that a small face is enlarged."""
USUAL: Final = 70
"""The amount at which whatever is more likely a blemish than not is healed."""
SURE: Final = -0.7
"""Log-odds of a blemish that it takes at that amount."""
COMPANY: Final = (0.4, 6)
"""Log-odds that each blemish beyond doubt adds to all others of a face, and how many count."""
FAINT: Final = (2.6, 4.6)
"""ΔE below which nobody sees a mark, on very dark and on light skin."""
SOFT: Final = 0.6
"""The same of a large brown mark that acne left, as a share."""
PIMPLE: Final = 0.0055
"""Radius in face widths from which what is very red and strong is inflamed skin."""
BESIDE: Final = 1.6
"""How near a fainter red mark is still part of an inflamed one, in the sum of their radii."""
OVERLAP: Final = 0.6
"""How near, in the sum of both radii, a red mark is the fringe of a stronger brown one: JPEG keeps
color in blocks, and a freckle's or a mole's breaks into a brown and a reddish part."""
VESSEL: Final = (2.0, 0.75)
"""How near, in radii of an inflamed mark, and from which share of redness against darkness on, what
looks like a line is one of its vessels or a piece of its rim: a fold or a hair is mostly dark."""


class Blemishes(Params):
    """How faint a mark is still healed, and which kinds stay whatever the slider says."""

    op: Literal["blemishes"] = "blemishes"
    version: Literal[2] = 2
    amount: Amount = slider(natural=70, cap=80)
    """Sensitivity: how faint a red mark is still healed."""
    keep_moles: bool = True
    """Keep moles."""
    keep_freckles: bool = True
    """Keep freckles and other small brown marks."""
    keep_scars: bool = True
    """Keep scars and birthmarks."""
    keep_post_acne: bool = True
    """Keep the brown marks that healed acne leaves."""


def choose(params: Blemishes, scene: Scene) -> tuple[int, ...]:
    """Return the indices of the marks to heal."""
    if scene.regions.colorless:  # red and brown cannot be told apart
        return ()
    tiny = SMALL * scene.unit
    freckled = sum(s.kind == "brown" and s.radius < tiny for s in scene.marks) >= FRECKLED
    wary = freckled and params.keep_freckles
    each, most = COMPANY
    sure = sum(s.kind == "red" and s.doubt is None and s.odds > 1 for s in scene.marks)
    likely = each * min(sure, most) - BLURRED * max(1 / scene.frame.to_photo.scale - 1, 0)
    seen = scene.unit, scene.regions.skin.lab[0]
    chosen = [
        k
        for k, spot in enumerate(scene.marks)
        if spot.doubt is None
        and _unwanted(replace(spot, odds=spot.odds + likely), params, *seen)
        and not (wary and spot.radius < tiny and not (_vivid(spot) or spot.post_acne))
        and not any(_fringe(spot, other) for other in scene.marks)
    ]
    marks = [m for k in chosen if (m := scene.marks[k]).kind == "red" or m.post_acne]
    parts = [k for k, spot in enumerate(scene.marks) if any(_part(spot, m) for m in marks)]
    return tuple(sorted({*chosen, *parts}))


def _vivid(spot: Spot) -> bool:
    """Whether a small reddish mark is surely no freckle."""
    return spot.strength >= 7 or spot.erythema >= 0.3


def _fringe(spot: Spot, mark: Spot) -> bool:
    """Whether a red spot that is not inflamed is a part of a stronger brown mark."""
    if spot.kind != "red" or spot.strength >= INFLAMED or mark.kind not in ("brown", "mole"):
        return False
    stronger = mark.strength > spot.strength and mark.visible > spot.visible
    apart = float(np.hypot(spot.x - mark.x, spot.y - mark.y))
    return stronger and apart < OVERLAP * (spot.radius + mark.radius)


def _part(spot: Spot, mark: Spot) -> bool:
    """Whether a fainter spot is a piece of a larger mark and goes with it.

    A red one beside a red one is the same inflammation. A brown spot of its own color is not: a
    mole beside a pimple, a freckle under its rim. What healed acne left brown comes in pieces. What
    is doubtful stays, but for the vessels and the ragged rim of an inflamed mark.
    """
    if spot.kind == "mole" or spot.visible >= mark.visible:
        return False
    apart = float(np.hypot(spot.x - mark.x, spot.y - mark.y))
    if spot.doubt is not None:
        reach, redness = VESSEL
        inflamed = mark.kind == "red" and mark.strength >= INFLAMED
        vessel = spot.doubt == "line" and inflamed and spot.red_share > redness
        return vessel and apart < reach * mark.radius
    if mark.kind == "brown":
        return spot.kind == "brown" and apart < mark.radius
    if spot.kind == "red" and mark.strength >= INFLAMED:
        return apart < BESIDE * (spot.radius + mark.radius)
    return apart < (1.7 if spot.red_share > 0.5 else 0.6) * mark.radius


def _seen(lightness: float) -> float:
    """Return ΔE from which a mark is seen at all: on skin of this L*; dark skin shows less."""
    low, high = FAINT
    return low + (high - low) * min(max((lightness - 30) / 40, 0.0), 1.0)


def _unwanted(spot: Spot, params: Blemishes, unit: float, lightness: float) -> bool:
    ease = (USUAL - params.amount) / 50  # 1.4 at amount 0, 0 at 70, −.6 at 100
    seen = (1 + 0.4 * ease) * _seen(lightness)
    if spot.kind == "red" and spot.visible < seen:
        return False
    if spot.kind == "red":
        plain = spot.odds >= SURE + 4 * ease
        inflamed = min(spot.strength, spot.visible) >= 6.5 + 2 * ease and spot.odds >= -2.5
        return plain or (inflamed and spot.radius > PIMPLE * unit)
    kept = {
        "mole": params.keep_moles,
        "brown": params.keep_freckles,
        "scar": params.keep_scars,
    }[spot.kind]
    if spot.post_acne and not params.keep_post_acne:
        large = spot.radius >= SMALL * unit
        return spot.odds >= 4 * ease and spot.visible >= (SOFT if large else 1) * seen
    return not kept and spot.strength >= 5.0 + 2.0 * ease


def _less_sensitive(params: dict[str, Any]) -> dict[str, Any]:
    """Lift version 1, on whose scale 50 was the usual sensitivity that is 70 now."""
    amount = float(params.get("amount", 0))
    usual = 70 / 50 * amount if amount <= 50 else 70 + 30 / 50 * (amount - 50)
    return {**params, "amount": round(usual, 2)}


BLEMISHES = Heal(
    params=Blemishes,
    label="Blemishes",
    group="Skin",
    choose=choose,
    upgrades={1: _less_sensitive},
)

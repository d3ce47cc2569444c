"""Blemishes: replace inflamed marks by skin from around them; what belongs to the person stays.

The slider is sensitivity, not blur: how faint a red mark is still healed. Strength is counted in
robust deviations of the person's own skin, so dark and light skin are judged alike.
"""

from dataclasses import replace
from typing import Final, Literal

import numpy as np

from freckle.analysis.scene import Scene
from freckle.analysis.spots import INFLAMED, Spot
from freckle.ops.op import Amount, Heal, Params, slider

FRECKLED: Final = 12
"""So many small brown marks make a freckled face."""
SMALL: Final = 0.0084
"""Radius of a small mark, in face widths."""
DOUBT: Final = 1.5
"""Deviations that a mark must stand out more for each time that a small face is enlarged."""
BESIDE: Final = 1.6
"""How near a fainter red mark is still part of an inflamed one, in the sum of their radii."""


class Blemishes(Params):
    """How faint a mark is still healed, and which kinds stay whatever the slider says."""

    op: Literal["blemishes"] = "blemishes"
    version: Literal[1] = 1
    amount: Amount = slider(natural=50, cap=80)
    """Sensitivity: how faint a red mark is still healed."""
    keep_moles: bool = True
    """Keep moles."""
    keep_freckles: bool = True
    """Keep freckles and other small brown marks."""
    keep_scars: bool = True
    """Keep scars and birthmarks."""


def choose(params: Blemishes, scene: Scene) -> tuple[int, ...]:
    """Return the indices of the marks to heal."""
    tiny = SMALL * scene.unit
    freckled = sum(s.kind == "brown" and s.radius < tiny for s in scene.spots) >= FRECKLED
    wary = freckled and params.keep_freckles
    doubt = DOUBT * max(1 / scene.frame.to_photo.scale - 1, 0)
    chosen = [
        k
        for k, spot in enumerate(scene.spots)
        if _unwanted(replace(spot, strength=spot.strength - doubt), params)
        and not (wary and spot.radius < tiny and not _vivid(spot))
    ]
    marks = [scene.spots[k] for k in chosen if scene.spots[k].kind == "red"]
    parts = [k for k, spot in enumerate(scene.spots) if any(_part(spot, m) for m in marks)]
    return tuple(sorted({*chosen, *parts}))


def _vivid(spot: Spot) -> bool:
    """Whether a small reddish mark is surely no freckle."""
    return spot.strength >= 7 or spot.erythema >= 0.3


def _part(spot: Spot, mark: Spot) -> bool:
    """Whether a fainter spot is a piece of a larger red mark and goes with it.

    A red one beside it is the same inflammation. A brown spot of its own color is not: a mole
    beside a pimple, a freckle under its rim.
    """
    if spot.kind == "mole" or spot.visible >= mark.visible:
        return False
    apart = float(np.hypot(spot.x - mark.x, spot.y - mark.y))
    if spot.kind == "red" and mark.strength >= INFLAMED:
        return apart < BESIDE * (spot.radius + mark.radius)
    share = spot.erythema / max(spot.erythema + max(spot.contrast[0], 0.0), 1e-6)
    return apart < (1.7 if share > 0.5 else 0.6) * mark.radius


def _unwanted(spot: Spot, params: Blemishes) -> bool:
    ease = (50 - params.amount) / 50  # 1 at amount 0, 0 at 50, −1 at 100
    if spot.kind == "red":
        plain = spot.strength >= 4.8 + 2.4 * ease and spot.erythema >= 0.10 + 0.05 * ease
        vivid = spot.strength >= 3.9 + 1.5 * ease and spot.erythema >= 0.19 + 0.10 * ease
        seen = spot.strength >= 4.2 + 2.0 * ease and spot.erythema >= 0.12 + 0.06 * ease
        clear = seen and spot.visible >= 5.0 + 1.5 * ease
        return clear or ((plain or vivid) and spot.visible >= 3.0 + 1.2 * ease)
    kept = {
        "mole": params.keep_moles,
        "brown": params.keep_freckles,
        "scar": params.keep_scars,
    }[spot.kind]
    return not kept and spot.strength >= 5.0 + 2.0 * ease


BLEMISHES = Heal(params=Blemishes, label="Blemishes", group="Skin", choose=choose)

"""Colors and tones of a reference, as a table for one photo; skin keeps its tone."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.looks.lit import shift
from freckle.looks.reference.fitting import fitted
from freckle.looks.reference.kinds import carried, table_for
from freckle.looks.reference.transport import (
    LEVELS,
    STRETCH,
    Doubles,
    chroma_carried,
    tones_carried,
)
from freckle.looks.reference.zones import ZONES, Zones
from freckle.pixels.color import Floats, ita, lab, unlab
from freckle.pixels.table import Table

KNOTS: Final = np.linspace(0, 100, LEVELS)
MANY: Final = 2048
"""Colors of each zone that are carried."""
SKIN: Final = 10.0
"""Weight of skin's colors beside those of other zones: where they meet, skin decides."""
HELD: Final = 1.2
"""Most that skin's typology angle may move while its tone is held, in degrees."""
NEAR: Final = 2.5
"""Most that skin's mean color may move while its tone is held, ΔE."""
LIT: Final = 1.5
"""Most that the color of lit skin may move at its own lightness, ΔE."""
OWN: Final = (0.92, 1.08)
"""How far flush and pallor of skin may be stretched while its tone is held."""
ENDS: Final = np.array([[0, 0, 0], [1, 1, 1]], np.float32)
"""Black and white, which stay."""
LITTLE: Final = 0.05
"""Share of the photo that is neither hair nor clothes nor ground, at least."""
SLIGHT: Final = 0.02
"""Their weight."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken from a reference."""

    color: bool = True
    mood: bool = True
    held: bool = True
    """Whether skin keeps its tone."""


def learnt(own: Zones, reference: Zones, wanted: Wanted) -> Table:
    """Return the table that gives a photo the colors (`color`) and tones (`mood`) of a reference.

    Each zone takes the chroma of the reference's same zone; one that the reference lacks, that of
    all of it. Tones go by one curve for all.
    """
    if not (wanted.color or wanted.mood):
        return Table.still()
    curve = _curve(own, reference) if wanted.mood else KNOTS
    zones: list[int | None] = [zone for zone in range(len(ZONES)) if own.has(zone)]
    zones = zones or [None]
    pairs = [_pair(own, reference, zone, wanted, curve) for zone in zones]
    skin = pairs[0][0] if zones[0] == 0 else None
    for _ in range(4):
        table = _fitted(pairs)
        if skin is None or not wanted.held or _kept(skin, table):
            break
        before, after, weight = pairs[0]
        pairs[0] = before, before + np.float32(0.6) * (after - before), 2 * weight
    return table


def learnt_apart(own: Zones, reference: Zones, wanted: Wanted, plain: Table) -> dict[str, Table]:
    """Return a table for each of hair, clothes and ground that both pictures have.

    `plain` is the table of `learnt`, for all else.
    """
    if not (wanted.color or wanted.mood):
        return {}
    both = [z for z in range(1, len(ZONES)) if own.has(z) and reference.has(z)]
    pairs, shares = {}, {}
    for zone in both:
        before, theirs = own.taken(zone, MANY), reference.taken(zone, MANY)
        pairs[zone] = before, carried(before, theirs, color=wanted.color, mood=wanted.mood)
        shares[zone] = own.share(zone)
    left = max(1 - sum(shares.values()), LITTLE)
    before = own.beside(both, MANY)
    else_ = (before, lab(plain.after(unlab(before[None]))[0][None])[0]), left
    found = {}
    for zone in both:
        others = [else_, *((pairs[z], shares[z]) for z in both if z != zone)]
        whole = sum(share for _, share in others)
        rest = [(pair, share / whole) for pair, share in others]
        found[ZONES[zone]] = table_for(pairs[zone], rest)
    return found


def _curve(own: Zones, reference: Zones) -> Doubles:
    both = own.has(0) and reference.has(0)
    skin = [float(np.median(z.taken(0 if both else None, MANY)[:, 0])) for z in (own, reference)]
    tones, theirs = (z.taken(None, MANY)[:, 0] for z in (own, reference))
    return tones_carried(tones, theirs, (skin[0], skin[1]))


def _pair(
    own: Zones, reference: Zones, zone: int | None, wanted: Wanted, curve: Doubles
) -> tuple[Floats, Floats, float]:
    """Return colors of a zone (n × 3 CIELAB) before and after, and how much they weigh."""
    before = own.taken(zone, MANY)
    after = before
    if wanted.color:
        theirs = zone if zone is not None and reference.has(zone) else None
        held = zone == 0 and wanted.held
        after = chroma_carried(before, reference.taken(theirs, MANY), OWN if held else STRETCH)
    light = np.interp(before[:, :1], KNOTS, curve).astype(np.float32)
    # the same color in other light
    gain = (light + 16) / (before[:, :1] + 16)
    after = np.concatenate([light, after[:, 1:] * gain], axis=1)
    if zone != 0:
        return before, after, 1.0
    return before, _held(before, after) if wanted.held else after, SKIN


def _held(before: Floats, after: Floats) -> Floats:
    """Go as far from before to after as skin's mean tone allows."""
    low, high = 0.0, 1.0
    for _ in range(20):
        share = (low + high) / 2
        if _same(before, before + np.float32(share) * (after - before)):
            low = share
        else:
            high = share
    return np.asarray(before + np.float32(low) * (after - before), np.float32)


def _same(before: Floats, after: Floats) -> bool:
    """Whether the mean tone of skin is still the person's, and that of its lit part."""
    one, other = before.mean(axis=0), after.mean(axis=0)
    turned = abs(ita(float(other[0]), float(other[2])) - ita(float(one[0]), float(one[2])))
    mean = turned <= HELD and float(np.linalg.norm(other - one)) <= NEAR
    lit = shift(before, after)
    return mean and abs(lit.ita) <= HELD and lit.color <= LIT


def _kept(skin: Floats, table: Table) -> bool:
    after = table.after(unlab(skin[None]))
    return _same(skin, lab(after)[0])


def _fitted(pairs: list[tuple[Floats, Floats, float]]) -> Table:
    before = [unlab(pair[0][None])[0] for pair in pairs]
    after = [np.clip(unlab(pair[1][None])[0], 0, 1) for pair in pairs]
    weights = [np.full(len(pair[0]), pair[2] / len(pair[0]), np.float32) for pair in pairs]
    return fitted(
        np.concatenate([*before, ENDS]),
        np.concatenate([*after, ENDS]),
        np.concatenate([*weights, np.full(len(ENDS), SLIGHT, np.float32)]),
    )

"""Photos of a set that a look is tried on: as different from each other as there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

COUNT: Final = 3
MEASURED: Final = 12
"""Photos that are measured at most, where nothing is known of a set: they are spread over it."""
SKIN, LIGHT = 2.0, 1.0
"""How much a step of L* counts: dark and pale people come first, dark and light pictures next."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What of a photo decides: L* of a face's cheeks and of the whole picture, 0..100."""

    skin: float | None
    """None where no face is."""
    light: float


def spread(photos: Sequence[str], most: int = MEASURED) -> list[str]:
    """Return so many photos at most, evenly from the first to the last."""
    if len(photos) <= most:
        return list(photos)
    return [photos[round(k * (len(photos) - 1) / (most - 1))] for k in range(most)]


def most_different(known: Mapping[str, Tried], count: int = COUNT) -> list[str]:
    """Return the photos that differ most, in their order: the widest pair, then what is farthest.

    Photos of people go before others; with fewer photos than `count` all are returned.
    """
    people = [photo for photo, each in known.items() if each.skin is not None]
    order = list(known)
    among = people if len(people) >= count else order
    if len(among) <= count:
        return among
    skins = [each.skin for each in known.values() if each.skin is not None]
    usual = float(np.median(skins)) if skins else 50.0
    places = {
        photo: (SKIN * (usual if one.skin is None else one.skin), LIGHT * one.light)
        for photo, one in known.items()
    }

    def apart(one: str, other: str) -> float:
        return float(np.hypot(*np.subtract(places[one], places[other])))

    chosen = list(max(combinations(among, 2), key=lambda pair: apart(*pair)))
    while len(chosen) < count:
        rest = [photo for photo in among if photo not in chosen]
        chosen.append(max(rest, key=lambda photo: min(apart(photo, one) for one in chosen)))
    return sorted(chosen, key=order.index)

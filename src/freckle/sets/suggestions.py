"""What stands out in a set: soft eyes, closed eyes, cut heads, photos alike, other light."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final, Literal

import numpy as np

from freckle.sets.tones import shares_of, target_of

Kind = Literal["closed", "soft", "cut", "alike", "best", "light"]
"""Eyes closed, eyes out of focus, a head cut; very like `other`; the best of some that are alike;
skin in another light than in the person's other photos."""

SOFT: Final = 0.11
"""Share of fine contrast in the eyes below which focus is soft in any case: 51 sharp pictures had
.14 and more, 11 blurred ones .09 at most."""
SOFTER: Final = 0.5
"""Of what the set has in the middle, below which it may be."""
CLOSED: Final = 0.13
"""Opening of an eye in its widths below which it is closed."""
SAME: Final = 4
"""Bits of 64 in which a duplicate may differ."""
NEAR: Final = 8
"""Photos before one that it is compared with: a burst's pictures follow each other."""
FAR: Final = 6.0
"""Color difference of the skin from the person's usual color, at its lightness."""

Face = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in one photo of a set; faces as `looking.glanced` says them.

    With `person` and `color` in faces, other light is found, too.
    """

    photo: str
    print: str
    faces: Sequence[Face] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that somebody might look at; nothing is left out because of it."""

    photo: str
    kind: Kind
    other: str = ""
    """With `alike`: the photo to keep of those that are."""


def suggestions(sights: Sequence[Sight]) -> list[Suggestion]:
    """Return what stands out in photos, which come in their order."""
    usual = _usual(sights)
    found = [
        Suggestion(sight.photo, kind)
        for sight in sights
        for kind in dict.fromkeys(kind for face in sight.faces for kind in _flaws(face, usual))
    ]
    return [*found, *_alike(sights, usual), *_lit(sights)]


def _usual(sights: Sequence[Sight]) -> float:
    """Return the sharpness below which a face of this set is soft."""
    faces = [face for sight in sights for face in sight.faces]
    known: list[float] = [face["sharp"] for face in faces if face["sharp"] is not None]
    return max(SOFT, SOFTER * median(known)) if len(known) > 4 else SOFT


def _flaws(face: Face, usual: float) -> Iterator[Kind]:
    if face["sharp"] is not None and face["sharp"] < usual:
        yield "soft"
    if face["eyes"] < CLOSED:
        yield "closed"
    if face["cut"]:
        yield "cut"


def _alike(sights: Sequence[Sight], usual: float) -> Iterator[Suggestion]:
    """Name the best of photos that are alike, and tell the others of it.

    Where nothing tells them apart the first one stands for the others, and none is called best.
    """
    for group in _groups(sights):
        ranked = sorted(group, key=lambda sight: _worth(sight, usual), reverse=True)  # stable
        best, second, *_ = ranked
        if _worth(best, usual) > _worth(second, usual):
            yield Suggestion(best.photo, "best")
        yield from (
            Suggestion(sight.photo, "alike", best.photo) for sight in group if sight != best
        )


def _groups(sights: Sequence[Sight]) -> list[list[Sight]]:
    """Return photos that are alike, those with nothing like them left out."""
    first_of: dict[int, int] = {}
    groups: dict[int, list[Sight]] = {}
    for k, like in _likenesses([sight.print for sight in sights]):
        first = first_of[k] = first_of.get(like, like)
        groups.setdefault(first, [sights[first]]).append(sights[k])
    return [groups[first] for first in sorted(groups)]


def _likenesses(prints: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each photo that is like one before it, and the first of those near it; all at once."""
    bits = np.array([int(each, 16) for each in prints], np.uint64)
    first = np.full(len(bits), -1)
    for back in range(1, min(NEAR, len(bits) - 1) + 1):
        like = np.bitwise_count(bits[back:] ^ bits[:-back]) <= SAME
        places = np.flatnonzero(like) + back
        first[places] = places - back
    for k in np.flatnonzero(first >= 0):
        yield int(k), int(first[k])


def _worth(sight: Sight, usual: float) -> tuple[int, float]:
    """Return how good a photo is beside others like it: without flaws, then sharp."""
    flaws = sum(1 for face in sight.faces for _ in _flaws(face, usual))
    known: list[float] = [face["sharp"] for face in sight.faces if face["sharp"] is not None]
    return -flaws, round(min(known, default=0.0), 2)


def _lit(sights: Sequence[Sight]) -> Iterator[Suggestion]:
    people: dict[str, list[tuple[str, Face]]] = defaultdict(list)
    for sight in sights:
        for face in sight.faces:
            if face.get("person"):
                people[face["person"]].append((sight.photo, face))
    for faces in people.values():
        if len(faces) < 3:
            continue
        red, yellow = target_of([shares_of(face["color"]) for _, face in faces])
        for photo, face in faces:
            level = face["color"][0] + 16
            own = shares_of(face["color"])
            if level * ((own[0] - red) ** 2 + (own[1] - yellow) ** 2) ** 0.5 > FAR:
                yield Suggestion(photo, "light")

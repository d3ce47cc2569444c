"""What stands out in a set: soft eyes, closed eyes, cut heads, duplicates, other light."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Final

from freckle.batch.planning import Looked, Seen
from freckle.sets.tones import shares_of, target_of

SOFT: Final = 0.11
"""Share of fine contrast in the eyes below which focus is soft in any case: 51 sharp pictures had
.14 and more, 11 blurred ones .09 at most."""
SOFTER: Final = 0.5
"""Of what the set has in the middle, below which it may be."""
CLOSED: Final = 0.13
"""Opening of an eye in its widths below which it is closed."""
SAME: Final = 4
"""Bits of 64 in which a duplicate may differ."""
FAR: Final = 6.0
"""Color difference of the skin from the person's usual color, at its lightness."""


def suggestions(found: Looked) -> dict[str, list[str]]:
    """Return by photo what somebody might look at; nothing is left out because of it."""
    said: dict[str, list[str]] = defaultdict(list)
    for photo, sentence in (*_eyes(found), *_duplicates(found), *_colors(found)):
        if sentence not in said[photo]:
            said[photo].append(sentence)
    return dict(said)


def _eyes(found: Looked) -> Iterator[tuple[str, str]]:
    known = [seen.face["sharp"] for seen in found.faces if seen.face["sharp"] is not None]
    usual = median(known) if known else 0.0
    for seen in found.faces:
        sharp = seen.face["sharp"]
        if sharp is not None and sharp < max(SOFT, SOFTER * usual if len(known) > 4 else 0):
            yield seen.source.id, "soft focus"
        if seen.face["eyes"] < CLOSED:
            yield seen.source.id, "eyes closed"
        if seen.face["cut"]:
            yield seen.source.id, "head cut"


def _duplicates(found: Looked) -> Iterator[tuple[str, str]]:
    """Compare neighbors in the set: a burst's pictures follow each other."""
    photos = list(found.prints.items())
    for k, (photo, print_) in enumerate(photos):
        for other, known in photos[max(0, k - 8) : k]:
            if (int(print_, 16) ^ int(known, 16)).bit_count() <= SAME:
                yield photo, f"like {other.rsplit('/', 1)[-1]}"
                break


def _colors(found: Looked) -> Iterator[tuple[str, str]]:
    people: dict[str, list[Seen]] = defaultdict(list)
    for seen in found.faces:
        if seen.person:
            people[seen.person].append(seen)
    for faces in people.values():
        if len(faces) < 3:
            continue
        red, yellow = target_of([shares_of(seen.face["color"]) for seen in faces])
        for seen in faces:
            level = seen.face["color"][0] + 16
            own = shares_of(seen.face["color"])
            if level * ((own[0] - red) ** 2 + (own[1] - yellow) ** 2) ** 0.5 > FAR:
                yield seen.source.id, "other light"

"""Slates: a card with a QR code, photographed before a person, says whose the next photos are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

import cv2

from freckle.analysis.portrait import eight_bit
from freckle.errors import RecipeError
from freckle.photo import Photo
from freckle.sets.roster import Listed, Roster

SIDES: Final = (1200, 2600)
"""Pixels of the longer side at which codes are looked for: near ones first, then small ones."""
UNREAD: Final = ""
"""Stands for a code that is seen and cannot be read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a photo matters here."""

    name: str
    folder: str
    codes: Sequence[str]
    faces: int


@dataclass(slots=True)
class Slates:
    """Which photos are slates, and what the roster says now that they were read."""

    roster: Roster
    found: dict[int, str] = field(default_factory=dict)
    """Code by the number of the photo that shows it."""
    unknown: list[int] = field(default_factory=list)
    """Photos with a code, and nobody in them, that no row has or that cannot be read."""


def codes_in(photo: Photo) -> list[str]:
    """Return the texts of the QR codes (ISO/IEC 18004) in a photo; `UNREAD` for one not read."""
    pixels = cv2.cvtColor(eight_bit(photo), cv2.COLOR_RGB2GRAY)
    seen = False
    for side in SIDES:
        scale = min(side / max(pixels.shape), 1)
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        there, texts, *_ = cv2.QRCodeDetector().detectAndDecodeMulti(small)
        read = sorted({text.strip() for text in texts if text.strip()}) if there else []
        if read:
            return read
        seen = seen or there
        if scale == 1:
            break
    return [UNREAD] if seen else []


def with_slates(roster: Roster, photos: Iterable[Shown]) -> Slates:
    """Give the photos after each slate, in order and within its folder, the rows of its code.

    A photo that a row names itself keeps that row. After a code that no row has, or that cannot
    be read, nobody is known until the next slate; with faces beside it such a code is none.
    Raises `RecipeError` where two photos cannot be told apart by their paths.
    """
    made = Slates(roster)
    rows = dict(roster.rows)
    given: set[str] = set()
    folder: str | None = None
    current: tuple[Listed, ...] = ()
    for number, photo in enumerate(photos):
        if photo.folder != folder:
            folder, current = photo.folder, ()
        known = [code for code in photo.codes if code in roster.slates]
        if known:
            made.found[number] = " + ".join(known)
            current = tuple(row for code in known for row in roster.slates[code])
        elif photo.codes and not photo.faces:
            made.unknown.append(number)
            current = ()
        elif current and not roster.of(photo.name, photo.folder):
            path = (PurePosixPath(photo.folder) / photo.name).as_posix()
            if path.casefold() in given:
                raise RecipeError(
                    f"Two photos of the set are called {path[:80]!r}.",
                    "Name the folder above both, with -r.",
                )
            given.add(path.casefold())
            rows[path.casefold()] = tuple(replace(row, file=path) for row in current)
    made.roster = replace(roster, rows=rows)
    return made

"""Consent: of a recipe, what each person of a photo agreed to; nobody else is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.api.photos import OpenedPhoto
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.errors import OutputError
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.selection import Selection, for_people
from freckle.render.neighbors import outline_of
from freckle.sets.roster import CONSENTS, Consent

BARRED: Final[Mapping[Consent, frozenset[str]]] = {
    "skin": frozenset({"makeup", "reshape"}),
    "makeup": frozenset({"reshape"}),
    "all": frozenset(),
}
"""Panels whose tools a consent leaves out."""
ANYWHERE: Final = frozenset({"brush", "adjust", "background", "crop", "upscale"})
"""Panels that may change anybody: they go as soon as one person agreed to nothing."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one person of a photo agreed to."""

    key: str
    name: str
    consent: Consent
    listed: bool


def agreed(
    people: Sequence[Person], rows: Sequence[Mapping[str, Any]], rest: Consent
) -> list[Agreed]:
    """Say of each face whose it is and what they agreed to.

    A row without a face's number is for the only face. Where it is not sure whose a face is, the
    strictest consent of all who may be there holds.
    """
    numbered = {row["face"]: row for row in rows if row.get("face")}
    keyed = {row["key"]: row for row in rows if row.get("key")}
    loose = [row for row in rows if not row.get("face") and not row.get("key")]
    faces = [p for k, p in enumerate(people, 1) if k not in numbered and p.key not in keyed]
    alone = len(loose) == 1 and len(faces) == 1
    doubtful = min([rest, *(row["consent"] for row in loose)], key=CONSENTS.index)
    found = []
    for number, person in enumerate(people, 1):
        row = keyed.get(person.key) or numbered.get(number) or (loose[0] if alone else None)
        if row is not None:
            found.append(Agreed(person.key, row["name"], row["consent"], listed=True))
        else:
            found.append(Agreed(person.key, "", doubtful, listed=False))
    return found


def obeyed(recipe: Recipe, people: Sequence[Agreed]) -> Recipe:
    """Return what of a recipe everybody of a photo agreed to."""
    left = [one.key for one in people if one.consent == "none"]
    if left and len(left) == len(people):
        return Recipe()
    steps = list(recipe.steps)
    if left:
        steps = [step for step in steps if BY_NAME[step.edit.op].panel not in ANYWHERE]
    steps = [step for step in steps if not _barred(step, people)]
    for one in people:
        if one.consent != "none":
            steps += _idle(steps, one)
    known = tuple(dict.fromkeys((*recipe.excluded, *left)))
    return recipe.model_copy(update={"steps": tuple(steps), "excluded": known})


def _barred(step: Step, people: Sequence[Agreed]) -> bool:
    """Whether a step is one person's own, who did not agree to it."""
    own = next((one for one in people if one.key == step.person), None)
    if own is None or own.consent == "none":
        return own is not None
    return BY_NAME[step.edit.op].panel in BARRED[own.consent]


def _idle(steps: Sequence[Step], one: Agreed) -> list[Step]:
    """Return steps at rest, in place of everyone's that a person did not agree to."""
    barred = BARRED[one.consent]
    return [
        step.model_copy(update={"person": one.key, "opacity": 0.0, "mask": None})
        for step in steps
        if step.person is None and BY_NAME[step.edit.op].panel in barred
    ]


def by_consent(
    photo: OpenedPhoto, recipe: Recipe, selection: Selection, plan: Mapping[str, Any]
) -> tuple[Result, list[str]]:
    """Retouch a photo as far as its people agreed; return it, and sentences on who did not.

    Raises `OutputError` should anybody have been changed all the same.
    """
    portrait = photo.portrait
    people = agreed(portrait.people, plan["rows"], plan["unlisted"])
    if not people and plan["unlisted"] == "none":
        rows = [Agreed("", row["name"], row["consent"], listed=True) for row in plan["rows"]]
        result = retouched(photo, Recipe(), Selection())
        return result, [*_sentences(rows), "No face was found: the photo stays as it is."]
    allowed = obeyed(for_people(recipe, selection, portrait.keys), people)
    result = retouched(photo, allowed, Selection())
    left = {one.key for one in people if one.consent == "none"}
    _check(photo, result, portrait, left)
    return result, _sentences(people)


def _check(photo: OpenedPhoto, result: Result, portrait: Portrait, left: set[str]) -> None:
    """Compare those who agreed to nothing with the original."""
    if not left or result.content is photo.content:
        return
    before, after = photo.content.pixels, result.content.pixels
    for person in portrait.people:
        if person.key not in left:
            continue
        mask = np.zeros(before.shape[:2], np.uint8)
        cv2.fillConvexPoly(mask, np.rint(outline_of(person.face)).astype(np.int32), 1)
        if before.shape != after.shape or not np.array_equal(before[mask > 0], after[mask > 0]):
            raise OutputError(
                f"The retouch would change {person.key}, who did not agree to it.",
                "Leave this photo out, or retouch it by hand.",
            )


def _sentences(people: Sequence[Agreed]) -> list[str]:
    """Say who is left as they are, and what others did not agree to."""
    found = []
    for one in people:
        name = one.name or f"Face {one.key}"
        if not one.listed:
            found.append(f"{name} is not in the roster: consent {one.consent}.")
        elif one.consent == "none":
            found.append(f"{name} did not agree: left unchanged.")
        elif one.consent != "all":
            found.append(f"{name} agreed to {one.consent} only.")
    return found

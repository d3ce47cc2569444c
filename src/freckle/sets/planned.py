"""Retouch one photo as a set's plan says: what its people agreed to, their marks, their tone."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from freckle.api.photos import OpenedPhoto
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.recipe.recipe import Flip, Recipe
from freckle.recipe.selection import Selection, for_people
from freckle.sets.consent import by_consent
from freckle.sets.meshed import off_mesh
from freckle.sets.tones import FAR, Balance, balance, balanced


def by_plan(
    photo: OpenedPhoto, recipe: Recipe, selection: Selection, plan: Mapping[str, Any]
) -> tuple[Result, list[str]]:
    """Return the result, and sentences on what was decided. Raises `OutputError`."""
    recipe = for_people(recipe, selection, photo.portrait.keys)
    told: list[str] = []
    if plan.get("marks"):
        recipe = _with_marks(photo, recipe, plan["marks"])
        told.append(f"{len(plan['marks'])} decisions on marks came from other photos.")
    if plan.get("tones"):
        recipe, sentence = _with_tone(photo, recipe, plan["tones"])
        told += sentence
    if "rows" not in plan:
        return retouched(photo, recipe, Selection()), told
    result, said = by_consent(photo, recipe, Selection(), plan)
    return result, [*told, *said]


def _with_marks(photo: OpenedPhoto, recipe: Recipe, marks: Sequence[Mapping[str, Any]]) -> Recipe:
    """Add marks that were decided in another photo of the same person."""
    people = {person.key: person for person in photo.portrait.people}
    flips = list(recipe.flips)
    for mark in marks:
        face, radius = people[mark["key"]].face, mark.get("radius")
        x, y = off_mesh(face, mark["place"])
        if radius is not None:
            radius = radius * face.scale / max(photo.width, photo.height)
        x, y = x / photo.width, y / photo.height
        if 0 <= x <= 1 and 0 <= y <= 1:
            flips.append(Flip(x=x, y=y, action=mark["action"], radius=radius))
    return recipe.model_copy(update={"flips": tuple(flips)})


def _with_tone(
    photo: OpenedPhoto, recipe: Recipe, tones: Sequence[Mapping[str, Any]]
) -> tuple[Recipe, list[str]]:
    """Balance the light for the people of a photo; where they want different things, their mean."""
    space = photo.content.space
    found = [balance(one["color"], one["target"], space) for one in tones]
    names = sorted({name for one in found for name in one.settings})
    mean = {
        name: round(float(np.mean([one.settings.get(name, 0.0) for one in found])), 2)
        for name in names
    }
    before = max(one.before for one in found)
    after = max(one.after for one in found)
    if not mean:
        return recipe, []
    said = [f"Light balanced: the skin was ΔE {before:.1f} from its usual color."]
    if after > FAR or min(map(abs, mean.values()), default=0) >= 100:
        said.append(f"Look at this one: its light cannot be balanced, ΔE {after:.1f} is left.")
    return balanced(recipe, Balance(mean, before, after)), said

"""Whom a recipe concerns: everyone, or persons by their key.

A key is the place of a face in its photo, in hundredths of width and height (`48-35`). It stays
the same when a photo is opened again, edited or scaled; it means nothing in another photo. A name
is given to a key by a person, and says who is the same in two photos.
"""

from collections.abc import Iterable, Mapping, Sequence
from reprlib import repr as short
from typing import Final

from freckle.analysis.portrait import Person
from freckle.errors import RecipeError
from freckle.recipe.recipe import LONGEST_NAME, Recipe, Step

NEAR: Final = 1
"""Hundredths that a key may move by rounding when a photo is scaled."""


def steps_of(recipe: Recipe, key: str) -> list[Step]:
    """Return the steps that concern a person, in order.

    Their own step of a tool and area replaces everyone's; an excluded person has none.
    """
    if key in recipe.excluded:
        return []
    own = {(s.edit.op, s.area) for s in recipe.steps if s.person == key}
    return [
        step
        for step in recipe.steps
        if step.person == key or (step.person is None and (step.edit.op, step.area) not in own)
    ]


def concerns(recipe: Recipe, person: Person) -> bool:
    """Whether a recipe may change a person: nobody who is excluded, and no face in doubt.

    A doubtful face is one that is not surely human, is turned away or too small; who names it in
    `included` has seen it.
    """
    if person.key in recipe.excluded:
        return False
    return person.key in recipe.included or person.editable


def settled(recipe: Recipe, keys: Sequence[str]) -> Recipe:
    """Return a recipe whose keys are those of a photo's people, where they mean the same face."""
    strangers = [key for key in (*strangers_of(recipe, keys), *recipe.names) if key not in keys]
    if not strangers:
        return recipe
    return assigned(recipe, {one: near for one in strangers if (near := _nearest(one, keys))})


def assigned(recipe: Recipe, to: Mapping[str, str]) -> Recipe:
    """Return a recipe in which keys are exchanged for others, as somebody decided by hand."""
    if not to:
        return recipe
    steps = tuple(
        step
        if step.person is None
        else step.model_copy(update={"person": to.get(step.person, step.person)})
        for step in recipe.steps
    )
    lists = {
        name: tuple(dict.fromkeys(to.get(key, key) for key in getattr(recipe, name)))
        for name in ("excluded", "included")
    }
    names = {to.get(key, key): name for key, name in recipe.names.items()}
    return recipe.model_copy(update={"steps": steps, "names": names, **lists})


def named(recipe: Recipe, names: Mapping[str, str]) -> Recipe:
    """Return a recipe in which people are called so, by key. Raises `RecipeError`."""
    for name in names.values():
        if not 0 < len(name) <= LONGEST_NAME:
            raise RecipeError(
                f"{short(name)} is no name.", f"Give one of at most {LONGEST_NAME} characters."
            )
    return recipe.model_copy(update={"names": {**recipe.names, **names}})


def same_people(recipe: Recipe, keys: Iterable[str]) -> dict[str, str]:
    """Return the keys of a photo's people, by the keys that the recipe has for namesakes of them.

    These are people of another photo, from which the recipe comes.
    """
    known = set(keys)
    here = {name: key for key, name in recipe.names.items() if key in known}
    others = ((key, name) for key, name in recipe.names.items() if key not in known)
    return {key: here[name] for key, name in others if name in here}


def strangers_of(recipe: Recipe, keys: Iterable[str]) -> list[str]:
    """Return the keys that a recipe has something for and a photo does not have, in order."""
    known = set(keys)
    served = [step.person for step in recipe.steps if step.person is not None]
    listed = (*served, *recipe.excluded, *recipe.included)
    return [key for key in dict.fromkeys(listed) if key not in known]


def _nearest(key: str, keys: Sequence[str]) -> str | None:
    """Return the one key within rounding of another; None when there is none, or a choice."""
    place = _place(key)
    near = [
        other
        for other in keys
        if place and (spot := _place(other)) and max(map(_apart, place, spot)) <= NEAR
    ]
    return near[0] if len(near) == 1 else None


def _apart(one: int, other: int) -> int:
    return abs(one - other)


def _place(key: str) -> tuple[int, int] | None:
    x, _, y = key.partition("-")
    return (int(x), int(y)) if x.isdecimal() and y.isdecimal() else None

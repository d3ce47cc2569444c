"""Which people of a photo a retouch is for: numbers and keys become its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from freckle.errors import RecipeError
from freckle.recipe.persons import assigned, settled, strangers_of
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """One setting for one person."""

    who: str
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is retouched, beside what the recipe says; people by number or key."""

    only: Sequence[str] = ()
    """Nobody else is retouched."""
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()
    assign: Mapping[str, str] = field(default_factory=dict)
    """Who gets what the recipe has for a key of another photo."""
    settings: Sequence[OwnSetting] = ()

    @property
    def named(self) -> bool:
        """Whether anybody is named, so that the photo must be looked at."""
        return any((self.only, self.exclude, self.include, self.assign, self.settings))

    def check(self, recipe: Recipe) -> None:
        """Refuse before any work what no photo could make right. Raises `RecipeError`."""
        if self.only and self.exclude:
            raise RecipeError("Only and exclude cannot be together.", "Choose one.")
        for one in self.settings:
            with_setting(recipe, one.name, one.value, one.who)


def for_people(recipe: Recipe, selection: Selection, keys: Sequence[str]) -> Recipe:
    """Return the recipe for the people of a photo, whose keys are given. Raises `RecipeError`."""
    recipe = assigned(recipe, {old: key_of(keys, who) for old, who in selection.assign.items()})
    recipe = settled(recipe, keys)
    for one in selection.settings:
        recipe = with_setting(recipe, one.name, one.value, key_of(keys, one.who))
    left = [key_of(keys, who) for who in selection.exclude]
    if selection.only:
        chosen = {key_of(keys, who) for who in selection.only}
        left = [key for key in keys if key not in chosen]
    taken = [key_of(keys, who) for who in selection.include]
    lists = {
        "excluded": tuple(dict.fromkeys((*recipe.excluded, *left))),
        "included": tuple(dict.fromkeys((*recipe.included, *taken))),
    }
    return recipe.model_copy(update=lists)


def key_of(keys: Sequence[str], who: str) -> str:
    """Return the key of a person named by number (1 is the largest face) or key.

    Raises `RecipeError`.
    """
    if who in keys:
        return who
    if who.isdecimal() and 1 <= int(who) <= len(keys):
        return keys[int(who) - 1]
    raise RecipeError(f"There is no person {who!r} in this photo.", people_here(keys))


def strangers(recipe: Recipe, keys: Sequence[str], how: str) -> str | None:
    """Say for whom a recipe has settings who is not in the photo; None when all are.

    `how` says how they are given to somebody, with {key} in it.
    """
    missing = strangers_of(recipe, keys)
    if not missing:
        return None
    return (
        f"The recipe has settings for people who are not in this photo: {', '.join(missing)}. "
        f"Give them to somebody with {how.format(key=missing[0])}. {people_here(keys)}"
    )


def people_here(keys: Sequence[str]) -> str:
    """List the people of a photo by number and key."""
    listed = ", ".join(f"{number} ({key})" for number, key in enumerate(keys, 1))
    return f"People here: {listed}." if keys else "No face was found."

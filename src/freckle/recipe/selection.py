"""Which people of a photo a retouch is for: numbers, keys and names become its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from freckle.errors import RecipeError
from freckle.recipe.carrying import carried
from freckle.recipe.persons import assigned, named, same_people, settled, strangers_of
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
    """Who is retouched, beside what the recipe says; people by number, key or name."""

    only: Sequence[str] = ()
    """Nobody else is retouched."""
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()
    assign: Mapping[str, str] = field(default_factory=dict)
    """Who gets what the recipe has for a key, or a name, of another photo."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What people are called, by number or key."""
    settings: Sequence[OwnSetting] = ()
    style_only: bool = False
    """Whether what belongs to the photo of the recipe stays behind."""

    @property
    def named(self) -> bool:
        """Whether anybody is named, so that the photo must be looked at."""
        people = (self.only, self.exclude, self.include, self.assign, self.names, self.settings)
        return self.style_only or any(people)

    def check(self, recipe: Recipe) -> None:
        """Refuse before any work what no photo could make right. Raises `RecipeError`."""
        if self.only and self.exclude:
            raise RecipeError("Only and exclude cannot be together.", "Choose one.")
        if self.style_only and self.assign:
            raise RecipeError(
                "Only a style has nothing to assign.", "Name who is the same person in both photos."
            )
        for one in self.settings:
            with_setting(recipe, one.name, one.value, one.who)


def for_people(recipe: Recipe, selection: Selection, keys: Sequence[str]) -> Recipe:
    """Return the recipe for the people of a photo, whose keys are given. Raises `RecipeError`."""
    given = {key_of(keys, who): name.strip() for who, name in selection.names.items()}
    if selection.style_only:
        recipe = carried(recipe, Recipe(names=given))
    key = partial(key_of, keys, names={**settled(recipe, keys).names, **given})
    assign = {known(recipe, old): key(who) for old, who in selection.assign.items()}
    recipe = named(settled(assigned(recipe, assign), keys), given)
    recipe = assigned(recipe, same_people(recipe, keys))
    for one in selection.settings:
        recipe = with_setting(recipe, one.name, one.value, key(one.who))
    left = [key(who) for who in selection.exclude]
    if selection.only:
        chosen = {key(who) for who in selection.only}
        left = [each for each in keys if each not in chosen]
    taken = [key(who) for who in selection.include]
    lists = {
        "excluded": tuple(dict.fromkeys((*recipe.excluded, *left))),
        "included": tuple(dict.fromkeys((*recipe.included, *taken))),
    }
    return recipe.model_copy(update=lists)


def known(recipe: Recipe, who: str) -> str:
    """Return the key that a recipe has for a name; what is no name is a key."""
    return next((key for key, name in recipe.names.items() if name == who), who)


def key_of(keys: Sequence[str], who: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the key of a person by number (1 is the largest face), key or name.

    Raises `RecipeError`.
    """
    if who in keys:
        return who
    if who.isdecimal() and 1 <= int(who) <= len(keys):
        return keys[int(who) - 1]
    called = [key for key in keys if names.get(key, "").casefold() == who.casefold()]
    if len(called) == 1:
        return called[0]
    problem = "There are two people named" if called else "There is no person"
    raise RecipeError(f"{problem} {who!r} in this photo.", people_here(keys, names))


def strangers(recipe: Recipe, keys: Sequence[str], how: str) -> str | None:
    """Say for whom a recipe has settings who is not in the photo; None when all are.

    `how` says how they are given to somebody, with {key} in it.
    """
    missing = strangers_of(recipe, keys)
    if not missing:
        return None
    return (
        f"The recipe has settings for people who are not in this photo: {', '.join(missing)}. "
        f"Give them to somebody with {how.format(key=missing[0])}. "
        f"{people_here(keys, recipe.names)}"
    )


def people_here(keys: Sequence[str], names: Mapping[str, str]) -> str:
    """List the people of a photo by number, key and name."""
    called = [", ".join((key, names[key])) if key in names else key for key in keys]
    listed = ", ".join(f"{number} ({each})" for number, each in enumerate(called, 1))
    return f"People here: {listed}." if keys else "No face was found."

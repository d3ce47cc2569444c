"""Retouch an opened photo."""

from collections.abc import Iterable, Mapping, Sequence
from operator import index
from os import PathLike
from reprlib import repr as short
from typing import Any, TypeAlias

from freckle.api.face import FoundFace
from freckle.api.photos import OpenedPhoto
from freckle.api.result import Result
from freckle.codec.limits import not_accepted
from freckle.errors import RecipeError
from freckle.ops.catalogue import CATALOGUE, describe
from freckle.recipe.carrying import carried
from freckle.recipe.merging import merged
from freckle.recipe.persons import assigned
from freckle.recipe.presets import PRESETS, Preset
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import OwnSetting, Selection, for_people, known
from freckle.recipe.settings import flat, with_setting
from freckle.recipe.sources import recipe_of
from freckle.render.render import Rendering, render

Who: TypeAlias = int | str | FoundFace
"""A person by number (1 is the largest face), by key or name, or as found."""
Whose: TypeAlias = Who | Iterable[Who]
Value: TypeAlias = float | str | bool | Sequence[Sequence[float]]
"""A number, a word, a color, a switch, or the points of a curve."""
Setting: TypeAlias = Value | Mapping[str, Value | Mapping[str, Value]]
"""The value of a tool's main slider, or values by name."""
One: TypeAlias = str | PathLike[str] | Recipe | Preset | Mapping[str, Any]
"""A preset by its name or itself, `"none"`, a recipe file, a recipe, or a recipe's plain data."""
Source: TypeAlias = One | Sequence[One]
"""Of several the first is where it starts, and the others are merged into it."""


def retouch(  # noqa: PLR0913 - keywords, each by its name
    photo: OpenedPhoto,
    recipe: Source = "natural",
    *,
    only: Whose = (),
    exclude: Whose = (),
    include: Whose = (),
    names: Mapping[Who, str] | None = None,
    persons: Mapping[Who, Mapping[str, Setting]] | None = None,
    **settings: Setting,
) -> Result:
    """Retouch a photo by a recipe, with settings over it; the photo itself stays as it is.

    `settings` are tools by name: `smooth=30`, or `smooth={"amount": 30, "texture": 90}`; for
    other skin `neck={"smooth": 20}`; `lock={"natural": False}` opens a guard and
    `amount={"face": 50}` fades a panel. `persons` has settings for single people, in place of
    what everyone has; `only`, `exclude` and `include` say who is retouched. `names` says who is
    who: what a recipe from another photo has for a namesake is theirs. Raises `RecipeError`.
    """
    if not isinstance(photo, OpenedPhoto):
        raise not_accepted(
            f"{type(photo).__name__} is no opened photo.",
            "Open it first: freckle.open, freckle.from_array or freckle.from_pillow.",
        )
    made = _with(recipe_of(recipe), settings)
    selection = Selection(
        only=_names(only),
        exclude=_names(exclude),
        include=_names(include),
        names={_name(who): _called(name) for who, name in (names or {}).items()},
        settings=_own(persons or {}),
    )
    selection.check(made)
    with photo.lock:
        return retouched(photo, made, selection)


def retouched(photo: OpenedPhoto, recipe: Recipe, selection: Selection) -> Result:
    """Render a recipe for the people of a photo, who are only looked for if need be."""
    if recipe.neutral and not selection.named:
        return Result(photo, recipe, Rendering(photo.content, ()))
    portrait = photo.portrait
    recipe = for_people(recipe, selection, portrait.keys)
    return Result(photo, recipe, render(photo.content, portrait, recipe))


def build_recipe(
    base: Source = "natural",
    *,
    assign: Mapping[str, Who] | None = None,
    **settings: Setting,
) -> Recipe:
    """Return a recipe with settings over another one, for any photo; see `retouch`.

    `assign` gives what a recipe made on another photo has for a key to a face of this one.
    Raises `RecipeError`.
    """
    recipe = recipe_of(base)
    if assign:
        to = {known(recipe, old): _name(who) for old, who in assign.items()}
        recipe = assigned(recipe, to)
    return _with(recipe, settings)


def _with(recipe: Recipe, settings: Mapping[str, Setting]) -> Recipe:
    for name, value in flat(settings):
        recipe = with_setting(recipe, name, value)
    return recipe


def presets() -> tuple[Preset, ...]:
    """Return the recipes that come with freckle: retouches first, then looks of makeup."""
    return PRESETS


def tools() -> list[dict[str, Any]]:
    """Return every tool with its sliders as plain data, as `freckle ops --json` prints them."""
    return [describe(op) for op in CATALOGUE]


def merge(recipe: Source, preset: Source, *, person: Who | None = None) -> Recipe:
    """Return a recipe with a preset's sliders in place of what the preset's panels had.

    Other panels, locks, marks, hand work and people stay as they are. `person`, by key or name,
    is who alone is to wear it. Raises `RecipeError`.
    """
    onto = recipe_of(recipe)
    key = None if person is None else known(onto, _name(person))
    return merged(onto, recipe_of(preset), person=key)


def carry(recipe: Source, onto: Source = "none") -> Recipe:
    """Return a recipe's style for another photo, whose own recipe may be `onto`.

    Marks, hand work and people of the recipe's photo stay behind; those of `onto` are kept. What
    is set for one person goes along to whom `onto` gives the same name. Raises `RecipeError`.
    """
    return carried(recipe_of(recipe), recipe_of(onto))


def _own(persons: Any) -> list[OwnSetting]:
    """Return the settings of single people one by one."""
    given = persons.items() if isinstance(persons, Mapping) else [(1, persons)]
    for who, own in given:
        if not isinstance(own, Mapping):
            raise RecipeError(
                f"The settings of person {short(who)} cannot be {short(own)}.",
                "Write them as persons={2: {'smooth': 20}}.",
            )
    return [OwnSetting(_name(who), *each) for who, own in given for each in flat(own)]


def _names(who: Whose) -> tuple[str, ...]:
    if isinstance(who, str | int | FoundFace) or not isinstance(who, Iterable):
        return (_name(who),)
    return tuple(_name(one) for one in who)


def _called(name: Any) -> str:
    if not isinstance(name, str):
        raise RecipeError(f"{short(name)} is no name.", "Write it as names={2: 'Anna'}.")
    return name


def _name(who: Any) -> str:
    """Return a number or key as text."""
    if isinstance(who, FoundFace):
        return who.key
    if isinstance(who, str):
        return who
    try:
        return str(index(who))
    except TypeError as error:
        raise RecipeError(
            f"{short(who)} names nobody.", "Give a face's number, its key, or the face itself."
        ) from error

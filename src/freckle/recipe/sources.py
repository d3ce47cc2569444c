"""Where a recipe comes from: a preset's name, a file, plain data, or several of them."""

from collections.abc import Mapping
from functools import reduce
from os import PathLike
from pathlib import Path
from reprlib import repr as short
from typing import Any, Final, get_args

from freckle.errors import RecipeError
from freckle.ops.op import Panel
from freckle.recipe.merging import merged
from freckle.recipe.presets import PRESETS, Preset, preset
from freckle.recipe.recipe import Recipe
from freckle.recipe.values import near

MOST_BYTES: Final = 8 * 2**20
"""No recipe is larger."""
NOTHING: Final = "none"
SLIDERS: Final = tuple(panel for panel in get_args(Panel) if panel != "brush")
"""Panels of what is not painted by hand."""


def recipe_of(given: Any) -> Recipe:
    """Return a recipe from itself, a preset or its name, a file, or plain data.

    Of several the first is where it starts, and the others are merged into it (`merged`).
    Raises `RecipeError`.
    """
    if isinstance(given, Recipe):
        return given
    if isinstance(given, Preset):
        return given.recipe
    if isinstance(given, str):
        return named(given)
    if isinstance(given, PathLike):
        return read_recipe(Path(given))
    if isinstance(given, Mapping):
        return Recipe.from_plain(dict(given))
    if isinstance(given, list | tuple) and given:
        return reduce(_over, given[1:], recipe_of(given[0]))
    raise RecipeError(
        f"{short(given)} is no recipe.", "Give a preset's name, a recipe file, or a recipe."
    )


def _over(recipe: Recipe, given: Any) -> Recipe:
    """Lay what is given over a recipe; `none` puts all sliders at 0."""
    if isinstance(given, str) and given.strip().lower() == NOTHING:
        return merged(recipe, Recipe(), panels=SLIDERS)
    return merged(recipe, recipe_of(given))


def named(name: str) -> Recipe:
    """Return the recipe of a preset or of a file; `none` changes nothing. Raises `RecipeError`."""
    if name.strip().lower() == NOTHING:
        return Recipe()
    try:
        return preset(name).recipe
    except RecipeError:
        if _is_file(name):
            return read_recipe(Path(name))
    names = [each.name for each in PRESETS] + [NOTHING]
    raise RecipeError(
        f"There is no preset and no file named {name!r}.", near(name.lower(), names, "Presets")
    )


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # what no path can be called
        return False


def read_recipe(path: Path) -> Recipe:
    """Read a recipe file. Raises `RecipeError`."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RecipeError(
            f"The recipe {path.name!r} cannot be read.", "Check its name and that you may read it."
        ) from error
    if len(content) > MOST_BYTES:
        raise RecipeError(f"{path.name!r} is too large to be a recipe.", "Choose a recipe file.")
    return Recipe.parse(content)

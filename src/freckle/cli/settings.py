"""Turn presets, recipe files and `--set` into one recipe, or say clearly what is wrong."""

from collections.abc import Sequence
from pathlib import Path

from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.recipe.sources import recipe_of


def recipe_from(
    presets: Sequence[str], recipe_file: Path | None, settings: Sequence[str]
) -> Recipe:
    """Return the recipe that the arguments describe; Natural when they name none.

    Presets are merged into the recipe file in order. Raises `RecipeError`.
    """
    sources = [*([] if recipe_file is None else [recipe_file]), *presets]
    return with_settings(recipe_of(sources or ["natural"]), None, settings)


def with_settings(recipe: Recipe, key: str | None, settings: Sequence[str]) -> Recipe:
    """Return a recipe with settings for one person (None: everyone). Raises `RecipeError`."""
    for text in settings:
        recipe = with_setting(recipe, *pair(text), key)
    return recipe


def pair(text: str) -> tuple[str, str]:
    """Return name and value of one `--set`. Raises `RecipeError`."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise RecipeError(f"The setting {text!r} is not understood.", "Write it as op.param=value.")
    return name, value

"""Turn presets, recipe files and `--set` into one recipe, or say clearly what is wrong."""

from collections.abc import Sequence
from pathlib import Path

from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.recipe.sources import named, read_recipe


def recipe_from(
    preset_or_file: str | None, recipe_file: Path | None, settings: Sequence[str]
) -> Recipe:
    """Return the recipe that the arguments describe; Natural when they name none.

    Raises `RecipeError`.
    """
    if recipe_file is not None:
        base = read_recipe(recipe_file)
    else:
        base = named(preset_or_file or "natural")
    return with_settings(base, None, settings)


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

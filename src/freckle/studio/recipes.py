"""Recipes from strangers: bounded before they are read, then checked by the engine's own model."""

import math
from collections.abc import Mapping
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.recipe.presets import preset as named
from freckle.recipe.recipe import Recipe

NOTHING: Final[dict[str, Any]] = Recipe().model_dump(mode="json")
"""The recipe of a photo just opened: it changes no pixel."""
MOST_VALUES: Final = 200_000
"""Numbers, texts and containers in one recipe; forty heavy brush strokes have about 4,000."""
DEEPEST: Final = 12


def parse(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Check a recipe and return it in today's form, as JSON. Raises `RecipeError`."""
    return opened(recipe).model_dump(mode="json")


def opened(recipe: Mapping[str, Any]) -> Recipe:
    """Check a recipe of any released form. Raises `RecipeError`."""
    check_bounds(recipe)
    return Recipe.from_plain(dict(recipe))


def check_bounds(recipe: Mapping[str, Any]) -> None:
    """Refuse what is too large, too deep or not finite. Raises `RecipeError`."""
    waiting: list[tuple[Any, int]] = [(recipe, 0)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_VALUES:
            raise RecipeError("This recipe is too large.", "Remove some of its strokes or steps.")
        if isinstance(value, float) and not math.isfinite(value):
            raise RecipeError("This recipe holds a number without end.", "Set it again.")
        if isinstance(value, Mapping):
            waiting.extend((inner, depth + 1) for inner in value.values())
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value)


def preset(name: str) -> dict[str, Any]:
    """Return a preset's recipe as JSON. Raises `RecipeError` when there is none."""
    return named(name).recipe.model_dump(mode="json")

"""Whom the arguments name, and what is refused of it before any work."""

from collections.abc import Sequence

from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import pair
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import OwnSetting, Selection


def selection_of(arguments: Arguments, recipe: Recipe) -> Selection:
    """Return whom the arguments are for. Raises `UsageError` or `RecipeError`."""
    own = [(one.person, one.text) for one in arguments.settings if one.person is not None]
    if arguments.person is not None and all(who != arguments.person for who, _ in own):
        raise UsageError(
            "--person says whom the --set after it are for, and none follows. "
            "To retouch nobody else, write --only."
        )
    selection = Selection(
        only=arguments.only,
        exclude=arguments.exclude,
        include=arguments.include,
        assign=_pairs("--assign", arguments.assign, "KEY=N, KEY=KEY or KEY=NAME"),
        names=_pairs("--name", arguments.names, "N=NAME or KEY=NAME"),
        style_only=arguments.style_only,
        settings=[OwnSetting(who, *pair(text)) for who, text in own],
    )
    selection.check(recipe)
    return selection


def _pairs(option: str, given: Sequence[str], form: str) -> dict[str, str]:
    """Return what is left and right of =. Raises `UsageError`."""
    pairs = {}
    for text in given:
        left, _, right = (part.strip() for part in text.partition("="))
        if not (left and right):
            raise UsageError(f"{option} {text!r} is not understood. Write it as {form}.")
        pairs[left] = right
    return pairs

"""Whom the arguments name: numbers and keys become the people of a photo."""

from collections.abc import Sequence

from freckle.analysis.portrait import Portrait
from freckle.cli.parser import Arguments, Setting, UsageError
from freckle.cli.settings import with_settings
from freckle.errors import RecipeError
from freckle.recipe.persons import assigned, settled, strangers_of
from freckle.recipe.recipe import Recipe


def check(arguments: Arguments, recipe: Recipe) -> None:
    """Refuse before any work what no photo could make right. Raises `UsageError`, `RecipeError`."""
    settings: Sequence[Setting] = arguments.settings
    if arguments.person is not None and all(s.person != arguments.person for s in settings):
        raise UsageError(
            "--person says whom the --set after it are for, and none follows. "
            "To retouch nobody else, write --only."
        )
    if arguments.only and arguments.exclude:
        raise UsageError("--only and --exclude cannot be together. Choose one.")
    for one in settings:
        if one.person is not None:
            with_settings(recipe, one.person, [one.text])
    for text in arguments.assign:
        if not all(text.partition("=")):
            raise UsageError(f"--assign {text!r} is not understood. Write it as KEY=N or KEY=KEY.")


def named(arguments: Arguments) -> bool:
    """Whether the arguments name anybody, so that the photo must be looked at."""
    someone = any(one.person is not None for one in arguments.settings)
    lists = arguments.only, arguments.exclude, arguments.include, arguments.assign
    return someone or any(lists)


def for_people(recipe: Recipe, arguments: Arguments, portrait: Portrait) -> Recipe:
    """Return the recipe for the people of a photo. Raises `RecipeError`."""
    pairs = (text.partition("=") for text in arguments.assign)
    recipe = assigned(recipe, {old: key_of(portrait, who) for old, _, who in pairs})
    recipe = settled(recipe, portrait.keys)
    for one in arguments.settings:
        if one.person is not None:
            recipe = with_settings(recipe, key_of(portrait, one.person), [one.text])
    left = [key_of(portrait, who) for who in arguments.exclude]
    if arguments.only:
        chosen = {key_of(portrait, who) for who in arguments.only}
        left = [key for key in portrait.keys if key not in chosen]
    lists = {
        "excluded": tuple(dict.fromkeys((*recipe.excluded, *left))),
        "included": tuple(
            dict.fromkeys((*recipe.included, *(key_of(portrait, who) for who in arguments.include)))
        ),
    }
    return recipe.model_copy(update=lists)


def key_of(portrait: Portrait, who: str) -> str:
    """Return the key of a person named by number (1 is the largest face) or key.

    Raises `RecipeError`.
    """
    keys = portrait.keys
    if who in keys:
        return who
    if who.isdecimal() and 1 <= int(who) <= len(keys):
        return keys[int(who) - 1]
    raise RecipeError(f"There is no person {who!r} in this photo.", _people(keys))


def strangers(recipe: Recipe, portrait: Portrait) -> str | None:
    """Say for whom a recipe has settings who is not in the photo; None when all are."""
    missing = strangers_of(recipe, portrait.keys)
    if not missing:
        return None
    return (
        f"The recipe has settings for people who are not in this photo: {', '.join(missing)}. "
        f"Give them to somebody with --assign {missing[0]}=1. {_people(portrait.keys)}"
    )


def _people(keys: Sequence[str]) -> str:
    listed = ", ".join(f"{number} ({key})" for number, key in enumerate(keys, 1))
    return f"People here: {listed}." if keys else "No face was found."

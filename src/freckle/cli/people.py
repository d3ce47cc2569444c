"""Whom the arguments name, and what is refused of it before any work."""

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
    assign = [text.partition("=") for text in arguments.assign]
    for text, parts in zip(arguments.assign, assign, strict=True):
        if not all(parts):
            raise UsageError(f"--assign {text!r} is not understood. Write it as KEY=N or KEY=KEY.")
    selection = Selection(
        only=arguments.only,
        exclude=arguments.exclude,
        include=arguments.include,
        assign={old: who for old, _, who in assign},
        settings=[OwnSetting(who, *pair(text)) for who, text in own],
    )
    selection.check(recipe)
    return selection

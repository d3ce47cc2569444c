"""Recipes that editors are changing right now, in the worker that draws them.

A window sends its recipe whole once, then what changed since a number that both sides know. Each
recipe is read and checked once, here and nowhere else. What is kept is a convenience: whoever asks
for a number that is gone is told so and sends the recipe whole.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import from_json

from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe
from freckle.server.patches import UnfitError, patched

WINDOWS: Final = 8
"""Windows whose recipes one worker keeps."""
KEPT: Final = 6
"""Recipes kept for a window: those of frames on their way, and the one that changes refer to."""


class UnknownError(Exception):
    """A change refers to a recipe that is not here (any more)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe as it was sent, and as the engine reads it."""

    plain: Any
    recipe: Recipe


class Drafts:
    """The newest recipes of the windows that look at this worker's photos."""

    def __init__(self) -> None:
        """Start with none."""
        self._windows: OrderedDict[str, OrderedDict[int, Draft]] = OrderedDict()

    def recipe(self, named: Mapping[str, Any], text: bytes) -> Recipe:
        """Return the recipe of a `window` with a `number`.

        With text it comes anew: whole where `base` is None, else as changes of the one with that
        number. Raises `UnknownError` for a number that is not here, `RecipeError` for what is no
        recipe.
        """
        known = self._known(named["window"])
        number, base = named["number"], named["base"]
        draft: Draft | None
        if not text:
            draft = known.get(number)
        elif base is None:
            known.clear()
            draft = read(text)
        else:
            before = known.get(base)
            draft = before and changed(before, text)
            if draft:
                known.move_to_end(base)
        if draft is None:
            raise UnknownError
        known[number] = draft
        known.move_to_end(number)
        while len(known) > KEPT:
            known.popitem(last=False)
        return draft.recipe

    def _known(self, window: str) -> OrderedDict[int, Draft]:
        known = self._windows.setdefault(window, OrderedDict())
        self._windows.move_to_end(window)
        while len(self._windows) > WINDOWS:
            self._windows.popitem(last=False)
        return known


def read(text: bytes) -> Draft:
    """Read a whole recipe. Raises `RecipeError`."""
    plain = _json(text)
    return Draft(plain, Recipe.from_plain(plain))


def changed(before: Draft, text: bytes) -> Draft:
    """Read changes of a recipe. Raises `RecipeError` when they do not fit or it is none then."""
    try:
        plain = patched(before.plain, _json(text))
    except UnfitError:
        raise RecipeError(
            "These changes do not fit the recipe.", "Reload the page; your edits are kept."
        ) from None
    return Draft(plain, Recipe.from_plain(plain))


def _json(text: bytes) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        raise RecipeError("The recipe is not valid JSON.", "Reload the page.") from None

"""Portrait retouching that keeps skin looking like skin.

    import freckle

    photo = freckle.open("in.jpg")
    result = freckle.retouch(photo, "natural", smooth=30)
    result.save("out.jpg")

docs/api.md tells the rest. Names are loaded when first used: the import itself costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from freckle.api.face import FoundFace as FoundFace
    from freckle.api.lending import look_after as look_after
    from freckle.api.looking import Look as Look
    from freckle.api.looking import Looks as Looks
    from freckle.api.looking import look as look
    from freckle.api.photos import OpenedPhoto as OpenedPhoto
    from freckle.api.photos import from_array as from_array
    from freckle.api.photos import from_pillow as from_pillow
    from freckle.api.photos import open_photo
    from freckle.api.posters import Sheet as Sheet
    from freckle.api.posters import make_poster as make_poster
    from freckle.api.result import Result as Result
    from freckle.api.retouching import build_recipe as build_recipe
    from freckle.api.retouching import carry as carry
    from freckle.api.retouching import merge as merge
    from freckle.api.retouching import presets as presets
    from freckle.api.retouching import retouch as retouch
    from freckle.api.retouching import tools as tools
    from freckle.errors import FreckleError as FreckleError
    from freckle.errors import OutputError as OutputError
    from freckle.errors import RecipeError as RecipeError
    from freckle.errors import Refusal as Refusal
    from freckle.recipe.presets import Preset as Preset
    from freckle.recipe.recipe import Recipe as Recipe
    from freckle.report.figures import Report as Report

    open = open_photo  # noqa: A001 - people write freckle.open

_HOMES: Final = {
    "FoundFace": "freckle.api.face",
    "FreckleError": "freckle.errors",
    "Look": "freckle.api.looking",
    "Looks": "freckle.api.looking",
    "OpenedPhoto": "freckle.api.photos",
    "OutputError": "freckle.errors",
    "Preset": "freckle.recipe.presets",
    "Recipe": "freckle.recipe.recipe",
    "RecipeError": "freckle.errors",
    "Refusal": "freckle.errors",
    "Report": "freckle.report.figures",
    "Result": "freckle.api.result",
    "Sheet": "freckle.api.posters",
    "build_recipe": "freckle.api.retouching",
    "carry": "freckle.api.retouching",
    "from_array": "freckle.api.photos",
    "from_pillow": "freckle.api.photos",
    "look": "freckle.api.looking",
    "look_after": "freckle.api.lending",
    "make_poster": "freckle.api.posters",
    "merge": "freckle.api.retouching",
    "open": "freckle.api.photos:open_photo",
    "presets": "freckle.api.retouching",
    "retouch": "freckle.api.retouching",
    "tools": "freckle.api.retouching",
}
"""Where each public name lives."""
__all__ = list(_HOMES)


if not TYPE_CHECKING:  # else every misspelt name would have a type

    def __getattr__(name):
        """Load a public name when it is first used."""
        if name not in _HOMES:
            raise AttributeError(f"module 'freckle' has no attribute {name!r}")
        module, _, own = _HOMES[name].partition(":")
        found = globals()[name] = getattr(import_module(module), own or name)
        return found

    def __dir__():
        """List the public names, loaded or not."""
        return sorted({*globals(), *_HOMES})

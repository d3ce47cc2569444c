"""A look from a reference picture, on an opened photo."""

from freckle.api.looking import Look
from freckle.api.photos import OpenedPhoto
from freckle.api.retouching import Source
from freckle.looks.laying import laid
from freckle.looks.reference.direction import Direction, lent
from freckle.recipe.sources import recipe_of


def look_after(  # noqa: PLR0913 - keywords, each by its name
    photo: OpenedPhoto,
    reference: OpenedPhoto,
    *,
    strength: float = 100,
    color: bool = True,
    mood: bool = True,
    light: bool = True,
    makeup: bool = True,
    skin_lock: bool = True,
    over: Source = "none",
) -> Look:
    """Lend a reference's color, mood (tones), light and makeup to a photo.

    What comes is an ordinary recipe: a table of colors, a lamp, makeup by its colors; no pixel of
    the reference, and every face keeps its shape. `strength` is 0 to 100; with `skin_lock` skin
    keeps its tone; `over` is a retouch that stays below. Raises `RecipeError`.
    """
    direction = Direction(min(max(strength, 0), 100), color, mood, light, makeup, skin_lock)
    with photo.lock, reference.lock:
        recipe = lent(
            (photo.content, photo.portrait), (reference.content, reference.portrait), direction
        )
    return Look(photo, "reference", "Reference", laid(recipe_of(over), recipe))

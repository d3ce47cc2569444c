"""Sizes that posters are made in, by name."""

from typing import Final

from freckle.errors import RecipeError
from freckle.poster.design import Artboard
from freckle.recipe.values import near

_SCREEN: Final = (
    # name, width, height, safe area: left, top, right, bottom (pixels)
    ("story", 1080, 1920, (72, 200, 72, 260)),  # what the apps' own buttons leave free
    ("post", 1080, 1080, (72, 72, 72, 72)),
    ("portrait", 1080, 1350, (72, 72, 72, 72)),
    ("link", 1200, 630, (64, 56, 64, 56)),
    ("thumbnail", 1280, 720, (64, 56, 64, 56)),
    ("banner", 1584, 396, (72, 48, 72, 48)),
    ("header", 1500, 500, (72, 56, 72, 56)),
    ("wide", 1920, 1080, (108, 96, 108, 96)),
)
_PAPER: Final = (
    # name, width, height, safe margin (millimetres)
    ("a6", 105, 148, 7),
    ("a5", 148, 210, 10),
    ("a4", 210, 297, 14),
    ("a3", 297, 420, 19),
    ("a2", 420, 594, 26),
    ("letter", 215.9, 279.4, 14),
    ("badge", 86, 124, 6),
    ("card", 85, 55, 5),
)
BLEED: Final = 3.0
"""Millimetres of bleed on paper, as printers ask for."""

SIZES: Final = {
    **{
        name: Artboard(name=name, width=width, height=height, unit="px", safe=safe)
        for name, width, height, safe in _SCREEN
    },
    **{
        name: Artboard(
            name=name, width=width, height=height, unit="mm", bleed=BLEED, safe=(margin,) * 4
        )
        for name, width, height, margin in _PAPER
    },
}


def size(name: str) -> Artboard:
    """Return the artboard of a name, `a4-wide` turned, or of `1200x800px` and `90x50mm`.

    Raises `RecipeError`.
    """
    word = name.strip().lower()
    if word in SIZES:
        return SIZES[word]
    if word.endswith("-wide") and word[:-5] in SIZES:
        upright = SIZES[word[:-5]]
        sides = {"width": upright.height, "height": upright.width, "name": word}
        return upright.model_copy(update=sides)
    unit = word[-2:]
    width, cross, height = word[:-2].partition("x")
    try:
        wide, high = float(width), float(height)
    except ValueError:
        cross, wide, high = "", 0.0, 0.0
    if not cross or unit not in ("px", "mm"):
        raise RecipeError(
            f"There is no size {name!r}.", f"{near(word, SIZES, 'Sizes')} Or write 1200x800px."
        )
    return _own(word, unit, wide, high)


def _own(name: str, unit: str, width: float, height: float) -> Artboard:
    most = 20_000 if unit == "px" else 1_200
    least = 64 if unit == "px" else 20
    if not all(least <= side <= most for side in (width, height)):
        raise RecipeError(
            f"The size {name} is outside what can be drawn.",
            f"Each side has {least} to {most} {unit}.",
        )
    margin = round(0.055 * (width * height) ** 0.5, 1)
    bleed = BLEED if unit == "mm" else 0.0
    return Artboard.model_validate(
        {
            "name": name,
            "width": width,
            "height": height,
            "unit": unit,
            "bleed": bleed,
            "safe": (margin,) * 4,
        }
    )

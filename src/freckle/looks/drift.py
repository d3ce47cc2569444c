"""What a rendered candidate did to the people in it: skin's tone, and where their features are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from freckle.analysis.frame import Frame
from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.looks.lit import Shift, shift
from freckle.looks.skin_tone import Measure, colorless
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Grade, Reshape
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.recipe.recipe import Recipe, Step

Lab = tuple[float, float, float]
GRAY: Final = 2.5
"""Chroma below which skin has no hue that could turn."""
SURE: Final = 0.7
"""Mask from which a place is skin, or cheek."""
FEWEST: Final = 200
"""Places of sure skin beside the cheeks below which all skin is looked at."""
LIGHT: Final = frozenset({"relight", "rim_light", "skin_hue", "skin_finish"})
"""Tools beside those for the whole picture that make the light of a look."""


@dataclass(frozen=True, slots=True)
class PersonDrift:
    """How far one person's lit skin moved, after minus before (`looks/lit.py`)."""

    key: str
    ita: float | None
    """Typology angle at its own lightness, in degrees; None where there is no hue any more."""
    color: float | None
    """Its color at its own lightness, ΔE; None where there is no hue any more."""
    lightness: float
    """L*."""


def skins_of(portrait: Portrait) -> tuple[Lab, ...]:
    """Return the skins of the people who are retouched (CIELAB)."""
    return tuple(p.scene.regions.skin.lab for p in portrait.people if p.editable)


def keeps_shape(recipe: Recipe) -> bool:
    """Whether a recipe has no tool that moves a landmark; looks from words have none."""
    return not any(isinstance(BY_NAME[s.edit.op], Reshape) and not s.idle for s in recipe.steps)


def drifts(before: Photo, after: Photo, portrait: Portrait, recipe: Recipe) -> list[PersonDrift]:
    """Compare the skin of two pictures of one size, not cropped. Raises `ValueError` for others."""
    gray = colorless(recipe.steps)
    people = _looked_at(portrait, recipe)
    found = shifts(before, after, people)
    return [_told(p.key, one, gray=gray) for p, one in zip(people, found, strict=True)]


def _looked_at(portrait: Portrait, recipe: Recipe) -> list[Person]:
    return [p for p in portrait.people if p.key in recipe.included or p.editable]


def _told(key: str, found: Shift, *, gray: bool) -> PersonDrift:
    if gray or found.chroma < GRAY:
        return PersonDrift(key, None, None, found.lightness)
    return PersonDrift(key, found.ita, found.color, found.lightness)


def shifts(before: Photo, after: Photo, people: Sequence[Person]) -> list[Shift]:
    """Return how far people's lit skin moved. Raises `ValueError` for pictures of other sizes."""
    if (before.width, before.height) != (after.width, after.height):
        raise ValueError("only pictures of one size can be compared")
    return [shift(_skin(before, person), _skin(after, person)) for person in people]


def measured(photo: Photo, portrait: Portrait, draw: Callable[[Recipe], Photo]) -> Measure:
    """Return the measure that draws light and color of a look on a photo's people, and compares.

    Makeup is not drawn: what is asked for on cheeks is no tone of the skin.
    """
    before = [_skin(photo, person) for person in portrait.people]

    def measure(steps: Sequence[Step]) -> list[Shift]:
        lighting = tuple(step for step in steps if _light(step))
        drawn = draw(Recipe(steps=lighting, included=portrait.keys))
        after = (_skin(drawn, person) for person in portrait.people)
        return [shift(one, other) for one, other in zip(before, after, strict=True)]

    return measure


def _light(step: Step) -> bool:
    grade = isinstance(BY_NAME[step.edit.op], Grade) and step.edit.op != "grain"
    return grade or step.edit.op in LIGHT


def _skin(photo: Photo, person: Person) -> Floats:
    """Return the colors (n × 3 CIELAB) of the skin that is sure and bears no blush."""
    regions = person.scene.regions
    skin = (regions[Region.SURE] > SURE) & (regions[Region.CHEEKS] < 1 - SURE)
    if int(skin.sum()) < FEWEST:
        skin = regions[Region.SKIN] > SURE
    values = Frame.cut(photo, person.face).lab
    return values[skin] if skin.any() else values.reshape(-1, 3)

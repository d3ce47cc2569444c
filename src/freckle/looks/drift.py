"""What a rendered candidate did to the people in it: skin's tone, and where their features are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.analysis.frame import Frame
from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.looks.skin_tone import colorless
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Reshape
from freckle.photo import Photo
from freckle.pixels.color import ita
from freckle.recipe.recipe import Recipe

Lab = tuple[float, float, float]
GRAY: Final = 2.5
"""Chroma below which skin has no hue that could turn."""


@dataclass(frozen=True, slots=True)
class PersonDrift:
    """How far one person moved, after minus before."""

    key: str
    ita: float | None
    """Typology angle in degrees; None where there is no hue: black-and-white."""
    lightness: float
    """L* of the skin's median."""


def skins_of(portrait: Portrait) -> tuple[Lab, ...]:
    """Return the skins of the people who are retouched (CIELAB)."""
    return tuple(p.scene.regions.skin.lab for p in portrait.people if p.editable)


def keeps_shape(recipe: Recipe) -> bool:
    """Whether a recipe has no tool that moves a landmark; looks from words have none."""
    return not any(isinstance(BY_NAME[s.edit.op], Reshape) and not s.idle for s in recipe.steps)


def drifts(before: Photo, after: Photo, portrait: Portrait, recipe: Recipe) -> list[PersonDrift]:
    """Compare the skin of two pictures of one size, not cropped. Raises `ValueError` for others."""
    if (before.width, before.height) != (after.width, after.height):
        raise ValueError("only pictures of one size can be compared")
    gray = colorless(recipe.steps)
    return [_of(person, before, after, gray=gray) for person in portrait.people if person.editable]


def _of(person: Person, before: Photo, after: Photo, *, gray: bool) -> PersonDrift:
    one, other = (_median(photo, person) for photo in (before, after))
    gray = gray or float(np.hypot(other[1], other[2])) < GRAY
    turn = None if gray else ita(other[0], other[2]) - ita(one[0], one[2])
    return PersonDrift(person.key, turn, other[0] - one[0])


def _median(photo: Photo, person: Person) -> Lab:
    """Return the median color of the skin where the portrait has it."""
    skin = person.scene.regions[Region.SKIN] > 0.6
    values = Frame.cut(photo, person.face).lab
    light, red, yellow = np.median(values[skin] if skin.any() else values.reshape(-1, 3), axis=0)
    return float(light), float(red), float(yellow)

"""Lend a reference's color, mood, light and makeup to a portrait, as ordinary settings."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.looks.reference.borrowed import Wanted, learnt, learnt_apart
from freckle.looks.reference.shone import lamp_for
from freckle.looks.reference.worn import Settings, worn
from freckle.looks.reference.zones import Zones
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import flat, with_setting

FAINT: Final = 0.002
"""Most that a table may move a color (half a step of 8 bits) and still say nothing."""


@dataclass(frozen=True, slots=True)
class Direction:
    """What is taken from a reference, and how much of it (0..100)."""

    strength: float = 100
    color: bool = True
    mood: bool = True
    light: bool = True
    makeup: bool = True
    held: bool = True
    """Whether skin keeps its tone."""


Seen = tuple[Photo, Portrait]
"""A photo, and who is in it."""


def lent(own: Seen, reference: Seen, direction: Direction) -> Recipe:
    """Return `directed` as a recipe for the photo."""
    recipe = Recipe()
    for name, value in flat(directed(own, reference, direction)):
        recipe = with_setting(recipe, name, value)
    return recipe


def directed(own: Seen, reference: Seen, direction: Direction) -> Settings:
    """Return the tools' values that carry a reference's direction to a photo.

    No pixel of the reference comes along: a table of colors, a lamp, makeup by its colors.
    """
    found: dict[str, dict[str, object]] = {}
    wanted = Wanted(direction.color, direction.mood, direction.held)
    zones = Zones.of(*own), Zones.of(*reference)
    plain = learnt(*zones, wanted)
    tables = {"table": plain, **learnt_apart(*zones, wanted, plain)}
    if any(float(np.abs(table.deltas).max()) > FAINT for table in tables.values()):
        told = {name: table.text() for name, table in tables.items()}
        found["reference"] = {"amount": direction.strength, **told}
    here, there = _first(own[1]), _first(reference[1])
    if here is None or there is None:
        return found
    if direction.light:
        lamp = lamp_for(here.regions, there.regions)
        if lamp:
            found["relight"] = lamp | {"amount": round(lamp["amount"] * direction.strength / 100)}
    if direction.makeup:
        for tool, values in worn(here.regions, there.regions).items():
            found[tool] = {**values, "amount": round(values["amount"] * direction.strength / 100)}
    return found


def _first(portrait: Portrait) -> Person | None:
    """Return the person a direction is for: the largest face that is retouched."""
    return next((person for person in portrait.people if person.editable), None)

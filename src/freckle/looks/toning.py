"""The color part of a look alone: what it makes of a color, whatever stands beside it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from freckle.pixels.color import SRGB, Floats, lab, srgb_decode, srgb_encode
from freckle.pixels.place import Place
from freckle.recipe.recipe import Recipe, Step
from freckle.render.grade import grades_of

TOOLS: Final = frozenset({"adjust", "curve", "split_toning", "palette", "reference"})
"""Tools that look at each color alone, or nearly so."""
PATCH: Final = 7
"""Side of the plain patch that stands for a color, for tools that look a little around."""


def color_part(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps that a color table can hold."""
    return tuple(step for step in steps if step.edit.op in TOOLS)


def toned(steps: Sequence[Step], colors: Floats) -> Floats:
    """Return colors (N × 3, sRGB 0..1) after the color part of some steps."""
    grades = grades_of(Recipe(steps=color_part(steps)))
    if not grades or not len(colors):
        return colors
    count, side = len(colors), PATCH if any(graded.reach > 0 for graded in grades) else 1
    patches = np.repeat(np.repeat(colors.reshape(-1, 1, 3), side, axis=0), side, axis=1)
    light = srgb_decode(np.ascontiguousarray(patches, np.float32))
    size = side, count * side
    # so small a picture that everything is looked at from one pixel away
    place = Place((side, side), (0, 0, *size), size, SRGB)
    for graded in grades:
        light = graded(light, graded.gain(light, place), place)
    middle = light.reshape(count, side, side, 3)[:, side // 2, side // 2]
    return srgb_encode(np.clip(middle, 0, 1))


def in_lab(colors: Floats) -> Floats:
    """Return colors (N × 3, sRGB 0..1) in CIELAB."""
    return lab(np.ascontiguousarray(colors.reshape(-1, 1, 3), np.float32))[:, 0]

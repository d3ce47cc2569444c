"""One tone for one person: the light of each photo balanced until their skin is its usual color.

Colors are compared as shares of light (a* and b* over L* + 16), which shade and exposure do not
move. What changes is the balance of the whole picture, as the light did, so differences within a
face stay; lightness stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.ops.adjust import Adjust, adjust
from freckle.pixels.color import (
    Floats,
    RGBSpace,
    from_light,
    from_srgb,
    lab,
    to_light,
    to_srgb,
    unlab,
)
from freckle.pixels.place import Place
from freckle.pixels.shade import FAINT
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting

Doubles = npt.NDArray[np.float64]
Shares = tuple[float, float]
"""a* and b* over L* + 16."""
FAR: Final = 4.0
"""Color difference (at the skin's lightness) from which a photo stands out even when balanced."""
LITTLE: Final = 0.3
"""Color difference below which nothing is done."""
STEP: Final = 8.0
"""Slider steps that slopes are measured over: OpenCV rounds CIELAB to some hundredths."""
ROUNDS: Final = 6
"""Steps of Newton's method; the sliders are nearly linear."""
NAMES: Final = ("temperature", "tint", "exposure")


@dataclass(frozen=True, slots=True)
class Balance:
    """What a photo needs, and what is then left."""

    settings: Mapping[str, float]
    before: float
    """Color difference of the skin from the person's own, at its lightness."""
    after: float


def shares_of(color: Sequence[float]) -> Shares:
    """Return the shares of a CIELAB color."""
    level = max(color[0], 0) + float(FAINT)
    return color[1] / level, color[2] / level


def target_of(shares: Sequence[Shares]) -> Shares:
    """Return a person's usual color over a set: the median of their photos."""
    middle = np.median(np.asarray(shares, float), axis=0)
    return float(middle[0]), float(middle[1])


def balance(color: Sequence[float], target: Shares, space: RGBSpace) -> Balance:
    """Fit temperature, tint and exposure that give a skin (CIELAB) a person's usual color.

    Exposure is there only to keep the skin's lightness to the tenth.
    """
    level = max(color[0], 0) + float(FAINT)
    wanted = np.array([color[0], target[0] * level, target[1] * level])
    before = float(np.linalg.norm(wanted - np.asarray(color)))
    if before < LITTLE:
        return Balance({}, before, before)
    light = to_light(from_srgb(unlab(np.array([[color]], np.float32)), space), space)

    at = np.zeros(3)
    for _ in range(ROUNDS):
        here = _seen(light, at, space)
        slopes = np.stack(
            [(_seen(light, at + step, space) - here) / STEP for step in STEP * np.eye(3)], axis=1
        )
        at = np.clip(at + np.linalg.lstsq(slopes, wanted - here)[0], -100, 100)
    values = [round(float(value), 2) for value in at]
    after = float(np.linalg.norm(_seen(light, np.asarray(values), space) - wanted))
    return Balance(dict(zip(NAMES, values, strict=True)), before, after)


def _seen(light: Floats, values: Doubles, space: RGBSpace) -> Doubles:
    """Return the CIELAB color of light (1 × 1 × 3) after the three sliders."""
    params = Adjust(**dict(zip(NAMES, map(float, values), strict=True)))
    place = Place((1, 1), (0, 0, 1, 1), (1, 1), space)
    encoded = from_light(adjust(light, params, place), space)
    return np.asarray(lab(to_srgb(encoded, space))[0, 0], float)


def balanced(recipe: Recipe, found: Balance) -> Recipe:
    """Return a recipe with a balance added to what it has."""
    for name, value in found.settings.items():
        own = sum(getattr(step.edit, name) for step in recipe.steps if step.edit.op == "adjust")
        recipe = with_setting(recipe, f"adjust.{name}", float(np.clip(own + value, -100, 100)))
    return recipe

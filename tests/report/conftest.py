"""One retouched sample portrait for all tests of the report."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.render.render import Rendering, render


@dataclass(frozen=True)
class Work:
    photo: Photo
    portrait: Portrait
    recipe: Recipe
    rendering: Rendering


def photo_of(pixels: Any, **source: Any) -> Photo:
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest="0" * 64, **source))


@pytest.fixture(scope="session")
def work() -> Work:
    """Eileen Collins (NASA, public domain), Natural with everything that can be healed."""
    data = pytest.importorskip("skimage.data")
    photo = photo_of(data.astronaut()[:256, 100:340])
    plain = preset("natural").recipe.model_dump(mode="json")
    plain["style"]["steps"][0]["edit"]["amount"] = 80
    recipe = Recipe.from_plain(plain)
    portrait = analyze(photo)
    return Work(photo, portrait, recipe, render(photo, portrait, recipe))

"""An enlarged portrait under other light, and what ops make of it."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from freckle.analysis.portrait import Person, analyze
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.ops.conftest import photo_of

OPEN = Locks(natural=False, skin_tone=False)


@dataclass(frozen=True)
class Case:
    """A picture, its photo and its one face."""

    pixels: Any
    photo: Photo
    person: Person

    @classmethod
    def of(cls, pixels: Any) -> "Case":
        photo = photo_of(pixels)
        return cls(pixels, photo, analyze(photo).people[0])

    @property
    def lab(self) -> Any:
        """The face's frame before, CIELAB."""
        return self.person.scene.frame.lab

    def after(self, op: str, **values: Any) -> Any:
        """The face's frame after an op, CIELAB."""
        recipe = Recipe(steps=(Step(edit=BY_NAME[op].params(**values)),), locks=OPEN)  # type: ignore[arg-type]
        done = render(self.photo, analyze(self.photo), recipe).people[0]
        return done.after

    def rendered(self, op: str, **values: Any) -> Any:
        """The whole photo after an op, 8 bit."""
        recipe = Recipe(steps=(Step(edit=BY_NAME[op].params(**values)),), locks=OPEN)  # type: ignore[arg-type]
        return render(self.photo, analyze(self.photo), recipe).photo.pixels

    def mask(self, region: Any) -> Any:
        return self.person.scene.regions[region]


def enlarged(picture: Any, by: float = 3) -> Any:
    return cv2.resize(picture, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)


def exposed(picture: Any, light: Any) -> Any:
    """Scale linear light: a number, or an array of the picture's height and width (× channels)."""
    scale = np.asarray(light, np.float64)
    if scale.ndim == 2:
        scale = scale[..., None]
    linear = (picture / 255.0) ** 2.2
    return np.rint(255 * np.clip(linear * scale, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def added(picture: Any, light: Any) -> Any:
    """Add linear light, 0..1, as a reflection does."""
    linear = (picture / 255.0) ** 2.2 + np.asarray(light, np.float64)
    return np.rint(255 * np.clip(linear, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def blob(shape: Any, center: Any, radius: float, power: float = 2) -> Any:
    """A soft disc, 1 in the middle."""
    rows, columns = np.mgrid[: shape[0], : shape[1]] + 0.5
    away = np.hypot(columns - center[0], rows - center[1]) / radius
    return np.exp(-(away**power))


def ratio(lab: Any) -> Any:
    """Chroma for its light."""
    return np.hypot(lab[..., 1], lab[..., 2]) / (lab[..., 0] + 16)


def moved(before: Any, after: Any) -> Any:
    """Distance in CIELAB of each pixel."""
    return np.linalg.norm(after - before, axis=2)

"""What a look does to people's skin, seen on a copy of the photo just large enough for that."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.analysis.portrait import Portrait
from freckle.looks.drift import PersonDrift, drifts, keeps_shape, measured
from freckle.looks.skin_tone import Measure
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas, Delivery
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe
from freckle.render.carry import lay
from freckle.render.pipeline import Pipeline
from freckle.render.pyramid import Pyramid, resize
from freckle.studio.screen import Screen
from freckle.studio.thumbs import reduced_to

FRAMING: Final = (Canvas, Delivery)
CROWD: Final = 8
"""People whose skin is looked at, the largest ones."""
FACE: Final = 128
"""Width of the largest face, in pixels: a few thousand places of skin."""
LARGEST: Final = 320_000
"""Pixels of the copy at most, however small the faces get."""
SMALLEST: Final = 48
"""Width of the largest face at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """A reduced photo, and the people with its largest faces."""

    photo: Photo
    portrait: Portrait
    pipeline: Pipeline
    """Remembers what a lamp does while only colors are tried."""

    @classmethod
    def of(cls, photo: Photo, pyramid: Pyramid, portrait: Portrait) -> "Proof":
        """Reduce a photo as far as its largest face bears."""
        people = [person for person in portrait.people if person.editable][:CROWD]
        scale = min(1.0, float(np.sqrt(LARGEST / (photo.width * photo.height))))
        if people:
            widest = people[0].face.scale
            scale = min(1.0, max(min(scale, FACE / widest), SMALLEST / widest))
        small, found = reduced_to(scale, photo, pyramid, people)
        few = Portrait(found, small)
        return cls(small, few, Pipeline(small, lambda: few))

    def drawn(self, recipe: Recipe) -> Photo:
        """Draw what is done to people and to the colors of the whole picture; the ground stays."""
        plan = self.pipeline.plan(recipe)
        healed = self.pipeline.heal(plan, plan.people)
        cut = self.pipeline.pyramid.whole
        picture = self.pipeline.picture(cut, self.pipeline.healing.pyramid.picture(cut).copy())
        for worker in plan.people:
            done = healed[worker[0].key]
            self.pipeline.paint(plan, worker, done, lambda: False)
            lay(picture, self.pipeline.painted(plan, worker, done)[1])
        self.pipeline.grade(plan, picture)
        return self.photo.with_pixels(picture.pixels)

    def drift(self, recipe: Recipe, drawn: Screen | None = None) -> list[PersonDrift]:
        """Say how far a recipe moves the people's lit skin; what frames the picture is left out.

        Where the whole finished picture is `drawn` already, it is looked at instead of drawn again.
        """
        steps = tuple(s for s in recipe.steps if not isinstance(BY_NAME[s.edit.op], FRAMING))
        plain = recipe.model_copy(update={"steps": steps, "included": self.portrait.keys})
        whole = len(steps) == len(recipe.steps) and keeps_shape(recipe)
        if drawn is not None and whole and self._told_by(drawn):
            size = self.photo.width, self.photo.height
            after = self.photo.with_pixels(resize(drawn, size))
        else:
            after = self.drawn(plain)
        return drifts(self.photo, after, self.portrait, plain)

    def _told_by(self, drawn: Screen) -> bool:
        """Whether a picture on the screen (8-bit sRGB) has the copy's encoding, and its detail."""
        alike = self.photo.space.is_srgb and self.photo.peak == 255
        return alike and drawn.shape[0] >= self.photo.height and drawn.shape[1] >= self.photo.width

    @property
    def measure(self) -> Measure:
        """Says how far light and color of steps move the people's lit skin."""
        return measured(self.photo, self.portrait, self.drawn)

"""Small pictures of presets: rendered on a reduced copy of the photo, close to the face."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe
from freckle.render.pyramid import Pyramid, View
from freckle.render.render import render

FACE: Final = 200
"""Width of the face in the reduced photo, in pixels."""
AROUND: Final = 0.45
"""Border around the face, in face widths."""


@dataclass(frozen=True, slots=True, eq=False)
class Miniature:
    """A reduced photo, its largest face, and the square around it to show."""

    photo: Photo
    portrait: Portrait
    box: Box

    @classmethod
    def of(cls, photo: Photo, pyramid: Pyramid, portrait: Portrait) -> "Miniature":
        """Reduce a photo until its largest face is `FACE` pixels wide."""
        people = [person for person in portrait.people if person.editable][:1]
        scale = min(1.0, FACE / people[0].face.scale) if people else 1.0
        longest = 16 * FACE / max(photo.width, photo.height)
        scale = min(scale, max(longest, FACE / max(photo.width, photo.height)))
        small, found = reduced_to(scale, photo, pyramid, people)
        return cls(small, Portrait(found, small), _square(found, small))

    def draw(self, recipe: Recipe) -> Photo:
        """Render a recipe on the miniature and cut the square out."""
        done = render(self.photo, self.portrait, recipe).photo
        return done.with_pixels(as_pixels(done.pixels[self.box.slices]))


def reduced_to(
    scale: float, photo: Photo, pyramid: Pyramid, people: Sequence[Person]
) -> tuple[Photo, tuple[Person, ...]]:
    """Return a photo at a scale (0..1) with some of its people, who keep their keys."""
    size = (max(1, round(side * scale)) for side in (photo.width, photo.height))
    whole = View(0, 0, photo.width, photo.height, *size)
    small = replace(photo, pixels=pyramid.picture(pyramid.cut(whole)).copy(), alpha=None, gain=None)
    return small, tuple(_reduced(person, small, photo) for person in people)


def _reduced(person: Person, small: Photo, photo: Photo) -> Person:
    scale = np.array([small.width / photo.width, small.height / photo.height])
    depth = [float(np.sqrt(scale.prod()))]
    landmarks = (person.face.landmarks * np.concatenate([scale, depth])).astype(np.float32)
    return Person(person.key, replace(person.face, landmarks=landmarks), small)


def _square(people: tuple[Person, ...], small: Photo) -> Box:
    """Return a square around the face, or in the middle when there is none."""
    side = min(small.width, small.height)
    x, y = small.width / 2, small.height / 2
    if people:
        box = people[0].face.box
        wanted = (1 + 2 * AROUND) * max(box.width, box.height)
        side, x, y = (
            min(side, round(wanted)),
            (box.left + box.right) / 2,
            (box.top + box.bottom) / 2,
        )
    left = min(max(round(x - side / 2), 0), small.width - side)
    top = min(max(round(y - side / 2), 0), small.height - side)
    return Box(left, top, left + side, top + side)

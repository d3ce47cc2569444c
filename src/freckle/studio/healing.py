"""The photo with its marks healed, at full size and in all preview sizes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from freckle.analysis.portrait import Person
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.photo import Photo, Pixels
from freckle.recipe.recipe import Recipe, Step
from freckle.render.heal import REACH
from freckle.render.render import choose, healed
from freckle.studio.pyramid import Pyramid

Chosen = frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Healed:
    """One person after healing: which marks are gone, and the scene that is left."""

    chosen: Chosen
    scene: Scene

    @property
    def name(self) -> str:
        """Tells one choice of marks from another."""
        return ",".join(map(str, sorted(self.chosen)))


class Healing:
    """Heals what a recipe chooses, and takes back what it no longer does.

    A full-size copy of the photo is made with the first healed mark; only the boxes around marks
    are ever written again.
    """

    def __init__(self, photo: Photo, pyramid: Pyramid) -> None:
        """Start with nothing healed."""
        self._photo = photo
        self._original = pyramid
        self._copy: Pyramid | None = None
        self._done: dict[str, Healed] = {}

    @property
    def pyramid(self) -> Pyramid:
        """The photo with the marks healed."""
        any_healed = any(done.chosen for done in self._done.values())
        return self._copy if self._copy is not None and any_healed else self._original

    @property
    def weight(self) -> int:
        """Bytes in memory beyond the photo's own."""
        return self._copy.weight if self._copy else 0

    def update(
        self, recipe: Recipe, people: Sequence[tuple[Person, Sequence[Step]]]
    ) -> tuple[dict[str, Healed], tuple[Box, ...]]:
        """Heal for these people; return them by key, and the boxes of the photo that changed."""
        chosen = {
            person.key: frozenset(choose(self._photo, person.scene, recipe, steps))
            if person.key not in recipe.excluded
            else frozenset[int]()
            for person, steps in people
        }
        wanted = {key: done.chosen for key, done in self._done.items()} | chosen
        if all(key in self._done and self._done[key].chosen == c for key, c in wanted.items()):
            return self._done, ()
        if not any(wanted.values()) and self._copy is None:
            for person, _ in people:
                self._done[person.key] = Healed(frozenset(), person.scene)
            return self._done, ()
        boxes = self._again(recipe, people, chosen)
        return self._done, boxes

    def _again(
        self,
        recipe: Recipe,
        people: Sequence[tuple[Person, Sequence[Step]]],
        chosen: dict[str, Chosen],
    ) -> tuple[Box, ...]:
        if self._copy is None:
            self._copy = Pyramid(self._photo.pixels.copy())
        pixels: Pixels = self._copy.level(0)
        boxes: list[Box] = []
        for person, steps in people:
            before = self._done.get(person.key)
            if before and before.chosen == chosen[person.key]:
                continue
            places = self._places(person.scene, chosen[person.key])
            places += self._places(person.scene, before.chosen if before else frozenset())
            for box in places:
                pixels[box.slices] = self._photo.pixels[box.slices]
            scene = person.scene
            if chosen[person.key]:
                scene = healed(self._photo, pixels, person, recipe, steps)
            self._done[person.key] = Healed(chosen[person.key], scene)
            boxes += places
        self._copy.renew(boxes)
        return tuple(boxes)

    def _places(self, scene: Scene, chosen: Chosen) -> list[Box]:
        """Return the boxes of the photo in which healing these marks may write."""
        to_photo = scene.frame.to_photo
        boxes = []
        for number in chosen:
            spot = scene.spots[number]
            x, y = to_photo(np.array([[spot.x, spot.y]], np.float32))[0]
            reach = (REACH + 0.5) * max(spot.radius * to_photo.scale, 1.0) + 4
            box = Box(int(x - reach), int(y - reach), int(x + reach) + 1, int(y + reach) + 1)
            boxes.append(box.clip(self._photo.width, self._photo.height))
        return boxes

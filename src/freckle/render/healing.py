"""The photo with its marks healed, at full size and in all preview sizes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from freckle.analysis.portrait import Person
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.photo import Photo, Pixels
from freckle.recipe.persons import concerns
from freckle.recipe.recipe import Recipe, Step
from freckle.render.hand import Touch, sheet_of
from freckle.render.heal import FADE
from freckle.render.heal_brush import heal_by_hand
from freckle.render.marks import Choice, brushed, choose, healed
from freckle.render.patches import Patches
from freckle.render.pyramid import Pyramid
from freckle.render.strokes import bounds


@dataclass(frozen=True, slots=True, eq=False)
class Healed:
    """One person after healing: which marks are gone, and the scene that is left."""

    chosen: Choice
    scene: Scene
    brush: str = ""
    """Names what was healed by hand in the frame."""

    @property
    def name(self) -> str:
        """Tells one choice of marks from another."""
        marks = (",".join(map(str, sorted(x))) for x in (self.chosen.healed, self.chosen.held))
        added = ",".join(f"{x} {y} {r}" for spot in self.chosen.added for x, y, r in spot.discs)
        return f"{' / '.join(marks)} {added} {self.brush}"


class Healing:
    """Heals what a recipe chooses, and takes back what it no longer does.

    A full-size copy of the photo is made with the first healed mark; only the boxes around marks
    are ever written again.
    """

    def __init__(
        self, photo: Photo, pyramid: Pyramid, copy: Callable[[], Pixels] | None = None
    ) -> None:
        """Start with nothing healed; `copy` may have a copy of the photo's pixels ready."""
        self._photo = photo
        self._copied = copy or photo.pixels.copy
        self._original = pyramid
        self._copy: Pyramid | None = None
        self._marks: dict[str, Healed] = {}
        self._patches: dict[str, Patches] = {}
        self._done: dict[str, Healed] = {}
        self._work: tuple[Touch, ...] = ()
        self._brushed = ""
        self._below: list[tuple[Box, Pixels]] = []

    @property
    def pyramid(self) -> Pyramid:
        """The photo with the marks healed."""
        any_healed = self._brushed or any(done.chosen.healed for done in self._marks.values())
        return self._copy if self._copy is not None and any_healed else self._original

    def taken(self) -> Pixels:
        """Return the healed pixels to be written on; nothing more can be healed afterwards."""
        return self._copied() if self._copy is None else self._copy.level(0)

    def update(
        self,
        recipe: Recipe,
        people: Sequence[tuple[Person, Sequence[Step]]],
        work: Sequence[Touch] = (),
        *,
        quick: bool = False,
    ) -> dict[str, Healed]:
        """Heal for these people, then under the brushes of `work`; return the people by key.

        A `quick` frame leaves the brushes' work as it was: patches are sought once a stroke ends.
        """
        chosen = {
            person.key: choose(self._photo, person.scene, recipe, steps)
            if concerns(recipe, person)
            else Choice()
            for person, steps in people
        }
        wanted = {key: done.chosen for key, done in self._marks.items()} | chosen
        settled = all(k in self._marks and self._marks[k].chosen == c for k, c in wanted.items())
        brushed = self._brushed if quick else _name(work)
        if settled and brushed == self._brushed:
            return self._done
        if not (any(wanted.values()) or brushed or self._copy):
            for person, _ in people:
                self._marks[person.key] = self._done[person.key] = Healed(Choice(), person.scene)
            return self._done
        self._work = self._work if quick else tuple(work)
        self._again(people, chosen)
        return self._done

    def _again(
        self, people: Sequence[tuple[Person, Sequence[Step]]], chosen: dict[str, Choice]
    ) -> None:
        """Take the brushes' work off, bring the marks up to date, and heal under the brushes."""
        if self._copy is None:
            self._copy = Pyramid(self._copied())
        pixels: Pixels = self._copy.level(0)
        boxes = [box for box, _ in self._below]
        while self._below:
            box, before = self._below.pop()
            pixels[box.slices] = before
        for person, _ in people:
            known = self._marks.get(person.key)
            if known and known.chosen == chosen[person.key]:
                continue
            places = self._places(person.scene, chosen[person.key])
            places += self._places(person.scene, known.chosen if known else Choice())
            for box in places:
                pixels[box.slices] = self._photo.pixels[box.slices]
            scene = person.scene
            if chosen[person.key]:
                patches = self._patches.setdefault(person.key, Patches())
                scene = healed(pixels, person, chosen[person.key], patches)
            self._marks[person.key] = Healed(chosen[person.key], scene)
            boxes += places
        boxes += self._brush(pixels)
        self._copy.renew(boxes)

    def _brush(self, pixels: Pixels) -> list[Box]:
        """Heal under the brushes, and keep what was there before."""
        for touch in self._work:
            box = bounds(touch.mask, sheet_of(self._photo, touch.people))
            self._below.append((box, pixels[box.slices].copy()))
        boxes = heal_by_hand(pixels, self._photo, self._work)
        self._brushed = _name(self._work)
        for key, done in self._marks.items():
            work = [touch for touch in self._work if any(p.key == key for p in touch.people)]
            scene = brushed(done.scene, pixels, work, boxes)
            if scene is done.scene:
                self._done[key] = done
                continue
            new, known = Healed(done.chosen, scene, self._brushed), self._done.get(key)
            if known is None or known.name != new.name:
                self._done[key] = new
        return [box for box, _ in self._below]

    def _places(self, scene: Scene, chosen: Choice) -> list[Box]:
        """Return the boxes of the photo in which healing these marks may write."""
        scene = scene.adding(chosen.added)
        to_photo, spots = scene.frame.to_photo, scene.numbered(chosen.healed)
        boxes = []
        for place_x, place_y, radius in (
            disc for number in chosen.healed for disc in spots[number].discs
        ):
            x, y = to_photo(np.array([[place_x, place_y]], np.float32))[0]
            reach = FADE * max(radius * to_photo.scale, 1.0) + 2
            box = Box(int(x - reach), int(y - reach), int(x + reach) + 1, int(y + reach) + 1)
            boxes.append(box.clip(self._photo.width, self._photo.height))
        return boxes


def _name(work: Sequence[Touch]) -> str:
    """Tell one work by hand from another; empty for none."""
    text = "".join(
        f"{touch.step.model_dump_json()} {touch.opacity!r} {[p.key for p in touch.people]}"
        for touch in work
    )
    return hashlib.sha256(text.encode()).hexdigest() if text else ""

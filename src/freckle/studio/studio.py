"""One opened photo: previews of any part at any size, export, and what analysis found."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, Self

from freckle.analysis.portrait import Person, Portrait, analyze
from freckle.codec import SaveOptions, encode, load_bytes
from freckle.geometry import Box, Points
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.recipe.persons import concerns, settled, steps_of
from freckle.recipe.recipe import Recipe
from freckle.render.bitmaps import to_png
from freckle.render.grade import Graded, grades_of
from freckle.render.hand import ByHand
from freckle.render.mask import mask_of
from freckle.render.neighbors import free
from freckle.render.render import Rendering, render
from freckle.render.reshape import Warp
from freckle.report.measure import report_of
from freckle.studio.by_hand import Desk
from freckle.studio.describe import describe, heat, summary
from freckle.studio.drawing import Drawing, spread
from freckle.studio.easel import GivenUp, Stopped, plan
from freckle.studio.easels import Easels, Work
from freckle.studio.grading import Grading
from freckle.studio.healing import Healing
from freckle.studio.pyramid import Cut, Pyramid, View, resize
from freckle.studio.reduced import reduced
from freckle.studio.screen import Screen, ToScreen
from freckle.studio.shaping import Shaping, cropped, moved, origin, reshape, widened
from freckle.studio.thumbs import Miniature

BASES: Final = 6
"""Pictures kept without the faces' changes: one for each size that a drag uses."""


class Studio:
    """One opened photo and what has been worked out about it."""

    def __init__(self, photo: Photo) -> None:
        """Open a decoded photo."""
        self.photo = photo
        self._pyramid = Pyramid(photo.pixels)
        self._to_screen = ToScreen(photo.space, photo.peak)
        self._grading = Grading(photo, self._to_screen)
        self._healing = Healing(photo, self._pyramid)
        self._easels = Easels(gray=photo.source.gray)
        self._free: dict[str, tuple[tuple[str, ...], Floats | None]] = {}
        self._bases: OrderedDict[tuple[object, ...], Screen] = OrderedDict()
        self._shaping = Shaping()
        self._desk = Desk((photo.width, photo.height))
        self._rendered: tuple[str, Rendering] | None = None
        self._worked_on: set[str] = set()

    @classmethod
    def open(cls, data: bytes) -> Self:
        """Open a file's bytes. Raises `Refusal`."""
        return cls(load_bytes(data))

    @cached_property
    def portrait(self) -> Portrait:
        """Who is in the photo; looked at once."""
        return analyze(self.photo)

    @cached_property
    def _miniature(self) -> Miniature:
        return Miniature.of(self.photo, self._pyramid, self.portrait)

    @property
    def weight(self) -> int:
        """Bytes of pixels in memory, about."""
        return (
            self._pyramid.weight + self._healing.weight + self._shaping.weight + self._easels.weight
        )

    def facts(self) -> dict[str, Any]:
        """Return what the file turned out to be."""
        return {
            "width": self.photo.width,
            "height": self.photo.height,
            "format": self.photo.source.format,
            "warnings": list(self.photo.warnings),
        }

    def original(self, view: View) -> Drawing:
        """Draw the unedited photo."""
        started = time.perf_counter()
        cut = self._pyramid.cut(view)
        screen = self._base(self._pyramid, cut)
        return _drawing(screen, cut, (started, started, time.perf_counter()))

    def draw(
        self, recipe: Recipe, view: View, given_up: GivenUp, *, quick: bool = False
    ) -> Drawing:
        """Draw a recipe; `quick` may keep the work of tools whose sliders did not move.

        Raises `Stopped` when `given_up` says so before a costly stage.
        """
        started = time.perf_counter()
        recipe = settled(recipe.locked(), self.portrait.keys)
        warps = self._shaping.warps(recipe, self.portrait.people)
        grades = grades_of(recipe)
        shown = self._pyramid.cut(view)
        cut = self._widened(shown, warps, grades)
        if quick and self._name(self._healing.pyramid, cut) not in self._bases:
            shown = self._pyramid.cut(view, exact=False)  # reducing the next level is cheaper
            cut = self._widened(shown, warps, grades)
        people = [(p, steps_of(recipe, p.key)) for p in self._seen(cut, recipe)]
        hand = ByHand.of(recipe, self.portrait)
        done = self._healing.update(recipe, people, hand.heal, quick=quick)
        work = [
            Work(person, done[person.key], plan(recipe, steps), self._others(person, recipe))
            for person, steps in people
            if concerns(recipe, person)
        ]
        ground = self._ground(recipe)
        painted = self._easels.paint(
            work,
            cut,
            (*self._name(self._healing.pyramid, cut), ground),
            lambda: self._base(self._healing.pyramid, cut),
            None if quick else given_up,
        )
        picture = painted.picture
        if hand.any or recipe.excluded or warps:
            picture = picture.copy()
        moved = self._finish(picture, cut, hand, recipe, warps)
        boxes = [*painted.boxes, *moved]
        if grades:
            picture = self._graded(picture, cut, grades, moved)
            boxes = self._grading.spread(boxes, grades, cut)
        times = started, painted.worked, painted.based
        drawing = _drawing(cropped(picture, cut, shown), shown, times)
        ground = f"{ground} {painted.rest} {grades!r}"
        return replace(drawing, ground=ground, changed=spread(cut, boxes))

    def preset(self, recipe: Recipe, size: int) -> Screen:
        """Draw a recipe on the largest face (without one, on the photo), at most `size` wide."""
        photo = self._miniature.draw(recipe)
        side = min(size, photo.width)
        return self._to_screen(resize(photo.pixels, (side, side)))

    def seen_at(self, recipe: Recipe, points: Points) -> Points:
        """Return where points of the photo (… × 2, pixels) are seen once a recipe reshapes it."""
        return moved(self._warps(recipe), points)

    def shown_at(self, recipe: Recipe, points: Points) -> Points:
        """Return which points of the photo are seen at points of the reshaped picture."""
        return origin(self._warps(recipe), points)

    def _warps(self, recipe: Recipe) -> list[Warp]:
        settled_recipe = settled(recipe.locked(), self.portrait.keys)
        return self._shaping.warps(settled_recipe, self.portrait.people)

    def analysis(self) -> dict[str, Any]:
        """Say which faces and marks were found, in pixels of the upright photo."""
        return describe(self.portrait)

    def heatmap(self, recipe: Recipe, size: int) -> Screen:
        """Draw where and how strongly a recipe changes the photo, longer side at `size`."""
        return heat(self.photo, self.rendering(recipe).photo, size)

    def mask(self, recipe: Recipe, number: int) -> bytes:
        """Return where step `number` (1 is the first) works, as a gray PNG of the photo's size.

        Raises `RecipeError` when there is no such step.
        """
        return to_png(mask_of(self.photo, self.portrait, recipe, number))

    def report(self, recipe: Recipe, given_up: GivenUp = lambda: False) -> dict[str, Any]:
        """Say in numbers what a recipe changes. Raises `Stopped` between rendering and measuring.

        What was rendered until then is kept.
        """
        done = self.rendering(recipe)
        if given_up():
            raise Stopped
        return summary(report_of(self.photo, self.portrait, recipe, done.people, done.deeds))

    def export(
        self,
        recipe: Recipe,
        options: SaveOptions,
        *,
        size: tuple[int | None, int | None] = (None, None),
        dpi: float | None = None,
    ) -> bytes:
        """Render at full size, reduce to fit `size` (width, height), and encode.

        Raises `OutputError` when the format cannot hold the photo or `size` is larger than it.
        """
        photo = reduced(self.rendering(recipe).photo, size)
        if dpi is not None:
            photo = replace(photo, metadata=replace(photo.metadata, dpi=(dpi, dpi)))
        return encode(photo, options)

    def rendering(self, recipe: Recipe) -> Rendering:
        """Render at full size with the renderer itself; the last result is kept."""
        key = recipe.model_dump_json()
        if self._rendered is None or self._rendered[0] != key:
            self._rendered = None  # its pixels make room for the next ones
            self._rendered = key, render(self.photo, self.portrait, recipe)
        return self._rendered[1]

    def _seen(self, cut: Cut, recipe: Recipe) -> list[Person]:
        """Return the people with work on them, now or before, whose frames reach into a cut."""
        x, y, w, h = cut.region
        named = {p.key for p in self.portrait.people if concerns(recipe, p)}
        self._worked_on |= named
        return [
            person
            for person in self.portrait.people
            if (person.editable or person.key in self._worked_on)
            and _overlap(person.scene.frame.box, x, y, x + w, y + h)
        ]

    def _finish(
        self, picture: Screen, cut: Cut, hand: ByHand, recipe: Recipe, warps: Sequence[Warp]
    ) -> list[Box]:
        """Do on a painted picture what is done by hand, and reshape it; return what moved."""
        kept = [p for p in self.portrait.people if p.key in recipe.excluded]
        if not (hand.light or hand.restore or kept or warps):
            return []
        original = self._base(self._pyramid, cut)
        self._desk.light(picture, original, cut, hand.light)
        boxes = reshape(picture, cut, warps)
        self._desk.restore(picture, original, cut, hand.restore)
        self._desk.spare(picture, original, cut, kept)
        return boxes

    def _widened(self, cut: Cut, warps: Sequence[Warp], grades: Sequence[Graded]) -> Cut:
        around = self._grading.reach(grades, cut) if grades else 0.0
        return widened(self._pyramid, cut, warps, around)

    def _graded(
        self, picture: Screen, cut: Cut, grades: Sequence[Graded], moved: Sequence[Box]
    ) -> Screen:
        """Return a finished picture after the steps for the whole of it."""
        healed = self._healing.pyramid
        base, ground = self._base(healed, cut), healed.picture(cut)
        return self._grading.develop(picture, base, ground, cut, grades, moved)

    def _ground(self, recipe: Recipe) -> str:
        """Name what lies below and over the people's changes."""
        healed = self._healing.pyramid
        hand = [s for s in recipe.steps if BY_NAME[s.edit.op].panel == "brush"]
        text = f"{id(healed)} {healed.version} {recipe.excluded} {hand!r}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _others(self, person: Person, recipe: Recipe) -> Floats | None:
        """Return where work on a person may not go because of others; looked up once."""
        known = self._free.get(person.key)
        if known is None or known[0] != recipe.excluded:
            others = free(person, self.portrait.people, recipe.excluded)
            known = self._free[person.key] = recipe.excluded, others
        return known[1]

    @staticmethod
    def _name(pyramid: Pyramid, cut: Cut) -> tuple[object, ...]:
        return (id(pyramid), pyramid.version, cut.level, cut.box, cut.size)

    def _base(self, pyramid: Pyramid, cut: Cut) -> Screen:
        """Return the picture of a cut without the faces' changes; not to be written on."""
        key = self._name(pyramid, cut)
        if key not in self._bases:
            self._bases[key] = self._to_screen(pyramid.picture(cut))
        self._bases.move_to_end(key)
        while len(self._bases) > BASES:
            self._bases.popitem(last=False)
        return self._bases[key]


def _overlap(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    return box.left < right and left < box.right and box.top < bottom and top < box.bottom


def _drawing(screen: Screen, cut: Cut, times: tuple[float, float, float]) -> Drawing:
    started, worked, based = times
    return Drawing(
        screen,
        cut.region,
        cut.level == 0 and cut.size == (cut.box.width, cut.box.height),
        work_ms=(worked - started) * 1e3,
        base_ms=(based - worked) * 1e3,
        draw_ms=(time.perf_counter() - based) * 1e3,
    )

"""The one way from a photo and a recipe to a picture: every stage, in its order.

A file is the whole photo at its own size, done once. The screen is a part of it at a scale, with
everything kept that the next slider move does not change. Both go through these stages.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Final

import numpy as np

from freckle.analysis.backdrop import Backdrop
from freckle.analysis.matte import Matte
from freckle.analysis.portrait import Person, Portrait
from freckle.codec.channels import as_pixels
from freckle.framing import Framing
from freckle.geometry import Box
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats
from freckle.recipe.persons import concerns, settled, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.render.carry import Change
from freckle.render.clean import Cleaned, clean
from freckle.render.finish import Finished, cut_out, finish, finishes_of
from freckle.render.finish import reach_of as finishing_reach
from freckle.render.frame import framing_of
from freckle.render.grade import Graded, grade, grades_of, reach_of
from freckle.render.hand import ByHand, Sheets, cut_by_hand, light, restore
from freckle.render.healing import Healed, Healing
from freckle.render.neighbors import free, spare
from freckle.render.painting import GivenUp, Painting, Stopped
from freckle.render.picture import Picture, opened
from freckle.render.pyramid import Cut, Pyramid, View
from freckle.render.region import widened
from freckle.render.resample import apply
from freckle.render.reshape import Warp, asks, others_of, warp_of
from freckle.render.shadow import SIDE
from freckle.render.spared import drawn, keep, sparing
from freckle.render.tasks import tasks_of

Worker = tuple[Person, Sequence[Step]]
POLL_S: Final = 0.02
"""How often whoever waits for the matte asks whether it is still wanted."""
BASES: Final = 6
"""Pictures kept without the people's changes: one for each size that a drag uses."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What a recipe asks of one photo, kind by kind."""

    recipe: Recipe
    """With the locks' limits and the keys of this photo's people."""
    people: tuple[Worker, ...]
    """Those with work on them, and their steps."""
    hand: ByHand
    warps: tuple[tuple[Person, Warp], ...]
    grades: tuple[Graded, ...]
    finishes: tuple[Finished, ...]
    framing: Framing
    spared: tuple[Person, ...]
    """People who are left alone entirely."""

    @property
    def idle(self) -> bool:
        """Whether no pixel's color can change."""
        return self.faceless and not self.grades and not self.finishes

    @property
    def faceless(self) -> bool:
        """Whether no face and no place is worked on: the whole picture alone may change."""
        return self.recipe.faceless or not (self.people or self.hand.any)


class Pipeline:
    """The stages over one photo, and what they remember."""

    def __init__(
        self,
        photo: Photo,
        portrait: Callable[[], Portrait],
        *,
        copy: Callable[[], Pixels] | None = None,
    ) -> None:
        """Prepare for a photo; with a `copy` of its pixels to work on, for one file."""
        self.photo = photo
        self.pyramid = Pyramid(photo.pixels)
        self._portrait = portrait
        self.healing = Healing(photo, self.pyramid, copy)
        self._paintings: dict[str, Painting] = {}
        self._warps: dict[str, tuple[str, Warp | None]] = {}
        self._free: dict[str, tuple[tuple[str, ...], Floats | None]] = {}
        self._bases: OrderedDict[object, Pixels] = OrderedDict()
        self._sheets = None if copy else Sheets()
        self._alphas: tuple[Matte, Pyramid] | None = None
        self._backdrop: tuple[Matte, Backdrop] | None = None
        self._maker: Thread | None = None

    @property
    def portrait(self) -> Portrait:
        """Who is in the photo."""
        return self._portrait()

    def plan(self, recipe: Recipe) -> Plan:
        """Sort a recipe's steps by kind, for the people of this photo."""
        portrait = self.portrait
        recipe = settled(recipe.locked(), portrait.keys)
        chosen = [person for person in portrait.people if concerns(recipe, person)]
        people = tuple((person, steps_of(recipe, person.key)) for person in chosen)
        size = self.photo.width, self.photo.height
        return Plan(
            recipe,
            people,
            ByHand.of(recipe, portrait),
            tuple((p, w) for p, steps in people if (w := self._warp(recipe, p, steps)) is not None),
            grades_of(recipe),
            finishes_of(recipe),
            framing_of(recipe, size, portrait.people),
            tuple(person for person in portrait.people if person.key in recipe.excluded),
        )

    def widened(self, plan: Plan, cut: Cut) -> Cut:
        """Return a cut with all that reshaping and light look at beside it."""
        place = opened(self.photo, self.pyramid, cut, self.photo.pixels).place
        reach = reach_of(plan.grades, place) + finishing_reach(plan.finishes, place)
        around = reach * cut.region[2] / cut.size[0]
        return widened(self.pyramid, cut, [warp for _, warp in plan.warps], around)

    def heal(
        self, plan: Plan, people: Sequence[Worker], *, quick: bool = False
    ) -> dict[str, Healed]:
        """Replace the marks chosen for some people, and what lies under brushes that heal."""
        return self.healing.update(plan.recipe, people, plan.hand.heal, quick=quick)

    def painting(self, person: Person) -> Painting:
        """Return a person's paints."""
        return self._paintings.setdefault(person.key, Painting(once=self._sheets is None))

    def paint(self, plan: Plan, worker: Worker, done: Healed, given_up: GivenUp) -> None:
        """Do all paints of one person. Raises `Stopped` between two when `given_up` says so."""
        tasks = tasks_of(plan.recipe, worker[1])
        self.painting(worker[0]).work(done.scene, done.name, tasks, given_up)

    def painted(self, plan: Plan, worker: Worker, done: Healed) -> tuple[Floats, Change]:
        """Return one person's frame after all paints, and its change."""
        others, gray = self.others(plan, worker[0]), self.photo.source.gray
        return self.painting(worker[0]).after(done.scene, others, gray=gray)

    def others(self, plan: Plan, person: Person) -> Floats | None:
        """Return where work on a person may not go because of others."""
        known = self._free.get(person.key)
        if known is None or known[0] != plan.recipe.excluded:
            others = free(person, self.portrait.people, plan.recipe.excluded)
            known = self._free[person.key] = plan.recipe.excluded, others
        return known[1]

    def base(self, pyramid: Pyramid, cut: Cut) -> Pixels:
        """Return what a cut looks like before any paint; not to be written on."""
        if cut.size == (cut.box.width, cut.box.height):
            return pyramid.picture(cut)
        name = named(pyramid, cut)
        if name not in self._bases:
            self._bases[name] = pyramid.picture(cut)
        self._bases.move_to_end(name)
        while len(self._bases) > BASES:
            self._bases.popitem(last=False)
        return self._bases[name]

    def known(self, cut: Cut) -> bool:
        """Whether the picture of a cut is at hand."""
        return named(self.healing.pyramid, cut) in self._bases

    def picture(self, cut: Cut, pixels: Pixels) -> Picture:
        """Return pixels (to be written on) as the picture of a cut."""
        original = partial(self.base, self.pyramid, cut)
        return opened(self.photo, self.pyramid, cut, pixels, original)

    def light(self, plan: Plan, picture: Picture) -> list[Box]:
        """Dodge and burn by hand, in place; return the boxes that may have changed."""
        return light(picture, plan.hand.light, self._sheets)

    def shape(self, plan: Plan, picture: Picture) -> list[Box]:
        """Reshape, bring back the original, in place; return the boxes reshaped."""
        moved = [apply(picture, warp) for _, warp in plan.warps]
        restore(picture, plan.hand.restore, self._sheets)
        for person in plan.spared:
            spare(picture, person.face)
        return moved

    def grade(self, plan: Plan, picture: Picture) -> None:
        """Change light and color of the whole picture; eyes and teeth may keep their color."""
        if not plan.grades:
            return
        before = picture.pixels
        grade(picture, plan.grades, self._parts(plan, picture))
        if not sparing(plan.grades):
            return
        sheet = self.picture(picture.cut, as_pixels(np.zeros_like(before)))
        boxes = drawn(sheet, (person for person, _ in plan.people))
        for _, warp in plan.warps:
            apply(sheet, warp)
        keep(picture, before, plan.grades, sheet.pixels, boxes)

    def _parts(self, plan: Plan, picture: Picture) -> Pixels | None:
        """Return which pixels are hair, clothes and ground, where a step asks; reshaped."""
        if not any(each.op.parted(each.step.edit) for each in plan.grades):
            return None
        found = self.portrait.parts.on(picture.to_photo(picture.box), picture.size)
        return cut_out(picture, as_pixels(found), [warp for _, warp in plan.warps])

    def await_matte(self, plan: Plan, given_up: GivenUp) -> None:
        """Have the fine matte made, where a recipe asks for one.

        Raises `Stopped` when `given_up` says so; it is made all the same, beside what comes next.
        """
        if not plan.finishes or self.portrait.cut_out:
            return
        if self._maker is None:
            self._maker = Thread(target=self._make, name="freckle-matte", daemon=True)
            self._maker.start()
        while self._maker.is_alive():
            if given_up():
                raise Stopped
            self._maker.join(POLL_S)

    def _make(self) -> None:
        with suppress(Exception):  # whoever waits tries it again, and hears of it
            _ = self.portrait.matte

    def clean(self, plan: Plan, picture: Picture, *, quick: bool = False) -> Cleaned | None:
        """Even and clean the real ground, in place, where that is asked for."""
        asked = [each for each in plan.finishes if each.cleans]
        if not asked:
            return None
        matte = self._matte(quick=quick)
        if self._backdrop is None or self._backdrop[0] is not matte:
            self._backdrop = matte, Backdrop.of(self.photo, matte)
        return clean(picture, asked, self._backdrop[1], self._alpha(plan, picture, matte))

    def finish(self, plan: Plan, picture: Picture, *, quick: bool = False) -> str:
        """Give the people another ground, in place; return a name of what was done.

        `quick` takes a rough matte while there is no other.
        """
        if not plan.finishes:
            return ""
        matte = self._matte(quick=quick)
        laid = [each for each in plan.finishes if not each.cleans]
        if laid:
            alpha = self._alpha(plan, picture, matte)
            finish(picture, laid, matte, alpha, partial(self._small, plan, matte, SIDE))
        return hashlib.sha256(f"{id(matte)} {plan.finishes!r}".encode()).hexdigest()[:16]

    def _matte(self, *, quick: bool) -> Matte:
        return self.portrait.quick_matte if quick else self.portrait.matte

    def _alpha(self, plan: Plan, picture: Picture, matte: Matte) -> Pixels:
        """Return the people's alpha on a picture, 0..65535, reshaped as the picture is."""
        if self._alphas is None or self._alphas[0] is not matte:
            self._alphas = matte, Pyramid(matte.alpha)
        alpha = self._alphas[1].picture(picture.cut)
        alpha = cut_by_hand(picture, alpha, plan.hand.matte, self._sheets)
        return cut_out(picture, alpha, [warp for _, warp in plan.warps])

    def cut_out(self, plan: Plan, longer: int) -> Pixels:
        """Return the people's alpha on the whole photo, 0..65535, at most so many pixels long."""
        return self._small(plan, self.portrait.matte, longer)

    def _small(self, plan: Plan, matte: Matte, longer: int) -> Pixels:
        width, height = self.photo.width, self.photo.height
        scale = min(1.0, longer / max(width, height))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        cut = self.pyramid.cut(View(0, 0, width, height, *size))
        return self._alpha(plan, self.picture(cut, self.base(self.pyramid, cut)), matte)

    def _warp(self, recipe: Recipe, person: Person, steps: Sequence[Step]) -> Warp | None:
        asked = [step for step in steps if asks(step)]
        if not asked:
            return None
        text = " ".join(step.model_dump_json() for step in asked)
        name = f"{text} {recipe.locks} {recipe.amounts.get('reshape')}"
        if self._warps.get(person.key, ("", None))[0] != name:
            others = others_of(person, self.portrait.people)
            self._warps[person.key] = name, warp_of(person.shape, asked, recipe, others)
        return self._warps[person.key][1]


def named(pyramid: Pyramid, cut: Cut) -> tuple[object, ...]:
    """Tell one cut of one state of a photo from others."""
    return id(pyramid), pyramid.version, cut.level, cut.box, cut.size

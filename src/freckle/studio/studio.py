"""One opened photo: previews of any part at any size, export, and what analysis found."""

import hashlib
import time
from dataclasses import replace
from functools import cached_property
from typing import Any, Self

from freckle.analysis.portrait import Portrait, analyze
from freckle.codec import load_bytes
from freckle.codec.exif import taken
from freckle.codec.saving import own_format
from freckle.framing import Framing
from freckle.geometry import Box
from freckle.looks.drift import PersonDrift
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo, Pixels
from freckle.pixels.memory import bytes_of
from freckle.recipe.persons import concerns, steps_of
from freckle.recipe.recipe import Recipe
from freckle.render.bitmaps import to_png
from freckle.render.finish import reach_of as finishing_reach
from freckle.render.grade import reach_of
from freckle.render.mask import mask_of
from freckle.render.painting import GivenUp, Stopped
from freckle.render.pipeline import Pipeline, Plan, Worker, named
from freckle.render.pyramid import Cut, View, resize
from freckle.render.region import cropped
from freckle.render.render import Rendering, render
from freckle.report.measure import report_of
from freckle.studio.describe import describe, heat, mixing, spot_in, summary
from freckle.studio.drawing import Drawing, Region, spread
from freckle.studio.framed import in_frame, on_photo
from freckle.studio.proof import Proof
from freckle.studio.resting import Paints
from freckle.studio.screen import Screen, ToScreen, on_checks
from freckle.studio.thumbs import Miniature


class Studio:
    """One opened photo and what has been worked out about it."""

    def __init__(self, photo: Photo) -> None:
        """Open a decoded photo."""
        self.photo = photo
        self._pipeline = Pipeline(photo, lambda: self.portrait)
        self._paints = Paints(self._pipeline)
        self._to_screen = ToScreen(photo.space, photo.peak)
        self._rendered: tuple[str, Rendering] | None = None
        self._worked_on: set[str] = set()
        self.kept: dict[str, Any] = {}
        """What whoever asks keeps with the photo while it is open."""

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
        return Miniature.of(self.photo, self._pipeline.pyramid, self.portrait)

    @cached_property
    def proof(self) -> Proof:
        """A small copy on which looks are measured."""
        return Proof.of(self.photo, self._pipeline.pyramid, self.portrait)

    @property
    def weight(self) -> int:
        """Bytes of all arrays that it holds."""
        return bytes_of(self)

    def slim(self) -> bool:
        """Let go of what only the report and the heat map need; say whether there was any."""
        had, self._rendered = self._rendered is not None, None
        return had

    def facts(self) -> dict[str, Any]:
        """Return what the file turned out to be."""
        return {
            "width": self.photo.width,
            "height": self.photo.height,
            "format": self.photo.source.format,
            "warnings": list(self.photo.warnings),
            "taken": taken(self.photo.metadata.exif),
        }

    def written(self) -> dict[str, Any]:
        """Return what a new file gets where nobody chooses: the original's form."""
        alpha = self.photo.alpha
        return {
            "format": own_format(self.photo),
            "quality": self.photo.source.quality,
            "bits": 8 * self.photo.pixels.dtype.itemsize,
            "transparent": alpha is not None and int(alpha.min()) < self.photo.peak,
            "space": self.photo.space.name,
            "dpi": self.photo.metadata.dpi[0] if self.photo.metadata.dpi else None,
        }

    def original(self, view: View, recipe: Recipe | None = None) -> Drawing:
        """Draw the unedited photo, in the frame that a recipe gives it."""
        started = time.perf_counter()
        framing = self.framing(recipe)
        cut = self._pipeline.pyramid.cut(on_photo(framing, view))
        base = self._pipeline.base(self._pipeline.pyramid, cut)
        pixels, region = in_frame(base, framing, view, cut)
        drawing = self._drawing(pixels, region, cut, (started, started))
        return replace(drawing, ground=f"original {framing.name}")

    def framing(self, recipe: Recipe | None) -> Framing:
        """Return where the finished picture of a recipe lies on the photo."""
        if recipe is None:
            return Framing.whole((self.photo.width, self.photo.height))
        return self._pipeline.plan(recipe).framing

    def draw(
        self, recipe: Recipe, view: View, given_up: GivenUp, *, quick: bool = False
    ) -> Drawing:
        """Draw a recipe; `quick` may keep the work of tools whose sliders did not move.

        The view is a part of the finished picture, in its pixels.
        Raises `Stopped` when `given_up` says so before a costly stage.
        """
        plan = self._pipeline.plan(recipe)
        if not quick:
            self._pipeline.await_matte(plan, given_up)
        started = time.perf_counter()
        shown, cut = self._cuts(plan, view, quick=quick)
        people = self._seen(cut, plan, given_up)
        healed = self._pipeline.heal(plan, people, quick=quick)
        work = [
            (worker, healed[worker[0].key]) for worker in people if concerns(plan.recipe, worker[0])
        ]
        ground = self._ground(plan)
        name = (*named(self._pipeline.healing.pyramid, cut), ground)
        painted = self._paints.paint(plan, cut, work, name, None if quick else given_up)
        picture = painted.picture
        self._pipeline.light(plan, picture)
        moved = self._pipeline.shape(plan, picture)
        boxes = [*painted.boxes, *moved]
        reach = reach_of(plan.grades, picture.place) + finishing_reach(plan.finishes, picture.place)
        if reach:
            boxes = [box.grow(reach).clip(*cut.size) for box in boxes if not box.empty]
        self._pipeline.clean(plan, picture, quick=quick)
        self._pipeline.grade(plan, picture)
        finish = self._pipeline.finish(plan, picture, quick=quick)
        pixels, region = in_frame(cropped(picture.pixels, cut, shown), plan.framing, view, shown)
        drawing = self._drawing(pixels, region, shown, (painted.worked, painted.based), started)
        if picture.alpha is not None:
            alpha, _ = in_frame(cropped(picture.alpha, cut, shown), plan.framing, view, shown)
            drawing = replace(drawing, screen=on_checks(drawing.screen, alpha))
        changed = spread(cut, boxes)
        return replace(
            drawing,
            ground=f"{ground} {painted.rest} {plan.grades!r} {finish} {plan.framing.name}",
            changed=None if changed is None else plan.framing.placed(changed),
        )

    def rough(self, recipe: Recipe) -> bool:
        """Whether people must still be cut out for a recipe, which takes seconds."""
        return bool(self._pipeline.plan(recipe).finishes) and not self.portrait.cut_out

    def _cuts(self, plan: Plan, view: View, *, quick: bool) -> tuple[Cut, Cut]:
        """Return the part of the photo that a view shows, and all that is needed for it."""
        pyramid, wanted = self._pipeline.pyramid, on_photo(plan.framing, view)
        shown = pyramid.cut(wanted)
        cut = self._pipeline.widened(plan, shown)
        if quick and not self._pipeline.known(cut):
            shown = pyramid.cut(wanted, exact=False)  # reducing the next level is cheaper
            cut = self._pipeline.widened(plan, shown)
        return shown, cut

    def _seen(self, cut: Cut, plan: Plan, given_up: GivenUp) -> list[Worker]:
        """Return the people with work on them, now or before, whose frames reach into a cut.

        Of a crowd only those are looked at closely: that takes a while for each. Raises `Stopped`
        between two of them; what was found until then is kept.
        """
        x, y, w, h = cut.region
        flips = bool(plan.recipe.flips)
        self._worked_on |= {person.key for person, steps in plan.people if steps or flips}
        seen: list[Worker] = []
        for person in self.portrait.people:
            if person.key not in self._worked_on:
                continue
            if given_up():
                raise Stopped
            if _overlap(person.scene.frame.box, x, y, x + w, y + h):
                seen.append((person, steps_of(plan.recipe, person.key)))
        return seen

    def _ground(self, plan: Plan) -> str:
        """Name what lies below and over the people's changes."""
        healed = self._pipeline.healing.pyramid
        hand = [s for s in plan.recipe.steps if BY_NAME[s.edit.op].panel == "brush"]
        text = f"{id(healed)} {healed.version} {plan.recipe.excluded} {hand!r}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _drawing(
        self,
        pixels: Pixels,
        region: Region,
        cut: Cut,
        times: tuple[float, float],
        started: float | None = None,
    ) -> Drawing:
        worked, based = times
        return Drawing(
            self._to_screen(pixels),
            region,
            cut.level == 0 and cut.size == (cut.box.width, cut.box.height),
            work_ms=(worked - (worked if started is None else started)) * 1e3,
            base_ms=(based - worked) * 1e3,
            draw_ms=(time.perf_counter() - based) * 1e3,
        )

    def preset(self, recipe: Recipe, size: int) -> Screen:
        """Draw a recipe on the largest face (without one, on the photo), at most `size` wide."""
        photo = self._miniature.draw(recipe)
        side = min(size, photo.width)
        return self._to_screen(resize(photo.pixels, (side, side)))

    def drift(self, recipe: Recipe, drawn: Screen | None = None) -> list[PersonDrift]:
        """Say how far a recipe moves the skin of the largest faces, on a small copy.

        Or on the whole finished picture, where that is `drawn`.
        """
        return self.proof.drift(recipe, drawn)

    def analysis(
        self, given_up: GivenUp = lambda: False, *, quick: bool = False, known: int | None = None
    ) -> dict[str, Any]:
        """Say which faces and marks were found, in pixels of the upright photo; see `describe`."""
        return describe(self.portrait, given_up, quick=quick, known=known)

    def spot(self, x: float, y: float) -> dict[str, Any] | None:
        """Return the spot where somebody points, in pixels of the upright photo; None off skin."""
        return spot_in(self.portrait, x, y)

    def heatmap(self, recipe: Recipe, size: int) -> Screen:
        """Draw where and how strongly a recipe changes the photo, longer side at `size`."""
        done = self.rendering(recipe)
        return heat(done.before(self.photo), done.photo, size)

    def unsure(self, recipe: Recipe, size: int) -> Screen:
        """Draw where people and ground mix, over the whole photo, longer side at most `size`.

        Height × width × 4: a tint, and how unsure the cut-out is there.
        """
        return mixing(self._pipeline.cut_out(self._pipeline.plan(recipe), size))

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
        return summary(
            report_of(self.photo, self.portrait, recipe, done.people, done.deeds, done.cleaned)
        )

    def rendering(self, recipe: Recipe) -> Rendering:
        """Render at full size with the renderer itself; the last result is kept."""
        key = recipe.model_dump_json()
        if self._rendered is None or self._rendered[0] != key:
            self._rendered = None  # its pixels make room for the next ones
            self._rendered = key, render(self.photo, self.portrait, recipe)
        return self._rendered[1]


def _overlap(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    return box.left < right and left < box.right and box.top < bottom and top < box.bottom

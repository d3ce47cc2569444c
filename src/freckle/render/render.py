"""Render a file: the pipeline over the whole photo at its own size, and an account of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.framing import Framing
from freckle.geometry import Box, touched
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import Canvas, Delivery, Hand, Heal, painting
from freckle.photo import GainMap, Photo, Pixels
from freckle.pixels.color import Floats
from freckle.pixels.threads import ahead
from freckle.pixels.threads import together as side_by_side
from freckle.recipe.recipe import Recipe, Step
from freckle.render.carry import Change, lay
from freckle.render.clean import Cleaned
from freckle.render.deeds import Deed, between, together
from freckle.render.finish import alpha_of
from freckle.render.frame import framed, framed_photo, needed
from freckle.render.gain import framed_gain, regained
from freckle.render.grade import deeds_of
from freckle.render.hand import Touch, sheet_on
from freckle.render.healing import Healed
from freckle.render.marks import recut
from freckle.render.picture import Picture
from freckle.render.pipeline import Pipeline, Plan, Worker
from freckle.render.pyramid import Cut
from freckle.render.reshape import Warp
from freckle.render.strokes import bounds
from freckle.render.tasks import working


@dataclass(frozen=True, slots=True, eq=False)
class Retouched:
    """What was done to one person: the scene after healing, and the frame after all paints."""

    person: Person
    scene: Scene
    after: Floats
    box: Box
    """The part of the photo that may have changed."""
    warp: Warp | None = None
    """How the face was reshaped; scene and frame are those before."""
    deeds: tuple[Deed, ...] = ()
    """What each tool did, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A finished photo and what was done to each person."""

    photo: Photo
    people: tuple[Retouched, ...] = ()
    deeds: tuple[Deed, ...] = ()
    """What each tool did to the whole picture, in order, after all work on people."""
    framing: Framing | None = None
    """How the finished picture lies on the photo; None where it is all of it, as it was."""
    cleaned: Cleaned | None = None
    """What cleaning the real ground did."""

    @property
    def done(self) -> list[Deed]:
        """What tools really did: to people, then to the whole picture."""
        people = [deed for each in self.people for deed in each.deeds]
        return [deed for deed in (*people, *self.deeds) if not deed.idle]

    def before(self, photo: Photo) -> Photo:
        """Return the photo that this came from, in the finished picture's frame."""
        return photo if self.framing is None else framed_photo(photo, self.framing)


def render(photo: Photo, portrait: Portrait, recipe: Recipe, *, figures: bool = True) -> Rendering:
    """Apply a recipe; the photo's pixels are copied once and written only where work was done.

    Without `figures` it is not worked out how far steps for the whole picture change it.
    """
    copied: Callable[[], Pixels] = ahead(photo.pixels.copy)  # while people are looked at
    pipeline = Pipeline(photo, lambda: portrait, copy=copied)
    plan = pipeline.plan(recipe)
    framing = None if plan.framing.keeps_all else plan.framing
    canvas = _canvas_deeds(plan)
    if plan.idle:
        done = photo if framing is None else framed_photo(photo, framing)
        return Rendering(done, (), canvas, framing)
    cut = pipeline.widened(plan, _needed(pipeline, plan))
    people: tuple[Retouched, ...] = ()
    if plan.faceless:
        picture = pipeline.picture(cut, pipeline.pyramid.picture(cut))
    else:
        people, picture = _retouched(pipeline, plan, cut)
    gain = _regained(photo, plan, picture)
    finished = (Deed(each.op.name) for each in plan.finishes)
    graded = deeds_of(picture, plan.grades) if figures else ()
    deeds = together((*graded, *finished, *canvas))
    cleaned = pipeline.clean(plan, picture)
    pipeline.grade(plan, picture)
    pipeline.finish(plan, picture)
    done = _finished(photo.with_gain(gain), picture, framing)
    return Rendering(done, people, deeds, framing, cleaned)


def _needed(pipeline: Pipeline, plan: Plan) -> Cut:
    """Return the part of the photo that the finished picture is made of."""
    if plan.hand.light:  # figures are told of whole faces
        return pipeline.pyramid.whole
    return pipeline.pyramid.part(needed(plan.framing))


def _retouched(pipeline: Pipeline, plan: Plan, cut: Cut) -> tuple[tuple[Retouched, ...], Picture]:
    """Do all work on people and by hand."""
    side_by_side(partial(_looked_at, person, steps) for person, steps in plan.people)
    healed = pipeline.heal(plan, plan.people)
    picture = pipeline.picture(cut, pipeline.healing.taken()[cut.box.slices])
    people = []
    painted = side_by_side(
        partial(_painted, pipeline, plan, worker, healed) for worker in plan.people
    )
    for worker, (after, change) in zip(plan.people, painted, strict=True):
        person, steps = worker
        scene = healed[person.key].scene
        box = _on_photo(picture, lay(picture, change))
        deeds = between(_healers(scene, steps), person.scene.frame.lab, scene.frame.lab)
        layers = pipeline.painting(person).done
        deeds = (*deeds, *(Deed(layer.task.op.name, delta_e=layer.reach) for layer in layers))
        people.append(Retouched(person, scene, after, box, deeds=together(deeds)))
    boxes = pipeline.light(plan, picture)
    people = [_lighted(each, picture.pixels, plan.hand.light, boxes) for each in people]
    pipeline.shape(plan, picture)
    people = [_reshaped(each, plan) for each in people]
    return tuple(_restored(each, plan.hand.restore, picture) for each in people), picture


def _looked_at(person: Person, steps: Sequence[Step]) -> None:
    """Find out all that the paints will ask about a person."""
    person.regions.begin(_regions(steps))
    _ = person.scene  # meanwhile


def _painted(
    pipeline: Pipeline, plan: Plan, worker: Worker, healed: Mapping[str, Healed]
) -> tuple[Floats, Change]:
    """Do all paints of one person; return the frame after them, and its change."""
    done = healed[worker[0].key]
    pipeline.paint(plan, worker, done, lambda: False)
    return pipeline.painted(plan, worker, done)


def _finished(photo: Photo, picture: Picture, framing: Framing | None) -> Photo:
    """Return the photo with a picture's pixels, in its frame."""
    alpha = alpha_of(picture)
    if photo.source.gray and not _is_gray(picture.pixels):  # another ground has a color
        photo = replace(photo, source=replace(photo.source, gray=False))
    if framing is None:
        return replace(photo, pixels=picture.pixels, alpha=alpha)
    if alpha is not None:
        alpha = framed(alpha, framing, picture.box)
    gain = framed_gain(photo.gain, framing)
    return photo.with_frame(framed(picture.pixels, framing, picture.box), alpha, gain)


def _regained(photo: Photo, plan: Plan, picture: Picture) -> GainMap | None:
    """Return the gain map after all work on people; None where it would not fit any more.

    Light and color of the whole picture change both renditions alike, as long as the gain is one
    for all colors.
    """
    if plan.finishes or (plan.grades and photo.gain is not None and photo.gain.colored):
        return None
    return regained(photo, picture)


def _is_gray(pixels: Pixels) -> bool:
    return bool((pixels == pixels[..., :1]).all())


def _canvas_deeds(plan: Plan) -> tuple[Deed, ...]:
    """Say which tools gave the picture another frame or size."""
    steps = (step for step in plan.recipe.steps if not step.idle)
    return tuple(
        Deed(step.edit.op) for step in steps if isinstance(BY_NAME[step.edit.op], Canvas | Delivery)
    )


def _healers(scene: Scene, steps: Sequence[Step]) -> list[str]:
    """Return the tools that replaced skin: those for marks, and the brush."""
    marks = [op.name for op in CATALOGUE if isinstance(op, Heal)] if scene.healed else []
    brushes = [
        op.name
        for step in steps
        if isinstance(op := BY_NAME[step.edit.op], Hand) and op.work == "heal" and not step.idle
    ]
    return marks + brushes


def _lighted(
    done: Retouched, pixels: Pixels, work: Sequence[Touch], boxes: Sequence[Box]
) -> Retouched:
    """Bring a person up to date after dodging and burning by hand."""
    frame, after = done.scene.frame, done.after
    parts = touched(boxes, frame.to_photo, frame.size)
    if parts:
        after, now = after.copy(), recut(frame, pixels, boxes)
        for box in parts:
            after[box.slices] = now.lab[box.slices]
    deeds = between([touch.op.name for touch in work], done.after, after)
    return replace(done, after=after, deeds=together((*done.deeds, *deeds)))


def _reshaped(done: Retouched, plan: Plan) -> Retouched:
    """Note of a person how they were reshaped."""
    warp = next((warp for person, warp in plan.warps if person is done.person), None)
    if warp is None:
        return done
    deeds = together((*done.deeds, *warp.moves))
    return replace(done, warp=warp, box=done.box.union(warp.box), deeds=deeds)


def _restored(done: Retouched, work: Sequence[Touch], picture: Picture) -> Retouched:
    """Note of a person that the original was brought back by hand."""
    frame = done.scene.frame
    boxes = [bounds(touch.mask, sheet_on(picture, touch.people)) for touch in work]
    if not touched(boxes, frame.to_photo, frame.size):
        return done
    deeds = [Deed(touch.op.name) for touch in work]
    return replace(done, deeds=together((*done.deeds, *deeds)))


def _on_photo(picture: Picture, box: Box) -> Box:
    left, top = picture.corner
    return Box(box.left + left, box.top + top, box.right + left, box.bottom + top)


def _regions(steps: Sequence[Step]) -> list[Region]:
    """Return the regions that the paints will ask for, in their order."""
    paints = ((painting(BY_NAME[step.edit.op]), step) for step in steps if not step.edit.neutral)
    return [region for op, step in paints if op is not None for region in working(op, step)]

"""Render: a pure function of photo, portrait and recipe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from freckle.analysis.frame import Frame, sample
from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import Hand, Heal, painting
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, lab, to_srgb
from freckle.pixels.threads import ahead
from freckle.recipe.persons import concerns, settled, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.render.canvas import Canvas, working
from freckle.render.carry import carry
from freckle.render.deeds import Deed, between, together
from freckle.render.grade import grade, grades_of
from freckle.render.hand import ByHand, Touch, light, restore
from freckle.render.heal import heal, touched
from freckle.render.heal_brush import heal_by_hand, marks_under
from freckle.render.neighbors import free, kept_off, spare
from freckle.render.reshape import Warp, apply, others_of, warp_of


@dataclass(frozen=True, slots=True, eq=False)
class Retouched:
    """What was done to one person: the scene after healing, and the frame after all paints."""

    person: Person
    scene: Scene
    after: Floats
    box: Box
    warp: Warp | None = None
    """How the face was reshaped; scene and frame are those before."""
    deeds: tuple[Deed, ...] = ()
    """What each tool did, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A finished photo and what was done to each person."""

    photo: Photo
    people: tuple[Retouched, ...]
    deeds: tuple[Deed, ...] = ()
    """What each tool did to the whole picture, in order, after all work on people."""


def render(photo: Photo, portrait: Portrait, recipe: Recipe) -> Rendering:
    """Apply a recipe; the photo's pixels are copied once and written only where work was done."""
    recipe = settled(recipe.locked(), portrait.keys)
    grades = grades_of(recipe)
    retouched, done = _retouched(photo, portrait, recipe)
    if not grades:
        return Rendering(photo if retouched is photo.pixels else photo.with_pixels(retouched), done)
    pixels, deeds = grade(retouched, photo, grades)
    return Rendering(photo.with_pixels(pixels), done, together(deeds))


def _retouched(
    photo: Photo, portrait: Portrait, recipe: Recipe
) -> tuple[Pixels, tuple[Retouched, ...]]:
    """Do all work on people and by hand; the photo's own pixels where there is none."""
    people = [p for p in portrait.people if concerns(recipe, p)]
    hand = ByHand.of(recipe, portrait)
    if recipe.faceless or not (people or hand.any):
        return photo.pixels, ()
    copied: Callable[[], Pixels] = ahead(photo.pixels.copy)
    for person in people:
        _ = person.scene  # meanwhile
        person.regions.begin(needed(steps_of(recipe, person.key)))
    pixels = copied()
    scenes = [healed(photo, pixels, p, recipe, steps_of(recipe, p.key)) for p in people]
    boxes = heal_by_hand(pixels, photo, hand.heal)
    done = [
        retouch(
            photo,
            pixels,
            person,
            brushed(scene, pixels, [t for t in hand.heal if person in t.people], boxes),
            portrait,
            recipe,
        )
        for person, scene in zip(people, scenes, strict=True)
    ]
    boxes = light(pixels, photo, hand.light)
    done = [lighted(each, pixels, hand.light, boxes) for each in done]
    done = [reshaped(each, pixels, portrait, recipe) for each in done]
    boxes = restore(pixels, photo, hand.restore)
    done = [restored(each, hand.restore, boxes) for each in done]
    for person in portrait.people:
        if person.key in recipe.excluded:
            spare(pixels, photo.pixels, person.face)
    return pixels, tuple(done)


def retouch(
    photo: Photo,
    pixels: Pixels,
    person: Person,
    scene: Scene,
    portrait: Portrait,
    recipe: Recipe,
) -> Retouched:
    """Paint one person after healing, in place on a writable copy of the photo's pixels."""
    steps = steps_of(recipe, person.key)
    others = free(person, portrait.people, recipe.excluded)
    after, deeds = painted(scene, recipe, steps)
    after = kept_off(scene.frame, after, others)
    box = carry(pixels, scene.frame, after, gray=photo.source.gray)
    healing = between(_healers(scene, steps), person.scene.frame.lab, scene.frame.lab)
    return Retouched(person, scene, after, box, deeds=together((*healing, *deeds)))


def _healers(scene: Scene, steps: Sequence[Step]) -> list[str]:
    """Return the tools that replaced skin: those for marks, and the brush."""
    marks = [op.name for op in CATALOGUE if isinstance(op, Heal)] if scene.healed else []
    brushes = [
        op.name
        for step in steps
        if isinstance(op := BY_NAME[step.edit.op], Hand) and op.work == "heal" and not step.idle
    ]
    return marks + brushes


def reshaped(done: Retouched, pixels: Pixels, portrait: Portrait, recipe: Recipe) -> Retouched:
    """Move the shape of one person's face, in place; heads that overlap are moved in turn."""
    person = done.person
    steps = steps_of(recipe, person.key)
    warp = warp_of(person.shape, steps, recipe, others_of(person, portrait.people))
    if warp is None:
        return done
    deeds = together((*done.deeds, *warp.moves))
    return replace(done, warp=warp, box=done.box.union(apply(pixels, warp)), deeds=deeds)


def lighted(
    done: Retouched, pixels: Pixels, work: Sequence[Touch], boxes: Sequence[Box]
) -> Retouched:
    """Bring a person up to date after dodging and burning by hand."""
    after = seen_again(done, pixels, boxes)
    deeds = between([touch.op.name for touch in work], done.after, after)
    return replace(done, after=after, deeds=together((*done.deeds, *deeds)))


def restored(done: Retouched, work: Sequence[Touch], boxes: Sequence[Box]) -> Retouched:
    """Note of a person that the original was brought back by hand."""
    frame = done.scene.frame
    if not touched(boxes, frame.to_photo, frame.size):
        return done
    deeds = [Deed(touch.op.name) for touch in work]
    return replace(done, deeds=together((*done.deeds, *deeds)))


def healed(
    photo: Photo, pixels: Pixels, person: Person, recipe: Recipe, steps: Sequence[Step]
) -> Scene:
    """Heal the chosen marks at full size, and bring the frame up to date."""
    choice = choose(photo, person.scene, recipe, steps)
    scene = person.scene.keeping(choice.held)
    if not choice.healed:
        return scene
    boxes = heal(pixels, scene, sorted(choice.healed))
    return scene.after_healing(_recut(scene.frame, pixels, boxes), choice.healed)


def brushed(scene: Scene, pixels: Pixels, work: Sequence[Touch], boxes: Sequence[Box]) -> Scene:
    """Bring a scene up to date after healing by hand: marks under a brush are gone, too."""
    if not touched(boxes, scene.frame.to_photo, scene.frame.size):
        return scene
    gone = marks_under(scene, work)
    return scene.after_healing(_recut(scene.frame, pixels, boxes), scene.healed | gone)


def seen_again(done: Retouched, pixels: Pixels, boxes: Sequence[Box]) -> Floats:
    """Return a frame after work by hand in some boxes of the photo, in CIELAB."""
    frame = done.scene.frame
    parts = touched(boxes, frame.to_photo, frame.size)
    if not parts:
        return done.after
    after = done.after.copy()
    now = _recut(frame, pixels, boxes)
    for box in parts:
        after[box.slices] = now.lab[box.slices]
    return after


@dataclass(frozen=True, slots=True)
class Choice:
    """Indices of a scene's marks: those that are replaced, and those kept by hand."""

    healed: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.healed or self.held)


def choose(photo: Photo, scene: Scene, recipe: Recipe, steps: Sequence[Step]) -> Choice:
    """Decide which marks go: what the ops choose, then what was decided by hand."""
    chosen, held = set[int](), set[int]()
    for step in steps:
        op = BY_NAME[step.edit.op]
        strength = step.opacity * recipe.amounts.get(op.panel, 100.0)
        if isinstance(op, Heal) and not step.edit.neutral and strength > 0:
            chosen.update(op.choose(step.edit, scene))
    for flip in recipe.flips:
        place = np.array([[flip.x * photo.width, flip.y * photo.height]], np.float32)
        meant = _marks_at(scene, *scene.frame.to_photo.inverse()(place)[0])
        heals = flip.action == "heal"
        chosen, held = (chosen | meant, held - meant) if heals else (chosen - meant, held | meant)
    return Choice(frozenset(chosen), frozenset(held))


def _marks_at(scene: Scene, x: float, y: float) -> set[int]:
    """Return the marks a place (pixels of the frame) lies in, else the nearest one beside it."""
    away = [float(np.hypot(spot.x - x, spot.y - y)) for spot in scene.spots]
    within = {k for k, spot in enumerate(scene.spots) if away[k] <= spot.radius}
    if within or not away:
        return within
    nearest = int(np.argmin(away))
    reach = max(1.5 * scene.spots[nearest].radius, 0.01 * scene.unit)
    return {nearest} if away[nearest] <= reach else set()


def _recut(frame: Frame, pixels: Pixels, boxes: Sequence[Box]) -> Frame:
    rgb, colors = frame.rgb.copy(), frame.lab.copy()
    for box in touched(boxes, frame.to_photo, frame.size):
        part = sample(pixels, frame.shifted(box), (box.height, box.width))
        rgb[box.slices] = part * np.float32(1 / frame.peak)
        colors[box.slices] = lab(to_srgb(rgb[box.slices], frame.space))
    return replace(frame, rgb=rgb, lab=colors)


def painted(scene: Scene, recipe: Recipe, steps: Sequence[Step]) -> tuple[Floats, tuple[Deed, ...]]:
    """Run the paints in order; return the frame, and how far each paint changed it.

    The renderer alone applies masks, opacity and the tone lock.
    """
    canvas, deeds = Canvas(scene), list[Deed]()
    for step in steps:
        op = painting(BY_NAME[step.edit.op])
        if op is not None and not step.edit.neutral and allowed(step, recipe):
            opacity = step.opacity * recipe.amounts.get(op.panel, 100.0) / 100
            hold = recipe.locks.skin_tone and not op.deliberate
            deeds.append(Deed(op.name, delta_e=canvas.apply(op, step, opacity, hold=hold)))
    return canvas.finish(), tuple(deeds)


def needed(steps: Sequence[Step]) -> list[Region]:
    """Return the regions that the paints will ask for, in their order."""
    paints = ((painting(BY_NAME[step.edit.op]), step) for step in steps if not step.edit.neutral)
    return [region for op, step in paints if op is not None for region in working(op, step)]


def allowed(step: Step, recipe: Recipe) -> bool:
    """Whether the locks let a step work at all."""
    return step.opacity > 0 and not (step.edit.op == "skin_lightness" and recipe.locks.skin_tone)

"""Which marks of a face are healed, and the frame brought up to date once they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from freckle.analysis.frame import Frame, sample
from freckle.analysis.grown import on_skin
from freckle.analysis.portrait import Person
from freckle.analysis.scene import Scene
from freckle.analysis.spot import Spot
from freckle.geometry import Box, touched
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Heal
from freckle.photo import Photo, Pixels
from freckle.pixels.color import lab, to_srgb
from freckle.recipe.recipe import Recipe, Step
from freckle.render.hand import Touch
from freckle.render.heal import heal
from freckle.render.heal_brush import marks_under
from freckle.render.patches import Patches


@dataclass(frozen=True, slots=True)
class Choice:
    """Indices of a scene's marks: those that are replaced, and those kept by hand."""

    healed: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    added: tuple[Spot, ...] = ()
    """Spots that no scene lists: somebody pointed at them. They are healed as well."""

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.healed or self.held)


def choose(photo: Photo, scene: Scene, recipe: Recipe, steps: Sequence[Step]) -> Choice:
    """Decide which marks go: what the ops choose, then what was decided by hand."""
    chosen, held, added = set[int](), set[int](), list[Spot]()
    for step in steps:
        op = BY_NAME[step.edit.op]
        strength = step.opacity * recipe.amounts.get(op.panel, 100.0)
        if isinstance(op, Heal) and not step.edit.neutral and strength > 0:
            chosen.update(op.choose(step.edit, scene))
    for flip in recipe.flips:
        place = np.array([[flip.x * photo.width, flip.y * photo.height]], np.float32)
        x, y = (float(value) for value in scene.frame.to_photo.inverse()(place)[0])
        if flip.radius is not None:
            radius = flip.radius * max(photo.width, photo.height) / scene.frame.to_photo.scale
            added += [Spot.added((x, y, radius))] if on_skin(scene.regions, x, y) else []
            continue
        meant = _marks_at(scene, x, y)
        heals = flip.action == "heal"
        chosen, held = (chosen | meant, held - meant) if heals else (chosen - meant, held | meant)
    if added:
        first = len(scene.spots)
        chosen.update(range(first, first + len(added)))
    return Choice(frozenset(chosen), frozenset(held), tuple(added))


def _marks_at(scene: Scene, x: float, y: float) -> set[int]:
    """Return the marks a place (pixels of the frame) lies in, else the nearest one beside it."""
    away = [float(np.hypot(spot.x - x, spot.y - y)) for spot in scene.spots]
    within = {k for k, spot in enumerate(scene.spots) if away[k] <= spot.radius}
    if within or not away:
        return within
    nearest = int(np.argmin(away))
    reach = max(1.5 * scene.spots[nearest].radius, 0.01 * scene.unit)
    return {nearest} if away[nearest] <= reach else set()


def recut(frame: Frame, pixels: Pixels, boxes: Sequence[Box]) -> Frame:
    """Return a frame cut anew where boxes of the photo's pixels were written."""
    rgb, colors = frame.rgb.copy(), frame.lab.copy()
    for box in touched(boxes, frame.to_photo, frame.size):
        part = sample(pixels, frame.shifted(box), (box.height, box.width))
        rgb[box.slices] = part * np.float32(1 / frame.peak)
        colors[box.slices] = lab(to_srgb(rgb[box.slices], frame.space))
    return replace(frame, rgb=rgb, lab=colors)


def healed(pixels: Pixels, person: Person, choice: Choice, patches: Patches | None = None) -> Scene:
    """Heal the chosen marks at full size, and bring the frame up to date.

    `patches` are those of this person's marks that were replaced before.
    """
    scene = person.scene.adding(choice.added).keeping(choice.held)
    if not choice.healed:
        return scene
    boxes = heal(pixels, scene, sorted(choice.healed), patches)
    return scene.after_healing(recut(scene.frame, pixels, boxes), choice.healed)


def brushed(scene: Scene, pixels: Pixels, work: Sequence[Touch], boxes: Sequence[Box]) -> Scene:
    """Bring a scene up to date after healing by hand: marks under a brush are gone, too."""
    if not touched(boxes, scene.frame.to_photo, scene.frame.size):
        return scene
    gone = marks_under(scene, work)
    return scene.after_healing(recut(scene.frame, pixels, boxes), scene.healed | gone)

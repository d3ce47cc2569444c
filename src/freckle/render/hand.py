"""Work by hand at the photo's own size: dodge, burn, and the original brought back.

It needs no face: strokes in the photo's own space work anywhere, those in a face's space on
everybody whom their step concerns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, get_args

import cv2
import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.codec.channels import as_pixels
from freckle.geometry import Affine, Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Hand
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, RGBSpace, from_light, lab, to_light, to_srgb
from freckle.pixels.filters import layers
from freckle.recipe.persons import concerns, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask
from freckle.render.neighbors import mix
from freckle.render.strokes import Sheet, bounds, draw

STRIP: Final = 512
"""Rows worked on at a time: the memory needed does not grow with the photo."""
Work = Literal["heal", "light", "restore"]


@dataclass(frozen=True, slots=True, eq=False)
class Touch:
    """One step done by hand: its mask, how strongly (0..1) and whose face strokes it draws."""

    step: Step
    op: Hand[Any]
    mask: Mask
    opacity: float
    people: tuple[Person, ...]

    @property
    def stops(self) -> float:
        """Stops of light where the mask is whole; 0 for what does not work on light."""
        return 0.0 if self.op.stops is None else self.opacity * self.op.stops(self.step.edit)

    @property
    def share(self) -> float:
        """How far the step replaces what is there, 0..1."""
        return self.opacity * float(getattr(self.step.edit, "amount", 100)) / 100


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a recipe does by hand, each kind in the recipe's order."""

    heal: tuple[Touch, ...] = ()
    light: tuple[Touch, ...] = ()
    restore: tuple[Touch, ...] = ()

    @classmethod
    def of(cls, recipe: Recipe, portrait: Portrait) -> Self:
        """List what a recipe does by hand; steps for strangers are left out."""
        found = list(_touches(recipe, portrait))
        kinds = [tuple(t for t in found if t.op.work == kind) for kind in get_args(Work)]
        return cls(*kinds)

    @property
    def any(self) -> bool:
        """Whether there is any work by hand."""
        return bool(self.heal or self.light or self.restore)


def _touches(recipe: Recipe, portrait: Portrait) -> Iterator[Touch]:
    own = {person.key: steps_of(recipe, person.key) for person in portrait.people}
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if not isinstance(op, Hand) or step.mask is None or step.idle:
            continue
        people = tuple(p for p in portrait.people if any(s is step for s in own[p.key]))
        # drawn on a face means on faces, not on the dog beside them; alone, it was meant
        people = tuple(p for p in people if concerns(recipe, p)) or people
        opacity = step.opacity * recipe.amounts.get(op.panel, 100.0) / 100
        if opacity > 0 and (people or step.person is None):
            yield Touch(step, op, step.mask, opacity, people)


def sheet_of(photo: Photo, people: Iterable[Person]) -> Sheet:
    """Return the photo itself as a grid to draw on."""

    def picture(box: Box, size: tuple[int, int]) -> Floats:
        part = photo.pixels[box.slices]
        if (part.shape[1], part.shape[0]) != size:
            part = as_pixels(
                cv2.resize(np.ascontiguousarray(part), size, interpolation=cv2.INTER_AREA)
            )
        scaled = part.astype(np.float32) * np.float32(1 / photo.peak)
        return lab(to_srgb(scaled, photo.space))

    same = Affine(np.eye(2, 3))
    faces = tuple(person.face.to_units.inverse() for person in people)
    return Sheet((photo.height, photo.width), same, (photo.width, photo.height), faces, picture)


def light(pixels: Pixels, photo: Photo, work: Iterable[Touch]) -> list[Box]:
    """Dodge and burn in place; return the boxes of the photo that may have changed."""
    boxes = []
    for touch in work:
        sheet = sheet_of(photo, touch.people)
        box = bounds(touch.mask, sheet)
        for strip in _strips(box):
            mask = draw(touch.mask, sheet, strip).over(None, strip)
            relight(pixels[strip.slices], touch.stops * mask, photo.space)
        boxes.append(box)
    return boxes


def restore(pixels: Pixels, photo: Photo, work: Iterable[Touch]) -> list[Box]:
    """Bring the original back in place; return the boxes of the photo that may have changed."""
    boxes = []
    for touch in work:
        sheet = sheet_of(photo, touch.people)
        box = bounds(touch.mask, sheet)
        for strip in _strips(box):
            mask = draw(touch.mask, sheet, strip).over(None, strip)
            mix(pixels, photo.pixels, strip, np.float32(touch.share) * mask)
        boxes.append(box)
    return boxes


def relight(part: Pixels, stops: Floats, space: RGBSpace) -> None:
    """Scale the light of a part of a picture by 2^stops (height × width), in place.

    More light is scaled by g / (1 + (g − 1) m²), where m is the largest channel: g in the dark, 1
    at white, so nothing clips and no hue turns.
    """
    peak = np.float32(np.iinfo(part.dtype).max)
    linear = to_light(part.astype(np.float32) * (1 / peak), space)
    gain = np.exp2(stops)
    most = linear.max(axis=2)
    gain = gain / (1 + np.maximum(gain - 1, 0) * most * most)
    encoded = from_light(np.asarray(linear * layers(gain), np.float32), space)
    new = np.clip(np.rint(encoded * peak), 0, peak).astype(part.dtype)
    part[...] = np.where((stops != 0)[..., None], new, part)


def _strips(box: Box) -> Iterator[Box]:
    for top in range(box.top, box.bottom, STRIP):
        yield Box(box.left, top, box.right, min(top + STRIP, box.bottom))

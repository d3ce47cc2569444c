"""Work by hand on the picture: dodge, burn, and the original brought back.

It needs no face: strokes in the photo's own space work anywhere, those in a face's space on
everybody whom their step concerns.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, get_args

import cv2
import numpy as np

from freckle.analysis.matte import PEAK as ALPHA
from freckle.analysis.portrait import Person, Portrait
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Hand
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, RGBSpace, from_light, lab, to_light, to_srgb
from freckle.pixels.filters import layers
from freckle.recipe.persons import concerns, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask
from freckle.render.neighbors import mix
from freckle.render.picture import Picture, opened
from freckle.render.pyramid import Pyramid
from freckle.render.strokes import Drawn, Sheet, bounds, draw, drawn

STRIP: Final = 512
"""Rows worked on at a time: the memory needed does not grow with the photo."""
SHEETS: Final = 4
"""Grids kept with what was drawn on them: a drag's and the resting picture's, before and after."""
Work = Literal["heal", "light", "restore", "matte"]


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
    matte: tuple[Touch, ...] = ()

    @classmethod
    def of(cls, recipe: Recipe, portrait: Portrait) -> Self:
        """List what a recipe does by hand; steps for strangers are left out."""
        found = list(_touches(recipe, portrait))
        kinds = [tuple(t for t in found if t.op.work == kind) for kind in get_args(Work)]
        return cls(*kinds)

    @property
    def any(self) -> bool:
        """Whether any work by hand changes pixels."""
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
        opacity = recipe.opacity(step)
        if opacity > 0 and (people or step.person is None):
            yield Touch(step, op, step.mask, opacity, people)


class Sheets:
    """Grids to draw on, kept with what was drawn on them last."""

    def __init__(self) -> None:
        """Start with nothing drawn."""
        self._kept: OrderedDict[object, Sheet] = OrderedDict()

    def mask(self, touch: Touch, picture: Picture, box: Box) -> Floats:
        """Draw a step's mask in a box (coordinates of `Picture.from_photo`), and keep it."""
        return self.drawn(touch, picture, box).add

    def drawn(self, touch: Touch, picture: Picture, box: Box) -> Drawn:
        """Draw what a step's mask adds and takes away in a box, and keep it."""
        key = picture.cut, tuple(person.key for person in touch.people)
        if key not in self._kept:
            self._kept[key] = sheet_on(picture, touch.people)
        self._kept.move_to_end(key)
        while len(self._kept) > SHEETS:
            self._kept.popitem(last=False)
        return drawn(touch.mask, self._kept[key], box)


def sheet_on(picture: Picture, people: Iterable[Person]) -> Sheet:
    """Return the whole photo at a picture's scale as a grid to draw on."""
    photo, from_photo = picture.photo, picture.from_photo
    whole = np.rint(np.array([photo.height, photo.width]) * picture.scale[::-1]).astype(int)
    size = int(whole[0]), int(whole[1])
    faces = tuple(from_photo.after(person.face.to_units.inverse()) for person in people)

    def look(box: Box, wanted: tuple[int, int]) -> Floats:
        scaled = picture.look(box, wanted).astype(np.float32) * np.float32(1 / photo.peak)
        return lab(to_srgb(scaled, photo.space))

    return Sheet(size, from_photo, (photo.width, photo.height), faces, look)


def sheet_of(photo: Photo, people: Iterable[Person]) -> Sheet:
    """Return the photo itself as a grid to draw on."""
    pyramid = Pyramid(photo.pixels)
    return sheet_on(opened(photo, pyramid, pyramid.whole, photo.pixels), people)


def light(picture: Picture, work: Iterable[Touch], sheets: Sheets | None = None) -> list[Box]:
    """Dodge and burn in place; return the boxes (picture's pixels) that may have changed."""
    return [_everywhere(picture, touch, sheets, _relight) for touch in work]


def restore(picture: Picture, work: Iterable[Touch], sheets: Sheets | None = None) -> list[Box]:
    """Bring the original back in place; return the boxes that may have changed."""
    return [_everywhere(picture, touch, sheets, _restore) for touch in work]


def cut_by_hand(
    picture: Picture, alpha: Pixels, work: Iterable[Touch], sheets: Sheets | None = None
) -> Pixels:
    """Return the people's alpha on a picture (0..65535) with what was painted in and out of it."""
    seen, rows = picture.box, picture.size[1] if sheets else STRIP
    for touch in work:
        alpha, sheet = alpha.copy(), sheet_on(picture, touch.people)
        for top in range(seen.top, seen.bottom, rows):
            strip = Box(seen.left, top, seen.right, min(top + rows, seen.bottom))
            laid = (
                draw(touch.mask, sheet, strip)
                if sheets is None
                else sheets.drawn(touch, picture, strip)
            )
            part = alpha[picture.inside(strip).slices]
            before = part.astype(np.float32) * np.float32(1 / ALPHA)
            after = before + np.float32(touch.share) * (laid.over(before, strip) - before)
            part[...] = np.rint(np.clip(after, 0, 1) * np.float32(ALPHA)).astype(part.dtype)
    return alpha


def _everywhere(
    picture: Picture,
    touch: Touch,
    sheets: Sheets | None,
    work: Callable[[Picture, Touch, Box, Floats], None],
) -> Box:
    """Do a step wherever its mask lies in a picture: a few rows at a time, or as it is kept."""
    if sheets is not None:
        mask = sheets.mask(touch, picture, picture.box)
        x, y, w, h = cv2.boundingRect((mask > 0).astype(np.uint8))
        box = Box(x, y, x + w, y + h)
        if not box.empty:
            work(picture, touch, box, mask[box.slices])
        return box
    sheet = sheet_on(picture, touch.people)
    seen = bounds(touch.mask, sheet).meet(picture.box)
    for top in range(seen.top, seen.bottom, STRIP):
        strip = Box(seen.left, top, seen.right, min(top + STRIP, seen.bottom))
        mask = draw(touch.mask, sheet, strip).over(None, strip)
        work(picture, touch, picture.inside(strip), mask)
    return picture.inside(seen)


def _relight(picture: Picture, touch: Touch, box: Box, mask: Floats) -> None:
    relight(picture.pixels[box.slices], touch.stops * mask, picture.photo.space)


def _restore(picture: Picture, touch: Touch, box: Box, mask: Floats) -> None:
    mix(picture.pixels, picture.original(), box, np.float32(touch.share) * mask)


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

"""Light and color of the whole picture: one program for the file and for the screen.

A view of the picture is worked on in strips, each with as much around it as the steps look at, so
that memory does not grow with the photo and every strip can have a thread of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Grade
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, RGBSpace, from_light, lab, to_light, to_srgb
from freckle.pixels.filters import stacked
from freckle.pixels.place import Place
from freckle.pixels.threads import together
from freckle.pixels.white import luminance
from freckle.recipe.recipe import Recipe, Step
from freckle.render.deeds import Deed, far

STRIP: Final = 256
"""Rows worked on at a time, beside what lies around them."""
SAMPLED: Final = 32
"""Bands of rows in which a file is looked at for how far each step changed it."""
ROWS: Final = 8
"""Rows of a band."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One step for the whole picture, and how far (0..1) it works."""

    step: Step
    op: Grade[Any]
    opacity: float

    @property
    def reach(self) -> float:
        """How far it looks around a pixel, in widths of the picture."""
        return self.op.reach(self.step.edit)

    def __call__(self, light: Floats, place: Place) -> Floats:
        """Return linear light after the step."""
        new = self.op.apply(light, self.step.edit, place)
        return new if self.opacity == 1 else light + np.float32(self.opacity) * (new - light)


def grades_of(recipe: Recipe) -> tuple[Graded, ...]:
    """Return the steps of a recipe that work on the whole picture, in order."""
    found = []
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Grade) and not step.idle:
            opacity = step.opacity * recipe.amounts.get(op.panel, 100.0) / 100
            if opacity > 0:
                found.append(Graded(step, op, opacity))
    return tuple(found)


def reach_of(grades: Sequence[Graded], place: Place) -> int:
    """Return how many pixels of a view the steps look around one, all together."""
    return sum(int(np.ceil(g.reach * place.unit)) + 2 for g in grades if g.reach > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Bath:
    """What pixels go through: linear light, the steps, and back to how they are stored."""

    grades: tuple[Graded, ...]
    place: Place
    peak: int
    gray: bool

    @classmethod
    def of(cls, photo: Photo, grades: Sequence[Graded], place: Place) -> "Bath":
        """Prepare for a view of a photo."""
        return cls(tuple(grades), place, photo.peak, photo.source.gray)

    def develop(self, pixels: Pixels) -> Pixels:
        """Return a view (height × width × 3, as the photo stores it) after all steps."""
        table = _table(self.place.space, self.peak)
        out = np.empty_like(pixels)

        def work(strip: Box, around: Box) -> None:
            light = self.light(table[pixels[around.slices]], around)
            inner = strip.top - around.top
            out[strip.slices] = self.stored(light[inner : inner + strip.height])

        together(partial(work, *pair) for pair in self._strips(pixels.shape[:2]))
        return out

    def develop_light(self, light: Floats) -> Pixels:
        """Return a view, given in linear light, after all steps, as the photo stores it."""
        out = np.empty(light.shape, np.uint8 if self.peak < 256 else np.uint16)

        def work(strip: Box, around: Box) -> None:
            done = self.light(light[around.slices], around)
            inner = strip.top - around.top
            out[strip.slices] = self.stored(done[inner : inner + strip.height])

        together(partial(work, *pair) for pair in self._strips(light.shape[:2]))
        return out

    def light(self, light: Floats, box: Box) -> Floats:
        """Return the linear light of a box of the view after all steps."""
        place = self.place.part(box.left, box.top, box.right, box.bottom)
        for graded in self.grades:
            light = graded(light, place)
        if self.gray:
            level = luminance(light, place.space)
            light = stacked(level, level, level)
        return light

    def stored(self, light: Floats) -> Pixels:
        """Return linear light as the photo stores it."""
        encoded = from_light(np.clip(light, 0, 1), self.place.space)
        values = np.rint(encoded * np.float32(self.peak))
        return as_pixels(values.astype(np.uint8 if self.peak < 256 else np.uint16))

    def _strips(self, size: tuple[int, ...]) -> Iterator[tuple[Box, Box]]:
        height, width = size
        reach = reach_of(self.grades, self.place)
        for top in range(0, height, STRIP):
            strip = Box(0, top, width, min(top + STRIP, height))
            around = Box(0, strip.top - reach, width, strip.bottom + reach)
            yield strip, around.clip(width, height)


def _table(space: RGBSpace, peak: int) -> Floats:
    """Return the linear light of every value that a channel can have."""
    return to_light(np.linspace(0, 1, peak + 1, dtype=np.float32), space)


def whole(photo: Photo) -> Place:
    """Return the place of the whole photo at its own size."""
    size = photo.width, photo.height
    return Place(size, (0.0, 0.0, float(photo.width), float(photo.height)), size, photo.space)


def grade(
    pixels: Pixels, photo: Photo, grades: Sequence[Graded]
) -> tuple[Pixels, tuple[Deed, ...]]:
    """Return a photo's pixels after all steps, and how far each step changed them."""
    bath = Bath.of(photo, grades, whole(photo))
    return bath.develop(pixels), _deeds(pixels, bath)


def _deeds(pixels: Pixels, bath: Bath) -> tuple[Deed, ...]:
    """Measure each step's mean ΔE on thin bands across the picture."""
    height, width = pixels.shape[:2]
    table = _table(bath.place.space, bath.peak)
    found: dict[str, list[float]] = {}
    for top in sorted({k * max(height - ROWS, 0) // (SAMPLED - 1) for k in range(SAMPLED)}):
        box = Box(0, top, width, min(top + ROWS, height))
        light = np.ascontiguousarray(table[pixels[box.slices]])
        place = bath.place.part(box.left, box.top, box.right, box.bottom)
        for graded in bath.grades:
            new = graded(light, place)
            colors = [
                lab(to_srgb(from_light(np.clip(x, 0, 1), place.space), place.space))
                for x in (light, new)
            ]
            found.setdefault(graded.op.name, []).append(far(colors[1] - colors[0]))
            light = new
    return tuple(Deed(op, delta_e=float(np.mean(each))) for op, each in found.items())

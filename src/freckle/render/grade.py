"""Light and color of the whole picture: one program for the file and for the screen.

A view of the picture is worked on in tiles, each with as much around it as the steps look at, so
that memory does not grow with the photo and every tile can have a thread of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Grade
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, RGBSpace, from_light, lab, to_light, to_srgb
from freckle.pixels.dither import PARTS, dithered
from freckle.pixels.filters import layers, stacked
from freckle.pixels.place import Place
from freckle.pixels.threads import together
from freckle.pixels.white import luminance
from freckle.recipe.recipe import Recipe, Step
from freckle.render.deeds import Deed, far
from freckle.render.picture import Picture

TILE: Final = 1024
"""Side of what is worked on at a time where steps look around, beside what lies around it."""
PIXELS: Final = 1 << 17
"""Pixels worked on at a time where they do not: so many stay in a processor's cache."""
FINE: Final = 1 << 16
"""Steps of light's square root told apart for 8-bit files: a hundredth of a stored step."""
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

    def gain(self, light: Floats, place: Place) -> Floats | None:
        """Return what the light is multiplied by before (or what is added), if it looks around."""
        if self.op.gain is None or self.reach == 0:
            return None
        return self.op.gain(light, self.step.edit, place)

    def __call__(self, light: Floats, gain: Floats | None, place: Place) -> Floats:
        """Return linear light after the step, a few rows at a time."""
        rows = max(1, PIXELS // light.shape[1])
        if light.shape[0] <= rows:
            return self._applied(light, gain, place)
        out = np.empty_like(light)
        for top in range(0, light.shape[0], rows):
            part = slice(top, min(top + rows, light.shape[0]))
            here = place.part(0, part.start, light.shape[1], part.stop)
            out[part] = self._applied(light[part], None if gain is None else gain[part], here)
        return out

    def _applied(self, light: Floats, gain: Floats | None, place: Place) -> Floats:
        new = self.op.apply(_lit(light, gain), self.step.edit, place)
        return new if self.opacity == 1 else light + np.float32(self.opacity) * (new - light)


def _lit(light: Floats, gain: Floats | None) -> Floats:
    """Return light times what it gains (height × width), or with what is added (… × 3)."""
    if gain is None:
        return light
    return np.asarray(light + gain if gain.ndim > 2 else light * layers(gain), np.float32)


def grades_of(recipe: Recipe) -> tuple[Graded, ...]:
    """Return the steps of a recipe that work on the whole picture, in order."""
    found = []
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Grade) and not step.idle:
            opacity = recipe.opacity(step)
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
    encoded: Pixels | None
    """What 8-bit files store for each of `FINE` steps of light's square root; None for 16 bits."""
    parts: Pixels | None = None
    """The same in parts of a stored step (`pixels/dither.py`), where steps are hidden."""

    @classmethod
    def of(
        cls, photo: Photo, grades: Sequence[Graded], place: Place, *, smooth: bool = False
    ) -> "Bath":
        """Prepare for a view of a photo; `smooth` hides the steps of 8 bits in noise below them."""
        root = np.linspace(0, 1, FINE, dtype=np.float32)
        encoded = None if photo.peak > 255 else _encoded(root * root, photo.space, 255)
        hidden = smooth and encoded is not None
        parts = _encoded(root * root, photo.space, 255 * PARTS) if hidden else None
        return cls(tuple(grades), place, photo.peak, photo.source.gray, encoded, parts)

    def develop(self, pixels: Pixels) -> Pixels:
        """Return a view (height × width × 3, as the photo stores it) after all steps."""
        table = light_of(self.place.space, self.peak)
        out = as_pixels(np.empty_like(pixels))

        def work(tile: Box, around: Box) -> None:
            out[tile.slices] = self.stored(self.light(table[pixels[around.slices]], around, tile))

        together(partial(work, *pair) for pair in self._tiles(*pixels.shape[:2]))
        return out

    def light(self, light: Floats, box: Box, tile: Box) -> Floats:
        """Return the linear light of a tile after all steps, from that of a box around it."""
        for number, graded in enumerate(self.grades):
            gain = graded.gain(light, self._at(box))
            if gain is not None:
                # what is left must be seen by the steps to come
                near = tile.grow(reach_of(self.grades[number + 1 :], self.place)).meet(box)
                light, gain = (_cropped(each, box, near) for each in (light, gain))
                box = near
            light = graded(light, gain, self._at(box))
        if self.gray:
            level = luminance(light, self.place.space)
            light = stacked(level, level, level)
        return light

    def _at(self, box: Box) -> Place:
        return self.place.part(box.left, box.top, box.right, box.bottom)

    def stored(self, light: Floats, corner: tuple[int, int] = (0, 0)) -> Pixels:
        """Return linear light as the photo stores it.

        `corner` is where its first pixel lies (x, y in `Picture.from_photo`), for hiding steps.
        """
        if self.encoded is None:
            return _encoded(np.clip(light, 0, 1), self.place.space, self.peak)
        steps = _steps(light)
        if self.parts is not None:
            return as_pixels(dithered(self.parts[steps], *corner))
        return as_pixels(self.encoded[steps])

    def _tiles(self, height: int, width: int) -> Iterator[tuple[Box, Box]]:
        """Cut a view into tiles, each with the box that the steps must see for it."""
        reach = reach_of(self.grades, self.place)
        rows, columns = (TILE, TILE) if reach else (max(1, PIXELS // width), width)
        for top in range(0, height, rows):
            for left in range(0, width, columns):
                tile = Box(left, top, left + columns, top + rows).clip(width, height)
                yield tile, tile.grow(reach).clip(width, height)


def _cropped(values: Floats, box: Box, part: Box) -> Floats:
    """Return a part of a box's values."""
    top, left = part.top - box.top, part.left - box.left
    return np.ascontiguousarray(values[top : top + part.height, left : left + part.width])


def _encoded(light: Floats, space: RGBSpace, peak: int) -> Pixels:
    """Return linear light (0..1) in a file's encoding, rounded to its values."""
    values = np.rint(from_light(light, space) * np.float32(peak))
    return as_pixels(values.astype(np.uint8 if peak < 256 else np.uint16))


def _steps(light: Floats) -> npt.NDArray[np.uint16]:
    """Return which of `FINE` steps of light's square root each value is."""
    root = np.sqrt(np.clip(light, 0, 1))
    return np.asarray(root * np.float32(FINE - 1) + np.float32(0.5), np.uint16)


def light_of(space: RGBSpace, peak: int) -> Floats:
    """Return the linear light of every value that a channel can have."""
    return to_light(np.linspace(0, 1, peak + 1, dtype=np.float32), space)


def grade(picture: Picture, grades: Sequence[Graded], parts: Pixels | None = None) -> None:
    """Do all steps on a picture, in place; `parts` as in `Place.parts`."""
    seen = None if parts is None else np.asarray(parts, np.uint8)
    bath = Bath.of(picture.photo, grades, replace(picture.place, parts=seen))
    picture.pixels = bath.develop(picture.pixels)


def deeds_of(picture: Picture, grades: Sequence[Graded]) -> tuple[Deed, ...]:
    """Say how far each step will change a picture."""
    if not grades:
        return ()
    return _deeds(picture.pixels, Bath.of(picture.photo, grades, picture.place))


def _deeds(pixels: Pixels, bath: Bath) -> tuple[Deed, ...]:
    """Measure each step's mean ΔE on thin bands across the picture."""
    height, width = pixels.shape[:2]
    table = light_of(bath.place.space, bath.peak)
    found: dict[str, list[float]] = {}
    for top in sorted({k * max(height - ROWS, 0) // (SAMPLED - 1) for k in range(SAMPLED)}):
        box = Box(0, top, width, min(top + ROWS, height))
        light = np.ascontiguousarray(table[pixels[box.slices]])
        place = bath.place.part(box.left, box.top, box.right, box.bottom)
        for graded in bath.grades:
            new = graded(light, graded.gain(light, place), place)
            colors = [
                lab(to_srgb(from_light(np.clip(x, 0, 1), place.space), place.space))
                for x in (light, new)
            ]
            found.setdefault(graded.op.name, []).append(far(colors[1] - colors[0]))
            light = new
    return tuple(Deed(op, delta_e=float(np.mean(each))) for op, each in found.items())

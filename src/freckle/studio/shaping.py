"""Reshaped faces on the screen: the renderer's own field, at the picture's size."""

from collections.abc import Iterable, Sequence
from typing import Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person
from freckle.geometry import Affine, Box, Points
from freckle.pixels.warp import resampled
from freckle.recipe.persons import concerns, steps_of
from freckle.recipe.recipe import Recipe
from freckle.render.reshape import Warp, asks, others_of, warp_of
from freckle.studio.pyramid import Cut, Pyramid
from freckle.studio.screen import Screen

MARGIN: Final = 16
"""A view takes this many photo pixels from beside it, or twice, four times … as many: few
different sizes, so that a drag finds the picture of the one before."""
TRIES: Final = 24
"""Margins tried for one that is whole in the picture's pixels, too."""


class Shaping:
    """The warps of a photo's people, each kept until its sliders move."""

    def __init__(self) -> None:
        """Start with nothing moved."""
        self._kept: dict[str, tuple[str, Warp | None]] = {}

    @property
    def weight(self) -> int:
        """Bytes of fields in memory."""
        warps = [warp for _, warp in self._kept.values() if warp is not None]
        fields = (field for warp in warps for field in warp.shape.memo.values())
        return sum(field.nbytes for field in fields)

    def warps(self, recipe: Recipe, people: Sequence[Person]) -> list[Warp]:
        """Return the warps that a recipe asks for, in the renderer's order."""
        chosen = [p for p in people if concerns(recipe, p)]
        found = (self._warp(recipe, person, people) for person in chosen)
        return [warp for warp in found if warp is not None]

    def _warp(self, recipe: Recipe, person: Person, people: Sequence[Person]) -> Warp | None:
        steps = [step for step in steps_of(recipe, person.key) if asks(step)]
        if not steps:
            return None
        asked = " ".join(step.model_dump_json() for step in steps)
        name = f"{asked} {recipe.locks} {recipe.amounts.get('reshape')}"
        if self._kept.get(person.key, ("", None))[0] != name:
            warp = warp_of(person.shape, steps, recipe, others_of(person, people))
            self._kept[person.key] = name, warp
        return self._kept[person.key][1]


def moved(warps: Iterable[Warp], points: Points) -> Points:
    """Return where points of the photo (… × 2) lie after all warps."""
    for warp in warps:
        points = warp.moved(points)
    return points


def origin(warps: Sequence[Warp], points: Points) -> Points:
    """Return where what is seen at points after all warps lay in the photo."""
    for warp in reversed(warps):
        points = warp.origin(points)
    return points


def widened(pyramid: Pyramid, cut: Cut, warps: Iterable[Warp], around: float = 0.0) -> Cut:
    """Return a cut with what warps bring in from beside it; the same one where that is nothing.

    `around` is what other work looks at beside it, in photo pixels.
    """
    height, width = pyramid.level(0).shape[:2]
    rows, columns = pyramid.level(cut.level).shape[:2]
    x, y, w, h = cut.region
    sides = np.array([x, y, width - x - w, height - y - h])
    need = np.minimum(np.maximum(sides, 0), around)
    for warp in warps:
        box, reach = warp.box, warp.reach + 4 / max(cut.size[0] / w, 1e-3)
        if not (box.left < x + w and x < box.right and box.top < y + h and y < box.bottom):
            continue
        beyond = [x - box.left, y - box.top, box.right - x - w, box.bottom - y - h]
        need = np.maximum(need, [min(max(b, 0), reach + around) for b in beyond])
    if not need.any():
        return cut
    steps = [MARGIN * 2 ** int(np.ceil(np.log2(max(n / MARGIN, 1)))) if n else 0 for n in need]
    across, down = cut.size[0] / cut.box.width, cut.size[1] / cut.box.height
    left = _whole(steps[0] * columns / width, across, cut.box.left)
    top = _whole(steps[1] * rows / height, down, cut.box.top)
    right = _whole(steps[2] * columns / width, across, columns - cut.box.right)
    bottom = _whole(steps[3] * rows / height, down, rows - cut.box.bottom)
    wide = Box(
        cut.box.left - left, cut.box.top - top, cut.box.right + right, cut.box.bottom + bottom
    )
    sx, sy = columns / width, rows / height
    region = (wide.left / sx, wide.top / sy, wide.width / sx, wide.height / sy)
    return Cut(cut.level, wide, (round(wide.width * across), round(wide.height * down)), region)


def _whole(wanted: float, scale: float, most: int) -> int:
    """Return a margin in the level's pixels that is (nearly) whole in the picture's, too."""
    first = min(int(np.ceil(wanted)), most)
    tries = range(first, min(first + TRIES, most) + 1) if first else (0,)
    return min(tries, key=lambda margin: round(abs(margin * scale - round(margin * scale)), 3))


def reshape(picture: Screen, cut: Cut, warps: Iterable[Warp]) -> list[Box]:
    """Move what warps move in the picture of a (wide) cut, in place; return the boxes written."""
    return [_move(picture, cut, warp) for warp in warps]


def cropped(picture: Screen, wide: Cut, cut: Cut) -> Screen:
    """Return the part of a wide cut's picture that a cut shows."""
    if wide is cut:
        return picture
    left = round((cut.box.left - wide.box.left) * wide.size[0] / wide.box.width)
    top = round((cut.box.top - wide.box.top) * wide.size[1] / wide.box.height)
    return np.ascontiguousarray(picture[top : top + cut.size[1], left : left + cut.size[0]])


def _move(picture: Screen, cut: Cut, warp: Warp) -> Box:
    x, y, w, h = cut.region
    scale = np.array([cut.size[0] / w, cut.size[1] / h])
    box, step = warp.box, warp.shape.pixels
    low = np.floor((np.array([box.left, box.top]) - [x, y]) * scale).astype(int)
    high = np.ceil((np.array([box.right, box.bottom]) - [x, y]) * scale).astype(int)
    target = Box(*low.tolist(), *high.tolist()).clip(picture.shape[1], picture.shape[0])
    if target.empty:
        return target
    shift = (np.array([box.left, box.top]) - [x, y]) * scale - [target.left, target.top]
    to_target = Affine(np.column_stack([np.diag(step * scale), shift])).pixel_matrix()
    field = (warp.back * (step * scale)).astype(np.float32)
    size = (target.width, target.height)
    moved = cv2.warpAffine(field, to_target, size, flags=cv2.INTER_LINEAR)
    places = np.asarray(moved, np.float32)
    places[..., 0] += np.arange(target.width, dtype=np.float32)
    places[..., 1] += np.arange(target.height, dtype=np.float32)[:, None]
    reach = int(np.ceil(warp.reach * scale.max())) + 4
    source = target.grow(reach).clip(picture.shape[1], picture.shape[0])
    places += np.array([target.left - source.left, target.top - source.top], np.float32)
    picture[target.slices] = resampled(picture[source.slices].copy(), places)
    return target

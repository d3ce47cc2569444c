"""Work by hand on the picture for the screen: what `render.hand` does at full size."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person
from freckle.geometry import Affine, Box
from freckle.pixels.color import SRGB, Floats, lab
from freckle.render.hand import Touch, relight
from freckle.render.neighbors import mix, spare
from freckle.render.strokes import Sheet, drawn
from freckle.studio.pyramid import Cut
from freckle.studio.screen import Screen

SHEETS: Final = 4
"""Grids kept with what was drawn on them: a drag's and the resting picture's, before and after."""


class Desk:
    """Draws masks on cuts of one photo, and keeps what it drew last."""

    def __init__(self, size: tuple[int, int]) -> None:
        """Start with nothing drawn; `size` is the photo's width and height."""
        self._size = size
        self._sheets: OrderedDict[object, Sheet] = OrderedDict()

    def light(self, picture: Screen, original: Screen, cut: Cut, work: Iterable[Touch]) -> None:
        """Dodge and burn in place."""
        for touch in work:
            mask = self._mask(touch, original, cut)
            box = _where(mask)
            if not box.empty:
                relight(picture[box.slices], touch.stops * mask[box.slices], SRGB)

    def restore(self, picture: Screen, original: Screen, cut: Cut, work: Iterable[Touch]) -> None:
        """Bring the original back in place."""
        for touch in work:
            mask = np.float32(touch.share) * self._mask(touch, original, cut)
            box = _where(mask)
            if not box.empty:
                mix(picture, original, box, mask[box.slices])

    def spare(self, picture: Screen, original: Screen, cut: Cut, people: Iterable[Person]) -> None:
        """Put back the faces of people who are left alone, in place."""
        for person in people:
            spare(picture, original, person.face, _to_screen(cut))

    def _mask(self, touch: Touch, original: Screen, cut: Cut) -> Floats:
        sheet = self._sheet(original, cut, touch.people)
        return drawn(touch.mask, sheet).add

    def _sheet(self, original: Screen, cut: Cut, people: Sequence[Person]) -> Sheet:
        key = cut, tuple(person.key for person in people)
        if key not in self._sheets:
            self._sheets[key] = _sheet(original, cut, people, self._size)
        self._sheets.move_to_end(key)
        while len(self._sheets) > SHEETS:
            self._sheets.popitem(last=False)
        return self._sheets[key]


def _sheet(
    original: Screen, cut: Cut, people: Sequence[Person], photo_size: tuple[int, int]
) -> Sheet:
    to_screen = _to_screen(cut)

    def picture(box: Box, size: tuple[int, int]) -> Floats:
        part = np.ascontiguousarray(original[box.slices])
        if (part.shape[1], part.shape[0]) != size:
            part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
        return lab(part.astype(np.float32) * np.float32(1 / 255))

    faces = tuple(to_screen.after(person.face.to_units.inverse()) for person in people)
    size = int(original.shape[0]), int(original.shape[1])
    return Sheet(size, to_screen, photo_size, faces, picture)


def _to_screen(cut: Cut) -> Affine:
    """Map points of the photo to points of a cut's picture."""
    x, y, w, h = cut.region
    across, down = cut.size[0] / w, cut.size[1] / h
    return Affine(np.array([[across, 0, -x * across], [0, down, -y * down]]))


def _where(mask: Floats) -> Box:
    x, y, w, h = cv2.boundingRect((mask > 0).astype(np.uint8))
    return Box(x, y, x + w, y + h)

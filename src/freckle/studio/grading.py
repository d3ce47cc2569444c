"""Light and color of the whole picture on the screen, by the renderer's own program.

Steps work on what the file holds, with its depth and gamut, although faces are painted on the
screen's 8-bit sRGB: what that rounds away is put back before.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from freckle.geometry import Box
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, srgb_decode, to_srgb
from freckle.pixels.place import Place
from freckle.render.grade import Bath, Graded, reach_of
from freckle.studio.pyramid import Cut
from freckle.studio.screen import Screen, ToScreen

STEP: Final = np.float32(1 / 255)


class Grading:
    """Grades cuts of one photo."""

    def __init__(self, photo: Photo, to_screen: ToScreen) -> None:
        """Prepare for a photo."""
        self._photo = photo
        self._to_screen = to_screen

    def reach(self, grades: Sequence[Graded], cut: Cut) -> float:
        """Return how far beside a cut the steps look, in pixels of the photo."""
        return reach_of(grades, self._place(cut)) * cut.region[2] / cut.size[0]

    def spread(self, boxes: Sequence[Box], grades: Sequence[Graded], cut: Cut) -> list[Box]:
        """Return boxes of a cut's picture with all that the steps carry their changes to."""
        reach = reach_of(grades, self._place(cut))
        return [box.grow(reach).clip(*cut.size) for box in boxes if not box.empty]

    def develop(
        self,
        picture: Screen,
        base: Screen,
        ground: Pixels,
        cut: Cut,
        grades: Sequence[Graded],
        moved: Sequence[Box],
    ) -> Screen:
        """Return a cut's finished picture after all steps.

        `base` is `ground` (as the file stores it) on the screen, `picture` the same with the work
        on faces, and `moved` where that reshaped it.
        """
        bath = Bath.of(self._photo, grades, self._place(cut))
        if picture is base:
            return self._to_screen(bath.develop(ground))
        if self._photo.peak == 255 and self._photo.space.is_srgb:
            return self._to_screen(bath.develop(picture))
        return self._to_screen(bath.develop_light(self._light(picture, base, ground, moved)))

    def _place(self, cut: Cut) -> Place:
        size = self._photo.width, self._photo.height
        return Place(size, cut.region, cut.size, self._photo.space)

    def _light(self, picture: Screen, base: Screen, ground: Pixels, moved: Sequence[Box]) -> Floats:
        """Return the linear light of a picture, with the file's depth and gamut."""
        space = self._photo.space
        fine = to_srgb(ground.astype(np.float32) * np.float32(1 / self._photo.peak), space)
        rest = fine - base * STEP
        for box in moved:
            rest[box.slices] = 0  # what lay there is elsewhere now
        linear = srgb_decode(np.asarray(picture * STEP + rest, np.float32))
        back = np.linalg.inv(np.asarray(space.to_srgb, np.float64)).astype(np.float32)
        return np.asarray(np.maximum(cv2.transform(linear, back), 0), np.float32)

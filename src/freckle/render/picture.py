"""The picture that all stages work on: any part of a photo, at any size, in its own encoding.

A file is the whole photo at its own size; the screen is a part of it, reduced. A stage asks the
picture where it lies and never which of the two it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from freckle.codec.channels import as_pixels
from freckle.geometry import Affine, Box
from freckle.photo import Photo, Pixels
from freckle.pixels.place import Place
from freckle.render.pyramid import Cut, Pyramid, View, resize

TILE: Final = 512
"""Side of what is resampled at a time. Tiles lie at multiples of it, counted from the photo's own
corner, so that any part of the photo comes out as the same part of the whole, to the bit."""


@dataclass(eq=False)
class Picture:
    """Pixels to be written on (height × width × 3, as the photo stores them), and their place."""

    pixels: Pixels
    photo: Photo
    cut: Cut
    original: Callable[[], Pixels]
    """What the same part looked like before any work."""
    pyramid: Pyramid
    """The photo before any work, in all sizes."""
    alpha: Pixels | None = None
    """How opaque each pixel became; None where all of them are as they were."""

    @cached_property
    def place(self) -> Place:
        """Where its pixels lie in the photo."""
        size = self.photo.width, self.photo.height
        return Place(size, self.cut.region, self.cut.size, self.photo.space)

    def own(self) -> None:
        """Make the pixels ones to be written on, where nothing was worked on before."""
        if not self.pixels.flags.writeable:
            self.pixels = as_pixels(self.pixels.copy())

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.cut.size

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Pixels of it for one of the photo, across and down."""
        _, _, width, height = self.cut.region
        return self.cut.size[0] / width, self.cut.size[1] / height

    @property
    def full_size(self) -> bool:
        """Whether its pixels are the photo's own."""
        return self.scale == (1.0, 1.0)

    @cached_property
    def corner(self) -> tuple[int, int]:
        """Its upper left corner, in whole pixels of the photo at its scale."""
        x, y, _, _ = self.cut.region
        return round(x * self.scale[0]), round(y * self.scale[1])

    @cached_property
    def from_photo(self) -> Affine:
        """Map points of the photo to points of the whole photo at this scale.

        Subtract `corner` for points of the picture: all parts of a photo share these coordinates,
        which are whole numbers where pixels are.
        """
        x, y, _, _ = self.cut.region
        across, down = self.scale
        rest = [self.corner[0] - x * across, self.corner[1] - y * down]
        return Affine(np.column_stack([np.diag([across, down]), rest]))

    @cached_property
    def to_picture(self) -> Affine:
        """Map points of the photo to points of the picture."""
        matrix = self.from_photo.matrix.copy()
        matrix[:, 2] -= self.corner
        return Affine(matrix)

    @property
    def box(self) -> Box:
        """All of it, in the coordinates of `from_photo`."""
        left, top = self.corner
        return Box(left, top, left + self.size[0], top + self.size[1])

    @cached_property
    def whole(self) -> Box:
        """All of the photo in the coordinates of `from_photo`, rounded outward."""
        across, down = self.scale
        left, top = self.from_photo.matrix[:, 2]
        right = int(np.ceil(self.photo.width * across + left)) + 1
        return Box(0, 0, right, int(np.ceil(self.photo.height * down + top)) + 1)

    def to_photo(self, tile: Box) -> Affine:
        """Map points of a box (coordinates of `from_photo`), from its corner, to the photo's."""
        across, down = self.scale
        left, top = self.from_photo.matrix[:, 2]
        shift = [(tile.left - left) / across, (tile.top - top) / down]
        return Affine(np.column_stack([np.diag([1 / across, 1 / down]), shift]))

    def inside(self, box: Box) -> Box:
        """Return a box in the coordinates of `from_photo` as one of the picture's pixels."""
        return box.meet(self.box).within(self.box)

    def tiles(self, box: Box) -> list[Box]:
        """Cut a box (coordinates of `from_photo`) into tiles; those that are seen are returned.

        A tile is cut off where the box ends, not where the picture does.
        """
        seen = box.meet(self.box)
        if seen.empty:
            return []
        return [
            Box(left, top, left + TILE, top + TILE).meet(box)
            for top in range(seen.top // TILE * TILE, seen.bottom, TILE)
            for left in range(seen.left // TILE * TILE, seen.right, TILE)
        ]

    def look(self, box: Box, size: tuple[int, int]) -> Pixels:
        """Return a box (coordinates of `from_photo`) of the unedited photo, at a size."""
        across, down = self.scale
        left, top = self.from_photo.matrix[:, 2]
        region = ((box.left - left) / across, (box.top - top) / down)
        view = View(*region, box.width / across, box.height / down, *size)
        return resize(self.pyramid.picture(self.pyramid.cut(view)), size)


def opened(
    photo: Photo,
    pyramid: Pyramid,
    cut: Cut,
    pixels: Pixels,
    original: Callable[[], Pixels] | None = None,
) -> Picture:
    """Return the picture of a cut over pixels that may be written on."""
    before = original or (lambda: pyramid.picture(cut))
    return Picture(as_pixels(pixels), photo, cut, before, pyramid)

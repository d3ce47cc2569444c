"""The real ground evened and cleaned: one program for the file and for the screen.

What is added comes from the unedited photo alone, so that any part of it is the same part of the
whole. It is the ground's: weighted by how much of a pixel is nobody's, and nothing where a pixel
is wholly the people's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from freckle.analysis.backdrop import ENOUGH, Backdrop
from freckle.analysis.matte import PEAK
from freckle.geometry import Box
from freckle.photo import Pixels
from freckle.pixels.filters import layers
from freckle.pixels.threads import together
from freckle.render.finish import Finished
from freckle.render.picture import Picture

SCARCE: Final = ENOUGH[0]
"""Share of a ground that is a backdrop, below which it was left as it is."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning a ground did, counted on the pixels before and after."""

    people: int
    """Pixels that are wholly the people's."""
    changed: int
    """How many of those are not as before."""
    share: float
    """How much of the ground is a backdrop, 0..1: with too little nothing is done."""

    @property
    def sentence(self) -> str:
        """What was done, and to whom nothing."""
        if self.share < SCARCE:
            return "The ground is no plain backdrop, so it stays as it is."
        whose = f"of {self.people:,} pixels that are wholly the people's"
        return f"The ground was cleaned; {whose}, {self.changed or 'none'} changed."


def clean(
    picture: Picture, steps: Sequence[Finished], backdrop: Backdrop, alpha: Pixels
) -> Cleaned:
    """Even and clean the ground of a picture, in place.

    `alpha` is the people's on the picture, 0..65535.
    """
    picture.own()
    even, marks = (max(shares) for shares in zip(*(s.cleaning for s in steps), strict=True))
    work = partial(_work, picture, backdrop, alpha, (even, marks))
    counts = together(partial(work, tile) for tile in picture.tiles(picture.whole))
    people, changed = (sum(column) for column in zip(*counts, strict=True))
    return Cleaned(people, changed, backdrop.share)


def _work(
    picture: Picture, backdrop: Backdrop, alpha: Pixels, shares: tuple[float, float], tile: Box
) -> tuple[int, int]:
    """Do one tile (coordinates of `from_photo`); count the people's pixels, and those changed."""
    box = picture.inside(tile)
    part = tile.meet(picture.box)
    own, peak = alpha[box.slices], np.float32(picture.photo.peak)
    stored = picture.pixels[box.slices]
    before = stored[own == PEAK]
    if (own < PEAK).any():
        size = picture.photo.width, picture.photo.height
        change = backdrop.under(size, picture.to_photo(tile), (tile.width, tile.height), shares)
        ground = (PEAK - own.astype(np.float32)) * (peak / np.float32(PEAK))
        new = stored + layers(ground) * change[part.within(tile).slices]
        stored[...] = np.rint(np.clip(new, 0, peak)).astype(stored.dtype)
    return len(before), int((stored[own == PEAK] != before).any(axis=1).sum())

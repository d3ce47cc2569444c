"""How much of a photo a part of the picture needs: what is brought in from beside it."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.photo import Pixels
from freckle.render.pyramid import Cut, Pyramid
from freckle.render.reshape import Warp

MARGIN: Final = 16
"""A view takes this many photo pixels from beside it, or twice, four times … as many: few
different sizes, so that a drag finds the picture of the one before."""
TRIES: Final = 24
"""Margins tried for one that is whole in the picture's pixels, too."""


def widened(pyramid: Pyramid, cut: Cut, warps: Iterable[Warp], around: float = 0.0) -> Cut:
    """Return a cut with what warps bring in from beside it; the same one where that is nothing.

    `around` is what other work looks at beside it, in photo pixels.
    """
    height, width = pyramid.level(0).shape[:2]
    rows, columns = pyramid.level(cut.level).shape[:2]
    x, y, w, h = cut.region
    shown = np.array([x, y, x + w, y + h])
    low, high = np.tile([0.0, 0.0], 2), np.tile([float(width), float(height)], 2)
    wanted = np.clip(shown + np.array([-1, -1, 1, 1]) * around, low, high)
    for warp in reversed(list(warps)):  # the last one reads what those before it did
        box = np.array([warp.box.left, warp.box.top, warp.box.right, warp.box.bottom], float)
        reach = warp.reach + 4 / max(cut.size[0] / w, 1e-3)
        if (box[:2] < wanted[2:]).all() and (wanted[:2] < box[2:]).all():
            wanted[:2] = np.minimum(wanted[:2], np.maximum(wanted[:2] - reach, box[:2]))
            wanted[2:] = np.maximum(wanted[2:], np.minimum(wanted[2:] + reach, box[2:]))
    need = np.abs(wanted - shown)
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


def cropped(picture: Pixels, wide: Cut, cut: Cut) -> Pixels:
    """Return the part of a wide cut's picture that a cut shows."""
    if wide is cut:
        return picture
    left = round((cut.box.left - wide.box.left) * wide.size[0] / wide.box.width)
    top = round((cut.box.top - wide.box.top) * wide.size[1] / wide.box.height)
    return as_pixels(picture[top : top + cut.size[1], left : left + cut.size[0]])

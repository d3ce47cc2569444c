"""What a view came out as; and only the part of it that an edit can have changed.

Frames of a drag differ from the picture before it only where the people's changes lie. Over the
same ground - view, healed marks, work by hand - that part alone, a patch, brings a screen that
shows the picture up to date, at a fraction of the pixels to encode, send, decode and paint.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from freckle.geometry import Box
from freckle.render.pyramid import Cut
from freckle.studio.screen import Screen

Region = tuple[float, float, float, float]
"""x, y, w, h in pixels of the photo."""
BLOCK: Final = 16
"""Patches begin and end at whole blocks of a JPEG with halved color."""
MOST: Final = 0.7
"""A patch of more than this share of the picture is not worth its seam."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A picture for the screen: 8-bit sRGB, and what part of the photo it shows.

    `work_ms` is the time that does not depend on the picture's size, `draw_ms` the time that
    does, and `base_ms` what was spent once to reduce the photo to this size.
    """

    screen: Screen
    region: Region
    full_size: bool
    """One photo pixel is one screen pixel."""
    work_ms: float
    base_ms: float
    draw_ms: float
    ground: str = ""
    """Names everything that is not in `changed`: over another ground a patch is wrong."""
    changed: Region | None = None
    """Where people's changes lie; None where there are none."""
    is_patch: bool = False


def spread(cut: Cut, boxes: Iterable[Box]) -> Region | None:
    """Return the part of the photo that boxes of a cut's picture cover together."""
    found = [box for box in boxes if not box.empty]
    if not found:
        return None
    x, y, w, h = cut.region
    across, down = w / cut.size[0], h / cut.size[1]
    left, top = min(box.left for box in found), min(box.top for box in found)
    right, bottom = max(box.right for box in found), max(box.bottom for box in found)
    return x + left * across, y + top * down, (right - left) * across, (bottom - top) * down


def joined(one: Region | None, other: Region | None) -> Region | None:
    """Return the smallest region with both."""
    if one is None or other is None:
        return other if one is None else one
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right = max(one[0] + one[2], other[0] + other[2])
    bottom = max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def patch(drawing: Drawing, ground: str, cover: Region | None) -> Drawing:
    """Return the part of a drawing that shows `cover` and what is changed, or all of it.

    It is all when the ground is another one, or when a patch would be hardly smaller.
    """
    if drawing.ground != ground:
        return drawing
    height, width = drawing.screen.shape[:2]
    x, y, w, h = drawing.region
    seen = joined(cover, drawing.changed) or (x, y, 0.0, 0.0)
    across, down = width / w, height / h
    low = np.floor([(seen[0] - x) * across - 1, (seen[1] - y) * down - 1]).astype(int)
    high = np.ceil([(seen[0] + seen[2] - x) * across, (seen[1] + seen[3] - y) * down]).astype(int)
    left, top = (np.clip(low, 0, [width - 1, height - 1]) // BLOCK * BLOCK).tolist()
    right, bottom = (np.maximum(high + 1, [left + 1, top + 1]) + BLOCK - 1).tolist()
    box = Box(left, top, right // BLOCK * BLOCK, bottom // BLOCK * BLOCK).clip(width, height)
    if box.empty or box.width * box.height > MOST * width * height:
        return drawing
    region = (x + box.left / across, y + box.top / down, box.width / across, box.height / down)
    return replace(drawing, screen=drawing.screen[box.slices], region=region, is_patch=True)

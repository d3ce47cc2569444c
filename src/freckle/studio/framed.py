"""Views of the finished picture: what they need of the photo, and how they show it."""

import numpy as np

from freckle.framing import Framing
from freckle.geometry import Affine, Box
from freckle.photo import Pixels
from freckle.render.frame import framed, needed, reduced, turned
from freckle.render.pyramid import Cut, View
from freckle.studio.drawing import Region


def on_photo(framing: Framing, view: View) -> View:
    """Return the view of the photo that a view of the finished picture needs."""
    left, top, right, bottom = _shown(framing, view)
    scale = min(view.width / view.w, 1.0)
    box = needed(framing, (left, top, right - left, bottom - top))
    if not framing.plain:
        box = box.grow(int(np.ceil(2 / scale))).clip(*framing.source)
    size = max(1, round(box.width * scale)), max(1, round(box.height * scale))
    return View(box.left, box.top, box.width, box.height, *size)


def in_frame(pixels: Pixels, framing: Framing, view: View, cut: Cut) -> tuple[Pixels, Region]:
    """Return the pixels of a cut as the finished picture shows them, and which part that is."""
    if framing.keeps_all:
        return pixels, cut.region
    if framing.plain:
        return turned(pixels, framing), framing.placed(cut.region)
    left, top, right, bottom = _shown(framing, view)
    region = left, top, right - left, bottom - top
    x, y, w, h = cut.region
    scale = cut.size[0] / w, cut.size[1] / h
    if scale == (1.0, 1.0):
        part = Box(int(left), int(top), int(right), int(bottom))
        return framed(pixels, framing, cut.box, part), region
    from_source = Affine(np.array([[scale[0], 0, -x * scale[0]], [0, scale[1], -y * scale[1]]]))
    size = max(1, round(region[2] * scale[0])), max(1, round(region[3] * scale[1]))
    return reduced(pixels, from_source, framing, (region, size)), region


def _shown(framing: Framing, view: View) -> Region:
    """Return left, top, right and bottom of what a view shows, in whole pixels."""
    width, height = framing.size
    left, top = (float(np.floor(max(at, 0.0))) for at in (view.x, view.y))
    left, top = min(left, width - 1.0), min(top, height - 1.0)
    right = min(max(float(np.ceil(view.x + view.w)), left + 1), float(width))
    bottom = min(max(float(np.ceil(view.y + view.h)), top + 1), float(height))
    return left, top, right, bottom

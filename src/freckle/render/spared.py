"""Eyes and teeth keep their color where a picture is toned.

They are gray, as shadows and walls are, and tools for the whole picture know no face: teal shadows
make teal irises. So the renderer brings the color back that they have without those tools.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from freckle.analysis.portrait import Person
from freckle.analysis.regions import Region
from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.photo import Pixels
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers
from freckle.render.carry import Change, lay
from freckle.render.grade import Bath, Graded, reach_of
from freckle.render.picture import Picture

PARTS: Final = (Region.EYES, Region.MOUTH)
SMALLEST: Final = 16.0
"""Width of a face in a picture's pixels below which nobody sees its eyes."""
SOFT: Final = 0.004
"""How soft the border is, in face widths."""


def sparing(grades: Sequence[Graded]) -> float:
    """Return how much of their color eyes and teeth are to keep, 0..1."""
    return max((g.opacity * g.op.spares(g.step.edit) for g in grades), default=0.0)


def drawn(sheet: Picture, people: Iterable[Person]) -> list[Box]:
    """Draw the people's eyes and mouths on a black picture; return the boxes that were drawn."""
    boxes = []
    for person in people:
        if person.face.scale * sheet.from_photo.scale < SMALLEST:
            continue
        regions = person.regions
        for part in PARTS:
            box = regions.bounds(part)
            if not box.empty:
                mask = gaussian(regions[part][box.slices], SOFT * regions.frame.unit)
                values = np.repeat(mask[..., None], 3, axis=2)
                boxes.append(lay(sheet, Change(regions.frame, box, values)))
    return [box for box in boxes if not box.empty]


def keep(
    picture: Picture, before: Pixels, grades: Sequence[Graded], sheet: Pixels, boxes: Sequence[Box]
) -> None:
    """Bring color back in place where a sheet is white; `before` is the picture before grading."""
    plain = [each for each in grades if each.op.spares(each.step.edit) == 0]
    share, reach = sparing(grades), reach_of(plain, picture.place)
    for box in boxes:
        around = box.grow(reach).clip(*picture.size)
        place = picture.place.part(around.left, around.top, around.right, around.bottom)
        pixels = as_pixels(np.ascontiguousarray(before[around.slices]))
        kept = Bath.of(picture.photo, plain, place).develop(pixels)
        top, left = box.top - around.top, box.left - around.left
        kept = kept[top : top + box.height, left : left + box.width]
        mask: Floats = sheet[box.slices][..., 0].astype(np.float32) * np.float32(
            share / picture.photo.peak
        )
        now = picture.pixels[box.slices].astype(np.float32)
        mixed = np.rint(now + layers(mask) * (kept.astype(np.float32) - now))
        picture.pixels[box.slices] = mixed.astype(picture.pixels.dtype)
        sheet[box.slices] = 0  # where boxes meet, once

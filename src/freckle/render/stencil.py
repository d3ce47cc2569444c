"""Where a step works on a face: its own regions, and what was painted in or out by hand."""

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from freckle.analysis.frame import Frame
from freckle.analysis.regions import Region, Regions
from freckle.analysis.scene import Painted, Scene
from freckle.geometry import Affine, Box
from freckle.pixels.color import Floats
from freckle.recipe.strokes import Mask
from freckle.render.strokes import Drawn, Sheet, around, bounds, drawn

SKINS: Final = frozenset(
    {
        Region.SKIN,
        Region.TONE,
        Region.FLESH,
        Region.LIT,
        Region.SHEEN,
        Region.NECK,
        Region.BODY,
    }
)
ALSO_SKIN: Final = frozenset({Region.SKIN, Region.TONE, Region.SURE, Region.SOLID, Region.SHEEN})
"""What an op for skin takes for skin where somebody painted it in."""


@dataclass(frozen=True, slots=True, eq=False)
class Stencil:
    """One step's mask on one grid of a face, 0 outside `box`."""

    regions: tuple[Region, ...]
    box: Box
    based: bool
    """Whether the regions themselves are its base."""
    hand: Drawn | None

    def values(self, region: list[Floats], box: Box) -> Floats:
        """Return the mask in a box, from the regions' masks there."""
        base = _largest(region) if region else None
        if self.hand is None:
            return np.zeros((box.height, box.width), np.float32) if base is None else base
        return self.hand.over(base if self.based else None, box)

    def seen(self, scene: Scene) -> Scene:
        """Return the scene as the op may see it: what was painted in counts as its region."""
        if self.hand is None:
            return scene
        more = ALSO_SKIN if SKINS & set(self.regions) else frozenset()
        return replace(scene, painted=Painted(more.union(self.regions), self.hand.add))


class Stencils:
    """The masks of one face's frame, at its own resolution and on its coarse grid."""

    def __init__(self, frame: Frame, regions: Regions) -> None:
        """Prepare for a frame; nothing is drawn yet."""
        self.frame = frame
        self._regions = regions
        self._full = _sheet(frame, frame.size, 1)
        self._small = _sheet(frame, regions.size, regions.factor)

    def small(self, mask: Mask | None, regions: list[Region]) -> Stencil:
        """Return where a step works on the coarse grid."""
        boxes = [self._regions.small_bounds(region) for region in regions]
        return _stencil(mask, regions, boxes, self._small)

    def full(self, mask: Mask | None, regions: list[Region]) -> Stencil:
        """Return where a step works at the frame's resolution."""
        boxes = [self._regions.bounds(region) for region in regions]
        return _stencil(mask, regions, boxes, self._full)


def _stencil(mask: Mask | None, regions: list[Region], boxes: list[Box], sheet: Sheet) -> Stencil:
    if mask is None:
        return Stencil(tuple(regions), around(boxes), based=True, hand=None)
    based = mask.base == "auto"
    box = around([*(boxes if based else []), bounds(mask, sheet)])
    return Stencil(tuple(regions), box, based=based, hand=drawn(mask, sheet))


def _sheet(frame: Frame, size: tuple[int, int], factor: int) -> Sheet:
    """Return a face's frame as a grid to draw on, reduced by a factor."""

    def picture(box: Box, wanted: tuple[int, int]) -> Floats:
        large = Box(box.left * factor, box.top * factor, box.right * factor, box.bottom * factor)
        part = np.ascontiguousarray(frame.lab[large.slices])
        if (part.shape[1], part.shape[0]) == wanted:
            return part
        return np.asarray(cv2.resize(part, wanted, interpolation=cv2.INTER_AREA), np.float32)

    to_photo = frame.to_photo.matrix
    linear = to_photo[:, :2] * factor
    from_photo = Affine(np.column_stack([linear, to_photo[:, 2]])).inverse()
    from_face = from_photo.after(frame.to_units.inverse())
    return Sheet(size, from_photo, frame.photo_size, (from_face,), picture)


def _largest(masks: list[Floats]) -> Floats:
    return masks[0] if len(masks) == 1 else np.asarray(np.max(masks, axis=0), np.float32)

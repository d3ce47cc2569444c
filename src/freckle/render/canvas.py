"""The picture between two paints: the frame, and what was added to it so far."""

from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.ops.op import Area, Paint
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, shrink
from freckle.recipe.recipe import Step

AREAS: Final[dict[Area, Region]] = {
    "face": Region.SKIN,
    "neck": Region.NECK,
    "body": Region.BODY,
}


SKINS: Final = frozenset({Region.SKIN, Region.TONE})


class Canvas:
    """Accumulates changes of CIELAB: broad ones on the coarse grid, fine ones at full size."""

    def __init__(self, scene: Scene) -> None:
        """Start from a face's frame."""
        self.scene = scene
        self._small = shrink(scene.frame.lab, scene.regions.factor)
        self._broad = np.zeros_like(self._small)
        self._fine: Floats | None = None
        self._drift: dict[Region, Floats] = {}

    def apply(self, op: Paint[Any], step: Step, opacity: float, *, hold: bool) -> None:
        """Add one op's change × mask × opacity; with `hold`, note how far it moved the mean."""
        area = AREAS[step.area] if step.area in op.areas else Region.SKIN
        regions = working(op, step)
        scene = replace(self.scene, area=area)
        if op.broad is not None:
            change = self._apply_broad(op, step, scene, regions, opacity)
            if hold and change is not None:
                self._note(area, change)
        if op.fine is not None:
            self._apply_fine(op, step, scene, regions, opacity)

    def _apply_broad(
        self, op: Paint[Any], step: Step, scene: Scene, regions: list[Region], opacity: float
    ) -> Floats | None:
        height, width = self._small.shape[:2]
        tight = _union([scene.regions.small_bounds(r) for r in regions])
        if op.broad is None or tight.empty:
            return None
        box = tight.grow(round(op.reach * scene.small_unit)).clip(width, height)
        scene = replace(scene, small_box=box)
        before = self._coarse(box)
        change = op.broad(before, step.edit, scene) - before
        change *= layers(np.float32(opacity) * _largest([scene.small(r) for r in regions]))
        self._broad[box.slices] += change
        return change

    def _apply_fine(
        self, op: Paint[Any], step: Step, scene: Scene, regions: list[Region], opacity: float
    ) -> None:
        box = _union([scene.regions.bounds(r) for r in regions])
        if op.fine is None or box.empty:
            return
        before = self._full(box)
        new = op.fine(before, step.edit, replace(scene, box=box))
        if new is before:
            return
        mask = _largest([scene.regions[r][box.slices] for r in regions])
        if self._fine is None:
            self._fine = np.zeros_like(scene.frame.lab)
        self._fine[box.slices] += layers(np.float32(opacity) * mask) * (new - before)

    def finish(self) -> Floats:
        """Give the held drift of each area back, and return the frame with all changes."""
        for area, moved in self._drift.items():
            self._broad -= self.scene.regions.small(area)[..., None] * moved
        height, width = self.scene.frame.size
        return self._full(Box(0, 0, width, height))

    def _coarse(self, box: Box) -> Floats:
        """Return the coarse picture with all changes so far, in a box."""
        now = self._small[box.slices] + self._broad[box.slices]
        if self._fine is not None:
            step = self.scene.regions.factor
            rows = slice(box.top * step, box.bottom * step)
            columns = slice(box.left * step, box.right * step)
            now += shrink(self._fine[rows, columns], step)
        return now

    def _full(self, box: Box) -> Floats:
        """Return the frame with all changes so far, in a box."""
        now = self.scene.frame.lab[box.slices] + self._enlarged(box)
        return now if self._fine is None else now + self._fine[box.slices]

    def _enlarged(self, box: Box) -> Floats:
        """Return the broad change in a box of the frame; only what lies under it is enlarged."""
        step = self.scene.regions.factor
        height, width = self._broad.shape[:2]
        around = Box(
            box.left // step - 1,
            box.top // step - 1,
            -(-box.right // step) + 1,
            -(-box.bottom // step) + 1,
        ).clip(width, height)
        part = self._broad[around.slices]
        size = (around.width * step, around.height * step)
        large = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.float32)
        top, left = box.top - around.top * step, box.left - around.left * step
        return large[top : top + box.height, left : left + box.width]

    def _note(self, area: Region, change: Floats) -> None:
        """Remember how far an op moved the mean color of an area."""
        total = max(float(self.scene.regions.small(area).sum()), 1e-6)
        moved = np.array(cv2.sumElems(change)[:3]) / total
        held = self._drift.get(area, np.zeros(3, np.float32))
        self._drift[area] = np.asarray(held + moved, np.float32)


def working(op: Paint[Any], step: Step) -> list[Region]:
    """Return the regions that a step works in: an op for skin works on its area's skin."""
    if step.area == "face" or step.area not in op.areas:
        return sorted(op.needs)
    return sorted({AREAS[step.area] if r in SKINS else r for r in op.needs})


def _largest(masks: list[Floats]) -> Floats:
    return masks[0] if len(masks) == 1 else np.asarray(np.max(masks, axis=0), np.float32)


def _union(boxes: list[Box]) -> Box:
    full = [b for b in boxes if not b.empty]
    if not full:
        return Box(0, 0, 0, 0)
    return Box(
        min(b.left for b in full),
        min(b.top for b in full),
        max(b.right for b in full),
        max(b.bottom for b in full),
    )

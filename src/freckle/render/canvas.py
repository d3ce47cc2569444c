"""The picture between two paints: the frame, and what was added to it so far."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Area, Paint
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, shrink
from freckle.recipe.recipe import Step

AREAS: Final[dict[Area, Region]] = {
    "face": Region.SKIN,
    "neck": Region.NECK,
    "body": Region.BODY,
}


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
        regions = sorted({area if r is Region.SKIN else r for r in op.needs})
        scene = replace(self.scene, area=area)
        if op.broad is not None:
            before = self._coarse()
            mask = np.max([scene.regions.small(r) for r in regions], axis=0)
            change = op.broad(before, step.edit, scene) - before
            change *= (np.float32(opacity) * mask)[..., None]
            self._broad += change
            if hold:
                self._note(area, change)
        if op.fine is not None:
            self._apply_fine(op, step, scene, regions, opacity)

    def _apply_fine(
        self, op: Paint[Any], step: Step, scene: Scene, regions: list[Region], opacity: float
    ) -> None:
        boxes = [b for b in (scene.regions.bounds(r) for r in regions) if not b.empty]
        if op.fine is None or not boxes:
            return
        for box in boxes:
            before = self._full()[box.slices]
            new = op.fine(before, step.edit, replace(scene, box=box.grow(0)))
            if new is before:
                continue
            mask = np.max([scene.regions[r][box.slices] for r in regions], axis=0)
            if self._fine is None:
                self._fine = np.zeros_like(scene.frame.lab)
            self._fine[box.slices] += (np.float32(opacity) * mask)[..., None] * (new - before)

    def finish(self) -> Floats:
        """Give the held drift of each area back, and return the frame with all changes."""
        for area, moved in self._drift.items():
            mask = self.scene.regions.small(area)
            share = float((mask * mask).sum()) / max(float(mask.sum()), 1e-6)
            self._broad -= mask[..., None] * (moved / np.float32(max(share, 1e-3)))
        return self._full()

    def _coarse(self) -> Floats:
        now = self._small + self._broad
        if self._fine is not None:
            now += shrink(self._fine, self.scene.regions.factor)
        return now

    def _full(self) -> Floats:
        now = self.scene.frame.lab + enlarge(self._broad, self.scene.frame.lab)
        return now if self._fine is None else now + self._fine

    def _note(self, area: Region, change: Floats) -> None:
        mask = self.scene.regions.small(area)
        total = max(float(mask.sum()), 1e-6)
        moved = np.einsum("ijk,ij->k", change, mask, dtype=np.float64) / total
        held = self._drift.get(area, np.zeros(3, np.float32))
        self._drift[area] = np.asarray(held + moved, np.float32)

"""The picture between two paints: the frame, and what was added to it so far."""

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.ops.op import Area, Paint
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, layers, masked_gaussian, shrink
from freckle.recipe.recipe import Step
from freckle.render.deeds import far
from freckle.render.stencil import Stencil, Stencils

AREAS: Final[dict[Area, Region]] = {
    "face": Region.SKIN,
    "neck": Region.NECK,
    "body": Region.BODY,
}


NEAR: Final = 0.016
"""How far around a mark the change is taken from that it gets itself, in face widths."""
SKINS: Final = frozenset({Region.SKIN, Region.TONE, Region.FLESH, Region.SHEEN})


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What a broad op added in a box of the coarse grid, and the mask it was weighted with."""

    box: Box
    mask: Floats
    values: Floats


class Canvas:
    """Accumulates changes of CIELAB: broad ones on the coarse grid, fine ones at full size."""

    def __init__(self, scene: Scene, stencils: Stencils | None = None) -> None:
        """Start from a face's frame; `stencils` are the masks drawn on it before, if any."""
        self.scene = scene
        self._stencils = stencils or Stencils(scene.frame, scene.regions)
        self._small = shrink(scene.frame.lab, scene.regions.factor)
        self._broad = np.zeros_like(self._small)
        self._fine: Floats | None = None
        self._small_fine: Floats | None = None  # `_fine` on the coarse grid, until it changes
        self._drift: dict[Region, Floats] = {}

    def apply(self, op: Paint[Any], step: Step, opacity: float, *, hold: bool) -> float:
        """Add one op's change × mask × opacity; with `hold`, note how far it moved the mean.

        Returns how far it changed the places it worked on: their mean ΔE.
        """
        reach = 0.0
        area = AREAS[step.area] if step.area in op.areas else Region.SKIN
        regions = working(op, step)
        scene = replace(self.scene, area=area)
        if op.broad is not None:
            stencil = self._stencils.small(step.mask, regions)
            change = self._apply_broad(op, step, stencil, scene, opacity)
            reach = 0.0 if change is None else far(change.values)
            if hold and change is not None:
                self._hold(area, stencil, change)
        if op.fine is not None:
            stencil = self._stencils.full(step.mask, regions)
            reach = max(reach, self._apply_fine(op, step, stencil, scene, opacity))
        return reach

    def _apply_broad(
        self, op: Paint[Any], step: Step, stencil: Stencil, scene: Scene, opacity: float
    ) -> Change | None:
        height, width = self._small.shape[:2]
        if op.broad is None or stencil.box.empty:
            return None
        box = stencil.box.grow(round(op.reach * scene.small_unit)).clip(width, height)
        before = self._coarse(box)
        seen = replace(stencil.seen(scene), small_box=box)
        values = op.broad(before, step.edit, seen) - before
        mask = stencil.values([scene.regions.small(r)[box.slices] for r in stencil.regions], box)
        if op.marks_ride:
            values = _over_marks(values, mask, seen.stays, NEAR * scene.small_unit)
        values *= layers(np.float32(opacity) * mask)
        self._broad[box.slices] += values
        return Change(box, mask, values)

    def _apply_fine(
        self, op: Paint[Any], step: Step, stencil: Stencil, scene: Scene, opacity: float
    ) -> float:
        box = stencil.box
        if op.fine is None or box.empty:
            return 0.0
        before = self._full(box)
        new = op.fine(before, step.edit, replace(stencil.seen(scene), box=box))
        if new is before:
            return 0.0
        mask = stencil.values([scene.regions[r][box.slices] for r in stencil.regions], box)
        if self._fine is None:
            self._fine = np.zeros_like(scene.frame.lab)
        change = layers(np.float32(opacity) * mask) * (new - before)
        self._fine[box.slices] += change
        self._small_fine = None
        return far(change)

    def finish(self) -> Floats:
        """Give the held drift of each area back, and return the frame with all changes."""
        for area, moved in self._drift.items():
            self._broad -= self.scene.regions.small(area)[..., None] * moved
        height, width = self.scene.frame.size
        return self._full(Box(0, 0, width, height))

    def _coarse(self, box: Box) -> Floats:
        """Return the coarse picture with all changes so far, in a box."""
        now = self._small[box.slices] + self._broad[box.slices]
        return now if self._fine is None else now + self._shrunk_fine(self._fine)[box.slices]

    def _shrunk_fine(self, fine: Floats) -> Floats:
        if self._small_fine is None:
            self._small_fine = shrink(fine, self.scene.regions.factor)
        return self._small_fine

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

    def _hold(self, area: Region, stencil: Stencil, change: Change) -> None:
        """Remember how far an op moved the mean color of an area, or give it back at once.

        Where somebody painted a mask out, nothing may change: there a step holds its own mean.
        """
        if stencil.hand is not None:
            if stencil.based:
                mask = self.scene.regions.small(area)[change.box.slices] * change.mask
                self._broad[change.box.slices] -= layers(mask) * _mean(change.values, mask)
            return
        moved = _mean(change.values, self.scene.regions.small(area))
        held = self._drift.get(area, np.zeros(3, np.float32))
        self._drift[area] = np.asarray(held + moved, np.float32)


def _over_marks(values: Floats, mask: Floats, marks: Floats, reach: float) -> Floats:
    """Carry a change over the marks that stay, as it is around them.

    A mark that moves with its surroundings keeps its contrast, whatever the tool does.
    """
    if not marks.any():
        return values
    free = mask * (1 - marks)
    around = masked_gaussian(shrink(values, 2), shrink(free, 2), reach / 2, floor=1e-5)
    return values + layers(marks) * (enlarge(around, values) - values)


def _mean(change: Floats, area: Floats) -> Floats:
    """Return how far a change moves the mean color of an area."""
    total = max(float(area.sum()), 1e-6)
    return np.asarray(np.array(cv2.sumElems(change)[:3]) / total, np.float32)


def working(op: Paint[Any], step: Step) -> list[Region]:
    """Return the regions that a step works in: an op for skin works on its area's skin."""
    if step.area == "face" or step.area not in op.areas:
        return sorted(op.needs)
    return sorted({AREAS[step.area] if r in SKINS else r for r in op.needs})

"""What each paint adds to a face's frame, and the picture of all of them together.

A layer holds what one paint added, so that it can be put on, taken off and exchanged: files put
each on once, the screen keeps them while sliders move.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, layers, masked_gaussian, shrink
from freckle.render.deeds import far
from freckle.render.stencil import Stencil, Stencils
from freckle.render.tasks import AREAS, Task, working

NEAR: Final = 0.016
"""How far around a mark the change is taken from that it gets itself, in face widths."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """CIELAB added inside a box of a grid; what lies outside is as it was."""

    box: Box
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What a task adds: on the coarse grid, on the frame itself, and to the held mean colors.

    `chain` names all that was there before, too; `reach` is how far it changed the places it
    worked on (mean ΔE).
    """

    task: Task
    chain: str
    broad: Part | None = None
    fine: Part | None = None
    drift: tuple[tuple[Region, Floats], ...] = ()
    reach: float = 0.0

    def box(self, scene: Scene) -> Box:
        """Return the part of the frame outside which it adds nothing."""
        found = Box(0, 0, 0, 0)
        if self.broad is not None:
            step, low = scene.regions.factor, self.broad.box.grow(2)  # enlarging reaches beyond
            found = Box(low.left * step, low.top * step, low.right * step, low.bottom * step)
        for area, _ in self.drift:
            found = found.union(scene.regions.bounds(area))
        found = found if self.fine is None else found.union(self.fine.box)
        return found.clip(*scene.frame.size[::-1])


class Layers:
    """A frame and the layers on it: broad ones on the coarse grid, fine ones at full size."""

    def __init__(self, scene: Scene, stencils: Stencils | None = None) -> None:
        """Start from a face's frame; `stencils` are the masks drawn on it before, if any."""
        self.scene = scene
        self._stencils = stencils or Stencils(scene.frame, scene.regions)
        self._small = shrink(scene.frame.lab, scene.regions.factor)
        self._broad = np.zeros_like(self._small)
        self._fine: Floats | None = None
        self._fine_box = Box(0, 0, 0, 0)  # outside of it `_fine` is 0
        self._small_fine: Part | None = None  # `_fine` on the coarse grid, until it changes
        self._drift: dict[Region, Floats] = {}

    def add(self, task: Task) -> Layer:
        """Run one paint and put on what it adds."""
        layer = self.work(task)
        self.put(layer)
        return layer

    def put(self, layer: Layer, sign: int = 1) -> None:
        """Put a layer on (or, with −1, take it off)."""
        change = np.add if sign > 0 else np.subtract
        if layer.broad is not None:
            part = self._broad[layer.broad.box.slices]
            change(part, layer.broad.values, out=part)
        if layer.fine is not None:
            self._small_fine = None
            if self._fine is None:
                self._fine = np.zeros_like(self.scene.frame.lab)
            self._fine_box = self._fine_box.union(layer.fine.box)
            part = self._fine[layer.fine.box.slices]
            change(part, layer.fine.values, out=part)
        for area, moved in layer.drift:
            held = self._drift.get(area, np.zeros(3, np.float32))
            self._drift[area] = held + np.float32(sign) * moved

    def exchange(self, old: Layer, new: Layer) -> None:
        """Take a layer off and put another on; fine work that both share stays where it is."""
        if new.fine is old.fine:
            old, new = replace(old, fine=None), replace(new, fine=None)
        self.put(old, -1)
        self.put(new)

    def work(self, task: Task, chain: str = "", *, old: Layer | None = None) -> Layer:
        """Return what a paint adds on top of what is there, without putting it on.

        With `old`, its broad half only: the fine one stays as it was in that layer.
        """
        step, op = task.step, task.op
        regions, scene = working(op, step), self._seen(task)
        reach, broad, fine = 0.0, None, None
        drift: tuple[tuple[Region, Floats], ...] = ()
        if op.broad is not None:
            stencil = self._stencils.small(step.mask, regions)
            found = self._worked_broad(task, stencil, scene)
            if found is not None:
                broad, drift = found
                reach = far(broad.values)
        if old is not None:
            return Layer(task, chain, broad, old.fine, drift, max(reach, old.reach))
        if op.fine is not None:
            stencil = self._stencils.full(step.mask, regions)
            fine = self._worked_fine(task, stencil, scene, broad)
            reach = reach if fine is None else max(reach, far(fine.values))
        return Layer(task, chain, broad, fine, drift, reach)

    def begin(self, task: Task) -> None:
        """Let a broad op work out what does not depend on the picture; it is kept in the scene."""
        if task.op.begin is None or task.step.mask is not None:
            return
        own = self._stencils.small(None, working(task.op, task.step)).box
        if not own.empty:
            task.op.begin(replace(self._seen(task), small_box=self._around(own, task)))

    def _seen(self, task: Task) -> Scene:
        """Return the scene with the area that a task is for."""
        own = task.step.area in task.op.areas
        return replace(self.scene, area=AREAS[task.step.area] if own else Region.SKIN)

    def _around(self, own: Box, task: Task) -> Box:
        """Return the part of the coarse grid that a broad op must see."""
        height, width = self._small.shape[:2]
        return own.grow(round(task.op.reach * self.scene.small_unit)).clip(width, height)

    def _worked_broad(
        self, task: Task, stencil: Stencil, scene: Scene
    ) -> tuple[Part, tuple[tuple[Region, Floats], ...]] | None:
        """Return what a paint adds on the coarse grid, and how far that moves a held mean."""
        op, own = task.op, stencil.box
        if op.broad is None or own.empty:
            return None
        box = self._around(own, task)
        before = self._coarse(box)
        seen = replace(stencil.seen(scene), small_box=box)
        values = op.broad(before, task.step.edit, seen) - before
        mask = stencil.values([scene.regions.small(r)[box.slices] for r in stencil.regions], box)
        if op.marks_ride:
            values = _over_marks(values, mask, seen.stays, NEAR * scene.small_unit)
        values *= layers(np.float32(task.opacity) * mask)
        drift: tuple[tuple[Region, Floats], ...] = ()
        if task.hold and stencil.hand is None:
            drift = ((scene.area, _mean(values, scene.regions.small(scene.area))),)
        elif task.hold and stencil.based:
            # where somebody painted a mask out nothing may change: it holds its own mean
            held = scene.regions.small(scene.area)[box.slices] * mask
            values -= layers(held) * _mean(values, held)
        top, left = own.top - box.top, own.left - box.left
        values = values[top : top + own.height, left : left + own.width]
        return Part(own, np.ascontiguousarray(values)), drift

    def _worked_fine(
        self, task: Task, stencil: Stencil, scene: Scene, broad: Part | None
    ) -> Part | None:
        """Return what a paint adds to the frame itself, after what its broad half does."""
        box = stencil.box
        if task.op.fine is None or box.empty:
            return None
        below = self._broad
        if broad is not None:
            below = below.copy()
            below[broad.box.slices] += broad.values
        before = self._full(box, below)
        new = task.op.fine(before, task.step.edit, replace(stencil.seen(scene), box=box))
        if new is before:
            return None
        mask = stencil.values([scene.regions[r][box.slices] for r in stencil.regions], box)
        change = layers(np.float32(task.opacity) * mask) * (new - before)
        return Part(box, np.asarray(change, np.float32))

    def result(self) -> Floats:
        """Return the frame with all layers on, the held drift of each area given back."""
        height, width = self.scene.frame.size
        return self.finished()(Box(0, 0, width, height))

    def finished(self) -> Callable[[Box], Floats]:
        """Return what gives a box of the `result`."""
        return partial(self._full, broad=self._given_back(self._broad.copy()))

    def small_result(self) -> tuple[Floats, Floats]:
        """Return the coarse picture before, and with all layers on."""
        after = self._given_back(self._small + self._broad)
        if self._fine is not None:
            part = self._shrunk_fine(self._fine)
            after[part.box.slices] += part.values
        return self._small, after

    def _given_back(self, values: Floats) -> Floats:
        for area, moved in self._drift.items():
            values -= layers(self.scene.regions.small(area)) * moved
        return values

    def _coarse(self, box: Box) -> Floats:
        """Return the coarse picture with all changes so far, in a box."""
        now = self._small[box.slices] + self._broad[box.slices]
        if self._fine is not None:
            part = self._shrunk_fine(self._fine)
            here = part.box.meet(box)
            fine = part.values[here.within(part.box).slices]
            now[here.within(box).slices] += fine
        return now

    def _shrunk_fine(self, fine: Floats) -> Part:
        """Return fine changes on the coarse grid, where there are any."""
        if self._small_fine is None:
            step, (height, width) = self.scene.regions.factor, fine.shape[:2]
            box = self._fine_box
            box = Box(
                box.left // step, box.top // step, -(-box.right // step), -(-box.bottom // step)
            )
            large = Box(box.left * step, box.top * step, box.right * step, box.bottom * step)
            self._small_fine = Part(box, shrink(fine[large.clip(width, height).slices], step))
        return self._small_fine

    def _full(self, box: Box, broad: Floats) -> Floats:
        """Return the frame with broad changes and the fine ones so far, in a box."""
        now = self.scene.frame.lab[box.slices] + self._enlarged(box, broad)
        if self._fine is not None:
            now += self._fine[box.slices]
        return now

    def _enlarged(self, box: Box, broad: Floats) -> Floats:
        """Return broad changes in a box of the frame; only what lies under it is enlarged."""
        step = self.scene.regions.factor
        height, width = broad.shape[:2]
        around = Box(
            box.left // step - 1,
            box.top // step - 1,
            -(-box.right // step) + 1,
            -(-box.bottom // step) + 1,
        ).clip(width, height)
        part = broad[around.slices]
        size = (around.width * step, around.height * step)
        large = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.float32)
        top, left = box.top - around.top * step, box.left - around.left * step
        return large[top : top + box.height, left : left + box.width]


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

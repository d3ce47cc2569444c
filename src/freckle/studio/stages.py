"""What each paint of a recipe added, and a canvas on which that is put and taken off again."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from freckle.analysis.regions import Region
from freckle.geometry import Box
from freckle.ops.op import Paint
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers
from freckle.recipe.recipe import Step
from freckle.render.canvas import Canvas

SKETCHED: Final = "sketched"
"""Stands for the chain of a stage whose fine work is not up to date: at rest it works again."""


@dataclass(frozen=True, slots=True)
class Task:
    """One paint of a recipe: `slot` says which tool it is, `key` everything it depends on."""

    step: Step
    op: Paint[Any]
    opacity: float
    hold: bool
    slot: str
    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What a task added to the canvas; `chain` names all that went before it, too.

    `broad` covers the coarse grid, `fine` the part of the frame inside `box`, to which everything
    that the task did is confined.
    """

    task: Task
    chain: str
    box: Box
    broad: Floats | None
    fine: Floats | None
    drift: dict[Region, Floats]


class Layers(Canvas):
    """A canvas whose additions can be put on and taken off again."""

    def exchange(self, old: Stage, new: Stage) -> None:
        """Take a stage away and add another; fine work that both share stays where it is."""
        if new.fine is old.fine:
            old, new = replace(old, fine=None), replace(new, fine=None)
        self.put(old, -1)
        self.put(new)

    def put(self, stage: Stage, sign: int = 1) -> None:
        """Add (or, with −1, take away) what a stage added."""
        change = np.add if sign > 0 else np.subtract
        if stage.broad is not None:
            change(self._broad, stage.broad, out=self._broad)
        if stage.fine is not None:
            self._small_fine = None
            if self._fine is None:
                self._fine = np.zeros_like(self.scene.frame.lab)
            part = self._fine[stage.box.slices]
            change(part, stage.fine, out=part)
        for area, moved in stage.drift.items():
            held = self._drift.get(area, np.zeros(3, np.float32))
            self._drift[area] = held + np.float32(sign) * moved

    def work(self, task: Task, chain: str, box: Box) -> Stage:
        """Run one paint on top of what is there, and return what it would add."""
        broad, fine, held, shrunk = self._broad, self._fine, self._drift, self._small_fine
        self._broad, self._drift = broad.copy(), dict(held)
        if task.op.fine is not None:
            self._fine = np.zeros_like(self.scene.frame.lab) if fine is None else fine.copy()
        try:
            self.apply(task.op, task.step, task.opacity, hold=task.hold)
            none = np.zeros(3, np.float32)
            return Stage(
                task,
                chain,
                box,
                self._broad - broad if task.op.broad is not None else None,
                _added(self._fine, fine, box) if task.op.fine is not None else None,
                {area: moved - held.get(area, none) for area, moved in self._drift.items()},
            )
        finally:
            self._broad, self._fine, self._drift = broad, fine, held
            self._small_fine = shrunk

    def rework(self, task: Task, old: Stage) -> Stage:
        """Run the broad half of a paint only; its fine work stays as it was."""
        op = replace(task.op, fine=None)
        new = self.work(replace(task, op=op), SKETCHED, old.box)
        return replace(new, task=task, fine=old.fine)

    def small_result(self) -> tuple[Floats, Floats]:
        """Return the coarse picture before, and with everything on; changes nothing."""
        after = self._small + self._broad
        for area, moved in self._drift.items():
            after -= layers(self.scene.regions.small(area)) * moved
        if self._fine is not None:
            after += self._shrunk_fine(self._fine)
        return self._small, after

    def result(self) -> Floats:
        """Return the frame with everything on, the held drift given back; changes nothing."""
        broad = self._broad.copy()
        try:
            return self.finish()
        finally:
            self._broad = broad


def _added(after: Floats | None, before: Floats | None, box: Box) -> Floats | None:
    if after is None:
        return None
    return after[box.slices].copy() if before is None else after[box.slices] - before[box.slices]

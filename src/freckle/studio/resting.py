"""People's paints on a part of the photo: all of them, or what moved since it was at rest.

At rest the picture is the file's own. A drag starts from it and lays on it only the difference
that the moved tools make, on the coarse grid: what other tools did to the finest detail stays.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.photo import Pixels
from freckle.render.carry import Change, lay
from freckle.render.healing import Healed
from freckle.render.painting import GivenUp, Rest
from freckle.render.picture import Picture
from freckle.render.pipeline import Pipeline, Plan, Worker
from freckle.render.pyramid import Cut
from freckle.render.tasks import tasks_of

COARSE_ENOUGH: Final = 4.0
"""Screen pixels for one of a frame's coarse grid up to which a drag draws on that grid alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """A picture with paints on it, and when the work and the base were ready."""

    picture: Picture
    boxes: tuple[Box, ...]
    """Where it can differ from the picture at rest, or from the base."""
    worked: float
    based: float
    rest: int = 0
    """Number of the picture at rest that it starts from, or 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """The last picture with all work done in full."""

    name: tuple[object, ...]
    """Tells which part of the photo, how large, over which ground."""
    number: int
    pixels: Pixels
    rests: Mapping[str, Rest]


class Paints:
    """Paints views of one photo, and keeps the last one at rest."""

    def __init__(self, pipeline: Pipeline) -> None:
        """Start with nothing painted."""
        self._pipeline = pipeline
        self._resting: Resting | None = None

    def paint(
        self,
        plan: Plan,
        cut: Cut,
        work: Sequence[tuple[Worker, Healed]],
        name: tuple[object, ...],
        given_up: GivenUp | None,
    ) -> Painted:
        """Return the picture of a cut with all paints on it, its pixels to be written on.

        `name` tells the pictures without paints apart. Without `given_up` a quick picture is
        enough. Raises `Stopped` when `given_up` says so.
        """
        name = (*name, *(worker[0].key for worker, _ in work))
        if given_up is None:
            return self._since_rest(plan, cut, work, name) or self._whole(plan, cut, work, None)
        painted = self._whole(plan, cut, work, given_up)
        number = self._resting.number + 1 if self._resting else 1
        rests = {
            worker[0].key: self._pipeline.painting(worker[0]).rest(done.scene)
            for worker, done in work
        }
        self._resting = Resting(name, number, painted.picture.pixels.copy(), rests)
        return replace(painted, boxes=(), rest=number)

    def _whole(
        self,
        plan: Plan,
        cut: Cut,
        work: Sequence[tuple[Worker, Healed]],
        given_up: GivenUp | None,
    ) -> Painted:
        changes = []
        for worker, done in work:
            if given_up is not None or not self._sketched(plan, worker, done):
                self._pipeline.paint(plan, worker, done, given_up or (lambda: False))
            changes.append(self._pipeline.painted(plan, worker, done)[1])
        worked = time.perf_counter()
        below = self._pipeline.base(self._pipeline.healing.pyramid, cut)
        return self._laid(below, cut, changes, (worked, time.perf_counter()))

    def _since_rest(
        self,
        plan: Plan,
        cut: Cut,
        work: Sequence[tuple[Worker, Healed]],
        name: tuple[object, ...],
    ) -> Painted | None:
        """Lay on the picture at rest what moved; None when that is no small matter."""
        resting = self._resting
        if resting is None or resting.name != name:
            return None
        changes = []
        for worker, done in work:
            if not _coarse_enough(cut, done.scene):
                return None
            if not self._sketched(plan, worker, done, small=True):
                return None
            person = worker[0]
            changes.append(
                self._pipeline.painting(person).small_change(
                    done.scene,
                    resting.rests[person.key],
                    self._pipeline.others(plan, person),
                    gray=self._pipeline.photo.source.gray,
                )
            )
        worked = time.perf_counter()
        painted = self._laid(resting.pixels, cut, changes, (worked, worked))
        return replace(painted, rest=resting.number)

    def _sketched(self, plan: Plan, worker: Worker, done: Healed, *, small: bool = False) -> bool:
        person, steps = worker
        tasks = tasks_of(plan.recipe, steps)
        return self._pipeline.painting(person).sketch(done.scene, done.name, tasks, small=small)

    def _laid(
        self, below: Pixels, cut: Cut, changes: Sequence[Change], times: tuple[float, float]
    ) -> Painted:
        picture = self._pipeline.picture(cut, below.copy())
        boxes = tuple(lay(picture, change) for change in changes if not change.box.empty)
        return Painted(picture, boxes, *times)


def _coarse_enough(cut: Cut, scene: Scene) -> bool:
    shown = cut.size[0] / cut.region[2] * scene.frame.to_photo.scale
    return shown * scene.regions.factor <= COARSE_ENOUGH

"""People's paints on a picture: all of them, or what moved since the picture was at rest.

At rest the picture is the renderer's own. A drag starts from it and lays on it only the difference
that the moved tools make, on the coarse grid: what other tools did to the finest detail stays.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from freckle.analysis.portrait import Person
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.studio.compose import lay
from freckle.studio.easel import Change, Easel, GivenUp, Rest
from freckle.studio.healing import Healed
from freckle.studio.pyramid import Cut
from freckle.studio.screen import Screen
from freckle.studio.stages import Task

COARSE_ENOUGH: Final = 4.0
"""Screen pixels for one of a frame's coarse grid up to which a drag draws on that grid alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What is to be done on one person, and where others stand in the way."""

    person: Person
    healed: Healed
    tasks: Sequence[Task]
    others: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """A picture with paints on it, and when the work and the base were ready."""

    picture: Screen
    boxes: tuple[Box, ...]
    """Where it can differ from the picture at rest, or from the base."""
    worked: float
    based: float
    rest: int
    """Number of the picture at rest that it starts from, or 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """The last picture with all work done in full."""

    name: tuple[object, ...]
    """Tells which part of the photo, how large, over which ground."""
    number: int
    picture: Screen
    easels: Mapping[str, Rest]


class Easels:
    """Everybody's easel, and the last picture at rest."""

    def __init__(self, *, gray: bool) -> None:
        """Start with nothing painted; with `gray`, paints change no color."""
        self._gray = gray
        self._easels: dict[str, Easel] = {}
        self._resting: Resting | None = None

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        at_rest = self._resting.picture.nbytes if self._resting else 0
        return at_rest + sum(easel.weight for easel in self._easels.values())

    def paint(
        self,
        work: Sequence[Work],
        cut: Cut,
        name: tuple[object, ...],
        base: Callable[[], Screen],
        given_up: GivenUp | None,
    ) -> Painted:
        """Return the picture of a cut with all paints on it; not to be written on.

        `name` tells the pictures without paints apart, `base` makes one. Without `given_up` a
        quick picture is enough. Raises `Stopped` when `given_up` says so.
        """
        name = (*name, *(each.person.key for each in work))
        if given_up is None:
            return self._since_rest(work, cut, name) or self._whole(work, cut, base, None)
        painted = self._whole(work, cut, base, given_up)
        number = self._resting.number + 1 if self._resting else 1
        rests = {each.person.key: self._easel(each).rest(each.healed.scene) for each in work}
        self._resting = Resting(name, number, painted.picture, rests)
        return replace(painted, boxes=(), rest=number)

    def _whole(
        self, work: Sequence[Work], cut: Cut, base: Callable[[], Screen], given_up: GivenUp | None
    ) -> Painted:
        changes = []
        for each in work:
            easel, scene, name = self._easel(each), each.healed.scene, each.healed.name
            if given_up or not easel.sketch(scene, name, each.tasks):
                easel.work(scene, name, each.tasks, given_up or (lambda: False))
            changes.append(easel.change(scene, each.others, gray=self._gray))
        worked = time.perf_counter()
        below = base()
        return _laid(below, cut, changes, (worked, time.perf_counter()), 0)

    def _since_rest(
        self, work: Sequence[Work], cut: Cut, name: tuple[object, ...]
    ) -> Painted | None:
        """Lay on the picture at rest what moved; None when that is no small matter."""
        resting = self._resting
        if resting is None or resting.name != name:
            return None
        changes = []
        for each in work:
            scene, easel = each.healed.scene, self._easel(each)
            if not _coarse_enough(cut, scene):
                return None
            if not easel.sketch(scene, each.healed.name, each.tasks, small=True):
                return None
            rest = resting.easels[each.person.key]
            changes.append(easel.small_change(scene, rest, each.others, gray=self._gray))
        worked = time.perf_counter()
        return _laid(resting.picture, cut, changes, (worked, worked), resting.number)

    def _easel(self, work: Work) -> Easel:
        return self._easels.setdefault(work.person.key, Easel())


def _laid(
    below: Screen, cut: Cut, changes: Sequence[Change], times: tuple[float, float], rest: int
) -> Painted:
    wanted = [change for change in changes if not change.box.empty]
    picture = below.copy() if wanted else below
    boxes = tuple(lay(picture, cut, change) for change in wanted)
    return Painted(picture, boxes, *times, rest)


def _coarse_enough(cut: Cut, scene: Scene) -> bool:
    shown = cut.size[0] / cut.region[2] * scene.frame.to_photo.scale
    return shown * scene.regions.factor <= COARSE_ENOUGH

"""One person's paints, layer by layer, so that moving one slider redoes only what it must.

A file's paints work once each. On the screen every layer is kept: while somebody drags, the
layers of the other tools stay as they are and only the moved one works again (the tools touch
different bands and places, so this is close); at rest, all tools after the moved one work again,
and the picture is the file's own, because it is the same work in the same order.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from freckle.analysis.frame import Frame
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, shrink
from freckle.pixels.threads import ahead
from freckle.render.carry import Change
from freckle.render.difference import colorless, difference, encoded, encoded_in
from freckle.render.layers import Layer, Layers
from freckle.render.neighbors import kept_off
from freckle.render.stencil import Stencils
from freckle.render.tasks import Task

GivenUp = Callable[[], bool]
MOST_QUICK: Final = 3
"""Tools that may work in one quick picture; a preset changes more and is done properly."""
SKETCHED: Final = "sketched"
"""Stands for the chain of a layer whose fine work is not up to date: at rest it works again."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody changed their mind
    """The work was given up because nobody wants its result any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What was painted when the picture was drawn in full."""

    done: tuple[Layer, ...]
    after: Floats
    """The coarse picture with everything on, CIELAB."""


class Painting:
    """The layers of one person's frame."""

    def __init__(self, *, once: bool = False) -> None:
        """Start with nothing painted; it is painted `once` for a file, which changes no more."""
        self._once = once
        self._done: tuple[Layer, ...] = ()
        self._whole: tuple[tuple[Layer, ...], Layers] | None = None
        self._exchanged = False
        self._below: tuple[tuple[Layer, ...], Layers] | None = None
        self._before: tuple[Frame, Box, Floats] | None = None
        self._after: tuple[tuple[object, ...], Floats, Change] | None = None
        self._drawn: Stencils | None = None
        self._begun: dict[str, Callable[[], object]] = {}

    @property
    def done(self) -> tuple[Layer, ...]:
        """What was painted, in order."""
        return self._done

    def work(self, scene: Scene, healed: str, tasks: Sequence[Task], given_up: GivenUp) -> None:
        """Do all tasks in order; `healed` names the marks replaced in the scene.

        Raises `Stopped` between two tools; what was done until then is kept.
        """
        self._begun = self._begin(scene, tasks)
        self._advance(scene, healed, tasks, given_up, quick=False)
        kept = self._whole[0] if self._whole else ()
        if self._exchanged or self._done[: len(kept)] != kept:
            # an exchange would sum in another order, which differs in the last bits
            self._whole, self._exchanged = None, False

    def sketch(
        self, scene: Scene, healed: str, tasks: Sequence[Task], *, small: bool = False
    ) -> bool:
        """Let only tools whose own sliders moved work again; False when those are too many.

        With `small`, for a picture that shows little finer, their broad work only.
        """
        known = {layer.task.key for layer in self._done}
        if sum(task.key not in known for task in tasks) > MOST_QUICK:
            return False
        self._advance(scene, healed, tasks, lambda: False, quick=True, small=small)
        return True

    def after(self, scene: Scene, others: Floats | None, *, gray: bool) -> tuple[Floats, Change]:
        """Return the frame with all layers on, and its change; 0 over the faces of others."""
        key = (scene.frame, self._done, gray, id(others))
        if self._after is None or self._after[0] != key:
            self._after = key, *self._finished(scene, others, gray=gray)
        return self._after[1], self._after[2]

    def rest(self, scene: Scene) -> Rest:
        """Return what is painted now, for `small_change` to start from."""
        return Rest(self._done, self._together(scene).small_result()[1])

    def small_change(
        self, scene: Scene, rest: Rest, others: Floats | None = None, *, gray: bool
    ) -> Change:
        """Return what changed since a rest, on the coarse grid, inside the tools that moved."""
        _, after = self._together(scene).small_result()
        before, step = rest.after, scene.regions.factor
        moved = [layer for layer in self._done if layer not in rest.done]
        moved += [layer for layer in rest.done if layer not in self._done]
        box = _on_grid(self._all(scene, moved), step)
        if box.empty:
            return Change.none(scene.frame)
        rows = slice(box.top // step, box.bottom // step)
        here = rows, slice(box.left // step, box.right // step)
        old, new = (encoded(lab[here], scene.frame) for lab in (before, after))
        values = new - old
        if others is not None:
            values *= layers(shrink(others, step)[here])
        return Change(scene.frame, box, colorless(values) if gray else values, step)

    def _advance(
        self,
        scene: Scene,
        healed: str,
        tasks: Sequence[Task],
        given_up: GivenUp,
        *,
        quick: bool,
        small: bool = False,
    ) -> None:
        old = {layer.task.slot: layer for layer in self._done}
        chain, done, exact = healed, list[Layer](), True
        for number, task in enumerate(tasks):
            chain = hashlib.sha256(f"{chain} {task.key}".encode()).hexdigest()
            known = old.get(task.slot)
            if known is None or not _fits(known, task, chain, quick=quick):
                if given_up():
                    rest = (old[t.slot] for t in tasks[number:] if t.slot in old)
                    self._done = (*done, *rest)
                    raise Stopped
                name = chain if exact else SKETCHED
                known = self._layer(scene, task, name, tuple(done), known if small else None)
            exact = exact and known.chain == chain
            done.append(known)
        self._done = tuple(done)

    def _begin(self, scene: Scene, tasks: Sequence[Task]) -> dict[str, Callable[[], object]]:
        """Let tools that will work begin with what does not depend on those before them."""
        known = {layer.task.key for layer in self._done}
        later = [task for task in tasks if task.op.begin is not None and task.key not in known]
        if later and (self._below is None or self._below[1].scene is not scene):
            self._below = (), self._layers(scene)
        begin = self._below[1].begin if self._below else _nothing
        return {task.slot: ahead(partial(begin, task)) for task in later}

    def _layer(
        self,
        scene: Scene,
        task: Task,
        chain: str,
        before: tuple[Layer, ...],
        old: Layer | None,
    ) -> Layer:
        """Run a paint on the layers before it, which are kept: drags ask again."""
        kept, below = self._below or ((), self._layers(scene))
        if below.scene is not scene or before[: len(kept)] != kept:
            kept, below = (), self._layers(scene)
        for layer in before[len(kept) :]:
            below.put(layer)
        self._below = before, below
        self._begun.pop(task.slot, _nothing)()
        if old is not None and task.op.broad is not None:
            return below.work(task, SKETCHED, old=old)
        return below.work(task, chain)

    def _together(self, scene: Scene) -> Layers:
        """Return all layers on the frame; only what is new is exchanged."""
        handed = None
        if self._once:  # all layers but the last are on there
            handed, self._below = self._below, None
        kept, whole = self._whole or handed or ((), self._layers(scene))
        if whole.scene is not scene:
            kept, whole = (), self._layers(scene)
        self._exchanged |= self._done[: len(kept)] != kept
        gone = {layer.task.slot: layer for layer in kept if layer not in self._done}
        for layer in self._done:
            if layer in kept:
                continue
            old = gone.pop(layer.task.slot, None)
            if old is None:
                whole.put(layer)
            else:
                whole.exchange(old, layer)
        for layer in gone.values():
            whole.put(layer, -1)
        self._whole = self._done, whole
        return whole

    def _layers(self, scene: Scene) -> Layers:
        if self._drawn is None or self._drawn.frame is not scene.frame:
            self._drawn = Stencils(scene.frame, scene.regions)
        return Layers(scene, self._drawn)

    def _finished(
        self, scene: Scene, others: Floats | None, *, gray: bool
    ) -> tuple[Floats, Change]:
        """Return the frame with all layers on, and after − before in the file's own encoding."""
        frame, finished = scene.frame, self._together(scene).finished()

        def painted(box: Box) -> Floats:
            return kept_off(frame, finished(box), others, box)

        within = self._all(scene, self._done)
        kept = self._before
        if not self._once and (kept is None or kept[0] is not frame or kept[1] != within):
            kept = self._before = frame, within, encoded_in(frame, within)
        before = None if kept is None else kept[2]
        return difference(frame, painted, within, before, gray=gray)

    @staticmethod
    def _all(scene: Scene, done: Sequence[Layer]) -> Box:
        """Return the part of the frame that layers together touch."""
        box = Box(0, 0, 0, 0)
        for layer in done:
            box = box.union(layer.box(scene))
        return box


def _on_grid(box: Box, step: int) -> Box:
    """Return the smallest box on a grid of `step` pixels around another."""
    left, top = box.left // step * step, box.top // step * step
    return Box(left, top, -(-box.right // step) * step, -(-box.bottom // step) * step)


def _nothing(*_: object) -> None:
    """Do nothing, and wait for nothing."""


def _fits(known: Layer, task: Task, chain: str, *, quick: bool) -> bool:
    return known.chain == chain or (quick and known.task.key == task.key)

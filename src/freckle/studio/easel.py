"""One person's work, stage by stage, so that moving one slider redoes only what it must.

Every paint is kept as the difference it made. While somebody drags, the differences of the other
tools are kept as they are and only the moved one works again (the tools touch different bands and
places, so this is close); at rest, all tools after the moved one work again, and the picture is
the renderer's own.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.analysis.frame import Frame
from freckle.analysis.regions import Region, Regions
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import painting
from freckle.pixels.color import Floats, unlab
from freckle.pixels.filters import layers, shrink
from freckle.recipe.recipe import Recipe, Step
from freckle.render.canvas import working
from freckle.render.neighbors import kept_off
from freckle.render.render import allowed
from freckle.render.stencil import Stencils
from freckle.studio.stages import SKETCHED, Layers, Stage, Task

GivenUp = Callable[[], bool]
MOST_QUICK: Final = 3
"""Tools that may work in one quick frame; a preset changes more and is done properly."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody changed their mind
    """The work was given up because nobody wants its result any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A frame's change in sRGB (0..1, height × width × 3), inside `box` (frame pixels).

    Each value covers `step` × `step` pixels of the frame.

    The renderer carries the change in the file's own encoding; for a screen, sRGB says the same
    but for the curvature of one encoding over the other within the grain, far below one step.
    """

    frame: Frame
    box: Box
    values: Floats
    step: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What stood on an easel when the picture was drawn in full."""

    stages: tuple[Stage, ...]
    after: Floats
    """The coarse picture with everything on, CIELAB."""


class Easel:
    """The stages of one person's frame."""

    def __init__(self) -> None:
        """Start with nothing painted."""
        self._stages: tuple[Stage, ...] = ()
        self._whole: tuple[tuple[Stage, ...], Layers] | None = None
        self._exchanged = False
        self._below: tuple[tuple[Stage, ...], Layers] | None = None
        self._before: tuple[Frame, Floats] | None = None
        self._bounds: dict[tuple[Regions, Region], Box] = {}
        self._change: tuple[tuple[object, ...], Change] | None = None
        self._others: Floats | None = None
        self._small = False
        self._drawn: Stencils | None = None

    @property
    def weight(self) -> int:
        """Bytes of the stages in memory."""
        arrays = (array for stage in self._stages for array in (stage.broad, stage.fine))
        return sum(array.nbytes for array in arrays if array is not None)

    def work(self, scene: Scene, healed: str, tasks: Sequence[Task], given_up: GivenUp) -> None:
        """Bring all stages to exactly what the renderer does; `healed` names the marks replaced.

        Raises `Stopped` between two tools; what was done until then is kept.
        """
        self._advance(scene, healed, tasks, given_up, quick=False)
        kept = self._whole[0] if self._whole else ()
        if self._exchanged or self._stages[: len(kept)] != kept:
            # an exchange would sum in another order, which differs in the last bits
            self._whole, self._exchanged = None, False

    def sketch(
        self, scene: Scene, healed: str, tasks: Sequence[Task], *, small: bool = False
    ) -> bool:
        """Let only tools whose own sliders moved work again; False when those are too many.

        With `small`, for a picture that shows little finer, their broad work only.
        """
        known = {stage.task.key for stage in self._stages}
        if sum(task.key not in known for task in tasks) > MOST_QUICK:
            return False
        self._small = small
        self._advance(scene, healed, tasks, lambda: False, quick=True)
        return True

    def rest(self, scene: Scene) -> Rest:
        """Return what stands on the easel, for `small_change` to start from."""
        return Rest(self._stages, self._together(scene).small_result()[1])

    def small_change(
        self, scene: Scene, rest: Rest, others: Floats | None = None, *, gray: bool
    ) -> Change:
        """Return what changed since a rest, on the coarse grid, inside the tools that moved."""
        _, after = self._together(scene).small_result()
        before, step = rest.after, scene.regions.factor
        box = self._all(step, [stage for stage in self._stages if stage not in rest.stages])
        gone = self._all(step, [stage for stage in rest.stages if stage not in self._stages])
        box = _union(box, gone)
        if box.empty:
            return Change(scene.frame, box, np.zeros((0, 0, 3), np.float32), step)
        rows = slice(box.top // step, box.bottom // step)
        here = rows, slice(box.left // step, box.right // step)
        pair = (unlab(np.ascontiguousarray(lab[here])) for lab in (after, before))
        values = next(pair) - next(pair)
        if others is not None:
            values *= layers(shrink(others, step)[here])
        return Change(scene.frame, box, _colorless(values) if gray else values, step)

    def change(self, scene: Scene, others: Floats | None = None, *, gray: bool) -> Change:
        """Return what all stages together change, in sRGB; 0 over the faces of others."""
        key = (scene.frame, self._stages, gray)
        if self._change is None or self._change[0] != key or self._others is not others:
            after = kept_off(scene.frame, self._together(scene).result(), others)
            self._change = key, self._in_srgb(scene.frame, after, gray=gray)
            self._others = others
        return self._change[1]

    def _advance(
        self,
        scene: Scene,
        healed: str,
        tasks: Sequence[Task],
        given_up: GivenUp,
        *,
        quick: bool,
    ) -> None:
        old = {stage.task.slot: stage for stage in self._stages}
        chain, done, exact = healed, list[Stage](), True
        for number, task in enumerate(tasks):
            chain = hashlib.sha256(f"{chain} {task.key}".encode()).hexdigest()
            known = old.get(task.slot)
            if known is None or not _fits(known, task, chain, quick=quick):
                if given_up():
                    rest = (old[t.slot] for t in tasks[number:] if t.slot in old)
                    self._stages = (*done, *rest)
                    raise Stopped
                sketched = known if quick and self._small else None
                name = chain if exact else SKETCHED
                known = self._stage(scene, task, name, tuple(done), sketched)
            exact = exact and known.chain == chain
            done.append(known)
        self._stages = tuple(done)

    def _stage(
        self,
        scene: Scene,
        task: Task,
        chain: str,
        before: tuple[Stage, ...],
        old: Stage | None = None,
    ) -> Stage:
        """Run a paint on the canvas of the stages before it, which is kept: drags ask again."""
        kept, canvas = self._below or ((), self._layers(scene))
        if canvas.scene is not scene or before[: len(kept)] != kept:
            kept, canvas = (), self._layers(scene)
        for stage in before[len(kept) :]:
            canvas.put(stage)
        self._below = before, canvas
        if old is not None and task.op.broad is not None:
            return canvas.rework(task, old)
        return canvas.work(task, chain, self._box(scene, task))

    def _together(self, scene: Scene) -> Layers:
        """Return the canvas of all stages; only what is new is exchanged."""
        kept, canvas = self._whole or ((), self._layers(scene))
        if canvas.scene is not scene:
            kept, canvas = (), self._layers(scene)
        self._exchanged |= self._stages[: len(kept)] != kept
        gone = {stage.task.slot: stage for stage in kept if stage not in self._stages}
        for stage in self._stages:
            if stage in kept:
                continue
            old = gone.pop(stage.task.slot, None)
            if old is None:
                canvas.put(stage)
            else:
                canvas.exchange(old, stage)
        for stage in gone.values():
            canvas.put(stage, -1)
        self._whole = self._stages, canvas
        return canvas

    def _box(self, scene: Scene, task: Task) -> Box:
        """Return the part of the frame outside which a task cannot change anything."""
        if task.step.mask is not None:
            regions = working(task.op, task.step)
            box = self._stencils(scene).full(task.step.mask, regions).box
            return self._grown(box, scene)
        box = Box(0, 0, 0, 0)
        for region in working(task.op, task.step):
            key = scene.regions, region
            if key not in self._bounds:
                self._bounds[key] = scene.regions.bounds(region)
            box = _union(box, self._bounds[key])
        return self._grown(box, scene)

    @staticmethod
    def _grown(box: Box, scene: Scene) -> Box:
        height, width = scene.frame.size
        return box.grow(2 * scene.regions.factor).clip(width, height)

    def _layers(self, scene: Scene) -> Layers:
        return Layers(scene, self._stencils(scene))

    def _stencils(self, scene: Scene) -> Stencils:
        """Return the masks drawn on a frame, kept as long as the frame is the same."""
        if self._drawn is None or self._drawn.frame is not scene.frame:
            self._drawn = Stencils(scene.frame, scene.regions)
        return self._drawn

    def _in_srgb(self, frame: Frame, after: Floats, *, gray: bool) -> Change:
        box = self._all()
        if box.empty:
            return Change(frame, box, np.zeros((0, 0, 3), np.float32))
        if self._before is None or self._before[0] is not frame:
            self._before = frame, unlab(frame.lab)
        part = np.ascontiguousarray(after[box.slices])
        values = unlab(part) - self._before[1][box.slices]
        return Change(frame, box, _colorless(values) if gray else values)

    def _all(self, step: int = 1, stages: Sequence[Stage] | None = None) -> Box:
        """Return the part of the frame that stages (all) together touch, on a grid of `step`."""
        box = Box(0, 0, 0, 0)
        for stage in self._stages if stages is None else stages:
            box = _union(box, stage.box)
        left, top = box.left // step * step, box.top // step * step
        return Box(left, top, -(-box.right // step) * step, -(-box.bottom // step) * step)


def plan(recipe: Recipe, steps: Sequence[Step]) -> list[Task]:
    """List the paints that a recipe asks of one person, in order."""
    tasks: list[Task] = []
    seen: dict[str, int] = {}
    for step in steps:
        op = painting(BY_NAME[step.edit.op])
        if op is None or step.edit.neutral or not allowed(step, recipe):
            continue
        opacity = step.opacity * recipe.amounts.get(op.panel, 100.0) / 100
        hold = recipe.locks.skin_tone and not op.deliberate
        name = f"{op.name} {step.area}"
        seen[name] = seen.get(name, 0) + 1
        slot = f"{name} {seen[name]}"
        mask = "" if step.mask is None else step.mask.model_dump_json()
        key = f"{slot} {opacity!r} {hold} {step.edit.model_dump_json()} {mask}"
        tasks.append(Task(step, op, opacity, hold, slot, key))
    return tasks


def _colorless(values: Floats) -> Floats:
    return np.repeat(values.mean(axis=2, keepdims=True), 3, axis=2)


def _fits(known: Stage, task: Task, chain: str, *, quick: bool) -> bool:
    return known.chain == chain or (quick and known.task.key == task.key)


def _union(one: Box, other: Box) -> Box:
    if one.empty or other.empty:
        return other if one.empty else one
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )

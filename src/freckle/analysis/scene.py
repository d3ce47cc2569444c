"""Everything an op may know about one face."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self, TypeVar

import numpy as np

from freckle.analysis.frame import Frame
from freckle.analysis.freckles import faint_freckles
from freckle.analysis.regions import Region, Regions
from freckle.analysis.scars import Scars
from freckle.analysis.spot import Spot
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, smoothstep

T = TypeVar("T")
WORN: Final = frozenset({"paint", "glasses", "thing", "hair"})
"""Doubts about a red mark that make it something worn, or lying there: it stays."""


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """What was painted in by hand and counts as some regions: 0..1, of the op's own grid."""

    regions: frozenset[Region]
    values: Floats

    def over(self, mask: Floats, region: Region) -> Floats:
        """Return a whole mask of a region with what was painted."""
        own = region in self.regions and mask.shape == self.values.shape
        return np.maximum(mask, self.values) if own else mask


@dataclass(frozen=True, eq=False)
class Scene:
    """One face's frame, regions and marks; `healed` are the marks replaced so far.

    `area` is the skin that an op for skin works on: the face's or the neck's.
    """

    frame: Frame
    regions: Regions
    marks: tuple[Spot, ...]
    """All but scars."""
    scars: Scars | None = None
    added: tuple[Spot, ...] = ()
    """Spots that somebody pointed at and nothing here lists."""
    healed: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    """Marks that somebody keeps by hand."""
    area: Region = Region.SKIN
    box: Box | None = None
    """The part of the frame that a fine op is given; None is the whole frame."""
    small_box: Box | None = None
    """The part of the coarse grid that a broad op is given; None is the whole grid."""
    painted: Painted | None = None
    """What the op's step adds to its regions by hand."""
    memo: dict[str, Floats] = field(default_factory=dict)
    """What is computed once for all views of this scene."""
    seen: dict[str, tuple[Floats, Any]] = field(default_factory=dict)
    """What `once` keeps."""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All marks, then scars, which few questions need: looked for when first asked for.

        Those added by hand are the last.
        """
        scars = () if self.scars is None else self.scars.found
        return (*self.marks, *scars, *self.added)

    def numbered(self, numbers: Iterable[int]) -> tuple[Spot, ...]:
        """Return `spots` as far as some numbers go: marks alone if none goes beyond them."""
        return self.spots if max(numbers, default=-1) >= len(self.marks) else self.marks

    def once(self, name: str, given: Floats, work: Callable[[], T]) -> T:
        """Return what an op works out of its picture before it looks at its sliders.

        It is kept until another picture is given: while a slider moves, it stays the same.
        """
        if self.painted is not None:  # by hand, which changes from stroke to stroke
            return work()
        key = f"{name} {self.area} {self.box} {self.small_box}"
        kept = self.seen.get(key)
        if kept is None or not np.array_equal(kept[0], given):
            kept = self.seen[key] = given, work()
        found: T = kept[1]
        return found

    def mask(self, region: Region) -> Floats:
        """Return a mask at the frame's resolution, in the op's box."""
        mask = self._with_painted(self.regions[region], region)
        return mask if self.box is None else mask[self.box.slices]

    @property
    def spared(self) -> Floats:
        """`kept` in the op's box."""
        return self.kept if self.box is None else self.kept[self.box.slices]

    def small(self, region: Region) -> Floats:
        """Return a mask on the coarse grid, in the op's box."""
        return self._cropped(self._with_painted(self.regions.small(region), region))

    def _with_painted(self, mask: Floats, region: Region) -> Floats:
        return mask if self.painted is None else self.painted.over(mask, region)

    @property
    def skin(self) -> Floats:
        """Soft mask of the area's skin, on the coarse grid, in the op's box."""
        return self.small(self.area)

    @property
    def clean(self) -> Floats:
        """The area's skin without the marks that stay: where its usual color is read."""
        return self.skin * (1 - self.stays)

    @property
    def stays(self) -> Floats:
        """0..1 over the marks that stay, on the coarse grid, in the op's box."""
        return self._cropped(self.kept_small)

    def _cropped(self, mask: Floats) -> Floats:
        return mask if self.small_box is None else mask[self.small_box.slices]

    @property
    def small_unit(self) -> float:
        """The face's width on the coarse grid."""
        return self.regions.unit

    @property
    def unit(self) -> float:
        """The face's width in frame pixels."""
        return self.frame.unit

    def adding(self, added: tuple[Spot, ...]) -> Self:
        """Return the same face with spots that somebody added by hand."""
        return self if added == self.added else replace(self, added=added, memo={}, seen={})

    def keeping(self, held: frozenset[int]) -> Self:
        """Return the same face with marks that somebody keeps by hand."""
        return self if held == self.held else replace(self, held=held, memo={}, seen={})

    def after_healing(self, frame: Frame, healed: frozenset[int]) -> Self:
        """Return the same face after marks were replaced in the photo."""
        return replace(self, frame=frame, healed=healed, memo={}, seen={})

    @property
    def kept_small(self) -> Floats:
        """0..1 over the marks that stay, on the coarse grid: work of their size spares them.

        Listed marks that are not healed, and freckles too faint to be listed. Redness too faint to
        be healed is no mark: the tools for tone may calm it; nor is what only may be a scar.
        """
        if "small" not in self.memo:
            spots = self.numbered(self.healed | self.held)
            stay = [
                spot
                for k, spot in enumerate(spots)
                if k not in self.healed
                and (k in self.held or spot.doubt in WORN or not (spot.guess or spot.kind == "red"))
            ]
            gone = [spots[k] for k in sorted(self.healed)]
            faint = faint_freckles(self.regions) * (1 - discs(self, gone, 2.2))
            self.memo["small"] = np.maximum(discs(self, stay), faint)
        return self.memo["small"]

    @property
    def kept(self) -> Floats:
        """The same at the frame's resolution."""
        if "full" not in self.memo:
            self.memo["full"] = enlarge(self.kept_small, self.frame.lab)
        return self.memo["full"]


def discs(scene: Scene, spots: list[Spot], grow: float = 1.5, fade: float = 0.7) -> Floats:
    """Draw soft discs over marks, on the coarse grid: 1 up to `grow` radii, 0 past the fade."""
    canvas = np.zeros(scene.regions.size, np.float32)
    step = scene.regions.factor
    for disc in (disc for spot in spots for disc in spot.discs):
        x, y, radius = (value / step for value in disc)
        reach = int(np.ceil((grow + fade) * radius)) + 1
        left, top = int(x) - reach, int(y) - reach
        rows = slice(max(0, top), max(0, top + 2 * reach + 1))
        columns = slice(max(0, left), max(0, left + 2 * reach + 1))
        part = canvas[rows, columns]
        if part.size == 0:
            continue
        down = np.arange(rows.start, rows.start + part.shape[0], dtype=np.float32) + np.float32(
            0.5 - y
        )
        across = np.arange(columns.start, columns.start + part.shape[1], dtype=np.float32)
        away = np.square(down)[:, None] + np.square(across + np.float32(0.5 - x))
        distance = np.sqrt(away) / np.float32(radius)
        np.maximum(part, 1 - smoothstep(grow, grow + fade, distance), out=part)
    return canvas

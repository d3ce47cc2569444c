"""What became of planted marks: contrast left, gone, kept, and pores where they were healed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.measures import blur
from benchmarks.mesh import Bools, Floats, face_width
from benchmarks.plant import REACH, Kind, Mark

CORE: Final = 0.7
RING: Final = (1.8, 2.8)
PORE_RING: Final = (1.5, 2.5)
DETAIL: Final = 0.005
"""σ in face widths below which detail counts as a healed place's pores."""
GONE: Final = 0.35
KEPT: Final = 0.85
COLORED: Final = 1.0
"""Difference of a* and b* from which a mark has a color of its own: at dusk freckles have .3."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Lab of four pictures of one face: without and with planted marks, before and after."""

    clean: Floats
    planted: Floats
    clean_after: Floats
    planted_after: Floats
    landmarks: Floats


@dataclass(frozen=True, slots=True)
class Fate:
    """One mark after retouching."""

    kind: Kind
    x: float
    y: float
    radius: float
    contrast: float
    """ΔE against the ring that planting added."""
    left: float
    """Share of it that is left."""
    stays: float
    """Contrast of the place against its ring after / before, all that was there with it."""
    colored: float
    """The same of a* and b* alone; NaN where there was too little to be seen."""
    pores: float
    """Fine variance in the disc / in the ring around, after retouching."""
    pores_before: float
    """The same of the clean photo: what healing could have reached."""

    @property
    def gone(self) -> bool:
        """Whether a viewer would call the mark gone."""
        return min(self.left, self.stays) < GONE

    @property
    def kept(self) -> bool:
        """Whether a viewer would call the mark untouched."""
        return self.left > KEPT


def fates(pictures: Pictures, marks: Sequence[Mark]) -> list[Fate]:
    """Follow every mark; other marks are left out of its ring."""
    sigma = DETAIL * face_width(pictures.landmarks)
    fine = pictures.planted_after[..., 0] - blur(pictures.planted_after[..., 0], sigma)
    fine_before = pictures.clean[..., 0] - blur(pictures.clean[..., 0], sigma)
    return [_fate(pictures, fine, fine_before, mark, marks) for mark in marks]


def _fate(
    pictures: Pictures, fine: Floats, fine_before: Floats, mark: Mark, marks: Sequence[Mark]
) -> Fate:
    window = Window.around(mark, marks, (fine.shape[0], fine.shape[1]))
    four = (pictures.clean, pictures.planted, pictures.clean_after, pictures.planted_after)
    clean, planted, clean_after, planted_after = (window.contrast(p) for p in four)
    added = float(np.linalg.norm(planted - clean))
    left = float(np.linalg.norm(planted_after - clean_after)) / max(added, 1e-6)
    color = _ratio(planted_after[1:], planted[1:])
    stays = _ratio(planted_after, planted), color if _colored(planted) else float("nan")
    pores = window.pores(fine), window.pores(fine_before)
    return Fate(mark.kind, mark.x, mark.y, mark.radius, added, left, *stays, *pores)


def _colored(contrast: Floats) -> bool:
    return float(np.linalg.norm(contrast[1:])) >= COLORED


def _ratio(after: Floats, before: Floats) -> float:
    return float(np.linalg.norm(after)) / max(float(np.linalg.norm(before)), 1e-6)


@dataclass(frozen=True, slots=True)
class Window:
    """A mark's surroundings: disc and rings as masks of a small box."""

    rows: slice
    columns: slice
    core: Bools
    ring: Bools
    disc: Bools
    pore_ring: Bools

    @classmethod
    def around(cls, mark: Mark, marks: Iterable[Mark], shape: tuple[int, int]) -> "Window":
        """Cut the window of a mark out of a picture of this shape."""
        reach = int(np.ceil(RING[1] * mark.radius)) + 2
        rows = slice(max(0, int(mark.y) - reach), min(shape[0], int(mark.y) + reach + 1))
        columns = slice(max(0, int(mark.x) - reach), min(shape[1], int(mark.x) + reach + 1))
        y, x = np.mgrid[rows, columns] + 0.5
        radii = np.hypot(x - mark.x, y - mark.y) / mark.radius
        free = np.ones(radii.shape, bool)
        for other in marks:
            if other is not mark:
                free &= np.hypot(x - other.x, y - other.y) > REACH * other.radius
        rings = ((radii >= low) & (radii <= high) & free for low, high in (RING, PORE_RING))
        ring, pore_ring = rings
        return cls(rows, columns, radii <= CORE, ring, radii <= 1, pore_ring)

    def contrast(self, picture: Floats) -> Floats:
        """Mean Lab of the core minus mean Lab of the ring."""
        part = picture[self.rows, self.columns]
        return np.asarray(part[self.core].mean(axis=0) - part[self.ring].mean(axis=0))

    def pores(self, fine: Floats) -> float:
        """Variance of fine L* in the disc over that in the ring."""
        part = fine[self.rows, self.columns]
        ring = float(part[self.pore_ring].var())
        return float(part[self.disc].var()) / max(ring, 1e-6)

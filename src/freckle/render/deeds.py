"""What each tool did to a face, noted while it is done: which one, and how far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from freckle.pixels.color import Floats

LATTICE: Final = 4
"""Pixels from one sample to the next: enough for a mean, and nothing to wait for."""
TOUCHED: Final = 0.02
"""ΔE from which a place counts as changed: less comes from rounding."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one tool did to one face."""

    op: str
    delta_e: float | None = None
    """Mean ΔE (CIE 1976) over the places that it changed; None for what moves or restores."""
    moved: float | None = None
    """Largest movement in percent of the face's width; None for what does not move."""

    @property
    def idle(self) -> bool:
        """Whether nothing was changed."""
        return self.delta_e == 0 or self.moved == 0

    def joined(self, other: Self) -> "Deed":
        """Return two deeds of one tool as one: the larger figures."""
        figures = (
            max((each for each in pair if each is not None), default=None)
            for pair in ((self.delta_e, other.delta_e), (self.moved, other.moved))
        )
        return Deed(self.op, *figures)


def together(deeds: Iterable[Deed]) -> tuple[Deed, ...]:
    """Return one deed for each tool that changed anything, in order."""
    found: dict[str, Deed] = {}
    for deed in deeds:
        if not deed.idle:
            known = found.get(deed.op)
            found[deed.op] = deed if known is None else known.joined(deed)
    return tuple(found.values())


def far(change: Floats) -> float:
    """Return the mean ΔE over the places that a change (height × width × 3 CIELAB) touches."""
    part = change[::LATTICE, ::LATTICE]
    return _mean(part if part.size >= 3 * LATTICE**2 else change)  # an eye of a small face


def _mean(part: Floats) -> float:
    distance = np.sqrt(np.einsum("ijk,ijk->ij", part, part))
    touched = distance[distance > TOUCHED]
    return float(touched.mean()) if touched.size else 0.0


def between(ops: Sequence[str], before: Floats, after: Floats) -> tuple[Deed, ...]:
    """Return what tools that worked on the same places did together, as a deed of each."""
    if after is before or not ops:
        return ()
    reach = _mean(after[::LATTICE, ::LATTICE] - before[::LATTICE, ::LATTICE])
    return tuple(Deed(op, delta_e=reach) for op in dict.fromkeys(ops))

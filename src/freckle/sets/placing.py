"""Find the cut of a photo in which a head has the size and place that a spec asks for."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.errors import OutputError
from freckle.framing import Framing
from freckle.geometry import Affine
from freckle.sets.heads import Head
from freckle.sets.specs import Range, Spec

SIDE: Final = 0.05
"""How far the middle of the face may lie beside the photo's, in widths (ICAO 9303)."""
LEAST_ABOVE: Final = 1.0
"""Millimeters above the hair at least."""
SHARE: Final = 0.4
"""Share of what the head leaves free that lies above it, where nothing is said."""
INCH: Final = 25.4
INNER: Final = 0.1
"""Share of what is allowed that is kept free at both ends, where there is room."""
TRIES: Final = 9
STEPS: Final = 15
"""Places that are tried on each axis."""
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Placing:
    """A cut in level coordinates, and what it measures on paper."""

    left: float
    top: float
    scale: float
    """Pixels of the photo a millimeter."""
    spec: Spec

    @property
    def dpi(self) -> float:
        """Pixels of the photo an inch."""
        return self.scale * INCH

    def measures(self, head: Head) -> dict[str, float]:
        """Return the lengths in millimeters: head, eyes above the lower edge, above, beside."""
        spec = self.spec
        upper = head.top if spec.hair else head.crown
        return {
            "head": head.height(hair=spec.hair) / self.scale,
            "eyes": spec.height - (head.eyes - self.top) / self.scale,
            "above": (upper - self.top) / self.scale,
            "hair": (head.top - self.top) / self.scale,
            "beside": (head.middle - self.left) / self.scale - spec.width / 2,
        }

    def framing(self, head: Head, size: tuple[int, int], dpi: float | None) -> Framing:
        """Return the frame on a photo of some size; whole pixels of it where none says otherwise.

        `dpi` asks for so many pixels an inch; None keeps the photo's own.
        """
        spec = self.spec
        scale = self.scale if dpi is None else dpi / INCH
        out = round(spec.width * scale), round(spec.height * scale)
        left, top = self.left, self.top
        level = np.array_equal(head.to_level.matrix, np.eye(2, 3))
        if dpi is None and level:
            left, top = float(round(left)), float(round(top))
            left = min(left, size[0] - out[0])
            top = min(top, size[1] - out[1])
            return Framing(out, size, Affine(np.array([[1.0, 0, left], [0, 1.0, top]])))
        step = self.scale / scale
        to_level = Affine(np.array([[step, 0, left], [0, step, top]]))
        return Framing(out, size, head.to_level.inverse().after(to_level))


def placed(head: Head, spec: Spec, size: tuple[int, int]) -> Placing:
    """Return the cut for a head in a photo of some size. Raises `OutputError`."""
    middle = (spec.head[0] + spec.head[1]) / 2
    short: list[str] = []
    for tall in np.linspace(middle, spec.head[1] - 0.1, TRIES):
        scale = head.height(hair=spec.hair) / float(tall)
        found, missing = _at(head, spec, scale, size)
        if found is not None:
            return found
        short = missing
    raise OutputError(
        f"The photo shows too little {' and '.join(short)} for {spec.label}.",
        "Take it with more room around the head.",
    )


def _at(
    head: Head, spec: Spec, scale: float, size: tuple[int, int]
) -> tuple[Placing | None, list[str]]:
    """Return the cut with so many pixels a millimeter, or what is missing for it."""
    wide, tall = spec.width * scale, spec.height * scale
    upper = head.top if spec.hair else head.crown
    free = spec.height - (head.chin - upper) / scale
    wish = np.array([head.middle - wide / 2, upper - SHARE * free * scale])
    low, high = _rows(head, spec, scale, upper)
    if low > high:
        return None, ["above the head"]
    inner = INNER * (high - low)
    wish[1] = min(max(wish[1], low + inner), high - inner)
    across = wish[0] + SIDE * wide * np.linspace(-1, 1, STEPS)
    down = np.append(np.linspace(low, high, STEPS), wish[1])
    corners = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    out = [_outside(head, corner, (wide, tall), size) for corner in corners]
    inside = corners[[not any(sides) for sides in out]]
    if len(inside):
        left, top = inside[np.argmin(np.linalg.norm(inside - wish, axis=1))].tolist()
        return Placing(left, top, scale, spec), []
    names = ("above the head", "below the head", "beside the head")
    sides = _outside(head, wish, (wide, tall), size)
    return None, [name for name, gone in zip(names, sides, strict=True) if gone]


def _outside(
    head: Head, corner: Doubles, extent: tuple[float, float], size: tuple[int, int]
) -> tuple[bool, bool, bool]:
    """Tell whether a level box reaches out of the photo above, below and at a side."""
    spans = np.array([[0.0, 0], [extent[0], 0], [0, extent[1]], [*extent]])
    x, y = head.to_level.inverse()((corner + spans).astype(np.float32)).T
    slack = 0.25  # float32, and edges that lie on the photo's own
    return (
        bool((y < -slack).any()),
        bool((y > size[1] + slack).any()),
        bool((x < -slack).any() or (x > size[0] + slack).any()),
    )


def _rows(head: Head, spec: Spec, scale: float, upper: float) -> Range:
    """Return between which rows the upper edge may lie."""
    low, high = spec.eye_line
    first = head.eyes - (spec.height - low) * scale
    last = head.eyes - (spec.height - high) * scale
    last = min(last, head.top - LEAST_ABOVE * scale)
    if spec.above:
        first = max(first, upper - spec.above[1] * scale)
        last = min(last, upper - spec.above[0] * scale)
    return first, last

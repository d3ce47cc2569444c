"""Whether a sheet can be read: contrast, smallest type, safe area, faces; in numbers."""

from dataclasses import dataclass
from typing import Any, Final

from freckle.poster.design import Artboard
from freckle.poster.laid import Laid
from freckle.poster.palette import READABLE

SMALL_PRINT: Final = 6.0
"""Points below which print is hard to read."""
SMALL_SCREEN: Final = 0.012
"""Share of a screen picture's shorter side below which type is."""
SLACK: Final = 0.5
"""Points by which type may overlap the edge of the safe area: hairs of letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it came to lie."""

    layer: str
    text: str
    contrast: float
    """WCAG's, the least over its ground."""
    size: float
    """In points on paper, else in pixels."""
    safe: bool
    """Whether it stays inside the safe area."""
    over_face: bool


@dataclass(frozen=True, slots=True)
class Legibility:
    """How a sheet reads."""

    size: str
    unit: str
    """`pt` on paper, `px` on screens."""
    lines: tuple[Line, ...]

    @property
    def contrast(self) -> float:
        """The least contrast on the sheet; 21 without type."""
        return min((line.contrast for line in self.lines), default=21.0)

    @property
    def smallest(self) -> float:
        """The smallest type; 0 without any."""
        return min((line.size for line in self.lines), default=0.0)

    def to_plain(self) -> dict[str, Any]:
        """Return the report as JSON types."""
        return {
            "size": self.size,
            "unit": self.unit,
            "contrast": round(self.contrast, 2),
            "smallest": round(self.smallest, 1),
            "lines": [
                {
                    "layer": line.layer,
                    "text": line.text,
                    "contrast": round(line.contrast, 2),
                    "size": round(line.size, 1),
                    "safe": line.safe,
                    "over_face": line.over_face,
                }
                for line in self.lines
            ],
        }


def legibility(laid: Laid) -> Legibility:
    """Measure a laid-out sheet."""
    safe = laid.board.safe_room
    lines = tuple(
        Line(
            item.layer,
            item.text,
            item.contrast,
            item.size,
            safe.holds(item.room, SLACK),
            any(face.touches(item.room) for face in laid.faces),
        )
        for item in laid.type
    )
    return Legibility(laid.board.name, "px" if laid.board.unit == "px" else "pt", lines)


def least(board: Artboard) -> float:
    """Return the size below which type is hard to read, in the points or pixels of the sheet."""
    if board.unit == "mm":
        return SMALL_PRINT
    return SMALL_SCREEN * min(board.page.w, board.page.h)


def sentences(laid: Laid) -> list[str]:
    """Say what is hard to read; nothing where all is well."""
    found = legibility(laid)
    name = laid.board.name
    small = least(laid.board)
    said = []
    for line in found.lines:
        short = line.text if len(line.text) <= 32 else f"{line.text[:31]}…"
        if line.contrast < READABLE:
            said.append(f"On {name}, “{short}” has a contrast of {line.contrast:.1f} only.")
        if line.over_face:
            said.append(f"On {name}, “{short}” lies over a face.")
        if not line.safe:
            said.append(f"On {name}, “{short}” leaves the safe area.")
        if 0 < line.size < small:
            said.append(f"On {name}, “{short}” is only {line.size:.1f} {found.unit} high.")
    return said

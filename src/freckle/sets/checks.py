"""Check an ID photo: its measures, the head's turn, eyes and mouth, and the background."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.faces import Face
from freckle.photo import Photo, Pixels
from freckle.pixels.color import lab, to_srgb
from freckle.sets.heads import Head
from freckle.sets.placing import Placing
from freckle.sets.specs import Ground, Range

TOLERANCE: Final = 0.05
"""Millimeters that rounding to whole pixels may take."""
TURNS: Final = {"yaw": 8.0, "pitch": 12.0, "roll": 5.0}
"""Degrees; ICAO asks for 5, 5 and 8, and a mesh knows yaw to 3 and pitch to 7."""
OPEN: Final = 0.16
"""Opening of the eyes, in their widths, from which they are open."""
CLOSED: Final = 0.06
"""Opening of the mouth, in its width, up to which it is closed."""
UNEVEN: Final = 8.0
"""Color difference (CIELAB) that nine tenths of the background keep within."""
COARSE: Final = 400
"""Pixels of the longer side on which the background is looked at: its grain is no matter."""
LIMITS: Final[dict[Ground, tuple[Range, float]]] = {
    "white": ((88.0, 101.0), 7.0),
    "light": ((70.0, 101.0), 14.0),
    "gray": ((65.0, 97.0), 14.0),
}
"""L* and the most chroma of each kind of background."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    found: str
    asked: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{'ok ' if self.good else 'NOT'} {self.name}: {self.found} (asked: {self.asked})"


def findings(
    photo: Photo, face: Face, head: Head, placing: Placing, dpi: float, alpha: Pixels
) -> list[Finding]:
    """Return everything that a spec asks for; `photo` and `alpha` are those of the cut."""
    return [
        *_measured(head, placing, dpi),
        *_face(face, leveled=not np.array_equal(head.to_level.matrix, np.eye(2, 3))),
        *_background(photo, alpha, placing.spec.ground),
    ]


def _measured(head: Head, placing: Placing, dpi: float) -> Iterator[Finding]:
    spec, found = placing.spec, placing.measures(head)
    yield _length("head height", found["head"], spec.head)
    yield _length("eyes above the lower edge", found["eyes"], spec.eye_line)
    if spec.above:
        yield _length("above the head", found["above"], spec.above)
    side = 0.05 * spec.width
    yield _length("face beside the middle", found["beside"], (-side, side))
    yield Finding("whole head", not head.cut, "cut off" if head.cut else "in the photo", "all")
    enough = dpi >= spec.dpi - 0.5
    yield Finding("pixels an inch", enough, f"{dpi:.0f}", f"{spec.dpi} at least")


def _length(name: str, value: float, limits: Range) -> Finding:
    low, high = limits
    good = low - TOLERANCE <= value <= high + TOLERANCE
    return Finding(name, good, f"{value:.1f} mm", f"{low:g} to {high:g} mm")


def _face(face: Face, *, leveled: bool) -> Iterator[Finding]:
    for name, most in TURNS.items():
        turn = 0.0 if leveled and name == "roll" else getattr(face.pose, name)
        yield Finding(name, abs(turn) <= most, f"{turn:.0f}°", f"at most {most:.0f}°")
    eyes, mouth = openings(face)
    yield Finding("eyes", eyes >= OPEN, f"open by {eyes:.2f} of their width", f"{OPEN}")
    yield Finding("mouth", mouth <= CLOSED, f"open by {mouth:.2f} of its width", "closed")


def openings(face: Face) -> tuple[float, float]:
    """Return how far eyes and mouth are open, in shares of their widths."""
    at = face.landmarks[:, :2]

    def apart(one: int, other: int) -> float:
        return float(np.linalg.norm(at[one] - at[other]))

    eyes = [apart(159, 145) / apart(33, 133), apart(386, 374) / apart(263, 362)]
    return min(eyes), apart(13, 14) / apart(61, 291)


def _background(photo: Photo, alpha: Pixels, ground: Ground) -> Iterator[Finding]:
    values = ground_of(photo, alpha)
    if len(values) < 50:
        yield Finding("background", False, "none to be seen", ground)
        return
    middle = np.median(values, axis=0)
    light, chroma = float(middle[0]), float(np.hypot(middle[1], middle[2]))
    (low, high), most = LIMITS[ground]
    yield Finding(
        "background's color",
        low <= light <= high and chroma <= most,
        f"L* {light:.0f}, chroma {chroma:.0f}",
        f"{ground}: L* {low:.0f} to {min(high, 100):.0f}, chroma at most {most:.0f}",
    )
    spread = float(np.percentile(np.linalg.norm(values - middle, axis=1), 90))
    yield Finding(
        "background's evenness",
        spread <= UNEVEN,
        f"ΔE {spread:.1f} for nine tenths of it",
        f"at most {UNEVEN:.0f}: no shadows, no pattern",
    )


def ground_of(photo: Photo, alpha: Pixels) -> Any:
    """Return the colors of what surely is background (n × 3, CIELAB), without its grain."""
    scale = min(1.0, COARSE / max(photo.width, photo.height))
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    small = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA)
    people = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.02 * 65535
    near = cv2.dilate(people.astype(np.uint8), np.ones((9, 9), np.uint8))
    colors = lab(to_srgb(small.astype(np.float32) / np.float32(photo.peak), photo.space))
    return colors[near == 0]

"""Judge a retouching function on one face: plant, retouch, measure."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import cv2
import numpy as np

from benchmarks import measures
from benchmarks.marks import Fate, Pictures, fates
from benchmarks.measures import Circle, Tone
from benchmarks.mesh import OVAL, RGB8, Floats, face_width
from benchmarks.plant import MIXED, MIXES, Mix, planted

Retouch = Callable[[RGB8], tuple[RGB8, Sequence[Circle]]]
"""An upright sRGB picture → the retouched one and the healed spots (x, y, radius in pixels)."""

MARGINS: Final = (0.5, 0.7, 0.5, 1.0)
"""Left, top, right, bottom around the oval's box that `crop` keeps, in face widths."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One face to judge on."""

    name: str
    photo: RGB8
    landmarks: Floats
    """478 × 3 in pixels of `photo`."""

    @property
    def width(self) -> float:
        """Face width in pixels."""
        return face_width(self.landmarks)


@dataclass(frozen=True, slots=True)
class Result:
    """All figures of one face."""

    name: str
    width: float
    ita: float
    texture: tuple[float, ...]
    honesty: float
    blotch: tuple[float, float]
    tone: Tone
    healed_clean: tuple[Circle, ...]
    fates: dict[str, list[Fate]] = field(default_factory=dict)
    """Variant → planted marks."""

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def crop(subject: Subject, largest: float = 1000.0) -> Subject:
    """Keep head, neck and a margin, and shrink wider faces to `largest` pixels."""
    fw, oval = subject.width, subject.landmarks[list(OVAL), :2]
    left, top, right, bottom = MARGINS
    low = np.maximum(np.floor(oval.min(0) - fw * np.array([left, top])), 0).astype(int)
    size = np.array(subject.photo.shape[1::-1])
    high = np.minimum(np.ceil(oval.max(0) + fw * np.array([right, bottom])), size).astype(int)
    part = subject.photo[low[1] : high[1], low[0] : high[0]]
    scale = min(1.0, largest / fw)
    target = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    if scale < 1:
        part = cv2.resize(part, target, interpolation=cv2.INTER_AREA)
    points = subject.landmarks.astype(np.float32).copy()
    points[:, :2] -= low
    return Subject(subject.name, np.ascontiguousarray(part), points * np.float32(scale))


def evaluate(
    photo: RGB8,
    landmarks: Floats,
    retouch: Retouch,
    *,
    name: str = "face",
    mixes: Sequence[Mix] = MIXES,
) -> Result:
    """Judge `retouch` on one face of a photo; calls it once per variant and once without marks."""
    subject = Subject(name, photo, landmarks)
    clean = measures.lab(photo)
    changed, healed = retouch(photo)
    after = measures.lab(changed)
    skin = measures.measuring_skin(clean, landmarks)
    fine_skin = measures.without(skin, list(healed))
    fw = subject.width
    found = {
        mix.name: _planted_fates(subject, retouch, clean, after, mix) for mix in mixes
    }
    return Result(
        name=name,
        width=fw,
        ita=measures.ita(clean, skin),
        texture=measures.texture(clean, after, fine_skin, fw),
        honesty=measures.honesty(clean, after, fine_skin, fw),
        blotch=measures.blotch(clean, after, fine_skin, fw),
        tone=measures.tone(clean, after, fine_skin),
        healed_clean=tuple((float(x), float(y), float(r)) for x, y, r in healed),
        fates=found,
    )


def _planted_fates(
    subject: Subject, retouch: Retouch, clean: Floats, after: Floats, mix: Mix
) -> list[Fate]:
    photo, marks = planted(subject.photo, subject.landmarks, mix, seed_of(subject.name, mix))
    changed, _ = retouch(photo)
    four = Pictures(clean, measures.lab(photo), after, measures.lab(changed), subject.landmarks)
    return fates(four, marks)


def seed_of(name: str, mix: Mix) -> int:
    """Return a seed that depends on face and variant, not on the order they are judged in."""
    return zlib.crc32(f"{name}/{mix.name}".encode())


FAST: Final = (MIXED,)
"""The variants of a quick look."""

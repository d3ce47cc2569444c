"""Judge a retouching function on one face: plant, retouch, measure."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from benchmarks import measures
from benchmarks.crops import sheets, write_sheet
from benchmarks.leaks import Leaks, leaks, misplaced
from benchmarks.marks import Fate, Pictures, fates
from benchmarks.measures import Circle, Tone
from benchmarks.mesh import OVAL, RGB8, Bools, Floats, face_width
from benchmarks.plant import MIXED, MIXES, POST_ACNE, TOUCHING, Mark, Mix, choose, draw

Retouch = Callable[[RGB8], tuple[RGB8, Sequence[Circle]]]
"""An upright sRGB picture → the retouched one and the healed spots (x, y, radius in pixels)."""

HEAD: Final = (0.5, 0.7, 0.5, 1.0)
"""Left, top, right, bottom around the oval's box that `crop` keeps, in face widths."""
FACE: Final = (0.12, 0.12, 0.12, 0.12)
"""The same for the part of the picture that is measured."""
FAST: Final = (MIXED, POST_ACNE)
"""The variants of a quick look."""
APART: Final = (TOUCHING.name, POST_ACNE.name)
"""Variants whose marks count only where they are asked for."""
FADED: Final = "post acne faded"
"""The fates of that variant after the function that is meant to fade its marks."""


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

    def window(self, margins: tuple[float, float, float, float]) -> tuple[slice, slice]:
        """Return rows and columns of the oval's box with margins in face widths."""
        oval = self.landmarks[list(OVAL), :2]
        left, top, right, bottom = (self.width * m for m in margins)
        low = np.maximum(np.floor(oval.min(0) - np.array([left, top])), 0).astype(int)
        size = np.array(self.photo.shape[1::-1])
        high = np.minimum(np.ceil(oval.max(0) + np.array([right, bottom])), size).astype(int)
        return slice(low[1], high[1]), slice(low[0], high[0])

    def cut(self, margins: tuple[float, float, float, float]) -> "Subject":
        """Return the part of the photo around the face."""
        rows, columns = self.window(margins)
        points = self.landmarks.astype(np.float32).copy()
        points[:, :2] -= np.array([columns.start, rows.start], np.float32)
        return Subject(self.name, np.ascontiguousarray(self.photo[rows, columns]), points)


@dataclass(frozen=True, slots=True)
class Trial:
    """A subject with its planted variants, ready to judge any number of functions."""

    subject: Subject
    clean: Floats
    """Lab of the measured part."""
    skin: Bools
    variants: dict[str, tuple[RGB8, list[Mark]]]
    """Name → planted part of the photo and marks, both in the measured part's pixels."""


@dataclass(frozen=True, slots=True)
class Result:
    """All figures of one face."""

    name: str
    width: float
    ita: float
    texture: tuple[float, ...]
    honesty: float
    blotch: tuple[float, float]
    blotch_inside: tuple[float, float]
    tone: Tone
    leaks: Leaks
    healed_clean: tuple[Circle, ...]
    """Spots healed on the photo without planted marks, in its pixels."""
    misplaced: int
    """How many of them lie in eyes, on lips, jewellery, hair or clothes."""
    fates: dict[str, list[Fate]] = field(default_factory=dict)
    """Variant → planted marks, in pixels of the photo's measured part."""

    def marks(self, kind: str, variants: Sequence[str] = ()) -> list[Fate]:
        """Return the fates of one kind, of the variants named or of all that do not touch."""
        chosen = variants or tuple(n for n in self.fates if n not in (*APART, FADED))
        return [f for v in chosen for f in self.fates.get(v, []) if f.kind == kind]

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def crop(subject: Subject, largest: float = 1000.0) -> Subject:
    """Keep head, neck and a margin, and shrink wider faces to `largest` pixels."""
    head = subject.cut(HEAD)
    scale = min(1.0, largest / head.width)
    if scale == 1:
        return head
    height, width = head.photo.shape[:2]
    target = max(1, round(width * scale)), max(1, round(height * scale))
    photo = np.asarray(cv2.resize(head.photo, target, interpolation=cv2.INTER_AREA), np.uint8)
    return Subject(head.name, photo, head.landmarks * np.float32(scale))


def prepare(subject: Subject, mixes: Sequence[Mix] = MIXES) -> Trial:
    """Plant every variant on a subject."""
    face = subject.cut(FACE)
    clean = measures.lab(face.photo)
    variants = {}
    gray = float(np.abs(clean[..., 1:]).max()) < 1
    for mix in () if gray else mixes:  # red and brown cannot be told apart without colour
        marks = choose(clean, face.landmarks, mix, seed_of(subject.name, mix))
        variants[mix.name] = draw(face.photo, marks), marks
    skin = measures.measuring_skin(clean, face.landmarks)
    return Trial(subject, clean, skin, variants)


def judge(
    trial: Trial, retouch: Retouch, crops: Path | None = None, fade: Retouch | None = None
) -> Result:
    """Judge `retouch`; calls it once without marks and once per variant.

    With a folder, pictures of what failed are kept there. `fade` is the same function with the
    switch on that takes what acne leaves.
    """
    subject, before, skin = trial.subject, trial.clean, trial.skin
    rows, columns = subject.window(FACE)
    changed, healed = retouch(subject.photo)
    after = measures.lab(np.ascontiguousarray(changed[rows, columns]))
    circles = [(float(x), float(y), float(r)) for x, y, r in healed]
    there = [(x - columns.start, y - rows.start, r) for x, y, r in circles]
    fine = measures.without(skin, there)
    found: dict[str, list[Fate]] = {}
    if fade is not None and POST_ACNE.name in trial.variants:
        found[FADED] = _faded(trial, fade)
    for name, (part, marks) in trial.variants.items():
        photo = subject.photo.copy()
        photo[rows, columns] = part
        output = np.ascontiguousarray(retouch(photo)[0][rows, columns])
        labs = before, measures.lab(part), after, measures.lab(output)
        found[name] = fates(Pictures(*labs, subject.cut(FACE).landmarks), marks)
        if crops:
            sheets(crops, f"{subject.name}-{name}", part, output, found[name])
    if crops and circles:
        write_sheet(crops / f"{subject.name}-healed.png", subject.photo, changed, circles[:12])
    return Result(
        name=subject.name,
        width=subject.width,
        ita=measures.ita(before, skin),
        texture=measures.texture(before, after, fine, subject.width),
        honesty=measures.honesty(before, after, fine, subject.width),
        blotch=measures.blotch(before, after, fine, subject.width),
        blotch_inside=measures.blotch_inside(before, after, fine, subject.width),
        tone=measures.tone(before, after, fine),
        leaks=leaks(subject.photo, changed, subject.landmarks),
        healed_clean=tuple(circles),
        misplaced=misplaced(subject.photo, subject.landmarks, circles),
        fates=found,
    )


def _faded(trial: Trial, fade: Retouch) -> list[Fate]:
    """Return what became of the marks that acne leaves where they are meant to go."""
    subject = trial.subject
    here = subject.window(FACE)
    part, marks = trial.variants[POST_ACNE.name]
    photo = subject.photo.copy()
    photo[here] = part
    clean_after, after = (
        measures.lab(np.ascontiguousarray(fade(picture)[0][here]))
        for picture in (subject.photo, photo)
    )
    labs = trial.clean, measures.lab(part), clean_after, after
    return fates(Pictures(*labs, subject.cut(FACE).landmarks), marks)


def evaluate(
    photo: RGB8,
    landmarks: Floats,
    retouch: Retouch,
    *,
    name: str = "face",
    mixes: Sequence[Mix] = MIXES,
) -> Result:
    """Judge `retouch` on one face of a photo (`prepare`, then `judge`)."""
    return judge(prepare(Subject(name, photo, landmarks), mixes), retouch)


def seed_of(name: str, mix: Mix) -> int:
    """Return a seed that depends on face and variant, not on the order they are judged in."""
    return zlib.crc32(f"{name}/{mix.name}".encode())

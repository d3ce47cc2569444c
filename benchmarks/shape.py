"""How far each control of Reshape moves what it names, and what it must leave alone.

Run as `python -m benchmarks.shape [--portraits DIR] [--only NAME] [--json FILE]`. The landmarks
are moved by the composed field itself, so nothing is found again and nothing is noise. Ends with
0 when every gate holds.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import measures
from benchmarks.harness import FACE, Subject
from benchmarks.mesh import RGB8
from benchmarks.portraits import folder, subjects
from benchmarks.shapes import CONTROLS, FEATURES, Control, face_units
from benchmarks.straight import bends, planted
from freckle.analysis.faces import Face, find_faces
from freckle.analysis.shape import Shape
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo, Source
from freckle.pixels.warp import areas
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.picture import opened
from freckle.render.pyramid import Pyramid
from freckle.render.resample import apply
from freckle.render.reshape import Warp, warp_of

WITHIN: Final = 0.10
"""How far the measured change may be from the stated one, as a share of it."""
STILL: Final = 0.005
"""How far other features may go, in face widths."""
STRAIGHT: Final = 0.5
"""How far a straight line beside the head may bend at a subtle value, in pixels."""
TEXTURE: Final = 0.85
"""Least energy of L* in the band at σ .0025 fw that is left after a subtle value."""
FOLD: Final = 0.3
"""Least factor of any place's area: below 0 it would fold."""
TURNED: Final = 24.0
"""Degrees of yaw from which controls for a face seen from the front fade; not gated there."""
FREE: Final = Locks(natural=False, identity=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """One control on one face; lengths in face widths, `bend` in the photo's pixels."""

    name: str
    op: str
    plus: float
    """Measured change at +100 / the stated one; NaN where no landmark shows it."""
    minus: float
    others: float
    """Farthest landmark of a feature that should stay, at the worse of ±100."""
    least_area: float
    bend: float
    texture: float
    outside: int
    """Pixels that changed beyond the box."""
    turned: bool

    @property
    def passed(self) -> bool:
        """Whether every gate holds."""
        return not self.faults

    @property
    def faults(self) -> list[str]:
        """Names of the gates that do not hold."""
        scales = [self.plus, self.minus]
        told = [s for s in scales if not np.isnan(s)]
        found = {
            "scale": not self.turned and any(abs(s - 1) > WITHIN for s in told),
            "others": self.others > STILL,
            "fold": self.least_area < FOLD,
            "bend": self.bend > STRAIGHT,
            "texture": self.texture < TEXTURE,
            "outside": self.outside > 0,
        }
        return [name for name, wrong in found.items() if wrong]


@dataclass(frozen=True, slots=True)
class Sitter:
    """A face on its photo, and on the photo with straight lines drawn beside the head."""

    subject: Subject
    shape: Shape
    lined: Shape
    lines: tuple[np.ndarray, ...]  # type: ignore[type-arg]


def sitter(subject: Subject) -> Sitter:
    """Look at a face, and draw the lines."""
    faces = find_faces(subject.photo)
    face = max(faces, key=lambda one: one.width)
    photo, lines = planted(subject.photo, face)
    return Sitter(subject, _shape(subject.photo, face), _shape(photo, face), lines)


def _shape(pixels: RGB8, face: Face) -> Shape:
    return Shape.of(Photo(pixels, Source("png", "")), face)


def warp(shape: Shape, op: str, amount: float, locks: Locks = FREE) -> Warp | None:
    """Return the warp of one control."""
    edit = BY_NAME[op].params.model_validate({"amount": amount})
    recipe = Recipe.model_validate({"steps": (Step(edit=edit),), "locks": locks})
    return warp_of(shape, recipe.steps, recipe)


def figures(one: Sitter, control: Control) -> Figures:
    """Measure one control on one face."""
    shape, subtle = one.shape, warp(one.shape, control.op, control.subtle)
    full = [warp(shape, control.op, amount) for amount in control.extremes]
    scales = [_scale(shape, control, w) for w in full]
    texture, outside = _pixels(one.subject, subtle)
    straight = warp(one.lined, control.op, control.subtle)
    return Figures(
        name=one.subject.name,
        op=control.op,
        plus=scales[0],
        minus=scales[-1],
        others=max(_others(shape, control, w) for w in full),
        least_area=min(float(areas(w.forward).min()) if w else 1.0 for w in full),
        bend=0.0 if straight is None else max(bends(straight, one.lines), default=0.0),
        texture=texture,
        outside=outside,
        turned=abs(shape.face.pose.yaw) > TURNED,
    )


def _scale(shape: Shape, control: Control, moved: Warp | None) -> float:
    if control.length is None or moved is None:
        return float("nan")
    before = shape.points
    after = face_units(shape, moved.moved(shape.face.landmarks[:, :2]))
    change = control.length(after) - control.length(before)
    return float(abs(change) / control.stated(before))


def _others(shape: Shape, control: Control, moved: Warp | None) -> float:
    if moved is None:
        return 0.0
    still = sorted({k for name in FEATURES if name not in control.moves for k in FEATURES[name]})
    if not still:
        return 0.0
    points = shape.face.landmarks[still, :2]
    way = moved.moved(points) - points
    return float(np.linalg.norm(way, axis=1).max() / shape.face.scale)


def _pixels(subject: Subject, moved: Warp | None) -> tuple[float, int]:
    """Return the energy of texture that is left on skin, and pixels changed beyond the box."""
    if moved is None:
        return 1.0, 0
    photo, pyramid = moved.shape.photo, Pyramid(subject.photo)
    picture = opened(photo, pyramid, pyramid.whole, subject.photo.copy())
    box, pixels = apply(picture, moved), picture.pixels
    changed = (pixels != subject.photo).any(axis=2)
    changed[box.slices] = False
    face, window = subject.cut(FACE), subject.window(FACE)
    before = measures.lab(face.photo)
    after = measures.lab(np.ascontiguousarray(pixels[window]))
    skin = measures.measuring_skin(before, face.landmarks)
    return measures.texture(before, after, skin, subject.width)[1], int(changed.sum())


def table(found: Sequence[Figures]) -> Iterator[str]:
    """Yield the lines of a table: one control each, the worst face of each figure."""
    names = "control", "+100", "−100", "others", "area", "bend", "texture", "fails"
    yield f"| {' | '.join(names)} |"
    yield "| --- " * len(names) + "|"
    for control in CONTROLS:
        rows = [f for f in found if f.op == control.op]
        front = [f for f in rows if not f.turned] or rows
        plus, minus = (_range([getattr(f, n) for f in front]) for n in ("plus", "minus"))
        faults = [f"{f.name[:24]}: {', '.join(f.faults)}" for f in rows if f.faults]
        yield (
            f"| {control.op} | {plus} | {minus} | {max(f.others for f in rows):.4f}"
            f" | {min(f.least_area for f in rows):.2f} | {max(f.bend for f in rows):.2f}"
            f" | {min(f.texture for f in rows):.3f} | {'; '.join(faults[:3])}"
            f"{f' and {len(faults) - 3} more' if len(faults) > 3 else ''} |"
        )


def _range(values: Sequence[float]) -> str:
    told = [v for v in values if not np.isnan(v)]
    return f"{min(told):.2f} – {max(told):.2f}" if told else "–"


def main(given: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits")
    parser.add_argument("--only", default="", help="part of a photo's name")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args(given)
    found: list[Figures] = []
    for subject in subjects(folder(arguments.portraits), arguments.only):
        one = sitter(subject)
        found += [figures(one, control) for control in CONTROLS]
        print(subject.name, "ok" if all(f.passed for f in found) else "", file=sys.stderr)
    print("\n".join(table(found)))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(f) for f in found], indent=1))
    return 0 if found and all(f.passed for f in found) else 1


if __name__ == "__main__":
    sys.exit(main())

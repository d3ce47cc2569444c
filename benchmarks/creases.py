"""What is left of lines and dark circles: of planted ones, whose truth is known, and of real ones.

`python -m benchmarks.creases` draws lines and circles on every open portrait, retouches at 15, 30,
60 and 100, and measures; then the same on the strongest creases that the faces have. Prints a
table for each skin group and each zone, and whether the bars hold.
"""

import argparse
import hashlib
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks import creases_found as real
from benchmarks import creases_planted as planted
from benchmarks.harness import Subject, crop
from benchmarks.measures import band, ita, lab, measuring_skin
from benchmarks.mesh import RGB8, Bools, Floats
from benchmarks.portraits import folder, subjects
from freckle.analysis.portrait import analyze
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo, Source
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render

LINES: Final = (
    *("forehead_lines", "frown_lines", "crows_feet", "under_eye_lines", "smile_lines"),
    "neck_lines",
)
CIRCLES: Final = ("dark_circles",)
Pictures = dict[int, Floats]
"""Amount → CIELAB of the retouched picture."""
LINE_AMOUNTS: Final = (15, 60, 100)
CIRCLE_AMOUNTS: Final = (30, 60, 100)
LINE_BARS: Final = {15: (0.85, 0.92), 60: (0.4, 0.6), 100: (0.2, 0.35)}
"""Share of a line's contrast that may be left at each amount (the mean over lines)."""
CIRCLE_BARS: Final = {30: (0.68, 0.82), 60: (0.4, 0.6), 100: (0.2, 0.4)}
"""The same for circles: at 60 half of the difference goes, at 100 at most four fifths."""
PORES: Final = (0.92, 1.08, 0.97)
"""Least and most energy, and least correlation, of the finest band in the lines' zone at 60."""
LINED: Final = (
    *("elderly_woman_wrinkles", "fellow_dark_pearls", "fellow_earrings_makeup"),
    *("fellow_eyes_bags", "fellow_glasses_stubble", "london_107", "london_114_smile"),
    *("london_131", "london_172", "man_lowlight_dusk", "woman_bartender", "woman_mature_54"),
    *("woman_mature_makeup", "woman_south_asian"),
)
"""Open portraits on which the eye finds lines: the bars are for these. What the detector finds on
the others is hair, shine and mottle as often as not."""
OWN: Final = 0.5
"""Change of the unplanted face from which on it has a crease of its own there."""
FINEST: Final = 0.0012
WIDTH: Final = 600.0
"""Faces are measured at this width in pixels: about that of the engine's working picture."""
CLEAR: Final = 3.0
"""L* of difference from which a real circle is one."""


@dataclass(slots=True)
class Shares:
    """Shares left, by what they are of and by amount, each with its weight."""

    values: dict[tuple[str, int], list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, name: str, amount: int, share: float, weight: float = 1.0) -> None:
        """Note one share; NaN is left out."""
        if np.isfinite(share):
            self.values[name, amount].append((share, weight))

    def mean(self, name: str, amount: int) -> float:
        """Return the weighted mean: what is left of all contrast together."""
        found = self.values.get((name, amount), [])
        if not found:
            return float("nan")
        shares, weights = np.transpose(found)
        return float(np.average(shares, weights=weights))

    def names(self) -> list[str]:
        """Return what there are shares of."""
        return sorted({name for name, _ in self.values})

    def row(self, name: str, amounts: Sequence[int]) -> str:
        """Write the mean and the ends of the middle 80 % for each amount."""
        cells = []
        for amount in amounts:
            low, high = np.quantile([v for v, _ in self.values[name, amount]], [0.1, 0.9])
            cells.append(f"{self.mean(name, amount):6.2f} {low:5.2f}{high:6.2f}")
        return f"  {name[:26]:26}{len(self.values[name, amounts[0]]):5} " + " |".join(cells)


def opened(pixels: RGB8) -> Callable[[Sequence[str], int], RGB8]:
    """Analyse a picture once; return how it looks with some ops at an amount."""
    photo = Photo(pixels.copy(), Source("png", hashlib.sha256(pixels.tobytes()).hexdigest()))
    portrait = analyze(photo)

    def at(ops: Sequence[str], amount: int) -> RGB8:
        steps = tuple(Step(edit=BY_NAME[name].params(amount=amount)) for name in ops)
        recipe = Recipe(steps=steps, locks=Locks(natural=False))
        return np.asarray(render(photo, portrait, recipe).photo.pixels, np.uint8)

    return at


@dataclass(slots=True)
class Tables:
    """Everything that was measured."""

    lines: Shares = field(default_factory=Shares)
    circles: Shares = field(default_factory=Shares)
    real_lines: Shares = field(default_factory=Shares)
    real_circles: Shares = field(default_factory=Shares)
    pores: list[tuple[str, float, float]] = field(default_factory=list)


def judge(subject: Subject, tables: Tables) -> None:
    """Measure one face into the tables."""
    face = crop(subject, WIDTH)
    before = lab(face.photo)
    angle = ita(before, measuring_skin(before, face.landmarks))
    group = "light" if angle > 41 else "tan" if angle > 10 else "brown" if angle > -30 else "dark"
    at = opened(face.photo)
    retouched = {a: lab(at(LINES, a)) for a in LINE_AMOUNTS}
    rested = {a: lab(at(CIRCLES, a)) for a in CIRCLE_AMOUNTS}
    _planted_lines(face, retouched, group, tables)
    seed = zlib.crc32(face.name.encode())
    drawn = planted.draw_circles(face.photo, face.landmarks, seed)
    at = opened(drawn)
    covered = {a: lab(at(CIRCLES, a)) for a in CIRCLE_AMOUNTS}
    _circles(face, (lab(drawn), covered), group, tables.circles)
    _circles(face, (before, rested), group, tables.real_circles)
    _real_lines(face, before, retouched, tables.real_lines)


def _real_lines(face: Subject, before: Floats, after: Pictures, into: Shares) -> None:
    for crease in real.strongest(before, face.landmarks):
        for amount, picture in after.items():
            left = real.contrast(picture[..., 0], crease, face.width) / crease.contrast
            lined = any(name in face.name for name in LINED)
            for name in (*(("all", crease.zone) if lined else ()), face.name):
                into.add(name, amount, left, crease.contrast)


def _circles(face: Subject, seen: tuple[Floats, Pictures], group: str, into: Shares) -> None:
    before, after = seen
    for amount, picture in after.items():
        for eye in real.circles(before, picture, face.landmarks):
            if eye.before[0] >= CLEAR:
                left = eye.after[0] / eye.before[0]
                for name in ("all", group, face.name):
                    into.add(name, amount, left, eye.before[0])
            into.add("color", amount, eye.hue[1] / eye.hue[0], eye.hue[0])


def _planted_lines(face: Subject, clean: Pictures, group: str, tables: Tables) -> None:
    fw, before = face.width, lab(face.photo)
    skin = planted.near_cheeks(before, face.landmarks)
    lines = planted.lines_of(face.landmarks, zlib.crc32(face.name.encode()))
    lines = [line for line in lines if planted.on_skin(line, skin)]
    drawn = planted.draw_lines(face.photo, lines, fw)
    at, added = opened(drawn), lab(drawn)[..., 0] - before[..., 0]
    shapes = [planted.relief(line, skin.shape, fw) for line in lines]
    for amount in LINE_AMOUNTS:
        after = lab(at(LINES, amount))[..., 0]
        rest = after.copy()
        for line, shape in zip(lines, shapes, strict=True):
            weight = (np.abs(shape) > 0.05 * line.depth) & skin
            share = planted.left(added, clean[amount][..., 0], after, weight)
            rest -= share * shape
            for name in ("all", group, line.zone, f"σ {line.width}"):
                tables.lines.add(name, amount, share)
        if amount == 60 and lines:
            zone = np.any([np.abs(shape) > 0.3 for shape in shapes], axis=0) & skin
            zone &= np.abs(clean[amount] - before).max(axis=-1) < OWN
            tables.pores.append((face.name, *pores(before[..., 0], rest, zone, fw)))


def pores(before: Floats, after: Floats, zone: Bools, fw: float) -> tuple[float, float]:
    """Return energy after / before and correlation of the finest band of L* in a zone.

    Lines are taken out of both pictures before: what is measured is the skin that they run through.
    """
    pair, _ = band(np.dstack([before, after]), FINEST * fw, 2 * FINEST * fw)
    old, new = pair[zone].astype(np.float64).T
    power = max(float(old @ old), 1e-9)
    return float(new @ new) / power, float(old @ new / np.sqrt(power * max(new @ new, 1e-9)))


def report(tables: Tables) -> bool:
    """Print everything; return whether all bars hold."""
    good = True
    for title, shares, amounts, bars in (
        ("Planted lines", tables.lines, LINE_AMOUNTS, LINE_BARS),
        ("Planted circles", tables.circles, CIRCLE_AMOUNTS, CIRCLE_BARS),
        ("Real creases", tables.real_lines, LINE_AMOUNTS, LINE_BARS),
        ("Real circles, darkest quarter", tables.real_circles, CIRCLE_AMOUNTS, CIRCLE_BARS),
    ):
        head = " |".join(f"{a:>6} (10 … 90 %)" for a in amounts)
        print(f"\n{title}: share left\n  {'':26}{'n':>5} {head}")
        for name in shares.names():
            print(shares.row(name, amounts))
        for amount, (low, high) in bars.items():
            value = shares.mean("all", amount)
            held = low <= value <= high
            good &= held
            print(f"  at {amount}: {value:.2f} in {low} … {high}: {'pass' if held else 'FAIL'}")
    return _report_pores(tables.pores) and good


def _report_pores(found: Sequence[tuple[str, float, float]]) -> bool:
    low, high, least = PORES
    print("\nPores in the lines' zone at 60: energy and correlation of the finest band")
    for name, energy, likeness in sorted(found, key=lambda row: row[2])[:4]:
        print(f"  {name[:40]:40} {energy:.3f} {likeness:.3f}")
    energies = [energy for _, energy, _ in found]
    held = low <= min(energies) and max(energies) <= high and min(f[2] for f in found) >= least
    print(f"  all: {min(energies):.3f} … {max(energies):.3f}: {'pass' if held else 'FAIL'}")
    return held


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every open portrait, or those whose name contains `--only`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.creases", description=__doc__)
    parser.add_argument("--portraits", help="folder of portraits")
    parser.add_argument("--only", default="", help="part of the file names")
    asked = parser.parse_args(arguments)
    root = folder(asked.portraits)
    tables = Tables()
    for subject in subjects(root, asked.only):
        judge(subject, tables)
        print(".", end="", flush=True, file=sys.stderr)
    return 0 if report(tables) else 1


if __name__ == "__main__":
    raise SystemExit(main())

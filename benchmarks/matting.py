"""How well people are cut out: composites whose alpha is known, on plain, busy and similar grounds.

`python -m benchmarks.matting [--tuning] [--only NAME] [--json FILE] [--crops DIR]`

No person and no ground of the pictures that are judged is among those that settings are chosen on
(`--tuning`).
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from benchmarks.cutouts import Cutout, before_gray, with_drawn_hair
from benchmarks.grounds import ground
from benchmarks.measures import lab
from benchmarks.mesh import RGB8, Bools, Floats
from benchmarks.portraits import folder
from benchmarks.strands import Hair
from freckle.analysis.matte import PEAK
from freckle.analysis.portrait import Portrait, analyze
from freckle.ops.background import Background
from freckle.photo import Photo, Source
from freckle.recipe.recipe import Recipe, Step
from freckle.render.render import render

BLACK, WHITE, GREEN = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.0, 0.69, 0.25)
GATES: Final = {"mad": 0.012, "band": 0.10, "delta": 4.0}
"""Issue 13's bars for the means over all judged pictures."""
REACH: Final = 0.008
"""How far the unknown band reaches around what is mixed in truth, in widths of the picture."""
GRAIN: Final = 1.2 / 255

GRAY: Final = Hair((0.62, 0.61, 0.6), seed=5, curl=0.03, long=0.35)
BLACK_CURLS: Final = Hair((0.09, 0.075, 0.07), seed=8, curl=0.07, long=0.6, loose=700)
BLOND: Final = Hair((0.72, 0.58, 0.38), seed=3, long=0.55, light=0.25)
RED: Final = Hair((0.5, 0.25, 0.13), seed=4, curl=0.05, long=0.5, light=0.4)
BROWN: Final = Hair((0.25, 0.16, 0.1), seed=6, long=0.5)

Plan = tuple[str, Hair | None, tuple[str, ...]]
"""A London picture ("" is the astronaut), hair to draw (None: their own), and the grounds."""
JUDGED: Final[tuple[Plan, ...]] = (
    ("london_113", None, ("seamless", "meadow", "curtain")),
    ("london_067", None, ("seamless", "coffee", "curtain")),
    ("london_096", None, ("street", "meadow", "curtain")),
    ("london_061", GRAY, ("street", "coffee")),
    ("london_043", BLOND, ("street", "curtain")),
    ("london_037", BLACK_CURLS, ("seamless", "coffee", "curtain")),
    ("", RED, ("seamless", "meadow")),
)
TUNING: Final[tuple[Plan, ...]] = (
    ("london_062", None, ("wall", "brick", "like")),
    ("london_135", None, ("wall", "bar", "like")),
    ("london_173", None, ("brick", "bar")),
    ("london_172", BROWN, ("wall", "bar", "like")),
    ("london_114", BLOND, ("brick", "bar")),
)
ALONE: Final[tuple[Plan, ...]] = tuple(
    ("", hair, ("seamless", "coffee", "curtain")) for hair in (RED, BLACK_CURLS, GRAY)
)
"""What is judged where there is no folder."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One picture's; the less, the better."""

    name: str
    mad: float
    """Mean difference of alpha, 0..1, over all that is judged."""
    band: float
    """The same in the unknown band."""
    gradient: float
    """Mean difference of alpha's slope there, per pixel."""
    delta: float
    """Mean ΔE (CIE 1976) there of the cut-out laid on black, white and green."""
    whole: float
    """The same over all that is judged."""
    rim: float
    """How much lighter than in truth the band is on black, L*."""
    seconds: float
    """Processor time of the fine matte."""


def cutouts(root: Path | None, plans: Sequence[Plan], only: str) -> Iterator[tuple[str, Cutout]]:
    """Yield every person with the name of every ground to stand before."""
    for number, (start, hair, grounds) in enumerate(plans):
        found = next(iter(sorted(root.glob(f"more/{start}*"))), None) if root and start else None
        if start and found is None:
            continue
        name = f"{start or 'astronaut'}{f'_drawn_{number}' if hair else ''}"
        if not any(only in f"{name}/{where}" for where in grounds):
            continue
        if hair is None and found is not None:
            person = before_gray(found, name)
        elif hair is not None:
            person = with_drawn_hair(found, name, hair)
        for where in grounds:
            if only in f"{name}/{where}":
                yield where, person


def composed(person: Cutout, where: Floats) -> Photo:
    """Lay a person on a ground, with a sensor's grain, as an 8-bit photo."""
    share = person.alpha[..., None]
    mixed = share * person.front + (1 - share) * where
    grain = np.random.default_rng(1).normal(0, GRAIN, mixed.shape)
    pixels = np.rint(np.clip(mixed + grain, 0, 1) * 255).astype(np.uint8)
    return Photo(pixels, Source("png", hashlib.sha256(pixels.tobytes()).hexdigest()))


def judge(name: str, person: Cutout, photo: Photo) -> tuple[Figures, RGB8]:
    """Cut the person out of a composite; return the figures, and pictures to look at."""
    portrait = analyze(photo)
    begun = time.process_time()
    found = portrait.matte.alpha.astype(np.float32) / np.float32(PEAK)
    seconds = time.process_time() - begun
    return compared(name, person, removed(photo, portrait), found, seconds)


def compared(
    name: str, person: Cutout, front: Floats, found: Floats, seconds: float
) -> tuple[Figures, RGB8]:
    """Compare colors and alpha with the truth, above the last judged row.

    The picture beside the figures has result | truth on black, white and green.
    """
    rows = slice(0, person.judged)
    truth, found, front, own = person.alpha[rows], found[rows], front[rows], person.front[rows]
    band = unknown(truth)
    apart = np.abs(found - truth)
    slope = np.abs(_slope(found) - _slope(truth)).mean(axis=2)
    grounds = (BLACK, WHITE, GREEN)
    pairs = [(_laid(front, found, color), _laid(own, truth, color)) for color in grounds]
    deltas = [np.linalg.norm(_lab(a) - _lab(b), axis=2) for a, b in pairs]
    lighter = _lab(pairs[0][0])[..., 0] - _lab(pairs[0][1])[..., 0]
    figures = Figures(
        name,
        mad=float(apart.mean()),
        band=float(apart[band].mean()),
        gradient=float(slope[band].mean()),
        delta=float(np.mean([delta[band].mean() for delta in deltas])),
        whole=float(np.mean([delta.mean() for delta in deltas])),
        rim=float(np.maximum(lighter, 0)[band].mean()),
        seconds=seconds,
    )
    return figures, np.hstack([_eight(each) for pair in pairs for each in pair])


def removed(photo: Photo, portrait: Portrait) -> Floats:
    """Return the people's own colors (encoded), as a file without ground holds them."""
    recipe = Recipe(steps=(Step(edit=Background(mode="remove")),))
    done = render(photo, portrait, recipe).photo
    return done.pixels.astype(np.float32) / np.float32(255)


def unknown(truth: Floats) -> Bools:
    """Return the band in which alpha has to be told: what is mixed, and a little around."""
    mixed = ((truth > 0.02) & (truth < 0.98)).astype(np.uint8)
    side = 2 * round(REACH * truth.shape[1]) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(mixed, disc) > 0)


def _slope(alpha: Floats) -> Floats:
    soft = cv2.GaussianBlur(alpha, (0, 0), 1.0)
    ways = ((1, 0), (0, 1))
    found = [cv2.Sobel(soft, cv2.CV_32F, *way, scale=1 / 8) for way in ways]
    return np.asarray(np.dstack(found), np.float32)


def _laid(front: Floats, alpha: Floats, color: tuple[float, float, float]) -> Floats:
    share = alpha[..., None]
    return np.asarray(share * front + (1 - share) * np.array(color, np.float32), np.float32)


def _lab(values: Floats) -> Floats:
    return lab(_eight(values))


def _eight(values: Floats) -> RGB8:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def table(rows: Sequence[Figures]) -> str:
    """Return the figures as text, the mean last."""
    names = list(asdict(rows[0]))[1:]
    mean = Figures("mean", *(float(np.mean([getattr(row, n) for row in rows])) for n in names))
    lines = [f"{'':34}" + "".join(f"{name:>9}" for name in names)]
    lines += [
        f"{row.name:34}" + "".join(f"{getattr(row, n):9.4f}" for n in names)
        for row in (*rows, mean)
    ]
    return "\n".join(lines)


def held(rows: Sequence[Figures]) -> dict[str, bool]:
    """Return for each gate whether the mean holds it."""
    return {
        name: float(np.mean([getattr(row, name) for row in rows])) <= bar
        for name, bar in GATES.items()
    }


def main(words: Sequence[str] | None = None) -> int:
    """Judge, print, and end with 0 when all gates hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits")
    parser.add_argument("--tuning", action="store_true", help="the pictures settings are chosen on")
    parser.add_argument("--only", default="", help="part of PERSON/GROUND")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--crops", type=Path, help="folder: result | truth on black, white, green")
    arguments = parser.parse_args(words)
    root = folder(arguments.portraits)
    plans = TUNING if arguments.tuning else JUDGED if root else ALONE
    rows: list[Figures] = []
    for where, person in cutouts(root, plans, arguments.only):
        size = person.alpha.shape[0], person.alpha.shape[1]
        photo = composed(person, ground(where, size, person.hair))
        figures, look = judge(f"{person.name}/{where}", person, photo)
        rows.append(figures)
        print(table(rows).splitlines()[-2], flush=True)
        if arguments.crops:
            arguments.crops.mkdir(parents=True, exist_ok=True)
            path = arguments.crops / f"{person.name}_{where}.png"
            cv2.imwrite(str(path), np.hstack([photo.pixels[: look.shape[0]], look])[..., ::-1])
    if not rows:
        parser.error(f"no picture is called {arguments.only!r}")
    print(table(rows))
    verdict = held(rows)
    for name, good in verdict.items():
        print(f"{name} <= {GATES[name]}: {'holds' if good else 'MISSED'}")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    return 0 if all(verdict.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

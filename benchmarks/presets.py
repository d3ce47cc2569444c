"""How far presets lie from Natural, where their names promise something, and from each other.

`python -m benchmarks.presets [--only NAME] [--portraits DIR]`
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from benchmarks.creases import LINED
from benchmarks.engine import NATURAL, engine
from benchmarks.measures import blur, lab, measuring_skin
from benchmarks.mesh import EYES, Bools, Floats, face_width, grow, hull, polygon
from benchmarks.portraits import folder
from benchmarks.quality import fast_subjects

LOWER_LIDS: Final = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 121, 120, 119, 118, 117, 111),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 350, 349, 348, 347, 346, 340),
)
"""The lower lid of each eye and the bone under it."""
MOUTH: Final = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81)
"""The inner edge of the lips."""
FEWEST: Final = 40
"""Pixels from which a place is there at all."""

DEEP: Final = 4.0
"""L* below the skin around, from which on a valley is a crease."""

Place = Callable[[Floats, Floats, Bools], Bools]
"""Lab, landmarks and measured skin of a face → where something is."""


def _skin(_lab: Floats, _landmarks: Floats, skin: Bools) -> Bools:
    return skin


def _under_eyes(before: Floats, landmarks: Floats, _skin: Bools) -> Bools:
    shape, width = before.shape[:2], face_width(landmarks)
    found = np.zeros(shape, bool)
    for eye, lid in zip(EYES, LOWER_LIDS, strict=True):
        found |= hull(landmarks, lid, shape) & ~grow(hull(landmarks, eye, shape), 0.012 * width)
    return found


def _teeth(before: Floats, landmarks: Floats, skin: Bools) -> Bools:
    """Inside an open mouth, what is nearly as light as skin and hardly as red."""
    own = np.median(before[skin], axis=0) if skin.any() else np.zeros(3)
    light, red = before[..., 0] > 0.75 * own[0], before[..., 1] < 0.7 * own[1]
    return np.asarray(polygon(landmarks, MOUTH, before.shape[:2]) & light & red)


def _share(values: Floats, skin: Bools, percent: float) -> Bools:
    """Return the skin whose values are among the highest."""
    if skin.sum() < FEWEST:
        return skin
    return np.asarray(skin & (values > np.percentile(values[skin], 100 - percent)))


def _shine(before: Floats, _landmarks: Floats, skin: Bools) -> Bools:
    return _share(before[..., 0], skin, 8)


def _shade(before: Floats, landmarks: Floats, skin: Bools) -> Bools:
    return _share(-blur(before[..., 0], 0.02 * face_width(landmarks)), skin, 20)


def _red(before: Floats, landmarks: Floats, skin: Bools) -> Bools:
    low = blur(before, 0.006 * face_width(landmarks))
    return _share(np.asarray(low[..., 1] / (low[..., 0] + 16), np.float32), skin, 8)


def _creases(before: Floats, landmarks: Floats, skin: Bools) -> Bools:
    width, light = face_width(landmarks), before[..., 0]
    return np.asarray(skin & (blur(light, 0.03 * width) - blur(light, 0.004 * width) > DEEP))


PLACES: Final = MappingProxyType(
    {
        "skin": _skin,
        "red": _red,
        "shine": _shine,
        "shade": _shade,
        "creases": _creases,
        "under eyes": _under_eyes,
        "teeth": _teeth,
    }
)
PROMISED: Final = MappingProxyType(
    {
        "clean": ("red",),
        "headshot": ("shine", "under eyes", "teeth"),
        "beauty": ("skin",),
        "mature": ("creases", "under eyes"),
        "teen": ("red", "shine"),
        "outdoor": ("shine", "shade"),
    }
)
"""Where each preset's name promises a change."""
LEAST: Final = 0.8
"""Mean ΔE (CIE 1976) from Natural there, over the faces that have such a place."""


def differences(photo_lab: Floats, landmarks: Floats, answers: dict[str, Floats]) -> list[Floats]:
    """Return ΔE of each pair of presets at each place: places of (presets × presets)."""
    skin = measuring_skin(photo_lab, landmarks)
    pictures = list(answers.values())
    found = []
    for place in PLACES.values():
        where = place(photo_lab, landmarks, skin)
        table = np.full((len(pictures), len(pictures)), np.nan, np.float32)
        if where.sum() >= FEWEST:
            values = [picture[where] for picture in pictures]
            for i, one in enumerate(values):
                for j, other in enumerate(values):
                    table[i, j] = np.linalg.norm(one - other, axis=-1).mean()
        found.append(table)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when every preset differs where it promises to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.presets", description=__doc__)
    parser.add_argument("--portraits", help="folder of photos (default: FRECKLE_PORTRAITS)")
    parser.add_argument("--only", default="", help="only portraits whose name contains this")
    options = parser.parse_args(arguments)
    names = (NATURAL, *PROMISED)
    retouches = {name: engine(name) for name in names}
    tables = []
    for subject in fast_subjects(folder(options.portraits), options.only):
        answers = {name: lab(retouch(subject.photo)[0]) for name, retouch in retouches.items()}
        table = differences(lab(subject.photo), subject.landmarks, answers)
        if not any(name in subject.name for name in LINED):
            table[list(PLACES).index("creases")][:] = np.nan
        tables.append(table)
    means = np.nanmean(np.asarray(tables), axis=0)
    print(f"ΔE from Natural, mean of {len(tables)} faces; * where it promises {LEAST} or more")
    print(f"{'':10s}" + "".join(f"{place:>12s}" for place in PLACES))
    missed = []
    for row, name in enumerate(names[1:], 1):
        cells = []
        for place, table in zip(PLACES, means, strict=True):
            promised = place in PROMISED[name]
            cells.append(f"{table[row, 0]:11.2f}{'*' if promised else ' '}")
            if promised and not table[row, 0] >= LEAST:
                missed.append(f"{name}: {place}")
        print(f"{name:10s}" + "".join(cells))
    print("\nΔE between presets, mean over skin")
    print(f"{'':10s}" + "".join(f"{name:>10s}" for name in names))
    for name, values in zip(names, means[0], strict=True):
        print(f"{name:10s}" + "".join(f"{value:10.2f}" for value in values))
    print("missed: " + ", ".join(missed) if missed else "ok")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())

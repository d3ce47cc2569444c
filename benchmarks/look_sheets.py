"""Draw candidates of prompts on portraits of many kinds, to be looked at, and measure them.

Run as `python -m benchmarks.look_sheets OUT [--prompts "neon" "film noir"] [--portraits PART …]`.
Writes a sheet for each prompt: a row for each portrait (dark, pale, glasses, elderly, group, low
light), the photo and then its four candidates. Prints how far candidates are apart, pair by pair
(mean ΔE 1976 over the whole picture), and how far each turned lit skin (ITA at its own lightness).
Portraits are reduced to 1000 pixels; ideas of a look do not depend on size.
"""

import argparse
import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

import freckle
from benchmarks.mesh import RGB8, Floats
from benchmarks.portraits import folder, photographs
from freckle.pixels.color import lab

PROMPTS: Final = (
    "golden hour",
    "neon",
    "film noir",
    "high key studio",
    "candlelight",
    "editorial makeup",
    "pastel",
    "moody blue",
    "warm vintage film",
    "dewy skin, coral lips",
    "red carpet",
    "corporate headshot",
)
PORTRAITS: Final = (
    "woman_dark_skin_frontal",
    "woman_freckles",
    "man_glasses_beard",
    "elderly_woman",
    "group_six",
    "man_lowlight",
)
LONGEST: Final = 1000
COUNT: Final = 4
SIDE: Final = 400
"""Pixels of a cell's sides."""
LINE: Final = 18


@dataclass(frozen=True, slots=True)
class Seen:
    """One candidate as it was drawn."""

    label: str
    picture: RGB8
    turned: float | None
    """Farthest move of anybody's lit skin, in degrees of its typology angle; None: no hue."""


def opened(root: Path | None, part: str) -> tuple[str, freckle.OpenedPhoto]:
    """Open the first portrait whose name has a part in it, reduced."""
    name, picture = next(photographs(root, part))
    scale = min(1.0, LONGEST / max(picture.shape[:2]))
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return name, freckle.from_array(np.ascontiguousarray(small, np.uint8))


def candidates(photo: freckle.OpenedPhoto, prompt: str, seed: int) -> list[Seen]:
    """Draw the candidates of a prompt."""
    found = []
    for one in freckle.look(photo, prompt, candidates=COUNT, seed=seed).candidates:
        moved = [person.ita for person in one.drift if person.ita is not None]
        picture = np.asarray(one.result.content.pixels, np.uint8)
        found.append(Seen(one.label, picture, max(moved, key=abs, default=None)))
    return found


def apart(seen: list[Seen]) -> list[float]:
    """Return how far each pair is apart: the mean ΔE (1976) over all pixels."""
    colors = [_lab(each.picture) for each in seen]
    return [float(np.linalg.norm(a - b, axis=2).mean()) for a, b in combinations(colors, 2)]


def _lab(picture: RGB8) -> Floats:
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return lab(small.astype(np.float32) / 255)


def cell(picture: RGB8, text: str, side: int) -> RGB8:
    """Return a picture fitted into a cell, with a line of text below."""
    scale = side / max(picture.shape[:2])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    out = np.full((side + LINE, side + 4, 3), 255, np.uint8)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    left = (side - size[0]) // 2
    out[: size[1], left : left + size[0]] = small
    cv2.putText(
        out,
        text,
        (4, side + 13),
        cv2.FONT_HERSHEY_SIMPLEX,
        min(0.42, side / 700),
        (40, 40, 40),
        1,
        cv2.LINE_AA,
    )
    return out


def row(photo: freckle.OpenedPhoto, seen: list[Seen], side: int = SIDE) -> RGB8:
    """Return the photo and its candidates side by side."""
    cells = [cell(np.asarray(photo.content.pixels, np.uint8), "the photo", side)]
    for each in seen:
        moved = "no hue" if each.turned is None else f"skin {each.turned:+.1f}"
        cells.append(cell(each.picture, f"{each.label.replace('·', '+')} {moved}", side))
    return np.hstack(cells).astype(np.uint8)


def main() -> None:
    """Draw the sheets and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--prompts", nargs="*", default=PROMPTS)
    parser.add_argument("--portraits", nargs="*", default=PORTRAITS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--side", type=int, default=SIDE, help="pixels of a cell's sides")
    parser.add_argument("--jpeg", action="store_true", help="write JPEG files, for the docs")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    photos = dict(opened(folder(), part) for part in given.portraits)
    means, least = [], []
    for prompt in given.prompts:
        rows = []
        for name, photo in photos.items():
            seen = candidates(photo, prompt, given.seed)
            pairs = apart(seen)
            means.append(float(np.mean(pairs)))
            least.append(min(pairs))
            turned = " ".join("–" if s.turned is None else f"{s.turned:+.1f}" for s in seen)
            print(
                f"{prompt:24} {name[:26]:26} apart mean {means[-1]:5.1f} least {least[-1]:4.1f}"
                f"   skin {turned}",
                flush=True,
            )
            rows.append(row(photo, seen, given.side))
        sheet = Image.fromarray(np.vstack(rows))
        name = "candidates_" + re.sub(r"[^a-z0-9]+", "_", prompt.lower())
        if given.jpeg:
            sheet.save(given.out / f"{name}.jpg", quality=82, optimize=True)
        else:
            sheet.save(given.out / f"{name}.png")
    print(
        f"{len(means)} sets: mean of all pairs {np.mean(means):.1f}, "
        f"sets with a mean below 4: {sum(m < 4 for m in means)}, "
        f"with a nearest pair below 4: {sum(m < 4 for m in least)}"
    )


if __name__ == "__main__":
    main()

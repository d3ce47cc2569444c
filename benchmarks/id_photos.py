"""Check ID photos by what people read off the originals: none of the cutting's code takes part.

Run as `python -m benchmarks.id_photos [--countries de,us]`. `freckle id` cuts each portrait of
`labels/heads.json` in a process of its own. Of the PNG it wrote only the pixels count: they are
looked for in the original, row by row and bit by bit, which says where the cut lies and that
nothing was changed. With the rows that were read off by eye (pupils, chin, top of the hair) its
measures follow in millimeters, and are compared with the document's limits, written down here once
more, and with what the command's report claims. What is asked for is .5 mm.

The crown of documents that leave hair out is nobody's to see; it is taken as far above the eyes as
the chin lies below, or at the top of the hair where that is lower, as the command does. What an
error in reading by two pixels makes is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.portraits import folder

LABELS: Final = Path(__file__).parent / "labels" / "heads.json"
ASKED: Final[dict[str, dict[str, Any]]] = {
    "de": {"size": (35, 45), "head": (32, 36), "eyes": (22.5, 31.5), "hair": False},
    "us": {"size": (50.8, 50.8), "head": (25.4, 34.9), "eyes": (28.6, 34.9), "hair": True},
}
MOST: Final = 0.5
READ: Final = 2.0
"""Pixels by which a row may be read wrong."""
Rows = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Measured:
    """Lengths in millimeters; None where no row could be read."""

    head: float | None
    eyes: float
    blur: float
    """What two pixels are."""


def place(cut: Rows, original: Rows) -> tuple[int, int]:
    """Return where a cut lies in the original, to the bit. Raises `ValueError` if nowhere."""
    tall, wide = cut.shape[:2]
    for top in range(original.shape[0] - tall + 1):
        starts = np.flatnonzero((original[top, :, :] == cut[0, 0]).all(axis=1))
        for left in starts[starts <= original.shape[1] - wide]:
            part = original[top : top + tall, left : left + wide]
            if np.array_equal(part[0], cut[0]) and np.array_equal(part, cut):
                return int(left), top
    raise ValueError("the pixels of the cut are nowhere in the original")


def measured(rows: dict[str, float | None], top: int, tall: int, country: str) -> Measured:
    """Return what a cut measures on paper."""
    asked = ASKED[country]
    step = asked["size"][1] / tall
    eyes, chin = rows["eyes"], rows["chin"]
    assert eyes is not None
    crown = rows["top"]
    if not asked["hair"] and chin is not None and crown is not None:
        crown = max(2 * eyes - chin, crown)
    head = None if chin is None or crown is None else (chin - crown) * step
    return Measured(head, (top + tall - eyes) * step, READ * step)


def cut(portrait: Path, country: str, out: Path) -> dict[str, Any] | str:
    """Have the command write an ID photo; return its report, or what it refused."""
    report = out.with_suffix(".json")
    ask = ["id", str(portrait), "-o", str(out), "--country", country, "--report", str(report), "-q"]
    ran = subprocess.run(
        [sys.executable, "-m", "freckle.cli", *ask], check=False, capture_output=True, text=True
    )
    if not report.is_file():
        return ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else "nothing was written"
    told: dict[str, Any] = json.loads(report.read_text())
    return told


def main() -> int:
    """Print one line a cut; return 1 where one is more than half a millimeter out of its limits."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--countries", default=",".join(ASKED))
    given, portraits = parser.parse_args(), folder()
    if portraits is None:
        print("There is no folder of portraits.")
        return 2
    labels = {k: v for k, v in json.loads(LABELS.read_text()).items() if k != "about"}
    off: dict[str, list[float]] = {"head": [], "eyes": []}
    bad = 0
    with tempfile.TemporaryDirectory() as where:
        for country in given.countries.split(","):
            for name, rows in labels.items():
                out = Path(where) / f"{country}-{Path(name).stem}.png"
                told = cut(portraits / name, country, out)
                if isinstance(told, str):
                    print(f"{country} {name}: {told}")
                    continue
                pixels = np.asarray(Image.open(out))
                _, top = place(pixels, np.asarray(Image.open(portraits / name).convert("RGB")))
                found = measured(rows, top, len(pixels), country)
                bad += _say(country, name, found, told["measures_mm"], off)
    for what, values in off.items():
        mean, most = np.mean(values), np.max(values)
        print(f"{what}: {len(values)} read, off by {mean:.2f} mm on average, {most:.2f} at most")
    return int(bad > 0)


def _say(
    country: str, name: str, found: Measured, told: dict[str, float], off: dict[str, list[float]]
) -> bool:
    """Print a cut; tell whether it is out of its limits."""
    parts, bad = [], False
    for what in ("head", "eyes"):
        value = getattr(found, what)
        if value is None:
            parts.append(f"{what} not to be read")
            continue
        low, high = ASKED[country][what]
        outside = max(low - value, value - high, 0.0)
        wrong = abs(value - told[what])
        off[what].append(wrong)
        bad |= outside > MOST
        parts.append(f"{what} {value:.2f} mm ({low:g} to {high:g}), claimed {told[what]:.2f}"
                     + (f", {outside:.2f} outside" if outside else ""))  # fmt: skip
    print(f"{country} {name}: {'; '.join(parts)}; two pixels are {found.blur:.2f} mm; same bits",
          flush=True)  # fmt: skip
    return bad


if __name__ == "__main__":
    raise SystemExit(main())

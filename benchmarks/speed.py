"""Speed in codec units and memory, from 2 to 100 megapixels.

Jobs share one warm cage of decoders, as those of a server or a set do; `cold` pays for its own.

`python -m benchmarks.speed [--sizes 2 12 24 50 100] [--preset NAME] [--trials N] [--json FILE]`
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import timing
from benchmarks.engine import NATURAL, retouch_file
from benchmarks.harness import Subject
from benchmarks.portraits import folder, subjects
from benchmarks.scenes import QUALITY, photo_file
from freckle.cage import caged

SIZES: Final = (2.0, 12.0, 24.0, 50.0, 100.0)
FOLDER: Final = Path(__file__).parent / "results" / "speed"
SHARP: Final = "woman_mature_makeup_4480px_01"
"""The portrait with enough pixels to fill 100 megapixels, when it is there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must not exceed its gate; the target is the goal."""

    name: str
    value: float
    gate: float
    target: float

    def __str__(self) -> str:
        """One line of the verdict."""
        verdict = "ok  " if self.value <= self.gate else "FAIL"
        limits = f"gate {self.gate:g}   target {self.target:g}"
        return f"{verdict} {self.name:34s}{self.value:9.2f}   {limits}"


def head(given: str | None) -> Subject:
    """Return the face that the timed photos show."""
    root = folder(given)
    found = list(subjects(root, SHARP if root and (root / f"{SHARP}.jpg").exists() else ""))
    if not found:
        raise SystemExit("No usable face was found. Name another folder with --portraits.")
    return max(found, key=lambda s: s.width)


def time_file(path: Path, preset: str, trials: int) -> timing.Timing:
    """Time the whole way from file to file against open + save of the same file."""
    with tempfile.TemporaryDirectory() as place:
        target = Path(place, "out.jpg")
        return timing.measure(
            path.read_bytes(),
            lambda: retouch_file(path, target, preset),
            quality=QUALITY,
            wanted=trials,
        )


def child(path: Path, preset: str) -> dict[str, float]:
    """Retouch in a fresh process; return its memory peak in MB and its whole time in seconds."""
    with tempfile.TemporaryDirectory() as place:
        target = str(Path(place, "out.jpg"))
        command = [sys.executable, "-m", "benchmarks.peak", str(path), target, preset]
        # installed packages have their bytecode: without it, half a second goes to compiling
        known = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        started = time.perf_counter()
        ended = subprocess.run(command, capture_output=True, text=True, check=True, env=known)
        found = json.loads(ended.stdout.splitlines()[-1])
        return {"peak": found["peak"], "cold": time.perf_counter() - started}


def size_row(megapixels: float, path: Path, options: argparse.Namespace) -> dict[str, float]:
    """Measure one file and print its line."""
    found = time_file(path, options.preset, options.trials)
    cost = child(path, options.preset)
    row: dict[str, float] = {
        "mp": megapixels,
        "unit": found.median("unit", "wall"),
        "job": found.median("job", "wall"),
        "job_cpu": found.median("job", "cpu"),
        "r": found.ratio(),
        "r_p95": found.p95(),
        "rc": found.ratio("cpu"),
        "trials": len(found.trials),
        "discarded": found.discarded,
        **cost,
    }
    print(ROW.format(**row), flush=True)
    return row


ROW: Final = (
    "{mp:6g}{unit:8.3f}{job:8.3f}{job_cpu:8.3f}{r:7.2f}{r_p95:7.2f}{rc:7.2f}"
    "{peak:8.0f}{cold:7.2f}{trials:5.0f}{discarded:5.0f}"
)
HEADER: Final = (
    f"{'MP':>6s}{'U s':>8s}{'job s':>8s}{'cpu s':>8s}{'R':>7s}{'p95':>7s}{'Rc':>7s}"
    f"{'peakMB':>8s}{'cold':>7s}{'n':>5s}{'off':>5s}"
)


def bars(rows: Sequence[dict[str, float]], three: float | None) -> list[Bar]:
    """Compare the measured figures with what the project asks for."""
    found = []
    for row in rows:
        if row["mp"] == 24:
            found += [Bar("R at 24 MP", row["r"], 3, 1.8), Bar("Rc at 24 MP", row["rc"], 4.5, 2.5)]
            if three is not None:
                extra = 100 * (three / row["job_cpu"] - 1) / 2
                found.append(Bar("cost of a further face, %", extra, 25, 12))
    found.append(Bar("cold start, smallest file, s", min(r["cold"] for r in rows), 6, 2.5))
    if len(rows) >= 3:
        sizes = [r["mp"] for r in rows]
        growth = timing.exponent(sizes, [r["job_cpu"] for r in rows])
        start, slope = timing.line(sizes, [r["peak"] for r in rows])
        found += [
            Bar("growth exponent", growth, 1.0, 0.85),
            Bar("memory at 0 MP, MB", start, 600, 400),
            Bar("memory per MP, MB", slope, 30, 18),
        ]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when every gate holds."""
    options = _parser().parse_args(arguments)
    with caged():  # before there are threads
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    subject = head(options.portraits)
    print(timing.machine())
    print(HEADER)
    rows = [
        size_row(size, photo_file(subject, size, FOLDER), options) for size in options.sizes
    ]  # fmt: skip
    three = None
    if 24 in options.sizes:
        crowd = time_file(photo_file(subject, 24, FOLDER, faces=3), options.preset, options.trials)
        three = crowd.median("job", "cpu")
    verdicts = bars(rows, three)
    print(*verdicts, sep="\n")
    if options.json:
        record = {"machine": timing.machine(), "preset": options.preset, "rows": rows}
        Path(options.json).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return int(any(bar.value > bar.gate for bar in verdicts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="+", default=list(SIZES), metavar="MP")
    parser.add_argument("--portraits", help="folder of photos (default: FRECKLE_PORTRAITS)")
    parser.add_argument("--preset", default=NATURAL)
    parser.add_argument("--trials", type=int, default=7)
    parser.add_argument("--json", metavar="FILE", help="write all figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""What the cage costs: a retouch of 24 megapixels and a cold start, with it and without, in turn.

Run as `python -m benchmarks.cage_cost [pairs]` (25 unless said otherwise). Counted is processor
time of the command and of everybody that it started. R is the job in a process that is warm, its
cage too, as in a server or a set; cold is the command in a new process on a picture of 400 pixels.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import mean, median, stdev
from typing import Final
from unittest.mock import patch

import numpy as np
from PIL import Image

from benchmarks.kill_commands import silent
from freckle.cage.cage import Cage
from freckle.cli.main import main
from freckle.codec.opening import DOOR, open_here

COLD: Final = """
import contextlib, sys
import freckle.cli.main as command
if sys.argv.pop(1) == "without":
    command.around = lambda name: contextlib.nullcontext()
sys.exit(command.main())
"""
LARGE: Final = (6000, 4000)
SMALL: Final = 400
"""Pixels of the longer side."""
TICKS: Final = os.sysconf("SC_CLK_TCK")


def pictures(folder: Path) -> tuple[Path, Path]:
    """Make a photo of 24 megapixels with one face, and one of 400 pixels."""
    from skimage.data import astronaut  # noqa: PLC0415 - 0.3 s

    head = Image.fromarray(astronaut()[:384])
    large, small = folder / "large.jpg", folder / "small.jpg"
    picture = head.resize(LARGE, Image.Resampling.BICUBIC)
    grain = np.random.default_rng(1).normal(0, 2, (*LARGE[::-1], 1))
    Image.fromarray(np.clip(picture + grain, 0, 255).astype(np.uint8)).save(large, quality=92)
    head.resize((SMALL, SMALL * 3 // 4)).save(small, quality=92)
    return large, small


def retouched(path: Path, folder: Path) -> list[str]:
    """Return the command line."""
    return ["retouch", str(path), "-o", str(folder / "out.jpg"), "--quiet"]


@contextmanager
def through(opens: Callable[[bytes], object]) -> Iterator[None]:
    """Have files opened so, by commands, too."""
    with (
        patch("freckle.cli.main.around", lambda _: nullcontext()),
        patch.object(DOOR, "opens", opens),
    ):
        yield


def spent(child: int) -> float:
    """Return seconds of processor time of this process, and of a child and all of its own."""
    told = Path(f"/proc/{child}/stat").read_text("ascii").rpartition(")")[2].split()
    own = time.process_time()
    return own + sum(map(int, told[11:15])) / TICKS


def warm(path: Path, folder: Path, pairs: int) -> list[tuple[float, float]]:
    """Return seconds of a retouch with the cage and without, pair by pair."""
    found = []
    with Cage() as cage, silent():
        for number in range(pairs + 1):
            pair = {}
            order = (cage.open, open_here) if number % 2 else (open_here, cage.open)
            for opens in order:
                before = spent(cage.child)
                with through(opens):
                    main(retouched(path, folder))
                time.sleep(0.05)  # the decoder ends a little later
                pair[opens is open_here] = spent(cage.child) - before
            found.append((pair[False], pair[True]))
    return found[1:]


def cold(path: Path, folder: Path, pairs: int) -> list[tuple[float, float]]:
    """Return seconds of a command in a new process with the cage and without, pair by pair."""
    found = []
    for number in range(pairs + 1):
        pair = {}
        for way in ("with", "without") if number % 2 else ("without", "with"):
            words = [sys.executable, "-c", COLD, way, *retouched(path, folder)]
            process = subprocess.Popen(words)
            _, code, usage = os.wait4(process.pid, 0)
            process.returncode = code
            if code:
                raise SystemExit(f"The command ended with {code}.")
            pair[way] = usage.ru_utime + usage.ru_stime
        found.append((pair["with"], pair["without"]))
    return found[1:]


def told(name: str, found: list[tuple[float, float]]) -> str:
    """Return a line of the verdict."""
    shares = [100 * (one / other - 1) for one, other in found]
    spread = stdev(shares) / len(shares) ** 0.5
    sums = [sum(each) / len(found) for each in zip(*found, strict=True)]
    return (
        f"{name}: {1000 * sums[0]:.0f} ms with the cage, {1000 * sums[1]:.0f} ms without; "
        f"{100 * (sums[0] / sums[1] - 1):+.1f} % of the sums, {median(shares):+.1f} % median, "
        f"{mean(shares):+.1f} ± {spread:.1f} % mean of {len(found)} pairs"
    )


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    with tempfile.TemporaryDirectory() as place:
        made = pictures(Path(place))
        print(told("cold, 400 pixels", cold(made[1], Path(place), count)), flush=True)
        print(told("R, 24 megapixels", warm(made[0], Path(place), count)), flush=True)

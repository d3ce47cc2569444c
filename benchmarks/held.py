"""Ask what an opened photo holds in memory, and how much of that its `weight` knows.

Run as `python -m benchmarks.held PHOTO...`. A worker puts photos away by `Studio.weight`, so what
it does not count is memory that nobody gives back. For each photo, in a process of its own, step
by step: `weight`; the arrays that can be reached from the studio, in the end by the class that
holds them; and how far the process has grown (`RssAnon`), as it is and after freed memory went
back to the system. What networks take once for all photos is there before.
"""

import ctypes
import gc
import re
import subprocess
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.render.pyramid import View
from freckle.studio.studio import Studio
from freckle.studio.warm_up import warm_up

MEBI: Final = 1 << 20
LONGEST: Final = 1600
SIZES: Final = (1600, 1200, 800)
FOREIGN: Final = (type, types.ModuleType, types.FunctionType, types.CodeType, types.FrameType)
"""What is reached but not held: it belongs to the program, not to the photo."""
SKIPPED: Final = 8.0
"""Holders of less than this many MB are not listed."""


def arrays(root: object) -> Iterator[tuple[np.ndarray[Any, Any], str]]:
    """Yield every array that owns its memory and is reached from an object, once, and its holder.

    The holder is the class of ours that is nearest on the way to it.
    """
    waiting, seen = [(root, type(root).__name__)], set[int]()
    while waiting:
        found, holder = waiting.pop()
        if id(found) in seen or isinstance(found, FOREIGN):
            continue
        seen.add(id(found))
        if type(found).__module__.startswith("freckle."):
            holder = type(found).__name__
        if not isinstance(found, np.ndarray):
            waiting.extend((each, holder) for each in gc.get_referents(found))
        elif isinstance(found.base, np.ndarray):
            waiting.append((found.base, holder))
        else:
            yield found, holder


def held(root: object) -> Counter[str]:
    """Return MB of all arrays reached from an object, by holder."""
    found: Counter[str] = Counter()
    for array, holder in arrays(root):
        found[holder] += array.nbytes / MEBI  # type: ignore[assignment]
    return found


def resident() -> float:
    """Return MB of this process's own memory (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def trim() -> None:
    """Give freed memory back to the system, where that is possible."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def steps(studio: Studio) -> Iterable[tuple[str, Callable[[], object]]]:
    """Yield what an editor does to a photo, in order."""
    photo = studio.photo
    natural = preset("natural").recipe

    def draw(recipe: Recipe, side: int = LONGEST, *, quick: bool = False, zoom: int = 1) -> object:
        w, h = photo.width // zoom, photo.height // zoom
        scale = min(1.0, side / max(w, h))
        view = View(0, 0, w, h, max(1, round(w * scale)), max(1, round(h * scale)))
        return studio.draw(recipe, view, lambda: False, quick=quick)

    def drag() -> None:
        for side in SIZES:
            for zoom in (1, 2, 4):
                draw(natural, side, quick=True, zoom=zoom)

    yield "opened", lambda: None
    yield "analyzed", studio.analysis
    yield "Natural", lambda: draw(natural)
    yield "dragged, 3 sizes, 3 zooms", drag
    yield "Beauty", lambda: draw(preset("beauty").recipe)
    yield "report", lambda: studio.report(natural)


def measure(path: Path) -> None:
    """Print the table of one photo."""
    warm_up()
    Studio.open(path.read_bytes()).analysis()  # the networks have their memory now
    trim()
    before = resident()
    studio = Studio.open(path.read_bytes())
    print(f"{path.name}, {studio.photo.width} × {studio.photo.height}, MB")
    print(f"  {'':26} {'weight':>7} {'arrays':>7} {'grown':>7} {'trimmed':>7}")
    for name, step in steps(studio):
        step()
        grown = resident() - before
        trim()
        kept, arrays_mb = resident() - before, held(studio).total()
        weight = studio.weight / MEBI
        print(f"  {name:26} {weight:7.0f} {arrays_mb:7.0f} {grown:7.0f} {kept:7.0f}", flush=True)
    largest = held(studio).most_common()
    started = time.process_time()
    held(studio)
    print(f"  counted in {1000 * (time.process_time() - started):.0f} ms")
    print("  in", ", ".join(f"{name} {mb:.0f}" for name, mb in largest if mb >= SKIPPED))


def main() -> None:
    """Measure every photo named on the command line, each in a fresh process."""
    if sys.argv[1:2] == ["--one"]:
        measure(Path(sys.argv[2]))
        return
    for name in sys.argv[1:]:
        subprocess.run([sys.executable, "-m", "benchmarks.held", "--one", name], check=True)


if __name__ == "__main__":
    main()

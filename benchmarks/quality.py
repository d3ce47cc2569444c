"""Quality on real faces: one row per portrait, the worst face decides, and controls that must fail.

`python -m benchmarks.quality [--fast] [--only NAME] [--preset NAME] [--json FILE]`
"""

import argparse
import json
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks import gates
from benchmarks.controls import CONTROLS
from benchmarks.engine import NATURAL, engine, fading
from benchmarks.harness import FAST, Result, Retouch, Subject, Trial, crop, judge, prepare
from benchmarks.plant import MIXES, Mix
from benchmarks.portraits import SMALLEST, TURNED, folder, subjects

CACHE = Path(__file__).parent / "results"


def fast_subjects(root: Path | None, only: str = "") -> Iterator[Subject]:
    """Yield heads cropped to at most 1000 px of face width, kept on disk between runs."""
    store = CACHE / f"heads-{_digest(root)}.npz"
    if not store.exists():
        store.parent.mkdir(exist_ok=True)
        heads = [crop(subject) for subject in subjects(root)]
        arrays = {f"{h.name}/photo": h.photo for h in heads}
        points = {f"{h.name}/landmarks": h.landmarks for h in heads}
        np.savez(store, allow_pickle=False, **arrays, **points)
    with np.load(store) as held:
        for name in sorted({key.split("/")[0] for key in held}):
            if only in name:
                yield Subject(name, held[f"{name}/photo"], held[f"{name}/landmarks"])


def _digest(root: Path | None) -> str:
    """Tell folders and rules apart, so that an old store is never taken for a new one."""
    files = sorted(p for p in root.rglob("*") if p.is_file()) if root else []
    listing = [(p.name, p.stat().st_size) for p in files]
    return f"{zlib.crc32(repr((listing, SMALLEST, TURNED)).encode()):08x}"


def trials(*, fast: bool = True, only: str = "", root: Path | None = None) -> Iterator[Trial]:
    """Yield every usable face with its planted variants; quick ones by default."""
    root = root or folder()
    found: Iterable[Subject] = fast_subjects(root, only) if fast else subjects(root, only)
    mixes: Sequence[Mix] = FAST if fast else MIXES
    for subject in found:
        yield prepare(subject, mixes)


def run(
    faces: Iterable[Trial],
    retouch: Retouch,
    *,
    heals: bool = False,
    crops: Path | None = None,
    fade: Retouch | None = None,
) -> list[Result]:
    """Judge a function on every face and print the rows as they come, then the gates.

    `fade` is the function that also takes what acne leaves. With `heals`, the places healed on the
    unplanted photo are printed too; with `crops`, pictures of what failed are kept in that folder.
    """
    print(gates.HEADER, flush=True)
    results = []
    started = time.perf_counter()
    for trial in faces:
        results.append(judge(trial, retouch, crops, fade))
        print(gates.row(results[-1]), flush=True)
        if heals:
            spots = (f"({x:.0f},{y:.0f} r{r:.1f})" for x, y, r in results[-1].healed_clean)
            print("    healed:", *spots)
    print(*gates.verdicts(results), *gates.besides(results), sep="\n")
    print(f"{len(results)} faces in {time.perf_counter() - started:.0f} s")
    return results


def check_controls(faces: Sequence[Trial]) -> dict[str, list[str]]:
    """Run every control; return the gates that each fails (an empty list is a broken gate)."""
    failures = {}
    for name, control in CONTROLS.items():
        failures[name] = gates.failed([judge(trial, control) for trial in faces])
        print(f"control {name:14s} fails {len(failures[name]):2d}: {', '.join(failures[name])}")
    return failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when every gate holds and every control fails one."""
    options = _parser().parse_args(arguments)
    root = folder(options.portraits)
    faces: Iterable[Trial] = trials(fast=options.fast, only=options.only, root=root)
    if options.controls:  # they go over all faces once more; else one at a time is held
        faces = list(faces)
    retouch = engine(options.preset)
    fade = fading(options.preset)
    results = run(faces, retouch, heals=options.heals, crops=options.crops, fade=fade)
    failures = check_controls(faces) if isinstance(faces, list) else {}
    if options.json:
        record = {
            "preset": options.preset,
            "faces": [r.as_json() for r in results],
            "failed": gates.failed(results),
            "controls": failures,
        }
        Path(options.json).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return int(bool(gates.failed(results)) or not all(failures.values()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--portraits", help="folder of photos (default: FRECKLE_PORTRAITS)")
    parser.add_argument("--preset", default=NATURAL)
    parser.add_argument("--only", default="", help="only portraits whose name contains this")
    parser.add_argument("--fast", action="store_true", help="heads only, one variant per face")
    parser.add_argument("--heals", action="store_true", help="print where clean photos were healed")
    parser.add_argument("--crops", type=Path, metavar="DIR", help="keep pictures of what failed")
    parser.add_argument("--controls", action="store_true", help="also run what must fail")
    parser.add_argument("--json", metavar="FILE", help="write all figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())

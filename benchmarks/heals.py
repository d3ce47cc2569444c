"""Are the heals on skin? On the open portraits by labels, and on faces behind planted things.

`python -m benchmarks.heals [--preset NAME] [--only NAME] [--kind NAME] [--under CONDITION …]
[--seeds N] [--json FILE]`
"""

import argparse
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.conditions import CONDITIONS
from benchmarks.engine import NATURAL, Heals, healing
from benchmarks.harness import HEAD, Subject
from benchmarks.measures import Circle
from benchmarks.mesh import Floats
from benchmarks.occluders import OCCLUDERS, occluded
from benchmarks.portraits import folder, photographs, subjects

LABELS: Final = Path(__file__).parent / "labels" / "marks.json"
WIDE: Final = 700.0
"""Faces are shrunk to this width (pixels) for planting: things then look alike on all."""
MARK: Final = 1.5
"""Radii around a mark that healing rewrites."""
TOUCHED: Final = 0.05
"""Share of a healed disc that a thing may reach into."""
MOST_WRONG: Final = 0.01
"""Share of planted things that may be hit."""
ALL: Final = "all"
OPEN: Final = "open"
"""What is judged: everything, or the open portraits as they are (`--kind`)."""


@dataclass(frozen=True, slots=True)
class Heal:
    """One healed place that is wrong or unknown: pixels of its picture."""

    photo: str
    what: str
    x: float
    y: float
    radius: float


def labelled(name: str, labels: dict[str, Any]) -> list[tuple[str, Floats]]:
    """Return what was told by eye of a photo: (blemish, doubtful or none; x, y, radius)."""
    found = labels.get(name, {})
    return [(what, np.array(place)) for what, places in found.items() for place in places]


def told(circle: Circle, size: tuple[int, int], known: list[tuple[str, Floats]]) -> str:
    """Return the label of the nearest place that a heal covers; `unknown` when there is none."""
    height, width = size
    x, y, radius = circle
    best, nearest = "unknown", np.inf
    for what, (u, v, r) in known:
        apart = float(np.hypot(u * width - x, v * height - y))
        if apart < max(1.5 * radius, 1.5 * r * width) and apart < nearest:
            best, nearest = what, apart
    return best


def judged(
    root: Path | None, heals: Heals, only: str = "", conditions: Sequence[str] = ("as-is",)
) -> Iterator[tuple[Heal, bool]]:
    """Yield every heal on the open portraits, and whether it is on a blemish.

    Under a condition the photo's name has that added; the labels hold for all.
    """
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["places"]
    for path, photo in photographs(root, only):
        known = labelled(path, labels)
        for name in conditions:
            seen = CONDITIONS[name](photo)
            for circle in heals(seen):
                what = told(circle, (seen.shape[0], seen.shape[1]), known)
                yield Heal(f"{path} {name}", what, *circle), what in ("blemish", "doubtful")


def on_things(
    subject: Subject, heals: Heals, seeds: Sequence[int], kinds: Iterable[str] = OCCLUDERS
) -> Iterator[tuple[str, int, int, list[Heal]]]:
    """Yield for each kind of thing: how many there are, heals in all, and those that hit one."""
    head = subject.cut(HEAD)
    scale = min(1.0, WIDE / head.width)
    photo = cv2.resize(head.photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    landmarks = head.landmarks * np.float32(scale)
    for name in kinds:
        for seed in seeds:
            mixed = zlib.crc32(f"{subject.name}/{name}/{seed}".encode())
            planted = occluded(np.asarray(photo, np.uint8), landmarks, name, mixed)
            healed = heals(planted.photo)
            hits = [
                Heal(subject.name, f"{name} {seed}", *c) for c in healed if _hit(c, planted.where)
            ]
            things, _ = cv2.connectedComponents(planted.where.astype(np.uint8))
            yield name, things - 1, len(healed), hits


def _hit(circle: Circle, where: Floats) -> bool:
    x, y, radius = circle
    down, across = np.ogrid[: where.shape[0], : where.shape[1]]
    disc = np.hypot(down + 0.5 - y, across + 0.5 - x) <= MARK * radius
    return bool(where[disc].mean() > TOUCHED) if disc.any() else False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when no heal is wrong and hardly any planted thing is hit."""
    options = _parser().parse_args(arguments)
    root, heals = folder(options.portraits), healing(options.preset)
    kinds = list(OCCLUDERS) if options.kind == ALL else [k for k in OCCLUDERS if k == options.kind]
    wrong = list[Heal]()
    if options.kind in (ALL, OPEN):
        found = list(judged(root, heals, options.only, options.under))
        wrong = [heal for heal, right in found if not right]
        print(f"open portraits: {len(found)} heals, {len(wrong)} not on a labelled blemish")
        for heal in wrong:
            print(f"  {heal.photo} ({heal.x:.0f}, {heal.y:.0f} r {heal.radius:.1f}): {heal.what}")
    things, hits = _planted(root, heals, options, kinds) if kinds else (0, [])
    if options.json:
        record = {"wrong": [asdict(h) for h in wrong], "hits": [asdict(h) for h in hits]}
        Path(options.json).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return int(bool(wrong) or len(hits) > MOST_WRONG * things)


def _planted(
    root: Path | None, heals: Heals, options: argparse.Namespace, kinds: Sequence[str]
) -> tuple[int, list[Heal]]:
    """Print what is hit of planted things; return how many there are, and the heals on them."""
    things, hits = 0, list[Heal]()
    totals: dict[str, list[int]] = {name: [0, 0, 0] for name in kinds}
    for subject in subjects(root, options.only):
        for name, count, healed, bad in on_things(subject, heals, range(options.seeds), kinds):
            totals[name] = [
                a + b for a, b in zip(totals[name], (count, healed, len(bad)), strict=True)
            ]
            things, hits = things + count, hits + bad
    for name, (count, healed, bad) in totals.items():
        print(f"{name:10s} {count:5d} things, {healed:4d} heals beside them, {bad:3d} on them")
    for heal in hits:
        print(f"  {heal.photo} {heal.what} ({heal.x:.0f}, {heal.y:.0f} r {heal.radius:.1f})")
    share = len(hits) / max(things, 1)
    print(f"planted things hit: {100 * share:.2f} % (at most {100 * MOST_WRONG:g} %)")
    return things, hits


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.heals", description=__doc__)
    parser.add_argument("--portraits", help="folder of photos (default: FRECKLE_PORTRAITS)")
    parser.add_argument("--preset", default=NATURAL)
    parser.add_argument("--only", default="", help="only portraits whose name contains this")
    parser.add_argument(
        "--kind",
        default=ALL,
        choices=(ALL, OPEN, *OCCLUDERS),
        help="only the open portraits as they are, or only one kind of planted things",
    )
    parser.add_argument(
        "--under",
        nargs="+",
        default=["as-is"],
        choices=CONDITIONS,
        help="conditions under which the open portraits are looked at",
    )
    parser.add_argument("--seeds", type=int, default=1, help="planted pictures a face and kind")
    parser.add_argument("--json", metavar="FILE", help="write what is wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Are the heals on skin? On the open portraits by labels, and on faces behind planted things.

`python -m benchmarks.heals [--preset NAME] [--only NAME] [--seeds N] [--json FILE]`
"""

import argparse
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

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


def judged(root: Path | None, heals: Heals, only: str = "") -> Iterator[tuple[Heal, bool]]:
    """Yield every heal on the open portraits, and whether it is on a blemish."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["places"]
    for path, photo in photographs(root, only):
        known = labelled(path, labels)
        for circle in heals(photo):
            what = told(circle, (photo.shape[0], photo.shape[1]), known)
            yield Heal(path, what, *circle), what in ("blemish", "doubtful")


def on_things(
    subject: Subject, heals: Heals, seeds: Sequence[int]
) -> Iterator[tuple[str, int, int, list[Heal]]]:
    """Yield for each kind of thing: how many there are, heals in all, and those that hit one."""
    head = subject.cut(HEAD)
    scale = min(1.0, WIDE / head.width)
    photo = cv2.resize(head.photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    landmarks = head.landmarks * np.float32(scale)
    for name in OCCLUDERS:
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
    found = list(judged(root, heals, options.only))
    wrong = [heal for heal, right in found if not right]
    print(f"open portraits: {len(found)} heals, {len(wrong)} not on a labelled blemish")
    for heal in wrong:
        print(f"  {heal.photo} ({heal.x:.0f}, {heal.y:.0f} r {heal.radius:.1f}): {heal.what}")
    things, hits = 0, list[Heal]()
    totals: dict[str, list[int]] = {name: [0, 0, 0] for name in OCCLUDERS}
    for subject in subjects(root, options.only):
        for name, count, healed, bad in on_things(subject, heals, range(options.seeds)):
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
    if options.json:
        record = {"wrong": [asdict(h) for h in wrong], "hits": [asdict(h) for h in hits]}
        Path(options.json).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return int(bool(wrong) or share > MOST_WRONG)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.heals", description=__doc__)
    parser.add_argument("--portraits", help="folder of photos (default: FRECKLE_PORTRAITS)")
    parser.add_argument("--preset", default=NATURAL)
    parser.add_argument("--only", default="", help="only portraits whose name contains this")
    parser.add_argument("--seeds", type=int, default=1, help="planted pictures a face and kind")
    parser.add_argument("--json", metavar="FILE", help="write what is wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())

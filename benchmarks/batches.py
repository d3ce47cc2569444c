"""`python -m benchmarks.batches FOLDER`: a set is killed at random moments and resumed.

Makes pictures of all sizes and exposures from portraits (`FRECKLE_PORTRAITS`), some of them
broken; works through them undisturbed; then again, killed with -9 (the program, or one of its
workers) again and again and resumed. Every output must be the undisturbed one's to the byte, none
missing, double or half-written, and every broken one listed.
"""

import argparse
import contextlib
import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

WORDS = ("--report", "{}", "-q", "--preset", "natural")


def main() -> None:
    """Run it all, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--broken", type=int, default=12)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--side", type=int, default=900, help="longest side of a picture")
    asked = parser.parse_args()
    pictures = asked.folder / "in"
    if not pictures.exists():
        make(pictures, asked.pictures, asked.broken, asked.side)
    since = time.monotonic()
    assert start(pictures, asked.folder / "calm").wait() == 5
    print(f"undisturbed: {time.monotonic() - since:.0f} s", flush=True)
    wanted = outputs(asked.folder / "calm")
    assert len(wanted) == asked.pictures - asked.broken
    assert len(failed(asked.folder / "calm")) == asked.broken
    left, number, chance = asked.kills, 0, np.random.default_rng(5)
    while left:
        number += 1
        out = asked.folder / f"killed-{number}"
        used = disturbed(pictures, out, left, chance)
        left -= used
        found = outputs(out)
        assert found == wanted, sorted(found.items() ^ wanted.items())
        assert failed(out) == failed(asked.folder / "calm")
        print(f"set {number}: {used} kills, {len(found)} outputs the same", flush=True)


def disturbed(pictures: Path, out: Path, most: int, chance: np.random.Generator) -> int:
    """Work through a set, killed at most so often; return how often."""
    kills = {"the program": 0, "a worker": 0}
    while True:
        running = start(pictures, out)
        while sum(kills.values()) < most:
            try:
                running.wait(float(chance.uniform(0.2, 9)))
                break
            except subprocess.TimeoutExpired:
                workers = children(running.pid)
                if workers and chance.random() < 0.5:
                    kill(int(chance.choice(workers)))
                    kills["a worker"] += 1
                else:
                    kill(running.pid)
                    kills["the program"] += 1
                    running.wait()
                    break
        code = running.wait()
        if code == 5:
            print(f"  {kills}", flush=True)
            return sum(kills.values())
        assert code == -9, code


def start(pictures: Path, out: Path) -> "subprocess.Popen[bytes]":
    """Begin or go on with a set."""
    words = [word.format(out.with_name(out.name + "-report")) for word in WORDS]
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "freckle.cli",
            "batch",
            pictures,
            "-r",
            "-o",
            out,
            "--resume",
            *words,
        ],
        stderr=subprocess.DEVNULL,
    )


def kill(pid: int) -> None:
    """End a process as a crash does."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 9)


def children(pid: int) -> list[int]:
    """Return the ids of a process's children (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except OSError:
            continue
    return found


def outputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file but the journal."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".freckle-batch.jsonl"
    }


def failed(out: Path) -> dict[str, str]:
    """Return what the report says failed, and why; all that it lists is there once."""
    folder = out.with_name(out.name + "-report")
    listed = json.loads((folder / "batch.json").read_text())["photos"]
    with (folder / "batch.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == len(listed)
    assert len({row["photo"] for row in listed}) == len(listed)
    return {row["photo"]: row["reason"] for row in listed if row["status"] == "failed"}


def make(folder: Path, count: int, broken: int, side: int) -> None:
    """Make pictures: crops, exposures and sizes of portraits; the last ones broken."""
    sources = sorted(Path(os.environ["FRECKLE_PORTRAITS"]).rglob("*.jp*g"))
    chance = np.random.default_rng(4)
    for number in range(count):
        with Image.open(sources[number % len(sources)]) as image:
            image.draft("RGB", (2 * side, 2 * side))
            picture = image.convert("RGB")
        width, height = picture.size
        keep = float(chance.uniform(0.7, 1))
        left, top = (float(chance.uniform(0, 1 - keep)) for _ in range(2))
        box = (left * width, top * height, (left + keep) * width, (top + keep) * height)
        long = int(chance.uniform(0.4, 1) * side)
        scale = long / max(picture.size)
        size = max(8, round(width * scale)), max(8, round(height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS, box)
        light = float(chance.uniform(0.7, 1.25))
        picture = picture.point(lambda value, light=light: min(255, round(value * light)))
        ending = (".jpg", ".png", ".jpg", ".webp")[number % 4]
        path = folder / f"day {number % 3}" / f"photo {number:03d}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, quality=int(chance.integers(75, 97)))
        if number >= count - broken:
            spoil(path, number % 4)


def spoil(path: Path, way: int) -> None:
    """Break a file: empty, cut off, words, or bytes of nothing."""
    content = path.read_bytes()
    path.write_bytes([b"", content[: len(content) // 3], b"no picture\n", bytes(5000)][way])


if __name__ == "__main__":
    main()

"""End commands while they work: by -9, TERM, HUP, and by a disk that is full.

Run as `python -m benchmarks.kill_commands [rounds]` (1,000 unless said otherwise). After each round
the input must be what it was, each output whole or absent, and nothing else may lie in the folder.
Filling a disk needs the right to mount one; without it that way is left out, and said.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from freckle.cli.main import command, main

COMMANDS = {
    "retouch": ["retouch", "{in}", "-o", "{to}/out.jpg", "--report", "{to}/report.json"],
    "compare": ["retouch", "{in}", "-o", "{to}/out.png", "--compare", "{to}/compare.png"],
    "export": ["export", "{in}", "-o", "{to}", "--preset", "linkedin"],
    "background": ["background", "{in}", "-o", "{to}/out.png", "--color", "#ffffff"],
    "upscale": ["upscale", "{in}", "-o", "{to}/out.jpg"],
    "demo": ["demo", "{to}", "--photo", "{in}"],
}
WAYS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, None)
"""None: the disk is full."""
ROOM = 400_000
"""Bytes of the largest full disk."""


def portrait(folder: Path) -> Path:
    """Make a small portrait to work on."""
    from skimage.data import astronaut  # noqa: PLC0415 - 0.3 s

    path = folder / "portrait.jpg"
    Image.fromarray(astronaut()[:360, 60:380]).save(path, quality=92)
    return path


@contextmanager
def disk(room: int) -> Iterator[Path]:
    """Lend a folder; with `room` in bytes it is a disk of its own. Raises CalledProcessError."""
    folder = Path(tempfile.mkdtemp(prefix="freckle-kill-"))
    if room:
        words = ["mount", "-t", "tmpfs", "-o", f"size={room}", "freckle", str(folder)]
        subprocess.run(words, check=True, capture_output=True)
    try:
        yield folder
    finally:
        if room:
            subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607
        shutil.rmtree(folder)


def begun(words: list[str]) -> int:
    """Start a command in a copy of this process, which has all imports done."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        code = 70
        try:
            code = main(words)
        finally:
            os._exit(code)
    return child


def faults(folder: Path, source: Path, digest: str) -> list[str]:
    """Say what is wrong with what a command left behind."""
    found = []
    if hashlib.sha256(source.read_bytes()).hexdigest() != digest:
        found.append("the input has changed")
    for path in folder.iterdir():
        if path.name.startswith(".freckle"):
            found.append(f"{path.name} is left")
        elif path.suffix == ".json":
            found += [] if path.read_text("utf-8").rstrip().endswith("}") else ["torn report"]
        else:
            try:
                with Image.open(path) as image:
                    image.load()
            except OSError:
                found.append(f"{path.name} is torn")
    return found


def tried(name: str, way: signal.Signals | None, source: Path, longest: float) -> list[str]:
    """Run a command once and end it somewhere on its way."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    with disk(0 if way else random.randrange(4096, ROOM)) as folder:  # noqa: S311
        words = [word.format(**{"in": source, "to": folder}) for word in COMMANDS[name]]
        child = begun(words)
        if way:
            time.sleep(random.uniform(0, longest))  # noqa: S311
            os.kill(child, way)
        os.waitpid(child, 0)
        return faults(folder, source, digest)


def run(rounds: int, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Return how often each command was ended in each way, and what was wrong afterwards."""
    random.seed(seed)
    counts, wrong = Counter[str](), []
    for words in COMMANDS.values():
        command(words[0])
    with tempfile.TemporaryDirectory() as home:
        source = portrait(Path(home))
        longest = {}
        for name in COMMANDS:
            start = time.monotonic()
            wrong += [f"{name}: {one}" for one in tried(name, signal.SIGCONT, source, 0)]
            longest[name] = 1.1 * (time.monotonic() - start)
        for number in range(rounds):
            name, way = list(COMMANDS)[number % len(COMMANDS)], WAYS[number // 6 % len(WAYS)]
            try:
                left = tried(name, way, source, longest[name])
            except subprocess.CalledProcessError:
                counts["full disk: no right to mount one"] += 1
                continue
            counts[f"{name}, {way.name if way else 'full disk'}"] += 1
            wrong += [f"{name}, {way}: {one}" for one in left]
    return counts, wrong


if __name__ == "__main__":
    done, found = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    for each, times in sorted(done.items()):
        print(f"{each}: {times}")
    print(f"{sum(done.values())} rounds, {len(found)} faults")
    print("\n".join(found))
    sys.exit(bool(found))

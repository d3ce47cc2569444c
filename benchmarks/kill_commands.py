"""End commands while they work: by -9, TERM, HUP, and by a disk that is full.

Run as `python -m benchmarks.kill_commands [rounds [COMMAND…]]` (1,000 unless said otherwise). After
each round what was read must be what it was, each output whole or absent, and nothing else may lie
in the folder or among temporary files.
Filling a disk needs the right to mount one; without it that way is left out, and said.
"""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import Image

from benchmarks.kill_stage import acting, begin, prepared
from benchmarks.kill_table import COMMANDS
from freckle.batch.journal import NAME as JOURNAL
from freckle.cli.main import command, main
from freckle.disk import PART, is_part

SERVED = frozenset({"backup", "restore", "quota"})
"""Commands that need a server's data."""
DONE = frozenset({0, 5})
"""Exit codes of commands that ran to their end; 5: an ID photo is not as it is asked for, or a full
disk took some of a set."""
UNFINISHED = ".restoring-"
"""How a folder begins that a backup is being put into."""
WAYS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, None)
"""None: the disk is full."""
ROOM = 400_000
"""Bytes of the largest full disk."""


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


@contextmanager
def silent() -> Iterator[None]:
    """Lead what this process says nowhere."""
    kept = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        for number in (1, 2):
            os.dup2(nowhere, number)
        yield
    finally:
        for number, before in zip((1, 2), kept, strict=True):
            os.dup2(before, number)
            os.close(before)
        os.close(nowhere)


def begun(name: str, words: list[str], to: Path, temporary: Path) -> int:
    """Start a command in a copy of this process, which has all imports done."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        tempfile.tempdir = str(temporary)
        os.environ["TMPDIR"] = str(temporary)
        code = 70
        try:
            with silent(), acting(name, to):
                code = main(words)
                for thread in threading.enumerate():  # as Python does at its end
                    if thread is not threading.current_thread() and not thread.daemon:
                        thread.join()
        finally:
            os._exit(code)
    return child


def faults(folder: Path, given: dict[str, Path], digests: dict[str, str]) -> list[str]:
    """Say what is wrong with what a command left behind."""
    found = []
    for name, path in given.items():
        if digest(path) != digests[name]:
            found.append(f"{path.name} has changed")
    for path in folder.rglob("*"):
        if is_part(path.name) or path.name.startswith(UNFINISHED):
            found.append(f"{path.name} is left")
        elif path.is_file() and not whole(path):
            found.append(f"{path.name} is torn")
        elif path.name == "data" and not (path / "freckle.sqlite").exists():
            found.append("half of a data folder")
    return found


def settled(*folders: Path) -> None:
    """Wait for whoever clears up behind a process that was killed, five seconds at most."""
    for _ in range(100):
        names = [path.name for folder in folders for path in folder.iterdir()]
        if not any(name.startswith((PART, UNFINISHED, "freckle-")) for name in names):
            return
        time.sleep(0.05)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all in a folder, hexadecimal."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) or [path]
    return hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()


def whole(path: Path) -> bool:
    """Whether a file has its end; a journal is made line by line, and mends what is torn."""
    match path.suffix:
        case ".json" if path.name != JOURNAL:
            return path.read_text("utf-8").rstrip().endswith(("}", "]"))
        case ".sqlite":
            with closing(sqlite3.connect(path)) as base:
                return base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        case ".tar":
            with tarfile.open(path) as tar:
                return "manifest.json" in tar.getnames()
        case ".png" | ".jpg":
            try:
                with Image.open(path) as image:
                    image.load()
            except OSError:
                return False
    return True


def tried(
    name: str, way: signal.Signals | None, given: dict[str, Path], longest: float
) -> tuple[list[str], bool]:
    """Run a command once and end it somewhere on its way.

    Return what is wrong, and whether it was ended before its end.
    """
    digests = {key: digest(path) for key, path in given.items()}
    room = 0 if way else random.randrange(4096, ROOM)  # noqa: S311
    with disk(room) as folder, tempfile.TemporaryDirectory() as temporary:
        words = [word.format(**given, to=folder) for word in COMMANDS[name].split()]
        begin(name, given, folder)
        child = begun(name, words, folder, Path(temporary))
        if way:
            time.sleep(random.uniform(0, longest))  # noqa: S311
            os.kill(child, way)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        settled(folder, Path(temporary))
        wrong = faults(folder, given, digests)
        wrong += [f"{path.name} is left in TMPDIR" for path in Path(temporary).iterdir()]
        return wrong, code not in (DONE if way else {0})


def run(rounds: int, names: list[str], seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Return how often each command was ended in each way, and what was wrong afterwards."""
    random.seed(seed)
    counts, wrong = Counter[str](), []
    for words in COMMANDS.values():
        command(words.split()[0])
    with tempfile.TemporaryDirectory() as home:
        given = prepared(Path(home), served=bool(SERVED & {*names}))
        longest = {}
        for name in names:
            start = time.monotonic()
            wrong += [f"{name}: {one}" for one in tried(name, signal.SIGCONT, given, 0)[0]]
            longest[name] = 1.1 * (time.monotonic() - start)
        for number in range(rounds):
            name, way = names[number % len(names)], WAYS[number // len(names) % len(WAYS)]
            try:
                left, ended = tried(name, way, given, longest[name])
            except subprocess.CalledProcessError:
                counts["full disk: no right to mount one"] += 1
                continue
            what = way.name if way else "full disk"
            counts[f"{name}, {what}{'' if ended else ', was done before'}"] += 1
            wrong += [f"{name}, {what}: {one}" for one in left]
    return counts, wrong


def report(counts: Counter[str], wrong: list[str]) -> None:
    """Print what was tried and what was wrong."""
    for each, times in sorted(counts.items()):
        print(f"{each}: {times}")
    print(f"{sum(counts.values())} rounds, {len(wrong)} faults")
    print("\n".join(wrong))


if __name__ == "__main__":
    asked = sys.argv[2:] or list(COMMANDS)
    done, found = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, asked)
    report(done, found)
    sys.exit(bool(found))

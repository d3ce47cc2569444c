"""End commands at every step of writing: by -9, TERM, HUP, and by a disk that is full.

Run as `python -m benchmarks.kill_writing [--share S] [COMMAND…]`. Each command runs once. Whenever
it is about to write a file, copies of it are forked that do the writing, one for each call that
writing makes of the system and each way of ending: before the call, and behind it. Then the input
must be what it was, the output whole or absent, and nothing else may lie in the folder or among
temporary files. `kill_commands` ends whole commands at any moment.
"""

import math
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final
from unittest.mock import patch

from benchmarks.kill_commands import COMMANDS, DONE, digest, disk, prepared, report, silent
from freckle import disk as writing
from freckle.cli.main import main

WAYS: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
STEPS: Final = frozenset({"c_call", "c_return"})
ROOM: Final = 64 << 20
"""Bytes of the disk that commands write to, where one can be mounted."""
FULL: Final = 12
"""Full disks for each file, and again where the file may not grow (RLIMIT_FSIZE)."""
Write = Callable[..., None]
REAL: Final[Write] = writing.write_whole


@dataclass(slots=True)
class Tally:
    """What was tried, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    copies: int = 0
    """Complete copies left by -9 between the two calls by which a file replaces another; Linux has
    no single one. The next file that replaces another takes them away."""


@dataclass(slots=True)
class Steps:
    """Counts the calls that a process makes, and ends it at one of them."""

    last: int = -1
    way: int = 0
    seen: int = 0

    def __call__(self, frame: FrameType, event: str, _given: Any) -> None:
        """Take an event of the profiler."""
        if event in STEPS and frame.f_code.co_filename == writing.__file__:
            if self.seen == self.last:
                sys.setprofile(None)
                os.kill(os.getpid(), self.way)
            self.seen += 1


@dataclass(slots=True)
class Killer:
    """Stands where files are written, and has copies of the process ended there."""

    name: str
    source: Path
    sha256: str
    temporary: Path
    tally: Tally
    mounted: bool
    share: float = 1.0
    """Of the steps at which copies are ended, chosen at random."""

    def write(self, target: Path, data: bytes, mode: int | None = None) -> None:
        """Write a file after all copies have failed to."""
        try:
            before = target.read_bytes()
        except OSError:
            before = None
        self._end_all(target, before, data)
        REAL(target, data, mode)
        if before is None:  # and once more over what is there
            self._end_all(target, data, data[::-1])

    def _end_all(self, target: Path, before: bytes | None, data: bytes) -> None:
        self._copied(target, before, data, None, Steps())
        for way in WAYS:
            steps = range(self._steps(target, before, data))
            for last in random.sample(steps, math.ceil(self.share * len(steps))):
                self._copied(target, before, data, None, Steps(last, way))
        for number in range(math.ceil(self.share * FULL)):
            room = random.randrange(max(len(data), 1))  # noqa: S311
            self._copied(target, before, data, (number % 2, room), Steps())

    def _steps(self, target: Path, before: bytes | None, data: bytes) -> int:
        """Return how many steps writing takes."""
        steps = Steps()
        sys.setprofile(steps)
        try:
            REAL(target, data)
        finally:
            sys.setprofile(None)
            _put(target, before)
        return steps.seen

    def _copied(
        self,
        target: Path,
        before: bytes | None,
        data: bytes,
        full: tuple[int, int] | None,
        steps: Steps,
    ) -> None:
        """Have a copy of this process write, and look at what is left."""
        ballast = None
        if full and full[0] == 0 and self.mounted:
            ballast = _filled(target.parent, full[1])
        child = os.fork()
        if child == 0:
            if full and ballast is None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (full[1], full[1]))
            sys.setprofile(steps)
            REAL(target, data)  # what it raises goes through the whole command
            sys.setprofile(None)
            os._exit(0)
        os.waitpid(child, 0)
        if ballast:
            ballast.unlink()
        way = signal.Signals(steps.way).name if steps.way else "full disk" if full else "whole"
        self.tally.counts[f"{self.name}, {way}"] += 1
        self._copies(target, before, data, steps)
        self._look(target, before, data, f"{self.name}, {target.name}, {way} at {steps.last}")
        if not (steps.way or full) and target.read_bytes() != data:
            self.tally.wrong.append(f"{self.name}: {target.name} was not written")
        _put(target, before)

    def _copies(self, target: Path, before: bytes | None, data: bytes, steps: Steps) -> None:
        """Take away and count what can be left beside a file that is replaced."""
        if before is None or steps.way != signal.SIGKILL:
            return
        for path in target.parent.glob(f"{writing.PART}*"):
            if path.read_bytes() == data:
                path.unlink()
                self.tally.copies += 1

    def _look(self, target: Path, before: bytes | None, data: bytes, what: str) -> None:
        found = []
        if digest(self.source) != self.sha256:
            found.append("the input has changed")
        now = target.read_bytes() if target.exists() else None
        if now not in (before, data):
            found.append("torn")
        left = [*target.parent.glob(".freckle*"), *self.temporary.glob("*")]
        for path in left:
            found.append(f"{path.name} is left, {path.stat().st_size} bytes")
            path.unlink()
        self.tally.wrong += [f"{what}: {each}" for each in found]


def _put(target: Path, content: bytes | None) -> None:
    if content is None:
        target.unlink(missing_ok=True)
    else:
        target.write_bytes(content)


def _filled(folder: Path, room: int) -> Path:
    """Fill a disk but for some bytes."""
    ballast = folder / "ballast"
    free = os.statvfs(folder)
    size = free.f_bavail * free.f_frsize - room
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(size, 1))
    return ballast


@contextmanager
def place() -> Iterator[tuple[Path, bool]]:
    """Lend a folder to write to, and say whether it is a disk of its own."""
    try:
        with disk(ROOM) as folder:
            yield folder, True
            return
    except (OSError, ValueError):
        pass
    with disk(0) as folder:
        yield folder, False


def killed(name: str, given: dict[str, Path], tally: Tally, share: float = 1.0) -> None:
    """Run a command once, and end its copies everywhere in its writing."""
    source, own = given["in"], os.getpid()
    with place() as (folder, mounted), tempfile.TemporaryDirectory() as temporary:
        killer = Killer(name, source, digest(source), Path(temporary), tally, mounted, share)
        words = [word.format(**given, to=folder) for word in COMMANDS[name].split()]
        code = 70
        with (
            patch.object(writing, "write_whole", killer.write),
            patch.object(tempfile, "tempdir", temporary),
            silent(),
        ):
            try:
                code = main(words)
            finally:
                if os.getpid() != own:
                    os._exit(code)
        if code not in DONE:
            tally.wrong.append(f"{name} ended with {code}")


def run(names: list[str], share: float = 1.0, seed: int = 1) -> Tally:
    """End each command everywhere in its writing, or at a share of the places."""
    random.seed(seed)
    tally = Tally()
    with tempfile.TemporaryDirectory() as home:
        given = prepared(Path(home))
        for name in names:
            begun, before = time.monotonic(), tally.counts.total()
            killed(name, given, tally, share)
            print(f"{name}: {tally.counts.total() - before} in {time.monotonic() - begun:.0f} s")
    return tally


if __name__ == "__main__":
    part, asked = (float(sys.argv[2]), sys.argv[3:]) if "--share" in sys.argv else (1, sys.argv[1:])
    done = run(asked or list(COMMANDS), part)
    report(done.counts, done.wrong)
    print(f"{done.copies} complete copies left by -9 between link and rename")
    sys.exit(bool(done.wrong))

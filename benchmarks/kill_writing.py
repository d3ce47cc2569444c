"""End commands at every step of writing: by -9, TERM, HUP, and by a disk that is full.

Run as `python -m benchmarks.kill_writing [--ends N] [COMMAND…]`. Whenever a command is about to
write a file, copies of it are forked that do the writing: one for each call that writing makes of
the system, ended before the call and behind it, and others at any moment, which may be within a
call; 1,000 for each command. Commands that write in other ways (THROUGH) are ended at every call
that changes something, from their beginning to their end. Then the input must be what it was, the
output whole or absent, and nothing else may lie in the folder or among temporary files.
`kill_commands` ends whole commands at any moment.
"""

import gc
import math
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partialmethod
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from benchmarks.kill_commands import (
    DONE,
    SERVED,
    digest,
    disk,
    report,
    silent,
)
from benchmarks.kill_stage import acting, prepared
from benchmarks.kill_steps import Act, Steps
from benchmarks.kill_table import COMMANDS
from freckle import disk as writing
from freckle.batch.journal import Journal
from freckle.cli.main import main

WAYS: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
WORKERS: Final = ("batch", "watch", "headshots")
"""Commands whose pictures are written by worker processes, which end at once by any signal."""
ROOM: Final = 64 << 20
"""Bytes of the disk that commands write to, where one can be mounted."""
ENDS: Final = 1060
"""For each command; some are done before they are ended, and 1,000 are asked for."""
DONE_BEFORE: Final = ", was done before"
Write = Callable[..., None]
REAL: Final[Write] = writing.write_whole
ADD: Final[Write] = Journal.add


@dataclass(slots=True)
class Tally:
    """What was tried, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    copies: int = 0
    """Complete copies left by -9 between the two calls by which a file replaces another; Linux has
    no single one. The next file that replaces another takes them away."""


@dataclass(slots=True)
class Killer:
    """Stands where files are written, and has copies of the process ended there."""

    name: str
    given: dict[str, Path]
    temporary: Path
    tally: Tally
    mounted: bool
    seen: str
    """How what is read looks: names, sizes, times."""
    ends: int = 0
    """For each file that is written anew, and again for each that is replaced; 0 counts them."""
    passes: int = 0
    own: int = field(default_factory=os.getpid)

    def write(self, target: Path, data: bytes, mode: int | None = None) -> None:
        """Write a file after all copies have failed to."""
        if os.getpid() == self.own:
            before = target.read_bytes() if target.exists() else None
            self._end_all(Act(target, before, data, lambda: REAL(target, data, mode)))
            if before is None:  # and once more over what is there
                REAL(target, data, mode)
                again = data[::-1]
                self._end_all(Act(target, data, again, lambda: REAL(target, again, mode)))
        REAL(target, data, mode)

    def add(self, journal: Journal, lines: Iterable[Any]) -> None:
        """Add to a journal after all copies have failed to."""
        lines, path = list(lines), journal._path
        if os.getpid() == self.own and lines:
            self._end_all(Act(path, path.read_bytes(), None, lambda: ADD(journal, lines)))
        ADD(journal, lines)

    def _end_all(self, act: Act) -> None:
        self.passes += 1
        if not self.ends:
            return
        inside = threading.current_thread() is not threading.main_thread()
        ways = WAYS[:1] if inside and self.name not in WORKERS else WAYS
        seen, took = act.measured()
        ends = [Steps(last, way) for last in range(seen) for way in ways]
        full = self.ends // 10 + 1
        ends = random.sample(ends, min(len(ends), self.ends * 6 // 10 + 1))
        for number in range(max(self.ends - full - len(ends), 0)):
            ends.append(Steps(0, ways[number % len(ways)], random.uniform(1e-5, took)))  # noqa: S311
        for steps in ends:
            self._copied(act, steps, inside=inside)
        for number in range(full):
            room = random.randrange(len(act.after or b"") or 100)  # noqa: S311
            self._copied(act, Steps(), (number % 2 == 0, room), inside=inside)

    def _copied(
        self, act: Act, steps: Steps, full: tuple[bool, int] | None = None, *, inside: bool
    ) -> None:
        """Have a copy of this process write, and look at what is left."""
        ballast = None
        if full and full[0] and self.mounted:
            ballast = _filled(act.target.parent, full[1])
        child = os.fork()
        if child == 0:
            if full and not ballast:
                resource.setrlimit(resource.RLIMIT_FSIZE, (full[1], full[1]))
            self._play(act, steps, inside=inside)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ballast:
            ballast.unlink()
        way = signal.Signals(steps.way).name if steps.way else "full disk"
        when = "" if steps.after is None else ", at any moment"
        self.tally.counts[f"{self.name}, {way}{when}{'' if code else DONE_BEFORE}"] += 1
        what = f"{self.name}, {act.target.name}, {way}{when or f' at {steps.last}'}"
        abrupt = inside or steps.way == signal.SIGKILL
        if code == -signal.SIGALRM and not (abrupt and steps.after):
            self.tally.wrong.append(f"{what}: hangs")
        self._look(act, what, abrupt=abrupt)
        act.undo()

    @staticmethod
    def _play(act: Act, steps: Steps, *, inside: bool) -> None:
        """Write, as a copy; what it raises goes through the whole command."""
        for way in WAYS[1:] if inside else ():
            signal.signal(way, signal.SIG_DFL)
        try:
            steps.begin()
            act.do()
            sys.setprofile(None)
            os._exit(0)
        except BaseException:
            if inside:  # nobody but a pool of threads is left to hear of it
                os._exit(1)
            raise

    def _look(self, act: Act, what: str, *, abrupt: bool) -> None:
        found = []
        if seen(self.given) != self.seen:
            found.append("something that is read has changed")
        if not act.sound():
            found.append("torn")
        parts = [path for path in act.target.parent.iterdir() if writing.is_part(path.name)]
        for path in [*parts, *self.temporary.iterdir()]:
            if abrupt and _copy(path, act):
                self.tally.copies += 1
            else:
                found.append(f"{path.name} is left, {path.stat().st_size} bytes")
            path.unlink()
        self.tally.wrong += [f"{what}: {each}" for each in found]


def _copy(path: Path, act: Act) -> bool:
    """Whether this is the whole of what a file would have got."""
    return act.before is not None and path.read_bytes() == act.after


def _filled(folder: Path, room: int) -> Path:
    """Fill a disk but for some bytes."""
    ballast = folder / "ballast"
    free = os.statvfs(folder)
    size = free.f_bavail * free.f_frsize - room
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(size, 1))
    return ballast


def seen(given: dict[str, Path]) -> str:
    """Say how what is read looks, so that a change is noticed."""
    found = (path.stat() for path in given.values())
    return repr([(each.st_ino, each.st_size, each.st_mtime_ns) for each in found])


@contextmanager
def place(room: int = ROOM) -> Iterator[tuple[Path, bool]]:
    """Lend a folder to write to, and say whether it is a disk of its own."""
    with ExitStack() as stack:
        try:
            folder, own = stack.enter_context(disk(room)), True
        except (OSError, ValueError, subprocess.CalledProcessError):
            folder, own = stack.enter_context(disk(0)), False
        yield folder, own


def killed(name: str, given: dict[str, Path], tally: Tally, ends: int) -> None:
    """Run a command, and end its copies everywhere in its writing."""
    passes = _run(name, given, tally, 0)
    _run(name, given, tally, math.ceil(ends / max(passes, 1)))


def _run(name: str, given: dict[str, Path], tally: Tally, ends: int) -> int:
    own = os.getpid()
    with place() as (folder, mounted), tempfile.TemporaryDirectory() as temporary:
        killer = Killer(name, given, Path(temporary), tally, mounted, seen(given), ends)
        words = [word.format(**given, to=folder) for word in COMMANDS[name].split()]
        code = 70
        with (
            patch.object(writing, "write_whole", killer.write),
            patch("freckle.jobs.places.write_whole", killer.write),
            patch("freckle.storage.files.write_whole", killer.write),
            patch.object(Journal, "add", partialmethod(_added, killer)),
            patch.object(tempfile, "tempdir", temporary),
            acting(name, folder),
            silent(),
        ):
            try:
                code = main(words)
            finally:
                if os.getpid() != own:
                    os._exit(code)
        if code not in DONE:
            tally.wrong.append(f"{name} ended with {code}")
    return killer.passes


def _added(journal: Journal, killer: Killer, lines: Iterable[Any]) -> None:
    killer.add(journal, lines)


def run(names: list[str], ends: int = ENDS, seed: int = 1) -> Tally:
    """End each command everywhere in its writing, about so many times."""
    from benchmarks.kill_through import THROUGH, through  # noqa: PLC0415 - it needs this module

    random.seed(seed)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup has it ignored
    tally = Tally()
    with tempfile.TemporaryDirectory() as home:
        given = prepared(Path(home), served=bool(SERVED & {*names}))
        digests = {each: digest(path) for each, path in given.items()}
        gc.freeze()
        for name in names:
            begun, before = time.monotonic(), tally.counts.total()
            faults = len(tally.wrong)
            (through if name in THROUGH else killed)(name, given, tally, ends)
            for each, path in given.items():
                if digest(path) != digests[each]:
                    tally.wrong.append(f"{name}: {path.name} has changed")
            done, took = tally.counts.total() - before, time.monotonic() - begun
            wrong = len(tally.wrong) - faults
            print(f"{name}: {done} in {took:.0f} s, {wrong} faults", flush=True)
    return tally


if __name__ == "__main__":
    if "GLIBC_TUNABLES" not in os.environ:  # memory in large pages is copied in half the time
        os.environ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"
        again = [sys.executable, "-m", "benchmarks.kill_writing", *sys.argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 - it is this very program
    count, asked = (
        (int(sys.argv[2]), sys.argv[3:]) if "--ends" in sys.argv else (ENDS, sys.argv[1:])
    )
    done = run(asked or list(COMMANDS), count)
    report(done.counts, done.wrong)
    print(f"{done.copies} complete copies left by -9 between link and rename")
    sys.exit(bool(done.wrong))

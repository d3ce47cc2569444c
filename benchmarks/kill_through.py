"""End commands that write many files at once at every call by which they change something.

Part of `python -m benchmarks.kill_writing`.
"""

import os
import random
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.kill_commands import faults, settled, silent
from benchmarks.kill_stage import acting, begin
from benchmarks.kill_steps import Steps
from benchmarks.kill_table import COMMANDS
from benchmarks.kill_writing import DONE_BEFORE, ROOM, WAYS, Tally, place
from freckle.cli.main import main

SMALL: Final = 120
LARGE: Final = 400_000
"""Bytes of the largest full disk, or of the largest file where files may not grow."""
THROUGH: Final = ("backup", "restore", "quota", "generator", "account")
CHANGES: Final = frozenset({
    *("mkdir", "rename", "replace", "link", "unlink", "rmdir", "open", "write", "fsync", "close"),
    *("chmod", "fchmod", "fork_exec", "execute", "executemany", "commit", "backup"),
})  # fmt: skip
"""Functions of `posix`, `_io`, `sqlite3` and `_posixsubprocess` that change something."""


def through(name: str, given: dict[str, Path], tally: Tally, ends: int) -> None:
    """End a command at every call by which it changes something, and with full disks."""
    counted = Steps(names=CHANGES)
    for steps in (Steps(names=CHANGES), counted):  # the first one imports
        with place() as (folder, _):
            begin(name, given, folder)
            _main(name, given, folder, steps)
    for number in range(ends):
        way = (*WAYS, 0)[number % 4]
        last = random.randrange(counted.seen) if way else -1  # noqa: S311
        found, code = _ended(name, given, Steps(last, way, names=CHANGES))
        what = signal.Signals(way).name if way else "full disk"
        tally.counts[f"{name}, {what}{'' if code else DONE_BEFORE}"] += 1
        tally.wrong += [f"{name}, {what} at {last}: {each}" for each in found]


def _ended(name: str, given: dict[str, Path], steps: Steps) -> tuple[list[str], int]:
    """Return what is wrong after a command was ended, and its exit code."""
    small = SMALL if name in ("generator", "account") else LARGE
    most = 0 if steps.way else random.randrange(1, small)  # noqa: S311
    full = name != "quota" and most > SMALL and random.random() < 0.5  # noqa: S311
    with place(most if full else ROOM) as (folder, _), tempfile.TemporaryDirectory() as temporary:
        begin(name, given, folder)
        child = os.fork()
        if child == 0:
            tempfile.tempdir = temporary
            if most and not full:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            code = 70
            try:
                code = _main(name, given, folder, steps)
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        settled(folder, Path(temporary))
        found = [*faults(folder, {}, {}), *map(str, Path(temporary).iterdir())]
        return found + ["hangs"] * (code == -signal.SIGALRM), code


def _main(name: str, given: dict[str, Path], folder: Path, steps: Steps) -> int:
    words = [word.format(**given, to=folder) for word in COMMANDS[name].split()]
    with acting(name, folder), silent():
        steps.begin()
        try:
            return main(words)
        finally:
            sys.setprofile(None)

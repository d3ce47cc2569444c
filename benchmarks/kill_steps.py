"""The moments of writing at which a process is ended: every call that it makes of the system."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final

PATIENCE: Final = 30
"""Seconds after which a process that was to end is said to hang."""
STEPS: Final = frozenset({"c_call", "c_return"})


@dataclass(slots=True)
class Steps:
    """Counts the calls that a process makes of the system, and ends it at one of them."""

    last: int = -1
    way: int = 0
    after: float | None = None
    """Seconds after which a timer ends it, be it within a call; no step does."""
    names: frozenset[str] | None = None
    seen: int = 0

    def begin(self) -> None:
        """Count from here on, or start the timer."""
        if self.after is None:
            signal.alarm(PATIENCE if self.way else 0)
            sys.setprofile(self)
            return
        ended = signal.getsignal(self.way)
        signal.signal(signal.SIGALRM, self._rung if callable(ended) else signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.after)

    def _rung(self, _number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        ended = signal.getsignal(self.way)
        assert callable(ended)
        ended(self.way, frame)

    def __call__(self, _frame: FrameType, event: str, given: Any) -> None:
        """Take an event of the profiler."""
        if event in STEPS and _of_system(given, self.names):
            if self.seen == self.last:
                sys.setprofile(None)
                os.kill(os.getpid(), self.way)
            self.seen += 1


def _of_system(function: Any, names: frozenset[str] | None) -> bool:
    owner = getattr(function, "__self__", None)
    module = function.__module__ or type(owner).__module__
    known = module in ("posix", "_io", "sqlite3", "_posixsubprocess")
    return known and (names is None or function.__name__ in names)


@dataclass(frozen=True, slots=True)
class Act:
    """A file that is about to be written."""

    target: Path
    before: bytes | None
    after: bytes | None
    """None: something is added, and a torn last line is none."""
    do: Callable[[], None]

    def undo(self) -> None:
        """Put back what was there."""
        if self.before is None:
            self.target.unlink(missing_ok=True)
        else:
            self.target.write_bytes(self.before)

    def measured(self) -> tuple[int, float]:
        """Return how many steps it takes, and how many seconds without counting them."""
        counted, took = Steps(), 0.0
        for profile in (counted, None):
            begun = time.perf_counter()
            sys.setprofile(profile)
            try:
                self.do()
            finally:
                sys.setprofile(None)
                took = time.perf_counter() - begun
                self.undo()
        return counted.seen, took

    def sound(self) -> bool:
        """Whether the file has what it had, or all of what it gets."""
        now = self.target.read_bytes() if self.target.exists() else None
        if self.after is None:
            return now is not None and now.startswith(self.before or b"")
        return now in (self.before, self.after)

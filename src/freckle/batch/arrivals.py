"""Photos as they arrive in a folder: a camera's, on a cable."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from watchfiles import Change, watch

from freckle.batch.run import Outcome
from freckle.batch.sources import Source, source_at, sources_of
from freckle.codec.endings import is_picture

SETTLED: Final = 1.5
"""Seconds in which neither size nor time of a file has changed: it is all there."""
TICK: Final = 0.25
PATIENCE: Final = (2.0, 6.0, 15.0)
"""Seconds until a file is tried again that cannot be opened yet: some pause while they copy."""
UNFINISHED: Final = frozenset({"empty", "incomplete", "damaged", "not_an_image"})
"""What a file that is still on its way looks like."""
Stamp = tuple[int, int]


@dataclass(slots=True)
class _Coming:
    """A file that is perhaps not all there."""

    stamp: Stamp | None = None
    since: float = field(default_factory=time.monotonic)
    wait: float = SETTLED
    failures: int = 0


class Arrivals:
    """A folder that is watched. `sources` goes on until `stop`, or until nothing comes."""

    def __init__(
        self, folder: Path, *, recursive: bool, leave: Path | None, idle: float | None = None
    ) -> None:
        """Watch a folder but not the one inside it to `leave`; `idle` seconds end it."""
        self._folder = folder
        self._recursive = recursive
        self._leave = None if leave is None else leave.resolve()
        self._idle = idle
        self._coming: dict[Path, _Coming] = {}
        self._taken: dict[Path, tuple[Stamp, int]] = {}
        self._given = 0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()

    def sources(self, *, old: bool = True) -> Iterator[Source | None]:
        """Give each photo when it is complete, and None when there is none just now.

        `old` takes what is in the folder already.
        """
        # first the watch, then the look: what comes in between is seen by one of them
        changes = watch(
            self._folder,
            recursive=self._recursive,
            stop_event=self._stop,
            step=50,
            debounce=200,
            rust_timeout=int(TICK * 1000),
            yield_on_timeout=True,
            raise_interrupt=True,
            watch_filter=lambda change, _path: change != Change.deleted,
        )
        quiet = time.monotonic()
        self._look(old=old)
        for found in changes:
            for _, name in found:
                self._note(Path(name))
            ready = list(self._ready())
            if ready or self._coming or self._given:
                quiet = time.monotonic()
            yield from ready
            yield None
            if self._idle is not None and time.monotonic() - quiet > self._idle:
                return

    def again(self, outcome: Outcome) -> bool:
        """Tell whether a photo that failed is to be tried once more; it then comes again."""
        self._given -= 1
        path = Path(outcome.source.place.path or "")
        _, failures = self._taken.get(path, ((0, 0), 0))
        if outcome.code not in UNFINISHED or failures >= len(PATIENCE) or not path.exists():
            return False
        self._coming[path] = _Coming(wait=PATIENCE[failures], failures=failures + 1)
        return True

    def heard(self, outcome: Outcome) -> None:
        """Note that a photo is through."""
        if outcome.status != "failed":
            self._given -= 1

    def _look(self, *, old: bool) -> None:
        for source in sources_of([str(self._folder)], recursive=self._recursive):
            path = Path(source.place.path or "")
            if old:
                self._note(path)
            else:
                self._taken[path] = (_stamp(path) or (0, 0)), 0

    def _note(self, path: Path) -> None:
        """Take in that a file has come or changed."""
        inside = self._leave is not None and path.resolve().is_relative_to(self._leave)
        if is_picture(path.name) and not inside:
            self._coming.setdefault(path, _Coming())

    def _ready(self) -> Iterator[Source]:
        """Take what has not changed for long enough."""
        now = time.monotonic()
        for path, coming in list(self._coming.items()):
            stamp = _stamp(path)
            if stamp is None:  # it was given another name, or taken away
                del self._coming[path]
            elif stamp != coming.stamp:
                coming.stamp, coming.since = stamp, now
            elif now - coming.since >= coming.wait:
                del self._coming[path]
                known = self._taken.get(path)
                if known is None or known[0] != stamp or coming.failures:
                    self._taken[path] = stamp, coming.failures
                    self._given += 1
                    yield source_at(path, self._folder.absolute())


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if path.is_file() else None

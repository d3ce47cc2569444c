"""What the command line says: lines on stderr, tables on stdout, and a progress bar."""

import os
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

PATIENCE: Final = 1.0
"""Seconds of work before a progress bar appears."""
BAR: Final = 28
"""Characters of the bar."""


def complain(sentence: str, *, code: str | None = None) -> None:
    """Say in one line on stderr what went wrong and what to do."""
    tail = f" [{code}]" if code else ""
    _line(f"freckle: {' '.join(sentence.split())}{tail}")


def note(sentence: str) -> None:
    """Say in one line on stderr what a person should know although all went well."""
    _line(f"freckle: note: {' '.join(sentence.split())}")


def say(text: str) -> None:
    """Print what was asked for."""
    print(mute(text))


def mute(text: str) -> str:
    """Write out what would speak to the terminal instead of people: a file's name may hold it."""
    return SPEAKING.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


SPEAKING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
"""Control characters but tab and line feed, and signs that turn the direction of writing."""


def _line(text: str) -> None:
    with suppress(OSError, ValueError):  # a closed stderr must not change the outcome
        print(mute(text), file=sys.stderr, flush=True)


def table(rows: Sequence[Sequence[str]], *, gap: int = 2) -> str:
    """Align columns of text with spaces; every row has the same count of cells."""
    if not rows:
        return ""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    padded = ((cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join((" " * gap).join(row).rstrip() for row in padded)


class Progress:
    """A bar on stderr, only if that is a terminal and the work takes longer than a second.

    Stages have expected shares of the time; inside a stage the bar creeps on and never arrives
    early.
    """

    def __init__(self, stages: Sequence[tuple[str, float]], *, wanted: bool = True) -> None:
        """Take names and expected seconds of the stages, in order."""
        self._stages = list(stages)
        self._stream = sys.stderr if wanted else None
        self._at = -1
        self._since = self._started = time.monotonic()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._own: TextIO | None = None

    def __enter__(self) -> "Progress":
        """Start waiting for a second to pass."""
        if self._stream is not None and self._stream.isatty():
            # a descriptor of its own: `quiet_libraries` may close the way through number 2
            self._own = os.fdopen(os.dup(self._stream.fileno()), "w", encoding="utf-8")
            self._thread = threading.Thread(target=self._draw, args=(self._own,), daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._ended.set()
        if self._thread is not None and self._own is not None:
            self._thread.join()
            self._own.close()

    def step(self) -> None:
        """Go on to the next stage."""
        self._at, self._since = self._at + 1, time.monotonic()

    def line(self) -> str:
        """Return the bar as it is now."""
        total = sum(seconds for _, seconds in self._stages)
        at = min(max(self._at, 0), len(self._stages) - 1)
        name, expected = self._stages[at]
        inside = (time.monotonic() - self._since) / expected
        done = sum(seconds for _, seconds in self._stages[:at]) + expected * inside / (1 + inside)
        full = round(BAR * done / total)
        return f"{'█' * full}{'░' * (BAR - full)} {round(100 * done / total):3d} %  {name}"

    def _draw(self, stream: TextIO) -> None:
        if self._ended.wait(PATIENCE):
            return
        with suppress(OSError, ValueError):
            while not self._ended.wait(0.1):
                stream.write(f"\r\x1b[K{self.line()}")
                stream.flush()
            stream.write("\r\x1b[K")
            stream.flush()


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep native libraries from writing to file descriptor 2 while they start.

    The networks' runtime announces itself there, past Python, and scripts read our stderr. With
    FRECKLE_DEBUG=1 nothing is kept back.
    """
    if os.environ.get("FRECKLE_DEBUG") == "1":
        yield
        return
    try:
        own = os.dup(2)
    except OSError:  # stderr is closed: nobody can be disturbed
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)

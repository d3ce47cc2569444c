"""How far a set is: a bar with throughput and time left, or plain lines where there is none."""

import sys
import time
from contextlib import suppress
from typing import Final

from freckle.cli.terminal import BAR, complain, mute

EVERY: Final = 10.0
"""Seconds between plain lines."""
DRAW: Final = 0.2
"""Seconds between drawings of the bar."""


class Throughput:
    """Tells people how far it is; `total` is unknown (None) while photos arrive."""

    def __init__(self, total: int | None, *, wanted: bool = True) -> None:
        """Start the clock."""
        self._total = total
        self._wanted = wanted
        self._bar = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._started = time.monotonic()
        self._told = self._started
        self._drawn = False
        self._worked = 0
        self._through = 0
        self._failed = 0

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def hear(self, status: str | None) -> None:
        """Take in what came of a photo, or that time has passed (None)."""
        if status is not None:
            self._through += 1
            self._worked += status in ("done", "failed")
            self._failed += status == "failed"
        now = time.monotonic()
        if self._wanted and now - self._told >= (DRAW if self._bar else EVERY):
            self._told = now
            self._tell()

    def complain(self, sentence: str, code: str) -> None:
        """Say what is wrong with a photo, above the bar."""
        self.clear()
        complain(sentence, code=code or None)

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._write("\r\x1b[K")
            self._drawn = False

    def line(self) -> str:
        """Return how far it is, in words."""
        rate = self._worked / max(self.seconds, 1e-3)
        parts = [f"{self._through}" + (f" of {self._total}" if self._total is not None else "")]
        if self._worked:
            parts.append(f"{rate:.2f} a second" if rate < 10 else f"{rate:.0f} a second")
            if self._total is not None and self._total > self._through:
                parts.append(f"{duration((self._total - self._through) / rate)} left")
        if self._failed:
            parts.append(f"{self._failed} failed")
        return ", ".join(parts)

    def _tell(self) -> None:
        if not self._bar:
            self._write(f"freckle: {self.line()}\n")
            return
        bar = ""
        if self._total:
            full = round(BAR * self._through / self._total)
            bar = f"{'█' * full}{'░' * (BAR - full)} "
        self._write(f"\r\x1b[K{bar}{self.line()}")
        self._drawn = True

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError, AttributeError):  # stderr may be closed
            sys.stderr.write(text if self._bar else mute(text))
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """Write a time as people say it."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"

"""One photo edited for another program, which waits for the result: how that ends."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

GRACE_S: Final = 4.0
"""Seconds after the last window left: a page that is loaded again leaves and comes back."""
Outcome = Literal["done", "cancelled"]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What another program asked for."""

    source: Path
    """Only read."""
    output: Path


@dataclass(slots=True)
class Handover:
    """What another program asked for, and what came of it."""

    asked: Awaited
    grace: float = GRACE_S
    project: str = ""
    """Made when the server starts."""
    outcome: Outcome | None = None
    stop: Callable[[], None] = field(default=lambda: None)
    """Ends the server."""
    windows: int = 0
    """Windows of the editor that are open."""
    leaving: asyncio.TimerHandle | None = None

    def end(self, outcome: Outcome) -> None:
        """Note what came of it, once, and end the server."""
        self.outcome = self.outcome or outcome
        self.stop()

    def arrive(self) -> None:
        """Count a window in."""
        self.windows += 1
        if self.leaving is not None:
            self.leaving.cancel()
            self.leaving = None

    def leave(self) -> None:
        """Count a window out; after the last one the edit is cancelled, unless one comes back."""
        self.windows = max(0, self.windows - 1)
        if self.windows == 0 and self.leaving is None:
            loop = asyncio.get_running_loop()
            self.leaving = loop.call_later(self.grace, self.end, "cancelled")

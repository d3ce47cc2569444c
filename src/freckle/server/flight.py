"""Frames on their way to a screen: how many there may be, and which were lost."""

import time
from collections import deque
from dataclasses import dataclass
from typing import Final

WINDOW: Final = 2
PATIENCE_S: Final = 1.0
"""A frame not acknowledged for this long is given up, so that a lost ack stops nothing."""
FAST_MS: Final = 50.0
"""A screen that shows a frame within this time is never called slow."""


@dataclass(frozen=True, slots=True)
class _Frame:
    number: int
    sent: float
    took_ms: float


class Flight:
    """What was sent and not acknowledged: at most two frames, one where the screen is slow."""

    def __init__(self) -> None:
        """Start with nothing on its way."""
        self._frames: deque[_Frame] = deque()
        self._window = WINDOW

    def send(self, number: int, took_ms: float) -> None:
        """Note a frame that took so long to make."""
        self._frames.append(_Frame(number, time.monotonic(), took_ms))

    def land(self, number: int) -> None:
        """Note that the screen shows a frame: it and all before it are there."""
        now = time.monotonic()
        while self._frames and self._frames[0].number <= number:
            frame = self._frames.popleft()
            slow = (now - frame.sent) * 1000 > max(frame.took_ms, FAST_MS)
            self._window = 1 if slow else WINDOW

    def full(self) -> bool:
        """Tell whether the screen has enough to do; what is long overdue no longer counts."""
        now = time.monotonic()
        while self._frames and now - self._frames[0].sent > PATIENCE_S:
            self._frames.popleft()
        return len(self._frames) >= self._window

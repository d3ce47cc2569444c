"""Logs that cannot be flooded: what is said again and again is counted instead."""

import logging
import time
from collections.abc import Callable
from typing import Final

SPAN_S: Final = 60.0
MOST: Final = 10
"""Times that one sentence is logged in a span."""
KINDS: Final = 200
"""Sentences that are remembered; beyond them all is forgotten and begins anew."""


class Calm(logging.Filter):
    """Lets a sentence through ten times a minute, and says how often it was held back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing said; `clock` counts seconds."""
        super().__init__()
        self._clock = clock
        self._said: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is logged; sentences that differ in their values only are one."""
        kind, now = (str(record.msg)[:200], record.lineno), self._clock()
        since, count = self._said.get(kind, (now, 0))
        held = count - MOST
        if now - since >= SPAN_S:
            since, count = now, 0
            if held > 0:
                record.msg = f"{record.getMessage()} (and {held} times more before)"
                record.args = ()
        if len(self._said) >= KINDS:
            self._said.clear()
        self._said[kind] = since, count + 1
        return count < MOST


def calm(*names: str) -> None:
    """Calm these loggers, each once."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Calm) for each in logger.filters):
            logger.addFilter(Calm())

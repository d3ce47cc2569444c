"""What is counted of a server's work: routes, never who asked or for what."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from starlette.types import Scope

BOUNDS_S: Final = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 60.0)
"""Upper bounds of the latencies that are told apart, in seconds."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
LEFT: Final = 499
"""Status of whoever left before there was an answer, as nginx has it."""


@dataclass(slots=True)
class Latencies:
    """How long the answers of one route took."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one answer."""
        self.counts[bisect_left(BOUNDS_S, seconds)] += 1
        self.seconds += seconds


class Meter:
    """Counts since the start of one server process; used on the event loop only."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.started = time.time()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        """By method, route and status."""
        self.latencies: dict[str, Latencies] = {}
        self.failures: Counter[str] = Counter()
        """By the code of the problem."""
        self.exports = 0
        self.sockets = 0
        """Open now."""

    def answered(self, scope: Scope, status: int | None, seconds: float) -> None:
        """Count an answer; None is somebody who left."""
        route = route_of(scope)
        method = scope["method"] if scope["method"] in METHODS else "other"
        self.requests[method, route, status or LEFT] += 1
        self.latencies.setdefault(route, Latencies()).add(seconds)
        if method == "POST" and route.endswith("/export") and status == 200:
            self.exports += 1

    def failed(self, code: str) -> None:
        """Count a problem that somebody was told of."""
        self.failures[code] += 1

    @contextmanager
    def socket(self) -> Iterator[None]:
        """Count a socket while it is open."""
        self.sockets += 1
        try:
            yield
        finally:
            self.sockets -= 1


def route_of(scope: Scope) -> str:
    """Return a request's route with its placeholders: it names no project, no photo, nobody."""
    return getattr(scope.get("route"), "path", None) or "none"

"""How often somebody may ask: token buckets, one for each kind of work.

A bucket holds `burst` requests and fills again by `per_s` in a second. Whoever finds it empty hears
when to come again. Frames of the live preview travel over one socket, which counts once. Each
server process counts for itself.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from starlette.types import Scope

from freckle.server.problems import WebError
from freckle.server.strangers import open_limit

Kind = Literal["address", "request", "sign-in", "upload", "export"]


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests at once, and how many more come in a second."""

    burst: int
    per_s: float


RATES: Final[Mapping[Kind, Rate]] = {
    "address": Rate(5000, 500),  # of everybody behind one address, before anything is looked up
    "request": Rate(2000, 200),  # Home asks for hundreds of thumbs, a drag for nothing
    "sign-in": Rate(60, 1),
    "upload": Rate(300, 5),
    "export": Rate(120, 2),
}
KNOWN: Final = 10_000
"""Buckets that are remembered; the longest unused goes first, and was full again."""
OPEN_READS: Final = frozenset({"/api/entrance"})
"""What strangers ask on each visit: it opens nothing."""
GUESTS: Final = "/api/shared/"
"""What guests ask who have opened their link: pictures by the dozen."""
HEAVY: Final = ("/export", "/export/size", "/looks/reference", "/posts", "/posts/draft")
"""How what takes a worker seconds ends."""
COUNTED: Final = frozenset({"/health", "/metrics"})


class Buckets:
    """What is left to everybody."""

    def __init__(
        self, rates: Mapping[Kind, Rate] = RATES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with full buckets; `clock` counts seconds."""
        self._rates, self._clock = rates, clock
        self._left: OrderedDict[tuple[Kind, str], tuple[float, float]] = OrderedDict()

    def take(self, kind: Kind, who: str) -> None:
        """Take one request out of somebody's bucket. Raises `too_often` where there is none."""
        rate, now = self._rates[kind], self._clock()
        left, since = self._left.pop((kind, who), (float(rate.burst), now))
        left = min(rate.burst, left + (now - since) * rate.per_s)
        enough = left >= 1
        self._left[kind, who] = left - enough, now
        while len(self._left) > KNOWN:
            self._left.popitem(last=False)
        if not enough:
            raise too_often(math.ceil((1 - left) / rate.per_s))


def too_often(seconds: int) -> WebError:
    """Say that somebody asks more often than is good for others."""
    wait = f"{seconds} seconds" if seconds > 1 else "a second"
    return WebError(
        "too_often",
        "This was asked for too often.",
        f"Wait {wait}, then try again.",
        retry_s=seconds,
    )


def kind_of(scope: Scope) -> Kind | None:
    """Return what a request counts as, None for the page and its files."""
    method, path = scope.get("method", "GET"), scope["path"]
    if path in COUNTED:
        return "request"
    if not path.startswith("/api/"):
        return None
    open_to_all = open_limit(scope) is not None and path not in OPEN_READS
    if open_to_all and not path.startswith(GUESTS):
        return "sign-in"
    if method == "POST" and path in {"/api/photos", "/api/sample"}:
        return "upload"
    if method == "POST" and path.endswith(HEAVY):
        return "export"
    return "request"

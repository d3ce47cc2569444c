"""Route: figures for whoever watches over a server, in the OpenMetrics text format 1.0.

Only for programs of this machine, or for whoever has the token of `FRECKLE_METRICS_TOKEN`.
"""

import ipaddress
import secrets
from collections.abc import Iterable, Iterator
from typing import Final

from fastapi import APIRouter, Request, Response

from freckle.pixels.memory import resident
from freckle.server.exports import maker
from freckle.server.house import Here, House
from freckle.server.meter import BOUNDS_S, Latencies, Meter
from freckle.server.problems import WebError
from freckle.server.settings import LOOPBACK

ROUTES: Final = APIRouter(tags=["health"])
KIND: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What proxies add: what comes through one is not of this machine."""
Sample = tuple[str, dict[str, str], float]


@ROUTES.get("/metrics", response_class=Response)
async def metrics(request: Request, here: Here) -> Response:
    """Say how much was asked, how long it took, what waits and what failed."""
    _demand_watcher(request, here)
    meter: Meter = request.app.state.meter
    lines = "".join(_lines(meter, here))
    headers = {"Cache-Control": "no-store"}
    return Response(f"{lines}# EOF\n", media_type=KIND, headers=headers)


def _demand_watcher(request: Request, here: House) -> None:
    token = here.settings.metrics_token
    _, _, given = request.headers.get("authorization", "").partition(" ")
    known = bool(token) and secrets.compare_digest(given.encode(), token.encode())
    if not (known or _local(request)):
        raise WebError(
            "unauthorized",
            "Figures are for programs of the server's own machine.",
            "Ask there, or with the token of FRECKLE_METRICS_TOKEN.",
        )


def _local(request: Request) -> bool:
    client = request.client.host if request.client else ""
    try:
        loopback = ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
    own = request.url.hostname in LOOPBACK
    return loopback and own and not any(name in request.headers for name in FORWARDED)


def _lines(meter: Meter, here: House) -> Iterator[str]:
    workers = list(enumerate(here.pool.workers))
    pids = [(k, worker.pid) for k, worker in workers]
    yield from _family(
        "freckle", "info", "What runs.", [("_info", {"version": maker()["freckle"]}, 1)]
    )
    yield from _family(
        "freckle_start_time_seconds",
        "gauge",
        "When this process began, since 1970.",
        [("", {}, meter.started)],
    )
    yield from _family(
        "freckle_requests",
        "counter",
        "Answers, by method, route and status; 499 left before.",
        (
            ("_total", {"method": m, "route": r, "status": str(s)}, n)
            for (m, r, s), n in sorted(meter.requests.items())
        ),
    )
    yield from _family(
        "freckle_request_seconds",
        "histogram",
        "How long answers took, by route.",
        _histograms(meter.latencies),
    )
    yield from _family(
        "freckle_failures",
        "counter",
        "Problems that somebody was told of, by code.",
        (("_total", {"code": c}, n) for c, n in sorted(meter.failures.items())),
    )
    yield from _family(
        "freckle_exports", "counter", "Files handed out.", [("_total", {}, meter.exports)]
    )
    yield from _family(
        "freckle_live_sockets", "gauge", "Open live previews.", [("", {}, meter.sockets)]
    )
    yield from _family(
        "freckle_queue_length",
        "gauge",
        "Requests that wait for a worker or run there.",
        (("", {"worker": str(k)}, worker.load) for k, worker in workers),
    )
    yield from _family(
        "freckle_worker_memory_bytes",
        "gauge",
        "Resident memory of a worker.",
        (("", {"worker": str(k)}, size) for k, pid in pids if pid and (size := resident(pid))),
    )
    own = resident()
    yield from _family(
        "freckle_server_memory_bytes",
        "gauge",
        "Resident memory of the server's own process.",
        [("", {}, own)] if own else [],
    )


def _family(name: str, kind: str, what: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# TYPE {name} {kind}\n# HELP {name} {what}\n"
    for ending, labels, value in samples:
        named = ",".join(f'{key}="{_quoted(text)}"' for key, text in labels.items())
        yield f"{name}{ending}{f'{{{named}}}' if named else ''} {_number(value)}\n"


def _histograms(latencies: dict[str, Latencies]) -> Iterator[Sample]:
    for route, found in sorted(latencies.items()):
        total = 0
        for bound, count in zip((*BOUNDS_S, None), found.counts, strict=True):
            total += count
            yield "_bucket", {"route": route, "le": "+Inf" if bound is None else str(bound)}, total
        yield "_count", {"route": route}, total
        yield "_sum", {"route": route}, found.seconds


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))

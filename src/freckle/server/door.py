"""The TCP door: connections are counted, and who does not say what they want has to go.

uvicorn waits for ever for the end of a request's head; eleven hundred half-sent ones used up every
file handle of the process.
"""

import asyncio
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S: Final = 15.0
"""Seconds from the connection, or from a request's first byte, to the end of its head."""
MOST: Final = 4096
SPARE: Final = 256
"""File handles left for files, workers and the database."""


def most_connections() -> int:
    """Return how many connections may be open: what the system allows, less what we need."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 256
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(64, (soft if 0 < soft < MOST else MOST) - SPARE)


class Door(H11Protocol):
    """One connection."""

    most = most_connections()
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let a connection in, or close it at once where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in some bytes; the clock runs while a head is incomplete."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_S, self._lose_patience)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _lose_patience(self) -> None:
        self._waiting = None
        busy = self.cycle is not None and not self.cycle.response_complete
        if not busy and self.transport.get_protocol() is self:  # a WebSocket is no longer ours
            self.transport.abort()

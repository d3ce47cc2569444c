"""Everything one running server owns, handed to the routes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends
from starlette.requests import HTTPConnection

from freckle.server.originals import Originals
from freckle.server.pool import Pool, Priority
from freckle.server.protocol import Message
from freckle.server.settings import Settings
from freckle.server.store import Store, StoredProject, User


@dataclass(frozen=True, slots=True)
class House:
    """The parts of a server."""

    settings: Settings
    store: Store
    originals: Originals
    pool: Pool
    exports: Path
    thumbs: Path
    """Small pictures of edited photos, kept like exports."""
    errands: set[asyncio.Task[Message]] = field(default_factory=set)
    """What was begun before anybody asked; the event loop alone would forget it."""

    async def project(self, user: User, project: str) -> StoredProject:
        """Return a project of this user. Raises `not_found`."""
        return await to_thread.run_sync(self.store.project, user, project)

    async def ask(
        self,
        digest: str,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        priority: Priority = 1,
    ) -> Message:
        """Have a worker do something with an original; see `Worker.ask`."""
        path = self.originals.path(digest)
        return await self.pool.ask(path, digest, request, body, priority=priority)

    def begin(self, digest: str, request: Mapping[str, Any]) -> None:
        """Have something done that will be asked for soon; whoever asks then hears of failures."""
        errand = asyncio.create_task(self.ask(digest, request))
        self.errands.add(errand)
        errand.add_done_callback(self._ended)

    def _ended(self, errand: asyncio.Task[Message]) -> None:
        self.errands.discard(errand)
        if not errand.cancelled():
            errand.exception()  # seen: asyncio must not complain of it


def house(connection: HTTPConnection) -> House:
    """Return the server that a connection came to."""
    found: House = connection.app.state.house
    return found


Here = Annotated[House, Depends(house)]

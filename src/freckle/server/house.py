"""Everything one running server owns, handed to the routes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar, TypeVarTuple

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import HTTPConnection

from freckle.jobs.protocol import Message
from freckle.server.engines import trouble
from freckle.server.handover import Handover
from freckle.server.once import Once
from freckle.server.originals import Originals
from freckle.server.passwords import Passwords
from freckle.server.pool import Pool, Priority
from freckle.server.problems import busy, forbidden
from freckle.server.provider import Provider
from freckle.server.set_export import SetExport
from freckle.server.settings import Settings
from freckle.server.shelf import Shelf
from freckle.server.store import Store, StoredProject, User
from freckle.server.users import Role, at_least
from freckle.server.workshop import Workshop

T = TypeVar("T")
Args = TypeVarTuple("Args")
AT_ONCE: Final = 12
"""Calls of the database at once: they have threads of their own, so a locked one stops no page."""
MOST_AHEAD: Final = 4
"""Requests that wait for a worker while it is given work that nobody has asked for yet."""
ABROAD: Final = 4
"""Requests to servers of others at once: each may take minutes."""
LINE_S: Final = 5.0
"""Seconds that a call waits for its turn before the answer is `busy`."""


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
    tickets: set[str] = field(default_factory=set)
    """Each opens one session: what a browser's command line shows is worth nothing afterwards."""
    handover: Handover | None = None
    """What another program waits for; None where the editor runs for itself."""
    set_exports: OrderedDict[str, SetExport] = field(default_factory=OrderedDict)
    """Archives of many photos that were asked for."""
    looking: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """Sets that this server looks through."""
    shelf: Shelf = field(init=False)
    """Held while an original and its row come or go together."""
    errands: set[asyncio.Task[Message]] = field(default_factory=set)
    """What was begun before anybody asked; the event loop alone would forget it."""

    drawing: Once[bytes] = field(default_factory=Once)
    """Small pictures that somebody waits for, by their names."""
    workshop: Workshop = field(init=False)
    """Makes pictures from words, where a generator is set up."""
    passwords: Passwords = field(init=False)
    provider: Provider | None = field(init=False)
    line: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(AT_ONCE))
    abroad: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(ABROAD))

    def __post_init__(self) -> None:
        """Make what signing in and making pictures need."""
        settings = self.settings
        object.__setattr__(self, "shelf", Shelf(settings.folder))
        object.__setattr__(self, "workshop", Workshop(settings.generator))
        object.__setattr__(self, "passwords", Passwords(settings.argon2))
        provider = Provider(settings.provider) if settings.provider else None
        object.__setattr__(self, "provider", provider)

    async def stored(self, work: Callable[[*Args], T], *args: *Args) -> T:
        """Do something with the database, in a thread.

        Raises `busy` when it takes no more (nothing was done then), `storage_full`.
        """
        try:
            with anyio.fail_after(LINE_S):
                await self.line.acquire_on_behalf_of(turn := object())
        except TimeoutError:
            raise busy() from None
        try:
            return await to_thread.run_sync(work, *args, limiter=CapacityLimiter(1))
        except SQLAlchemyError as error:
            raise trouble(error) or error from None
        finally:
            self.line.release_on_behalf_of(turn)

    async def project(self, user: User, project: str, least: Role = "viewer") -> StoredProject:
        """Return a project in which this user has a role. Raises `not_found`, `forbidden`."""
        stored = await self.stored(self.store.project, user, project)
        if stored.role not in at_least(least):
            raise forbidden(least)
        return stored

    async def ask(
        self,
        digest: str,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        priority: Priority = 1,
        deadline: float | None = None,
    ) -> Message:
        """Have a worker do something with an original; see `Worker.ask`."""
        path = self.originals.path(digest)
        return await self.pool.ask(
            path, digest, request, body, priority=priority, deadline=deadline
        )

    def erase(self, digest: str) -> None:
        """Remove an original and the pictures made of it. Blocking."""
        self.originals.path(digest).unlink(missing_ok=True)
        for folder in (self.exports, self.thumbs):
            for path in folder.glob(f"{digest}-*"):
                path.unlink(missing_ok=True)

    def begin(self, digest: str, request: Mapping[str, Any]) -> None:
        """Have something done that will be asked for soon; whoever asks then hears of failures.

        Where others wait already it is left: of a folder that comes in, few photos are opened.
        """
        if self.pool.of(digest).load > MOST_AHEAD:
            return
        errand = asyncio.create_task(self.ask(digest, request, priority=2))
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


async def _here(connection: HTTPConnection) -> House:
    return house(connection)  # not `house` itself: what is no coroutine costs a thread each time


Here = Annotated[House, Depends(_here)]

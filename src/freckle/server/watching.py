"""An open socket: every second it is asked whether its user may see the project, and what is new.

Two people in one project hear of each other's steps in this way, whichever process serves them.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from fastapi import WebSocket, WebSocketDisconnect

from freckle.server.gate import identify
from freckle.server.house import house
from freckle.server.messages import LiveNewer
from freckle.server.problems import WebError

EVERY_S: Final = 0.8
"""So that what is new, and what is forbidden, is known within a second."""
GONE: Final = 4401
"""The code of closing: signed out, or no longer a member."""


async def while_allowed(
    socket: WebSocket, project: str, revision: int | None, work: Coroutine[None, None, None]
) -> None:
    """Serve a socket until it ends, its session does, or its user may no longer see the project.

    Revisions that are newer than `revision` are told, each once.
    """
    serving = asyncio.ensure_future(work)
    watch = _Watch(socket, project, revision)
    try:
        while not serving.done():
            await asyncio.wait({serving}, timeout=EVERY_S)
            if not serving.done() and not await watch.allowed():
                await socket.close(GONE)
                return
        serving.result()
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@dataclass
class _Watch:
    socket: WebSocket
    project: str
    revision: int | None
    """The newest one that the window knows; None: the one that is found first."""

    async def allowed(self) -> bool:
        """Say whether the socket may stay open, and tell it of what is new."""
        here = house(self.socket)
        try:
            user = await identify(self.socket)
            newest, author = await here.stored(here.store.newest, user, self.project)
        except WebError as error:
            return error.code not in {"unauthorized", "not_found"}  # busy says nothing of rights
        known, self.revision = self.revision, newest
        if known is not None and newest > known:
            with suppress(WebSocketDisconnect, RuntimeError):  # it has just gone
                told = LiveNewer(newer=newest, author=author)
                await self.socket.send_text(told.model_dump_json())
        return True

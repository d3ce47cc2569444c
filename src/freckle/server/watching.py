"""An open socket is asked again and again whether whoever opened it may still see the project."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Final

from fastapi import WebSocket

from freckle.server.gate import identify
from freckle.server.house import house
from freckle.server.problems import WebError

EVERY_S: Final = 1.0
GONE: Final = 4401
"""The code of closing: signed out, or no longer a member."""


async def while_allowed(socket: WebSocket, project: str, work: Coroutine[None, None, None]) -> None:
    """Serve a socket until it ends, its session does, or its user may no longer see the project."""
    serving = asyncio.ensure_future(work)
    try:
        while not serving.done():
            await asyncio.wait({serving}, timeout=EVERY_S)
            if not serving.done() and not await _allowed(socket, project):
                await socket.close(GONE)
                return
        serving.result()
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


async def _allowed(socket: WebSocket, project: str) -> bool:
    here = house(socket)
    try:
        user = await identify(socket)
        await here.stored(here.store.may_see, user, project)
    except WebError as error:
        return error.code not in {"unauthorized", "not_found"}  # busy says nothing of rights
    return True

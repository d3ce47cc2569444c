"""Held while a file and its row come or go together, whichever server of the folder does it."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from anyio import to_thread

from freckle.server.lock import wait_for


class Shelf:
    """One at a time, in this process and beside it."""

    def __init__(self, folder: Path) -> None:
        """Use a data folder's shelf."""
        self._path = folder / "shelf"
        self._turn = asyncio.Lock()
        self._held: BinaryIO | None = None

    async def __aenter__(self) -> None:
        """Wait for one's turn."""
        await self._turn.acquire()
        try:
            self._held = await to_thread.run_sync(wait_for, self._path)
        except BaseException:
            self._turn.release()
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next one in."""
        if self._held:
            self._held.close()
        self._turn.release()

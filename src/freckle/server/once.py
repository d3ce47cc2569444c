"""Work that several people wait for at a time is done once."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")
AT_ONCE: Final = 64
"""Pieces of work that are begun at a time; what comes then waits in line, as it came."""


@dataclass(slots=True)
class _Piece(Generic[T]):
    task: asyncio.Task[T]
    waiting: int = 0


@dataclass(slots=True)
class Once(Generic[T]):
    """Pieces of work by name, of one event loop."""

    _pieces: dict[str, _Piece[T]] = field(default_factory=dict)
    _line: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def do(self, name: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what comes of the work of this name, begun now unless somebody waits for it.

        Raises what the work raises, for everybody who waits. Who is cancelled leaves; when the last
        one does the work is given up.
        """
        piece = self._pieces.get(name)
        if piece is None:
            piece = self._pieces[name] = _Piece(asyncio.create_task(self._in_turn(work)))
        piece.waiting += 1
        try:
            return await asyncio.shield(piece.task)
        finally:
            piece.waiting -= 1
            if piece.waiting == 0:
                piece.task.cancel()  # nothing, where it is done
                if self._pieces.get(name) is piece:
                    del self._pieces[name]

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        async with self._line:
            return await work()

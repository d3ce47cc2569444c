"""Extras wait until a busy worker has time for them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from freckle.server.problems import WebError

T = TypeVar("T")
AGAIN_S: Final = 3.0
TRIES: Final = 20
"""Times that a busy worker is asked again."""


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Do something that a busy worker may refuse; whoever works in the editor goes first.

    Raises `busy` after a minute of it.
    """
    for _ in range(TRIES):
        try:
            return await work()
        except WebError as error:
            if error.code != "busy":
                raise
            await asyncio.sleep(AGAIN_S)
    return await work()

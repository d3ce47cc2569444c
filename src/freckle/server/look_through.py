"""Look through sets, photo by photo, as extras of the workers: whoever edits goes first.

What was seen is kept photo by photo, and so is the wish. A server that starts, or is asked how far
it is, goes on with what another one left.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from freckle.errors import FreckleError
from freckle.server.house import House
from freckle.server.problems import problem_of
from freckle.server.rooms.sights import SILENT_MS
from freckle.server.users import User

SOME: Final = 40
"""Photos that are asked for at a time."""
AGAIN_S: Final = 3.0
"""Seconds until a server that had too much to do is asked again."""


async def take_over(here: House, silent_ms: int = SILENT_MS) -> None:
    """Go on with all look-throughs that nobody works on."""
    for photo_set, user in (await here.stored(here.store.orphans, silent_ms)).items():
        if photo_set not in here.looking:
            here.looking[photo_set] = asyncio.create_task(_whole(here, user, photo_set))


async def close(here: House) -> None:
    """Let go; the next server goes on."""
    tasks = list(here.looking.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _whole(here: House, user: User, photo_set: str) -> None:
    try:
        await _looked_through(here, user, photo_set)
        await here.stored(here.store.end_look_through, photo_set)
    except FreckleError:
        pass  # a database that takes no more: whoever asks next has it gone on with
    finally:
        here.looking.pop(photo_set, None)


async def _looked_through(here: House, user: User, photo_set: str) -> None:
    """Look at photos until there are no more, or nobody wants it; one for each worker at a time."""
    while waiting := await _unseen(here, user, photo_set):
        coming = iter(waiting)
        hands = [_hand(here, photo_set, coming) for _ in here.pool.workers]
        if not all(await asyncio.gather(*hands)):
            return


async def _hand(here: House, photo_set: str, coming: Iterator[tuple[str, str]]) -> bool:
    """Look at what is left of some photos; say whether the rest is still wanted."""
    for photo, digest in coming:
        seen = await _seen(here, digest)
        if not await here.stored(here.store.keep_sight, photo_set, photo, seen):
            return False
    return True


async def _unseen(here: House, user: User, photo_set: str) -> list[tuple[str, str]]:
    """Return the next photos; none where the set is gone, or closed to whoever wanted it."""
    with suppress(FreckleError):
        return list(await here.stored(here.store.unseen, user, photo_set, SOME))
    return []


async def _seen(here: House, digest: str) -> Mapping[str, Any]:
    """Look at one photo; nothing is seen in one that cannot be opened."""
    while True:
        try:
            answer = await here.ask(digest, {"do": "glance"}, priority=2)
        except FreckleError as error:
            if problem_of(error).code != "busy":
                return {}
            await asyncio.sleep(AGAIN_S)
        else:
            seen: Mapping[str, Any] = answer.head["seen"]
            return seen

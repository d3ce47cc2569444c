"""What a workspace holds together with its kept results, which go first where room is needed."""

from dataclasses import dataclass

from anyio import to_thread

from freckle.server.exports import fit, held
from freckle.server.house import House
from freckle.server.quota import Quota
from freckle.server.store import User


@dataclass(frozen=True, slots=True)
class Held:
    """What a workspace holds and may hold, and the bytes of its kept results."""

    used: Quota
    limit: Quota
    results: int


async def held_by(here: House, user: User, workspace: str) -> Held:
    """Return what a workspace of the user's holds. Raises `not_found`."""
    holding = await here.stored(here.store.holding, user, workspace)
    digests = await here.stored(here.store.digests, workspace)
    kept = [
        await to_thread.run_sync(held, folder, digests) for folder in (here.exports, here.thumbs)
    ]
    return Held(holding.used, holding.limit, sum(kept))


async def make_room(here: House, workspace: str) -> None:
    """Let old results of a workspace go until they fit beside its originals."""
    holding = await here.stored(here.store.holding_of, workspace)
    if holding.limit.bytes is not None:
        digests = await here.stored(here.store.digests, workspace)
        room = max(0, holding.limit.bytes - (holding.used.bytes or 0))
        await to_thread.run_sync(fit, here.exports, digests, room)

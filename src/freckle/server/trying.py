"""Routes: photos of a set on which a look is tried before all others get it."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field

from freckle.errors import FreckleError
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.patience import patiently
from freckle.server.problems import not_found
from freckle.server.rooms.places import MOST_PHOTOS
from freckle.server.wire import Answer, Body, Id
from freckle.sets.trying import Tried, most_different, spread

ROUTES: Final = APIRouter(prefix="/api/sets/{photo_set}/trial", tags=["sets"])


class TrialRequest(Body):
    """Asks for three of these photos."""

    projects: Annotated[list[Id], Field(min_length=1, max_length=MOST_PHOTOS)]


class TrialAnswer(Answer):
    """Photos that differ most in skin and light, three at most, in the order asked in."""

    projects: list[str]


@ROUTES.post("")
async def choose(photo_set: str, request: TrialRequest, me: Me, here: Here) -> TrialAnswer:
    """Choose the photos that a look is tried on. What nobody knows yet is measured and kept."""
    await here.stored(here.store.names_in_set, me, photo_set, "editor")
    kept = await here.stored(here.store.sights, me, photo_set)
    seen = {each.project: each.seen for each in kept}
    projects = [each for each in dict.fromkeys(request.projects) if each in seen]
    if not projects:
        raise not_found("photo in this set")
    known = {each: found for each in projects if (found := _of(seen[each])) is not None}
    if len(known) < len(projects):
        some = spread([each for each in projects if each not in known])
        photos = await here.stored(here.store.digests_in_set, me, photo_set, some)
        asked = [each for each in some if each in photos]
        tried = await asyncio.gather(*(_measured(here, photos[each]) for each in asked))
        measured = dict(zip(asked, tried, strict=True))
        known |= {each: one for each, one in measured.items() if one is not None}
    ordered = {each: known[each] for each in projects if each in known}
    return TrialAnswer(projects=most_different(ordered) or projects[:3])


async def _measured(here: House, photo: tuple[str, str]) -> Tried | None:
    """Look at a photo (its id and digest), and keep what suggestions know of it, too."""
    identifier, digest = photo
    try:
        answer = await patiently(lambda: here.ask(digest, {"do": "glance"}, priority=2))
        await here.stored(here.store.note_sight, identifier, answer.head["seen"])
    except FreckleError:
        return None  # one that cannot be opened is not tried
    return _of(answer.head["seen"])


def _of(seen: Mapping[str, Any] | None) -> Tried | None:
    if not seen or "light" not in seen:
        return None  # older measures do not tell
    skins = [face["skin"] for face in seen["faces"]]
    return Tried(min(skins, default=None), seen["light"])

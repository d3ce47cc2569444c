"""Routes: what stands out in a set's photos. Nothing is marked or left out because of it."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import Field

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.look_through import take_over
from freckle.server.rooms.sights import StoredSight
from freckle.server.set_wire import Photos
from freckle.server.wire import Answer, Body
from freckle.sets.suggestions import Kind, Sight, suggestions

ROUTES: Final = APIRouter(prefix="/api/sets/{photo_set}/suggestions", tags=["sets"])


class SuggestionOfSet(Answer):
    """Something that somebody might look at in a photo."""

    project: str
    kind: Kind
    other: str | None
    """With `alike`: the project to keep of those that are alike."""


class SuggestionsAnswer(Answer):
    """What was found in a set until now."""

    running: bool
    """Whether photos are being looked at."""
    photos: int
    seen: int
    """Photos that were looked at, or could not be."""
    failed: list[str]
    """Projects whose photos could not be opened."""
    suggestions: list[SuggestionOfSet]
    """In the set's order; without those that were waved aside."""


class DismissRequest(Body):
    """Waves suggestions of photos aside, or takes that back."""

    projects: Photos
    kinds: Annotated[list[Kind], Field(min_length=1, max_length=12)]
    dismissed: bool = True


@ROUTES.get("")
async def found(photo_set: str, me: Me, here: Here) -> SuggestionsAnswer:
    """Say what was found, and how far the looking is."""
    sights = await here.stored(here.store.sights, me, photo_set)
    running = await here.stored(here.store.being_looked_through, photo_set)
    if running and photo_set not in here.looking:
        await take_over(here)
    return _answer(sights, running=running)


@ROUTES.post("", status_code=202)
async def begin(photo_set: str, me: Me, here: Here) -> SuggestionsAnswer:
    """Have all photos looked at that nobody looked at yet; it goes on without this window."""
    await here.stored(here.store.begin_look_through, me, photo_set)
    await take_over(here)
    return await found(photo_set, me, here)


@ROUTES.delete("", status_code=204)
async def stop(photo_set: str, me: Me, here: Here) -> None:
    """Look at no more photos; what was found stays."""
    await here.stored(here.store.stop_look_through, me, photo_set)


@ROUTES.post("/dismissed", status_code=204)
async def dismiss(photo_set: str, request: DismissRequest, me: Me, here: Here) -> None:
    """Wave suggestions aside, or take that back."""
    await here.stored(
        lambda: here.store.dismiss(
            me, photo_set, request.projects, request.kinds, on=request.dismissed
        )
    )


def _answer(sights: Sequence[StoredSight], *, running: bool) -> SuggestionsAnswer:
    waved = {each.project: each.dismissed for each in sights}
    found = suggestions(
        [
            Sight(each.project, each.seen["print"], each.seen["faces"])
            for each in sights
            if each.seen
        ]
    )
    place = {each.project: k for k, each in enumerate(sights)}
    found.sort(key=lambda each: place[each.photo])
    return SuggestionsAnswer(
        running=running,
        photos=len(sights),
        seen=sum(each.seen is not None for each in sights),
        failed=[each.project for each in sights if each.seen == {}],
        suggestions=[
            SuggestionOfSet(project=each.photo, kind=each.kind, other=each.other or None)
            for each in found
            if each.kind not in waved[each.photo]
        ],
    )

"""Routes: sets of photos, their order, stars and flags, and settings for many of them."""

from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Query

from freckle.server.applying import applied
from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.paging import Paged
from freckle.server.poster_files import forget_all
from freckle.server.set_wire import (
    ApplyAnswer,
    ApplyRequest,
    MarkRequest,
    OrderRequest,
    PhotoOfSet,
    PhotoSet,
    SetChange,
    SetPhotosRequest,
    SetRequest,
    set_answer,
    set_photo_answer,
)

ROUTES: Final = APIRouter(prefix="/api/sets", tags=["sets"])
WithPhotos = Annotated[bool, Query(description="Remove the projects in it, too")]


@ROUTES.post("", status_code=201)
async def create(request: SetRequest, me: Me, here: Here) -> PhotoSet:
    """Make a set of projects of the workspace."""
    projects = list(dict.fromkeys(request.projects))
    return set_answer(await here.stored(here.store.create_set, me, request.name, projects))


@ROUTES.get("")
async def list_some(me: Me, here: Here, paged: Paged) -> list[PhotoSet]:
    """List the workspace's sets, the last touched first."""
    items = await paged.of(here, here.store.set_page, me)
    return list(map(set_answer, items))


@ROUTES.get("/{photo_set}")
async def look_up(photo_set: str, me: Me, here: Here) -> PhotoSet:
    """Return one set."""
    return set_answer(await here.stored(here.store.photo_set, me, photo_set))


@ROUTES.patch("/{photo_set}")
async def rename(photo_set: str, change: SetChange, me: Me, here: Here) -> PhotoSet:
    """Give a set another name."""
    return set_answer(await here.stored(here.store.rename_set, me, photo_set, change.name))


@ROUTES.delete("/{photo_set}", status_code=204)
async def remove(photo_set: str, me: Me, here: Here, photos: WithPhotos = False) -> None:
    """Delete a set; its photos then stand alone, or go with it as far as they are the user's."""
    gone = await here.stored(lambda: here.store.delete_set(me, photo_set, photos=photos))
    await forget_all(here, gone)


@ROUTES.get("/{photo_set}/photos")
async def list_photos(
    photo_set: str,
    me: Me,
    here: Here,
    paged: Paged,
) -> list[PhotoOfSet]:
    """List a set's photos in their order."""
    items = await paged.of(here, here.store.set_photo_page, me, photo_set)
    return await to_thread.run_sync(lambda: list(map(set_photo_answer, items)))


@ROUTES.post("/{photo_set}/photos", status_code=204)
async def add(photo_set: str, request: SetPhotosRequest, me: Me, here: Here) -> None:
    """Put projects at the set's end, out of the set that they were in."""
    projects = list(dict.fromkeys(request.projects))
    await here.stored(here.store.add_to_set, me, photo_set, projects)


@ROUTES.patch("/{photo_set}/photos", status_code=204)
async def mark(photo_set: str, request: MarkRequest, me: Me, here: Here) -> None:
    """Give photos stars or a flag."""
    await here.stored(here.store.mark_in_set, me, photo_set, request.projects, request.marks)


@ROUTES.post("/{photo_set}/photos/out", status_code=204)
async def take_out(photo_set: str, request: SetPhotosRequest, me: Me, here: Here) -> None:
    """Let photos stand alone again, with all that was done to them."""
    await here.stored(here.store.take_out_of_set, me, photo_set, request.projects)


@ROUTES.post("/{photo_set}/order", status_code=204)
async def order(photo_set: str, request: OrderRequest, me: Me, here: Here) -> None:
    """Move photos before another one, or to the end."""
    move = here.store.move_in_set
    await here.stored(move, me, photo_set, request.projects, request.before)


@ROUTES.post("/{photo_set}/apply")
async def apply(photo_set: str, request: ApplyRequest, me: Me, here: Here) -> ApplyAnswer:
    """Give settings to photos; what belongs to a photo alone is never carried.

    Each photo gets one step in its history; those that had these settings get none.
    """
    return await here.stored(applied, here.store, me, photo_set, request)

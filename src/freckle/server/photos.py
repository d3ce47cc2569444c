"""Routes: originals come in, and can be looked at."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from freckle.errors import FreckleError
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.originals import Incoming, copy_file, verify
from freckle.server.pictures import Small, small
from freckle.server.poster_files import forget_all
from freckle.server.problems import WebError, not_found
from freckle.server.quota import Quota
from freckle.server.store import StoredPhoto, User
from freckle.server.upload import display_name, receive_file
from freckle.server.wire import PhotoAnswer, photo_answer

ROUTES: Final = APIRouter(prefix="/api/photos", tags=["photos"])
SAMPLE: Final = APIRouter(prefix="/api/sample", tags=["photos"])
JPEG: Final = {"content": {"image/jpeg": {}}, "description": "A JPEG"}
UPLOAD: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
Size = Annotated[int, Query(ge=16, le=4096)]


@ROUTES.post("", status_code=201, openapi_extra=UPLOAD)
async def upload(request: Request, me: Me, here: Here) -> PhotoAnswer:
    """Take a photo in, as the form field `file`; the same file twice is the same photo."""
    incoming = await to_thread.run_sync(here.originals.receive)
    try:
        name = await receive_file(
            request.stream(),
            request.headers.get("content-type", ""),
            incoming,
            here.settings.upload_bytes,
        )
        return photo_answer(await admit(here, me, incoming, display_name(name)))
    finally:
        await to_thread.run_sync(incoming.discard)


async def admit(here: House, user: User, incoming: Incoming, name: str) -> StoredPhoto:
    """Check a finished file, keep it and register it.

    Raises `quota`, and what the decoder refuses.
    """
    if incoming.size == 0:
        raise WebError("empty", "This file is empty.", "Choose a file with a photo in it.")
    more = Quota(bytes=incoming.size, photos=1)
    await here.stored(here.store.check_room, user, more, incoming.digest)
    # the worker decodes and keeps the photo open: its first picture then costs no second decode
    answer = await here.pool.ask(incoming.path, incoming.digest, {"do": "facts"})
    facts = answer.head
    photo = StoredPhoto(
        digest=incoming.digest,
        name=name,
        format=facts["format"],
        width=facts["width"],
        height=facts["height"],
        bytes=incoming.size,
        warnings=tuple(facts["warnings"]),
        taken=facts["taken"],
    )
    async with here.shelf:
        await to_thread.run_sync(here.originals.keep, incoming)
        added = await here.stored(here.store.add_photo, user, photo)
    here.begin(incoming.digest, {"do": "analysis"})  # while the editor opens
    # the same bytes may come under another name, and mean another of the user's files
    return replace(added, name=name)


@SAMPLE.post("", status_code=201)
async def sample(me: Me, here: Here) -> PhotoAnswer:
    """Take in the sample portrait that this server was started with."""
    return photo_answer(await admit_sample(here, me))


async def admit_sample(here: House, user: User) -> StoredPhoto:
    """Copy the sample portrait in, as if it had been uploaded. Raises `not_found` without one."""
    path = here.settings.sample
    if path is None or not path.is_file():
        raise not_found("sample portrait")
    incoming = await to_thread.run_sync(here.originals.receive)
    try:
        await to_thread.run_sync(copy_file, path, incoming)
        return await admit(here, user, incoming, path.name)
    finally:
        await to_thread.run_sync(incoming.discard)


@ROUTES.get("/{photo}", response_model=PhotoAnswer)
async def look_up(photo: str, me: Me, here: Here) -> PhotoAnswer:
    """Say what is known of an original."""
    return photo_answer(await here.stored(here.store.photo, me, photo))


@ROUTES.delete("/{photo}", status_code=204)
async def erase(photo: str, me: Me, here: Here) -> None:
    """Erase a photo for good: its projects, their history, and all pictures made of it.

    The file itself goes when nobody else has uploaded the same one.
    """
    async with here.shelf:
        last, gone = await here.stored(here.store.erase_photo, me, photo)
        await forget_all(here, gone)
        if last:
            await to_thread.run_sync(here.erase, photo)
            with suppress(FreckleError):  # a worker that is gone has forgotten it, too
                await here.ask(photo, {"do": "forget"}, priority=0)


@ROUTES.get("/{photo}/original", response_class=FileResponse)
async def original(photo: str, me: Me, here: Here) -> FileResponse:
    """Give the untouched file back."""
    stored = await here.stored(here.store.photo, me, photo)
    path = here.originals.path(stored.digest)
    if not await to_thread.run_sync(verify, path):
        raise WebError(
            "damaged",
            "This original is no longer what was uploaded: the disk has changed it.",
            "Check the disk, and upload the photo again from a copy.",
        )
    return FileResponse(
        path,
        media_type="application/octet-stream",  # it is only ever saved, never shown as a page
        filename=stored.name,
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )


@ROUTES.get("/{photo}/thumb", response_class=Response, responses={200: JPEG})
async def thumb(photo: str, me: Me, here: Here, connection: Request, size: Size = 320) -> Response:
    """Draw the unedited photo small; `size` is its longer side in pixels."""
    stored = await here.stored(here.store.photo, me, photo)
    keeping = "private, max-age=31536000, immutable"
    return await small(here, connection, stored.digest, Small("thumb", size, None), keeping)

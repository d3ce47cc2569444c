"""Routes: finished files of a project."""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from freckle.codec.credentials import Signing
from freckle.errors import OutputError
from freckle.server.exports import place, progress_of, prune, touch
from freckle.server.gate import Me
from freckle.server.holding import make_room
from freckle.server.house import Here, House
from freckle.server.pictures import PNG, name_of
from freckle.server.pool import Priority
from freckle.server.store import StoredProject
from freckle.server.wanted import while_wanted
from freckle.server.wire import (
    EnlargedRequest,
    ExportOffer,
    ExportProgress,
    ExportRequest,
    ExportSize,
)
from freckle.studio.recipes import parse

ROUTES: Final = APIRouter(prefix="/api/projects/{project}/export", tags=["pictures"])
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file to save"}
}
LONGEST_S: Final = 900.0
"""Seconds that a worker may take: a poster is enlarged by a network."""


@ROUTES.get("")
async def offer(project: str, me: Me, here: Here) -> ExportOffer:
    """Say in which form the original came, which a file has where nothing else is asked for."""
    stored = await here.project(me, project)
    answer = await here.ask(stored.photo.digest, {"do": "offer"})
    signing = here.settings.signing
    signer = None if signing is None else await to_thread.run_sync(lambda: signing.name)
    return ExportOffer.model_validate({**answer.head["offer"], "signer": signer})


@ROUTES.post("", response_class=FileResponse, responses=FILE)
async def export(
    project: str, request: ExportRequest, me: Me, here: Here, connection: Request
) -> FileResponse:
    """Render the project at full size and return the file, several in a ZIP."""
    stored = await here.project(me, project)
    path = await while_wanted(connection, exported(here, stored, request))
    name = f"{request.name or Path(stored.name).stem + '-freckle'}{path.suffix}"
    return FileResponse(path, filename=name, headers={"Cache-Control": "no-store"})


@ROUTES.post("/size")
async def export_size(
    project: str, request: ExportRequest, me: Me, here: Here, connection: Request
) -> ExportSize:
    """Write the file, and say how large it is; a following export only has to send it."""
    stored = await here.project(me, project)
    path = await while_wanted(connection, exported(here, stored, request))
    return ExportSize(bytes=path.stat().st_size)


@ROUTES.post("/progress")
async def progress(project: str, request: ExportRequest, me: Me, here: Here) -> ExportProgress:
    """Say how much of an export that is being made is done."""
    stored = await here.project(me, project)
    said = progress_of(place(here.exports, _name(here, stored, request)))
    with suppress(OSError, ValueError):
        return ExportProgress(share=float(await to_thread.run_sync(said.read_text)))
    return ExportProgress(share=0.0)


@ROUTES.post("/look", response_class=Response, responses=PNG)
async def look(
    project: str, request: EnlargedRequest, me: Me, here: Here, connection: Request
) -> Response:
    """Draw a square of the enlarged picture, to look at before a file is made."""
    stored = await here.project(me, project)
    task = {
        "do": "enlarged",
        "recipe": await to_thread.run_sync(parse, request.recipe),
        **request.model_dump(exclude={"recipe"}),
    }
    answer = await while_wanted(connection, here.ask(stored.photo.digest, task))
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


async def exported(
    here: House, stored: StoredProject, request: ExportRequest, priority: Priority = 1
) -> Path:
    """Return the exported file: named by what it depends on, so a repeat finds it.

    Raises `not_found`, `OutputError` for what a format cannot hold, and where nobody can sign.
    """
    signing = _signing(here, request)
    name = _name(here, stored, request)
    known = await to_thread.run_sync(touch, here.exports, name)
    if known:
        return known
    task = {
        "do": "export",
        "recipe": dict(stored.recipe),
        "options": request.model_dump(),
        "target": str(place(here.exports, name)),
    }
    if signing is not None:
        pair = signing.chain.decode("latin-1"), signing.key.decode("latin-1")
        task |= {"signing": pair, "title": stored.name}
    answer = await here.ask(stored.photo.digest, task, priority=priority, deadline=LONGEST_S)
    await to_thread.run_sync(prune, here.exports, here.settings.export_bytes)
    await make_room(here, stored.workspace)
    return Path(answer.head["written"])


def _signing(here: House, request: ExportRequest) -> Signing | None:
    """Return who signs a file. Raises `OutputError` where somebody is to and nobody can."""
    if not request.sign:
        return None
    if here.settings.signing is None:
        raise OutputError(
            "This server has no certificate to sign with.",
            "Start it with --sign and --key, or download without Content Credentials.",
        )
    return here.settings.signing


def _name(here: House, stored: StoredProject, request: ExportRequest) -> str:
    """Return the name of an export; another certificate or another title signs another file."""
    options, signing = request.model_dump(), here.settings.signing
    if request.sign and signing is not None:
        signed_by = hashlib.sha256(signing.chain).hexdigest()
        options |= {"signed_by": signed_by, "title": stored.name}
    return name_of(stored, options)

"""Routes: finished files of a project."""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

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
    return ExportOffer.model_validate(answer.head["offer"])


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
    said = progress_of(place(here.exports, name_of(stored, request.model_dump())))
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

    Raises `not_found`, `OutputError` for what a format cannot hold.
    """
    options = request.model_dump()
    name = name_of(stored, options)
    known = await to_thread.run_sync(touch, here.exports, name)
    if known:
        return known
    task = {
        "do": "export",
        "recipe": dict(stored.recipe),
        "options": options,
        "target": str(place(here.exports, name)),
    }
    answer = await here.ask(stored.photo.digest, task, priority=priority, deadline=LONGEST_S)
    await to_thread.run_sync(prune, here.exports, here.settings.export_bytes)
    await make_room(here, stored.workspace)
    return Path(answer.head["written"])

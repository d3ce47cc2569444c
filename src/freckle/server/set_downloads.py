"""Routes: many photos of a set as one ZIP, made while it is sent."""

import io
from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from freckle.recipe.recipe import Recipe
from freckle.server.downloads import exported
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.patience import patiently
from freckle.server.problems import WebError, not_found
from freckle.server.set_export import FORBIDDEN, SetExport, Work, Written, archived, of_preset
from freckle.server.set_wire import SetExportAnswer, SetExportRequest
from freckle.server.users import User
from freckle.server.wire import ExportRequest

ROUTES: Final = APIRouter(prefix="/api/sets/{photo_set}/exports", tags=["sets"])
ZIP: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/zip": {}}, "description": "The archive"}
}
KEPT: Final = 100
"""Exports that are remembered."""


@ROUTES.post("", status_code=201)
async def begin(photo_set: str, request: SetExportRequest, me: Me, here: Here) -> SetExportAnswer:
    """Say which photos are wanted, and how; the ZIP is made when it is fetched."""
    stored = await here.stored(here.store.photo_set, me, photo_set)
    names = await here.stored(here.store.names_in_set, me, photo_set)
    projects = tuple(dict.fromkeys(request.projects))
    if not projects or any(project not in names for project in projects):
        raise not_found("photo in this set")
    export = SetExport(
        user=me, photo_set=photo_set, name=stored.name, projects=projects, settings=request.settings
    )
    here.set_exports[export.id] = export
    while len(here.set_exports) > KEPT:
        here.set_exports.popitem(last=False)[1].stop()
    return export.answer


@ROUTES.get("/{export}")
async def look_up(photo_set: str, export: str, me: Me, here: Here) -> SetExportAnswer:
    """Say how far a ZIP is."""
    return (await _mine(here, me, photo_set, export)).answer


@ROUTES.delete("/{export}", status_code=204)
async def stop(photo_set: str, export: str, me: Me, here: Here) -> None:
    """Stop a ZIP: it ends with the photos that are in it, and a list of the others."""
    (await _mine(here, me, photo_set, export)).stop()


@ROUTES.get("/{export}/file", response_class=StreamingResponse, responses=ZIP)
async def file(photo_set: str, export: str, me: Me, here: Here) -> StreamingResponse:
    """Make the ZIP, and send it while it is made. What cannot be written is listed inside."""
    found = await _mine(here, me, photo_set, export)
    if found.state == "running":
        raise WebError("taken", "This archive is being sent.", "Wait for it, or stop it first.")
    names = await here.stored(here.store.names_in_set, me, photo_set)
    called = [(project, names.get(project, "")) for project in found.projects]
    pieces = archived(found, called, _work(here, me, found.settings), len(here.pool.workers) + 1)
    name = FORBIDDEN.sub("_", found.name).strip(". ") or "photos"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.zip",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


async def _mine(here: House, user: User, photo_set: str, export: str) -> SetExport:
    """Return an export of a user's. Raises `not_found`."""
    await here.stored(here.store.photo_set, user, photo_set)
    found = here.set_exports.get(export)
    if found is None or found.photo_set != photo_set or found.user.id != user.id:
        raise not_found("export")
    return found


def _work(here: House, user: User, settings: ExportRequest) -> Work:
    """Return what writes one project's files: one, or one for each export preset."""

    async def work(project: str, stem: str) -> list[Written]:
        stored = await here.project(user, project)
        files = []
        for preset in settings.presets or [""]:
            wanted = {"presets": [preset] if preset else [], "sidecar": False, "name": ""}
            asked = settings.model_copy(update=wanted)
            path = await patiently(partial(exported, here, stored, asked, priority=2))
            several = len(settings.presets) > 1
            name = of_preset(preset, stem, path.suffix) if several else stem + path.suffix
            opened = await to_thread.run_sync(path.open, "rb")
            files.append(Written(name, stored.updated, opened))
        if settings.sidecar:
            text = await to_thread.run_sync(_written, stored.recipe)
            files.append(Written(f"{stem}.freckle.json", stored.updated, io.BytesIO(text)))
        return files

    return work


def _written(recipe: Mapping[str, object]) -> bytes:
    return Recipe.from_plain(dict(recipe)).to_json().encode()

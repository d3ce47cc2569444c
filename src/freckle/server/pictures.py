"""Routes: everything about a project that the engine draws or measures."""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from freckle.codec import atomic_write
from freckle.errors import RecipeError
from freckle.server.exports import place, prune, touch
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.problems import not_found
from freckle.server.store import StoredProject
from freckle.server.wire import ExportRequest, ExportSize, MaskBitmap, MaskRequest, PreviewRequest
from freckle.studio.recipes import opened, parse, preset

ROUTES: Final = APIRouter(prefix="/api/projects/{project}", tags=["pictures"])
JPEG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"image/jpeg": {}}, "description": "A JPEG"}
}
PNG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"image/png": {}}, "description": "A PNG"}
}
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file to save"}
}
THUMB_BYTES: Final = 64 << 20
"""Thumbs of edited photos that are kept, in bytes."""
Size = Annotated[int, Query(ge=16, le=4096)]


@ROUTES.get("/analysis")
async def analysis(project: str, me: Me, here: Here) -> dict[str, Any]:
    """Say which faces and marks were found, in pixels of the upright photo."""
    stored = await here.project(me, project)
    answer = await here.ask(stored.photo.digest, {"do": "analysis"})
    found: dict[str, Any] = answer.head["analysis"]
    return found


@ROUTES.get("/presets/{name}/thumb", response_class=Response, responses=JPEG)
async def preset_thumb(project: str, name: str, me: Me, here: Here, size: Size = 160) -> Response:
    """Draw a preset on the face (without one, on the photo), `size` pixels wide."""
    stored = await here.project(me, project)
    request = {"do": "preset", "recipe": _preset(name), "size": size}
    answer = await here.ask(stored.photo.digest, request, priority=2)
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(answer.body, media_type="image/jpeg", headers=headers)


@ROUTES.get("/thumb", response_class=FileResponse, responses=JPEG)
async def thumb(project: str, me: Me, here: Here, size: Size = 320) -> FileResponse:
    """Draw the edited photo small; kept, so that Home asks no worker a second time."""
    stored = await here.project(me, project)
    name = _name(stored, {"thumb": size})
    path = await to_thread.run_sync(touch, here.thumbs, name)
    if path is None:
        recipe = None if opened(stored.recipe).neutral else dict(stored.recipe)
        request = {"do": "thumb", "recipe": recipe, "size": size}
        answer = await here.ask(stored.photo.digest, request, priority=2)
        path = place(here.thumbs, f"{name}.jpg")
        await to_thread.run_sync(atomic_write, path, answer.body)
        await to_thread.run_sync(prune, here.thumbs, THUMB_BYTES)
    headers = {"Cache-Control": "private, max-age=3600"}
    return FileResponse(path, media_type="image/jpeg", headers=headers)


@ROUTES.get("/report")
async def report(project: str, me: Me, here: Here) -> dict[str, Any]:
    """Say in numbers what the current recipe changed."""
    stored = await here.project(me, project)
    request = {"do": "report", "recipe": dict(stored.recipe)}
    answer = await here.ask(stored.photo.digest, request, priority=2)
    result: dict[str, Any] = answer.head["report"]
    return result


@ROUTES.get("/heatmap", response_class=Response, responses=PNG)
async def heatmap(project: str, me: Me, here: Here, size: Size = 1600) -> Response:
    """Draw where the current recipe changed the photo."""
    stored = await here.project(me, project)
    request = {"do": "heatmap", "recipe": dict(stored.recipe), "size": size}
    answer = await here.ask(stored.photo.digest, request)
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


@ROUTES.post("/preview", response_class=Response, responses=JPEG)
async def preview(project: str, request: PreviewRequest, me: Me, here: Here) -> Response:
    """Draw one picture of a recipe that need not be saved."""
    stored = await here.project(me, project)
    task = {
        "do": "preview",
        "recipe": parse(request.recipe),
        "view": request.view.model_dump(),
        "quality": request.quality,
    }
    answer = await here.ask(stored.photo.digest, task, priority=0)
    headers = {
        "Cache-Control": "no-store",
        "X-Freckle-Region": ",".join(str(v) for v in answer.head["region"]),
    }
    return Response(answer.body, media_type="image/jpeg", headers=headers)


@ROUTES.post("/mask/export", response_class=Response, responses=PNG)
async def mask_export(project: str, request: MaskRequest, me: Me, here: Here) -> Response:
    """Draw where a step of a recipe works: a gray PNG of 16 bits, of the photo's size."""
    stored = await here.project(me, project)
    task = {"do": "mask_export", "recipe": parse(request.recipe), "step": request.step}
    answer = await here.ask(stored.photo.digest, task)
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


@ROUTES.post("/mask/import")
async def mask_import(project: str, request: Request, me: Me, here: Here) -> MaskBitmap:
    """Turn a gray PNG (the request's body) into what a step's mask keeps of it."""
    stored = await here.project(me, project)
    png = base64.b64encode(await request.body()).decode("ascii")
    answer = await here.ask(stored.photo.digest, {"do": "mask_import", "png": png})
    return MaskBitmap(bitmap=answer.head["bitmap"])


@ROUTES.post("/export", response_class=FileResponse, responses=FILE)
async def export(project: str, request: ExportRequest, me: Me, here: Here) -> FileResponse:
    """Render the project at full size and return the file."""
    stored = await here.project(me, project)
    path = await _exported(here, stored, request)
    name = f"{Path(stored.name).stem}-freckle{path.suffix}"
    return FileResponse(path, filename=name, headers={"Cache-Control": "no-store"})


@ROUTES.post("/export/size")
async def export_size(project: str, request: ExportRequest, me: Me, here: Here) -> ExportSize:
    """Write the file, and say how large it is; a following export only has to send it."""
    stored = await here.project(me, project)
    path = await _exported(here, stored, request)
    return ExportSize(bytes=path.stat().st_size)


async def _exported(here: House, stored: StoredProject, request: ExportRequest) -> Path:
    """Return the exported file: named by what it depends on, so a repeat finds it."""
    options = request.model_dump()
    name = _name(stored, options)
    known = await to_thread.run_sync(touch, here.exports, name)
    if known:
        return known
    task = {
        "do": "export",
        "recipe": dict(stored.recipe),
        "options": options,
        "target": str(place(here.exports, name)),
    }
    answer = await here.ask(stored.photo.digest, task)
    await to_thread.run_sync(prune, here.exports, here.settings.export_bytes)
    return Path(answer.head["written"])


def _preset(name: str) -> dict[str, Any]:
    try:
        return preset(name)
    except RecipeError:
        raise not_found("preset") from None


def _name(stored: StoredProject, options: Mapping[str, Any]) -> str:
    depends = [stored.photo.digest, stored.recipe, options]
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()

"""Routes: everything about a project that the engine draws or measures."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from freckle.errors import RecipeError
from freckle.server.exports import keep, kept_name, place, prune_when_full, read
from freckle.server.found import Analysis, Pointed, ReportAnswer
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.problems import not_found
from freckle.server.store import StoredProject
from freckle.server.wanted import while_wanted
from freckle.server.wire import Body, MaskBitmap, MaskRequest, PreviewRequest, RecipeJSON
from freckle.studio.recipes import NOTHING, opened, parse, preset

ROUTES: Final = APIRouter(prefix="/api/projects/{project}", tags=["pictures"])
JPEG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"image/jpeg": {}}, "description": "A JPEG"}
}
PNG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"image/png": {}}, "description": "A PNG"}
}
THUMB_BYTES: Final = 256 << 20
"""Thumbs of edited photos that are kept, in bytes."""
Size = Annotated[int, Query(ge=16, le=4096)]
Pixel = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Known = Annotated[int | None, Query(ge=0, le=10_000, description="Faces that are known already")]


class LookRequest(Body):
    """Asks how a recipe looks on the face, small and square."""

    recipe: RecipeJSON
    size: Annotated[int, Field(ge=16, le=1024)] = 160


class SpotRequest(Body):
    """Points at a place, in pixels of the upright photo."""

    x: Pixel
    y: Pixel


@ROUTES.get("/analysis")
async def analysis(
    project: str,
    me: Me,
    here: Here,
    connection: Request,
    quick: bool = False,
    known: Known = None,
) -> Analysis:
    """Say which faces and marks were found, in pixels of the upright photo; `quick` without marks.

    The largest faces come first. A crowd takes many seconds: with `known` so many are left out, and
    as many follow as are ready soon. It is given up when whoever asked leaves.
    """
    stored = await here.project(me, project)
    request = {"do": "analysis", "quick": quick, "known": known}
    ask = here.ask(stored.photo.digest, request, priority=0 if quick else 1)
    answer = await while_wanted(connection, ask)
    return Analysis.model_validate(answer.head["analysis"])


@ROUTES.post("/spot")
async def spot(
    project: str, request: SpotRequest, me: Me, here: Here, connection: Request
) -> Pointed | None:
    """Say where and how large the spot is at a place of the upright photo; null beside skin.

    Where nothing there has a border, it has a pimple's size.
    """
    stored = await here.project(me, project)
    ask = here.ask(stored.photo.digest, {"do": "spot", **request.model_dump()}, priority=0)
    found = (await while_wanted(connection, ask)).head["spot"]
    return None if found is None else Pointed.model_validate(found)


@ROUTES.get("/presets/{name}/thumb", response_class=Response, responses=JPEG)
async def preset_thumb(
    project: str, name: str, me: Me, here: Here, connection: Request, size: Size = 160
) -> Response:
    """Draw a preset on the face (without one, on the photo), `size` pixels wide; or `none`."""
    stored = await here.project(me, project)
    drawn = Small("preset", size, _preset(name))
    return await small(here, connection, stored.photo.digest, drawn, "private, max-age=86400")


@ROUTES.post("/presets/thumb", response_class=Response, responses=JPEG)
async def look_thumb(
    project: str, request: LookRequest, me: Me, here: Here, connection: Request
) -> Response:
    """Draw a recipe where presets are drawn: a user's own ones are then seen as the others are."""
    stored = await here.project(me, project)
    drawn = Small("preset", request.size, await to_thread.run_sync(parse, request.recipe))
    return await small(here, connection, stored.photo.digest, drawn, "no-store")


@ROUTES.get("/thumb", response_class=Response, responses=JPEG)
async def thumb(
    project: str, me: Me, here: Here, connection: Request, size: Size = 320
) -> Response:
    """Draw the edited photo small; kept, so that Home asks no worker a second time."""
    stored = await here.project(me, project)
    recipe = None if opened(stored.recipe).neutral else dict(stored.recipe)
    drawn = Small("thumb", size, recipe)
    return await small(here, connection, stored.photo.digest, drawn, "private, max-age=3600")


@ROUTES.get("/report", response_model=ReportAnswer)
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


@ROUTES.get("/unsure", response_class=Response, responses=PNG)
async def unsure(
    project: str, me: Me, here: Here, connection: Request, size: Size = 1600
) -> Response:
    """Draw where people and ground mix, strokes by hand included: a tint over the whole photo."""
    stored = await here.project(me, project)
    request = {"do": "unsure", "recipe": dict(stored.recipe), "size": size}
    answer = await while_wanted(connection, here.ask(stored.photo.digest, request, priority=1))
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


@ROUTES.post("/preview", response_class=Response, responses=JPEG)
async def preview(
    project: str, request: PreviewRequest, me: Me, here: Here, connection: Request
) -> Response:
    """Draw one picture of a recipe that need not be saved."""
    stored = await here.project(me, project)
    task = {
        "do": "preview",
        "recipe": await to_thread.run_sync(parse, request.recipe),
        "view": request.view.model_dump(),
        "quality": request.quality,
    }
    ask = here.ask(stored.photo.digest, task, priority=0)
    answer = await while_wanted(connection, ask)
    headers = {
        "Cache-Control": "no-store",
        "X-Freckle-Region": ",".join(str(v) for v in answer.head["region"]),
    }
    return Response(answer.body, media_type="image/jpeg", headers=headers)


@ROUTES.post("/mask/export", response_class=Response, responses=PNG)
async def mask_export(project: str, request: MaskRequest, me: Me, here: Here) -> Response:
    """Draw where a step of a recipe works: a gray PNG of 16 bits, of the photo's size."""
    stored = await here.project(me, project)
    task = {
        "do": "mask_export",
        "recipe": await to_thread.run_sync(parse, request.recipe),
        "step": request.step,
    }
    answer = await here.ask(stored.photo.digest, task)
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


@ROUTES.post("/mask/import")
async def mask_import(project: str, request: Request, me: Me, here: Here) -> MaskBitmap:
    """Turn a gray PNG (the request's body) into what a step's mask keeps of it."""
    stored = await here.project(me, project)
    png = base64.b64encode(await request.body()).decode("ascii")
    answer = await here.ask(stored.photo.digest, {"do": "mask_import", "png": png})
    return MaskBitmap(bitmap=answer.head["bitmap"])


def _preset(name: str) -> dict[str, Any]:
    try:
        return NOTHING if name == "none" else preset(name)
    except RecipeError:
        raise not_found("preset") from None


@dataclass(frozen=True, slots=True)
class Small:
    """A small picture of a photo."""

    do: Literal["thumb", "preset"]
    """The whole picture, or a square of the face."""
    size: int
    recipe: Mapping[str, Any] | None
    """None for the photo as it is."""


async def small(
    here: House, connection: Request, digest: str, wanted: Small, keeping: str
) -> Response:
    """Answer with a small picture of an original: drawn once, then kept.

    Many who ask at the same time wait for the same work, and what is more than the workers take
    waits in line: nobody is told to come again. `keeping` is what browsers are told
    (Cache-Control).
    """
    name = kept_name(digest, wanted.recipe, {wanted.do: wanted.size})

    async def draw() -> bytes:
        drawn = (await here.ask(digest, asdict(wanted), priority=2)).body
        await to_thread.run_sync(_keep, here.thumbs, name, drawn)
        return drawn

    jpeg = await to_thread.run_sync(read, here.thumbs, name)
    if jpeg is None:
        jpeg = await while_wanted(connection, here.drawing.do(name, draw))
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": keeping})


def _keep(folder: Path, name: str, jpeg: bytes) -> None:
    keep(place(folder, name), ".jpg", jpeg)
    prune_when_full(folder, THUMB_BYTES, len(jpeg))


def name_of(stored: StoredProject, options: Mapping[str, Any]) -> str:
    """Return the name of a picture of a project, which says all that it depends on."""
    return kept_name(stored.photo.digest, stored.recipe, options)

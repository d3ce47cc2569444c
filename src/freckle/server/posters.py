"""Routes: posters of a project's photo, drawn as they will be printed."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import Field

from freckle.poster.catalogue import TEMPLATES, template
from freckle.poster.design import Content, Poster
from freckle.poster.layers import Id
from freckle.poster.sizes import SIZES
from freckle.poster.typefaces import FAMILIES
from freckle.server.downloads import FILE
from freckle.server.exports import place, prune, touch
from freckle.server.gate import Me
from freckle.server.holding import make_room
from freckle.server.house import Here, House
from freckle.server.pictures import JPEG, PNG, name_of
from freckle.server.poster_files import folder_of
from freckle.server.store import StoredProject
from freckle.server.wanted import while_wanted
from freckle.server.wire import Answer, Body

ROUTES: Final = APIRouter(prefix="/api", tags=["posters"])
Size = Annotated[str, Field(max_length=40)]
Thumb = Annotated[int, Query(ge=64, le=1024)]


class TemplateAnswer(Answer):
    """A layout to choose."""

    name: str
    label: str
    family: str
    summary: str
    size: str
    """What it is drawn at unless another size is asked for."""
    sample: Content


class BoardAnswer(Answer):
    """A size to choose."""

    name: str
    width: float
    height: float
    unit: Literal["px", "mm"]


class PosterOffer(Answer):
    """What posters are made from."""

    templates: list[TemplateAnswer]
    sizes: list[BoardAnswer]
    typefaces: list[str]


class PosterRequest(Body):
    """One sheet of a poster; its first portrait is the project's photo."""

    poster: Poster
    size: Size = ""
    """A size's name; empty: the template's own."""


class PosterPreview(PosterRequest):
    """A sheet for the screen."""

    longer: Annotated[int, Field(ge=64, le=4096)] = 1200
    """Pixels of its longer side."""
    without: Annotated[tuple[Id, ...], Field(max_length=400)] = ()
    """Layers that are left out."""
    only: Annotated[tuple[Id, ...], Field(max_length=400)] = ()
    """Layers that are drawn alone, on nothing."""


class PosterExport(PosterRequest):
    """A sheet as a file."""

    format: Literal["pdf", "png", "jpeg"] = "pdf"
    dpi: Annotated[float, Field(ge=36, le=600)] | None = None
    marks: bool = True
    """Crop marks, on paper."""


class PosterRoom(Answer):
    """A place on the sheet, in points (pixels, on screens)."""

    x: float
    y: float
    w: float
    h: float


class PosterLayer(Answer):
    """A layer, where it lies and how it looks."""

    id: str
    kind: Literal["photo", "shape", "column", "code", "image"]
    room: PosterRoom
    hidden: bool
    opacity: float
    text: str
    """The words of the largest type, or what a code says."""
    size: float | None
    """Of its largest type, in `unit`."""
    family: str | None
    side: Literal["left", "center", "right"] | None
    stand: Literal["top", "middle", "bottom"] | None
    color: str | None
    """Of type, a form or a code: #rrggbb."""


class PosterLine(Answer):
    """One paragraph as it came to lie."""

    layer: str
    text: str
    room: PosterRoom
    contrast: float
    size: float
    safe: bool
    over_face: bool


class PosterLayout(Answer):
    """A sheet's geometry, and how it reads."""

    width: float
    height: float
    unit: Literal["pt", "px"]
    safe: PosterRoom
    bleed: float
    point: float
    """Points of a millimetre or pixel, the artboard's own unit."""
    contrast: float
    smallest: float
    least: float
    """Type below it is hard to read here, in `unit`."""
    layers: list[PosterLayer]
    """From back to front."""
    lines: list[PosterLine]


@ROUTES.get("/posters")
def offer(_me: Me) -> PosterOffer:
    """List templates, sizes and typefaces."""
    fields = ("name", "label", "family", "summary", "size", "sample")
    return PosterOffer(
        templates=[
            TemplateAnswer(**{field: getattr(each, field) for field in fields})
            for each in TEMPLATES
        ],
        sizes=[
            BoardAnswer(name=each.name, width=each.width, height=each.height, unit=each.unit)
            for each in SIZES.values()
        ],
        typefaces=list(FAMILIES),
    )


@ROUTES.get("/projects/{project}/posters/{name}/thumb", response_class=Response, responses=JPEG)
async def thumb(
    project: str, name: str, me: Me, here: Here, connection: Request, size: Thumb = 360
) -> Response:
    """Draw a template small, with its sample words and the project's photo."""
    stored = await here.project(me, project)
    found = template(name)
    poster = Poster(template=found.name, content=found.sample)
    task = {
        **_task(here, project, "poster_preview", poster, found.size),
        "longer": size,
        "quick": True,
    }
    ask = here.ask(stored.photo.digest, {**task, "recipe": dict(stored.recipe)}, priority=2)
    answer = await while_wanted(connection, ask)
    headers = {"Cache-Control": "private, max-age=600"}
    return Response(answer.body, media_type="image/jpeg", headers=headers)


@ROUTES.post("/projects/{project}/posters/preview", response_class=Response, responses=PNG)
async def preview(
    project: str, request: PosterPreview, me: Me, here: Here, connection: Request
) -> Response:
    """Draw a sheet as the file will have it, at another scale."""
    stored = await here.project(me, project)
    asked = request.model_dump(include={"longer", "without", "only"})
    task = {**_task(here, project, "poster_preview", request.poster, request.size), **asked}
    ask = here.ask(stored.photo.digest, {**task, "recipe": dict(stored.recipe)}, priority=0)
    answer = await while_wanted(connection, ask)
    return Response(answer.body, media_type="image/png", headers={"Cache-Control": "no-store"})


@ROUTES.post("/projects/{project}/posters/layout")
async def layout(project: str, request: PosterRequest, me: Me, here: Here) -> PosterLayout:
    """Say where layers and type lie, and how the type reads."""
    stored = await here.project(me, project)
    task = _task(here, project, "poster_layout", request.poster, request.size)
    answer = await here.ask(stored.photo.digest, {**task, "recipe": dict(stored.recipe)})
    return PosterLayout.model_validate(answer.head["layout"])


@ROUTES.post("/projects/{project}/posters/export", response_class=FileResponse, responses=FILE)
async def export(project: str, request: PosterExport, me: Me, here: Here) -> FileResponse:
    """Draw a sheet into a file and return it."""
    stored = await here.project(me, project)
    path = await made(here, stored, request)
    shown = f"{Path(stored.name).stem}-poster{path.suffix}"
    return FileResponse(path, filename=shown, headers={"Cache-Control": "no-store"})


async def made(here: House, stored: StoredProject, request: PosterExport) -> Path:
    """Return a sheet's file: named by what it depends on, so a repeat finds it."""
    name = name_of(stored, {"poster": request.model_dump(mode="json")})
    path = await to_thread.run_sync(touch, here.exports, name)
    if path is None:
        task = {
            **_task(here, stored.id, "poster_export", request.poster, request.size),
            "format": request.format,
            "dpi": request.dpi,
            "marks": request.marks,
            "target": str(place(here.exports, name)),
        }
        answer = await here.ask(stored.photo.digest, {**task, "recipe": dict(stored.recipe)})
        await to_thread.run_sync(prune, here.exports, here.settings.export_bytes)
        await make_room(here, stored.workspace)
        path = Path(answer.head["written"])
    return path


def _task(here: House, project: str, do: str, poster: Poster, size: str) -> dict[str, Any]:
    files = str(folder_of(here, project))
    return {"do": do, "poster": poster.model_dump(mode="json"), "size": size, "files": files}

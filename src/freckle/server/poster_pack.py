"""Route: a poster in many sizes, and for every row of a table, as one ZIP made while it is sent."""

import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from freckle.errors import FreckleError, RecipeError
from freckle.poster.design import Poster
from freckle.poster.making import boards
from freckle.poster.rows import rows
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.posters import PosterExport, Size, made
from freckle.server.set_export import Sink
from freckle.server.store import StoredProject
from freckle.server.wire import Body

ROUTES: Final = APIRouter(prefix="/api", tags=["posters"])
ZIP: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/zip": {}}, "description": "The archive"}
}
NOTE: Final = "Not made.txt"
MOST: Final = 500
"""Rows of a table."""
DATE: Final = (1980, 1, 1, 0, 0, 0)
"""Of every entry: the same posters are the same archive."""


class PosterPack(Body):
    """Many sheets of a poster."""

    poster: Poster
    sizes: Annotated[tuple[Size, ...], Field(max_length=24)] = ()
    """Left out: the poster's own."""
    format: Literal["pdf", "png", "jpeg"] = "pdf"
    dpi: Annotated[float, Field(ge=36, le=600)] | None = None
    """Of sizes on paper."""
    marks: bool = True
    table: Annotated[str, Field(max_length=1 << 20)] = ""
    """Rows with a header of words (CSV): a poster each. Their portrait is the project's photo."""


@ROUTES.post("/projects/{project}/posters/pack", response_class=StreamingResponse, responses=ZIP)
async def pack(project: str, request: PosterPack, me: Me, here: Here) -> StreamingResponse:
    """Make all sheets, and send them while they are made. What cannot be made is listed inside."""
    stored = await here.project(me, project)
    sheets = list(_sheets(request))
    name = f"{Path(stored.name).stem}-posters"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.zip",
        "Cache-Control": "no-store",
    }
    pieces = _archive(here, stored, sheets)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


def _sheets(request: PosterPack) -> Iterator[tuple[str, PosterExport]]:
    """Return what is to be made, by its name in the archive. Raises `RecipeError`."""
    poster = request.poster.model_copy(update={"sizes": request.sizes or request.poster.sizes})
    sizes = boards(poster)
    for number, each in _posters(poster, request.table):
        for board in sizes:
            dpi = request.dpi if board.unit == "mm" else None
            options = {"format": request.format, "dpi": dpi, "marks": request.marks}
            export = PosterExport(poster=each, size=board.name, **options)
            first = f"{number:03d}-" if number else ""
            yield f"{first}{poster.template or 'poster'}-{board.name}", export


def _posters(poster: Poster, table: str) -> Iterator[tuple[int, Poster]]:
    if not table.strip():
        yield 0, poster
        return
    listed = rows(table)
    if len(listed) > MOST or any(row.portrait for row in listed):
        raise RecipeError(
            f"Here a table has at most {MOST} rows and no portraits: all have the project's photo.",
            "Use `freckle poster --csv` for more.",
        )
    for number, row in enumerate(listed, 1):
        yield number, poster.model_copy(update={"content": row.over(poster.content)})


async def _archive(
    here: House, stored: StoredProject, sheets: list[tuple[str, PosterExport]]
) -> AsyncIterator[bytes]:
    sink = Sink()
    missing = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, export in sheets:
            try:
                path = await made(here, stored, export)
                content = await to_thread.run_sync(path.read_bytes)
            except FreckleError as error:
                missing.append(f"{name}: {error}")
                continue
            archive.writestr(zipfile.ZipInfo(name + path.suffix, DATE), content)
            yield sink.taken()
        if missing:
            archive.writestr(zipfile.ZipInfo(NOTE, DATE), "\n".join(missing) + "\n")
    yield sink.taken()

"""The editor's page: built files from inside the package."""

from functools import lru_cache
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from freckle.server.problems import not_found

ROUTES: Final = APIRouter(include_in_schema=False)
UNBUILT: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>freckle</title></head>
<body><h1>The editor's page is not built yet</h1>
<p>The server runs. In the folder with freckle's sources, build the page with</p>
<pre>npm --prefix web ci &amp;&amp; npm --prefix web run build</pre>
<p>and load this page again.</p></body></html>
"""


def folder() -> Path:
    """Return the folder of the built page; it need not exist."""
    return Path(str(files("freckle.server"))) / "static"


@ROUTES.api_route("/{path:path}", methods=["GET", "HEAD"])
async def page(path: str, request: Request) -> Response:
    """Send a built file; any other address is a place inside the editor."""
    if path == "api" or path.startswith("api/"):
        raise not_found()
    static = _resolved(folder())
    index = static / "index.html"
    if not index.is_file():
        return HTMLResponse(UNBUILT, 503)
    if "\0" in path:  # no file has such a name, and asking for it is an error
        raise not_found()
    packed = "gzip" in request.headers.get("accept-encoding", "").lower()
    if path.startswith("assets/"):
        # it carries a hash in its name and never changes, so it is read once
        body, kind, headers = _read(static, path, packed=packed)
        return Response(body, media_type=kind, headers=headers)
    wanted = (static / path).resolve()
    if wanted.is_relative_to(static) and wanted.is_file() and wanted != index:
        return FileResponse(wanted, headers={"Cache-Control": "no-cache"})
    # small, and asked for by every visit: read here and now, without a thread for each part of it
    return HTMLResponse(index.read_bytes(), headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=8)
def _resolved(place: Path) -> Path:
    return place.resolve()


@lru_cache(maxsize=1024)
def _read(static: Path, path: str, *, packed: bool) -> tuple[bytes, str | None, dict[str, str]]:
    """Read a built file, packed where the build laid a packed copy beside it. Raises `not_found`.

    What is missing is asked for anew each time; a page of an older build may be the one that asks.
    """
    wanted = (static / path).resolve()
    if not wanted.is_relative_to(static / "assets") or not wanted.is_file():
        raise not_found()
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    beside = wanted.with_name(f"{wanted.name}.gz")
    if beside.is_file():
        headers["Vary"] = "Accept-Encoding"
        if packed:
            headers["Content-Encoding"] = "gzip"
            return beside.read_bytes(), guess_type(wanted.name)[0], headers
    return wanted.read_bytes(), guess_type(wanted.name)[0], headers

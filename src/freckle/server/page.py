"""The editor's page: built files from inside the package."""

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
def page(path: str, request: Request) -> Response:
    """Send a built file; any other address is a place inside the editor."""
    if path == "api" or path.startswith("api/"):
        raise not_found()
    static = folder().resolve()
    index = static / "index.html"
    if not index.is_file():
        return HTMLResponse(UNBUILT, 503)
    if "\0" in path:  # no file has such a name, and asking for it is an error
        raise not_found()
    wanted = (static / path).resolve()
    if wanted.is_relative_to(static) and wanted.is_file() and wanted != index:
        return _file(wanted, static, request.headers.get("accept-encoding", ""))
    if wanted.suffix and path.startswith("assets/"):
        raise not_found()
    # small, and asked for by every visit: read here and now, without a thread for each part of it
    return HTMLResponse(index.read_bytes(), headers={"Cache-Control": "no-cache"})


def _file(wanted: Path, static: Path, accepted: str) -> FileResponse:
    """Send a file, packed where the build laid a packed copy beside it and the browser takes it."""
    headers = {"Cache-Control": _keep(wanted, static)}
    packed = wanted.with_name(f"{wanted.name}.gz")
    if not packed.is_file():
        return FileResponse(wanted, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if "gzip" not in accepted.lower():
        return FileResponse(wanted, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return FileResponse(packed, media_type=guess_type(wanted.name)[0], headers=headers)


def _keep(file: Path, static: Path) -> str:
    """Files under `assets` carry a hash in their name and never change."""
    hashed = file.is_relative_to(static / "assets")
    return "public, max-age=31536000, immutable" if hashed else "no-cache"

"""Routes: typefaces and logos that people bring for a project's posters."""

import base64
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request

from freckle.codec import atomic_write
from freckle.poster.brought import KEPT
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.problems import WebError, not_found
from freckle.server.wire import Answer

ROUTES: Final = APIRouter(prefix="/api/projects/{project}/posters/files", tags=["posters"])
MOST: Final = 24
"""Files of one project."""
LABEL: Final = 120
INDEX: Final = "files.json"


class PosterOwnFile(Answer):
    """A typeface or logo that was brought."""

    name: str
    """How posters name it."""
    kind: Literal["font", "logo"]
    label: str
    """The file's own name."""
    family: str
    embedding: Literal["", "installable", "editable", "preview"]
    """What a typeface's maker allows documents to do with it."""
    licence: str


def folder_of(here: House, project: str) -> Path:
    """Return where a project's files lie; `project` is one that was looked up."""
    return here.settings.folder / "posters" / project


@ROUTES.get("")
async def listed(project: str, me: Me, here: Here) -> list[PosterOwnFile]:
    """List what was brought."""
    await here.project(me, project)
    found = await to_thread.run_sync(_index, folder_of(here, project))
    return [PosterOwnFile.model_validate(each) for each in found]


@ROUTES.post("", status_code=201)
async def bring(
    project: str,
    me: Me,
    here: Here,
    request: Request,
    label: Annotated[str, Query(max_length=LABEL)] = "",
) -> PosterOwnFile:
    """Keep a typeface (TTF, OTF) or a logo (SVG or any picture), after looking into it."""
    stored = await here.project(me, project, "editor")
    sent = base64.b64encode(await request.body()).decode()
    answer = await here.ask(stored.photo.digest, {"do": "poster_file", "file": sent})
    told: dict[str, Any] = {**answer.head["file"], "label": Path(label).name or "file"}
    async with here.shelf:  # two that come at once must both be in the list
        await to_thread.run_sync(_keep, folder_of(here, project), told, answer.body)
    return PosterOwnFile.model_validate(told)


@ROUTES.delete("/{name}", status_code=204)
async def take_back(project: str, name: str, me: Me, here: Here) -> None:
    """Forget a file; posters that name it are refused from then on."""
    await here.project(me, project, "editor")
    if not KEPT.fullmatch(name):
        raise not_found("file")
    async with here.shelf:
        await to_thread.run_sync(_forget, folder_of(here, project), name)


def _index(folder: Path) -> list[dict[str, Any]]:
    with suppress(OSError, ValueError):
        found: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8"))
        return found
    return []


def _keep(folder: Path, told: dict[str, Any], content: bytes) -> None:
    others = [each for each in _index(folder) if each["name"] != told["name"]]
    if len(others) >= MOST:
        raise WebError(
            "bad_request", f"A project has at most {MOST} files.", "Take one away that is not used."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    atomic_write(folder / told["name"], content)
    atomic_write(folder / INDEX, json.dumps([*others, told]).encode())


def _forget(folder: Path, name: str) -> None:
    others = [each for each in _index(folder) if each["name"] != name]
    if not (folder / name).is_file():
        raise not_found("file")
    atomic_write(folder / INDEX, json.dumps(others).encode())
    (folder / name).unlink(missing_ok=True)


async def copy_all(here: House, project: str, made: str) -> None:
    """Give a copied project the files of the one that it was copied from: its poster names them."""
    source = folder_of(here, project)
    async with here.shelf:
        if await to_thread.run_sync(source.is_dir):
            await to_thread.run_sync(shutil.copytree, source, folder_of(here, made))


async def forget_all(here: House, projects: Iterable[str]) -> None:
    """Remove what was brought for projects that are deleted."""
    for project in projects:
        remove = partial(shutil.rmtree, folder_of(here, project), ignore_errors=True)
        await to_thread.run_sync(remove)

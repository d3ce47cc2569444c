"""Routes: projects and their history."""

from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Depends, Query

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.paging import Paged
from freckle.server.poster_files import forget_all
from freckle.server.project_wire import (
    ApprovalRequest,
    HistoryAnswer,
    HistoryEntry,
    HistoryRequest,
    Picture,
    PictureRequest,
    Project,
    ProjectChange,
    ProjectRequest,
    history_entry,
    picture_answer,
    project_answer,
)
from freckle.server.rooms.finding import Find, Sort
from freckle.server.store import NewStep
from freckle.server.wire import moment
from freckle.studio.recipes import NOTHING, parse

Search = Annotated[str, Query(max_length=100, description="Part of the name")]
Loose = Annotated[bool, Query(description="Only those that stand in no set")]


async def finding(search: Search = "", sort: Sort = "changed", loose: Loose = False) -> Find:
    """Read which projects are asked for."""
    return Find(search.strip(), sort, loose=loose)


Known = Annotated[
    int, Query(ge=-1, le=10**9, description="Newest revision that is known; those after it come")
]
Finding = Annotated[Find, Depends(finding)]
ROUTES: Final = APIRouter(prefix="/api/projects", tags=["projects"])


@ROUTES.post("", status_code=201)
async def create(request: ProjectRequest, me: Me, here: Here) -> Project:
    """Start editing a photo."""
    photo = await here.stored(here.store.photo, me, request.photo)
    name = request.name or photo.name
    create_project = here.store.create_project
    within = None if request.set is None else (request.set, request.place)
    args = me, request.photo, name, NOTHING, within
    return project_answer(await here.stored(create_project, *args))


@ROUTES.get("")
async def list_some(
    me: Me,
    here: Here,
    paged: Paged,
    find: Finding,
) -> list[Project]:
    """List the workspace's projects, the last touched first unless asked else."""
    items = await paged.of(here, here.store.project_page, me, find=find)
    return await to_thread.run_sync(lambda: list(map(project_answer, items)))


@ROUTES.get("/{project}")
async def look_up(project: str, me: Me, here: Here) -> Project:
    """Return one project with its newest recipe."""
    return await here.stored(lambda: project_answer(here.store.project(me, project)))


@ROUTES.patch("/{project}")
async def rename(project: str, change: ProjectChange, me: Me, here: Here) -> Project:
    """Give a project another name."""
    return await here.stored(
        lambda: project_answer(here.store.rename_project(me, project, change.name))
    )


@ROUTES.delete("/{project}", status_code=204)
async def remove(project: str, me: Me, here: Here) -> None:
    """Delete a project and its history; the original photo stays."""
    await here.stored(here.store.delete_project, me, project)
    await forget_all(here, [project])


@ROUTES.put("/{project}/approval")
async def approve(project: str, request: ApprovalRequest, me: Me, here: Here) -> Project:
    """Call a project finished, as it is now."""
    await here.stored(here.store.approve, me, project, request.revision)
    return await look_up(project, me, here)


@ROUTES.delete("/{project}/approval")
async def withdraw_approval(project: str, me: Me, here: Here) -> Project:
    """Take an approval back."""
    await here.stored(here.store.withdraw_approval, me, project)
    return await look_up(project, me, here)


@ROUTES.get("/{project}/history")
async def history(
    project: str, me: Me, here: Here, paged: Paged, known: Known = -1
) -> list[HistoryEntry]:
    """List the steps of the first picture, oldest first."""
    items = await paged.of(here, here.store.history_page, me, project, known=known)
    return await to_thread.run_sync(lambda: list(map(history_entry, items)))


@ROUTES.post("/{project}/history", status_code=201)
async def append(project: str, request: HistoryRequest, me: Me, here: Here) -> HistoryAnswer:
    """Add a step; it is on the disk when this answers, and what others did meanwhile stays."""
    step = await to_thread.run_sync(_step, request)
    done = await here.stored(here.store.append, me, project, step)
    merged = None if done.recipe == step.recipe else done.recipe
    return HistoryAnswer(revision=done.revision, time=moment(done.created), recipe=merged)


def _step(request: HistoryRequest) -> NewStep:
    recipes = (
        None if recipe is None else parse(recipe) for recipe in (request.recipe, request.since)
    )
    return NewStep(request.base, request.label, *recipes)


@ROUTES.get("/{project}/pictures")
async def pictures(
    project: str,
    me: Me,
    here: Here,
    paged: Paged,
) -> list[Picture]:
    """List a project's pictures in their order."""
    items = await paged.of(here, here.store.picture_page, me, project)
    return list(map(picture_answer, items))


@ROUTES.post("/{project}/pictures", status_code=201)
async def add_picture(project: str, request: PictureRequest, me: Me, here: Here) -> Picture:
    """Put one more photo of the same workspace at the project's end."""
    add = here.store.add_picture
    return picture_answer(await here.stored(add, me, project, request.photo, NOTHING))

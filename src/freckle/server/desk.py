"""Routes: what Home does with projects beside listing them."""

from typing import Final

from fastapi import APIRouter

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.poster_files import copy_all
from freckle.server.project_wire import Project, ProjectChange, project_answer

ROUTES: Final = APIRouter(prefix="/api/projects", tags=["projects"])


@ROUTES.post("/{project}/copies", status_code=201)
async def copy(project: str, request: ProjectChange, me: Me, here: Here) -> Project:
    """Make a project like another, its pictures, their histories and its poster included."""
    made = await here.stored(here.store.copy_project, me, project, request.name)
    await copy_all(here, project, made)
    return await here.stored(lambda: project_answer(here.store.project(me, made)))


@ROUTES.post("/{project}/opened", status_code=204)
async def opened(project: str, me: Me, here: Here) -> None:
    """Note that a project is being looked at: lists can be sorted by that."""
    await here.stored(here.store.note_opened, me, project)

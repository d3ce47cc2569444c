"""Routes: projects and their history."""

from typing import Final

from fastapi import APIRouter

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.wire import (
    HistoryAnswer,
    HistoryEntry,
    HistoryRequest,
    Project,
    ProjectChange,
    ProjectRequest,
    history_entry,
    moment,
    project_answer,
)
from freckle.studio.recipes import NOTHING, parse

ROUTES: Final = APIRouter(prefix="/api/projects", tags=["projects"])


@ROUTES.post("", status_code=201)
def create(request: ProjectRequest, me: Me, here: Here) -> Project:
    """Start editing a photo."""
    name = request.name or here.store.photo(me, request.photo).name
    return project_answer(here.store.create_project(me, request.photo, name, NOTHING))


@ROUTES.get("")
def list_all(me: Me, here: Here) -> list[Project]:
    """List all projects, the last touched first."""
    return [project_answer(project) for project in here.store.projects(me)]


@ROUTES.get("/{project}")
def look_up(project: str, me: Me, here: Here) -> Project:
    """Return one project with its newest recipe."""
    return project_answer(here.store.project(me, project))


@ROUTES.patch("/{project}")
def rename(project: str, change: ProjectChange, me: Me, here: Here) -> Project:
    """Give a project another name."""
    return project_answer(here.store.rename_project(me, project, change.name))


@ROUTES.delete("/{project}", status_code=204)
def remove(project: str, me: Me, here: Here) -> None:
    """Delete a project and its history; the original photo stays."""
    here.store.delete_project(me, project)


@ROUTES.get("/{project}/history")
def history(project: str, me: Me, here: Here) -> list[HistoryEntry]:
    """List all steps, oldest first."""
    return [history_entry(revision) for revision in here.store.history(me, project)]


@ROUTES.post("/{project}/history", status_code=201)
def append(project: str, request: HistoryRequest, me: Me, here: Here) -> HistoryAnswer:
    """Add a step after `base`; it is on the disk when this answers, or `stale` says why not."""
    recipe = parse(request.recipe)
    done = here.store.append(me, project, request.base, request.label, recipe)
    return HistoryAnswer(revision=done.revision, time=moment(done.created))

"""What travels about projects, their pictures and their history, as models."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import Field

from freckle.server.rooms.pictures import StoredPicture
from freckle.server.store import Revision, StoredProject
from freckle.server.users import Role
from freckle.server.wire import PLAIN, Answer, Body, Id, RecipeJSON, moment
from freckle.studio.recipes import parse


class ProjectRequest(Body):
    """Starts editing a photo."""

    photo: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    name: Annotated[str, Field(max_length=255, pattern=PLAIN)] | None = None
    set: Id | None = None
    """A set that it stands in."""
    place: Annotated[int, Field(ge=0, le=10**6)] | None = None
    """Among the set's photos; None is behind all."""


class ProjectChange(Body):
    """Renames a project."""

    name: Annotated[str, Field(min_length=1, max_length=255, pattern=PLAIN)]


class Approval(Answer):
    """Somebody called a project finished."""

    by: str
    """The name that they had."""
    time: datetime
    revision: int
    current: bool
    """Whether nothing was changed since."""


class ApprovalRequest(Body):
    """Calls a project finished, as it is at a revision: the newest one."""

    revision: Annotated[int, Field(ge=0, le=10**9)]


class Project(Answer):
    """A photo being edited."""

    id: str
    name: str
    photo: str
    width: int
    height: int
    created: datetime
    updated: datetime
    revision: int
    recipe: RecipeJSON
    picture: str
    """Id of its first picture, which photo, revision and recipe are about."""
    pictures: int
    owner: str
    owner_name: str
    workspace: str
    role: Role
    """Of whoever asks, in the project's workspace."""
    set: str | None
    """The set that it stands in."""
    approval: Approval | None


class PictureRequest(Body):
    """Adds a photo to a project."""

    photo: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Picture(Answer):
    """A photo in a project; it has a history of its own."""

    id: str
    photo: str
    name: str
    width: int
    height: int
    revision: int
    created: datetime


class HistoryEntry(Answer):
    """One step of a picture's history."""

    revision: int
    label: str
    author: str
    """Name of who did it."""
    mine: bool
    """Whether whoever asks did it."""
    time: datetime
    recipe: RecipeJSON


class HistoryRequest(Body):
    """Adds a step. What others did after its base stays: both are merged, value by value."""

    base: Annotated[int, Field(ge=0, le=10**9)]
    """The revision from which it began."""
    label: Annotated[str, Field(max_length=200, pattern=PLAIN)]
    recipe: RecipeJSON | None
    """What was made of it; null takes back what the step `base` changed."""
    since: RecipeJSON | None = None
    """From what it really began, where `base` holds that and more of others."""


class HistoryAnswer(Answer):
    """The step is on the disk."""

    revision: int
    time: datetime
    recipe: RecipeJSON | None
    """What is stored, where others' changes are in it."""


KEPT: Final = 1024
"""Recipes that stay read."""
LONGEST_KEPT: Final = 8 << 10
"""Characters of those."""


def project_answer(project: StoredProject) -> Project:
    """Say what is stored about a project."""
    return Project(
        id=project.id,
        name=project.name,
        photo=project.photo.digest,
        width=project.photo.width,
        height=project.photo.height,
        created=moment(project.created),
        updated=moment(project.updated),
        revision=project.revision,
        recipe=read(project.recipe),
        picture=project.picture,
        pictures=project.pictures,
        owner=project.owner,
        owner_name=project.owner_name,
        workspace=project.workspace,
        role=project.role,
        set=project.set,
        approval=_approval(project),
    )


def _approval(project: StoredProject) -> Approval | None:
    if project.approved_by is None or project.approved_at is None:
        return None
    revision = project.approved_revision or 0
    current = revision == project.revision
    at = moment(project.approved_at)
    return Approval(by=project.approved_by, time=at, revision=revision, current=current)


def picture_answer(picture: StoredPicture) -> Picture:
    """Say what is stored about a picture of a project."""
    return Picture(
        id=picture.id,
        photo=picture.digest,
        name=picture.name,
        width=picture.width,
        height=picture.height,
        revision=picture.revision,
        created=moment(picture.created),
    )


def history_entry(revision: Revision) -> HistoryEntry:
    """Say what is stored about a step."""
    return HistoryEntry(
        revision=revision.revision,
        label=revision.label,
        author=revision.author,
        mine=revision.mine,
        time=moment(revision.created),
        recipe=read(revision.recipe),
    )


def read(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored recipe as today's engine reads it.

    Lists are asked for again and again, and to read costs many times what it costs to find.
    """
    text = json.dumps(recipe)
    return _read(text) if len(text) <= LONGEST_KEPT else parse(recipe)


@lru_cache(maxsize=KEPT)
def _read(text: str) -> dict[str, Any]:
    return parse(json.loads(text))

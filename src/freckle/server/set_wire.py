"""What travels about sets and their photos, as models."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from freckle.ops.op import Panel
from freckle.server.rooms.places import MOST_PHOTOS
from freckle.server.rooms.set_rows import SetPhoto, StoredSet
from freckle.server.users import Role
from freckle.server.wire import PLAIN, Answer, Body, ExportRequest, Id, RecipeJSON, moment

MOST_AT_ONCE = 200
"""Photos that settings are applied to by one request."""
SetName = Annotated[str, Field(min_length=1, max_length=255, pattern=PLAIN)]
Photos = Annotated[list[Id], Field(max_length=MOST_PHOTOS)]


class SetRequest(Body):
    """Makes a set."""

    name: SetName
    projects: Photos = Field(default=[])


class SetChange(Body):
    """Renames a set."""

    name: SetName


class SetPhotosRequest(Body):
    """Photos of a set, by their projects."""

    projects: Photos


class MarkRequest(SetPhotosRequest):
    """Gives photos stars, a flag, or both."""

    stars: Annotated[int, Field(ge=0, le=5)] | None = None
    flag: Annotated[int, Field(ge=-1, le=1)] | None = None
    """1 picks, -1 rejects, 0 takes the flag away."""

    @model_validator(mode="after")
    def _something(self) -> "MarkRequest":
        if not self.marks:
            raise ValueError("stars or flag must be given")
        return self

    @property
    def marks(self) -> dict[str, int]:
        """What is to be changed."""
        both = {"stars": self.stars, "flag": self.flag}
        return {name: value for name, value in both.items() if value is not None}


class OrderRequest(SetPhotosRequest):
    """Moves photos before another one of the set, or to its end."""

    before: Id | None = None


class ApplyRequest(Body):
    """Gives settings of a recipe to photos of a set, each as one step of its history."""

    projects: Annotated[list[Id], Field(max_length=MOST_AT_ONCE)]
    recipe: RecipeJSON
    panels: list[Panel] | None = None
    """Only these panels; the others stay as they are."""
    setting: Annotated[str, Field(max_length=80)] | None = None
    """Only one value, as area.op.param."""
    label: Annotated[str, Field(max_length=200, pattern=PLAIN)]


class NotDone(Answer):
    """A photo with which something did not work, and why."""

    project: str
    name: str
    message: str
    remedy: str


class ApplyAnswer(Answer):
    """What came of it."""

    changed: list[str]
    """Projects that got a new step."""
    same: list[str]
    """Projects that had these settings already."""
    failed: list[NotDone]


class CoverPhoto(Answer):
    """A photo that stands for its set."""

    project: str
    photo: str
    revision: int
    edited: bool


class PhotoSet(Answer):
    """A named group of photos."""

    id: str
    name: str
    photos: int
    cover: list[CoverPhoto]
    """The first of them, four at most."""
    created: datetime
    updated: datetime
    owner: str
    owner_name: str
    workspace: str
    role: Role
    """Of whoever asks, in the set's workspace."""


class PhotoOfSet(Answer):
    """A photo of a set."""

    project: str
    name: str
    place: int
    """Where it stands; equal ones by their projects' ids."""
    photo: str
    width: int
    height: int
    format: str
    taken: str | None
    """By the camera's clock, 2026-05-01T12:00:00."""
    created: datetime
    updated: datetime
    revision: int
    edited: bool
    stars: int
    flag: int
    """1 picked, -1 rejected."""


class SetExportRequest(Body):
    """Writes photos of a set into one ZIP, in this order."""

    projects: Photos
    settings: ExportRequest = ExportRequest()


class SetExportAnswer(Answer):
    """How far a ZIP is."""

    id: str
    state: Literal["waiting", "running", "done", "stopped"]
    total: int
    done: int
    """Photos that are in the ZIP, or could not be."""
    working: list[str]
    """Projects that are being written."""
    failed: list[NotDone]


def set_answer(stored: StoredSet) -> PhotoSet:
    """Say what is stored about a set."""
    return PhotoSet(
        id=stored.id,
        name=stored.name,
        photos=stored.photos,
        cover=[
            CoverPhoto(
                project=each.project,
                photo=each.digest,
                revision=each.revision,
                edited=each.edited,
            )
            for each in stored.cover
        ],
        created=moment(stored.created),
        updated=moment(stored.updated),
        owner=stored.owner,
        owner_name=stored.owner_name,
        workspace=stored.workspace,
        role=stored.role,
    )


def set_photo_answer(photo: SetPhoto) -> PhotoOfSet:
    """Say what is stored about a photo of a set."""
    same: dict[str, Any] = {
        name: getattr(photo, name)
        for name in PhotoOfSet.model_fields
        if name not in {"photo", "created", "updated"}
    }
    return PhotoOfSet(
        photo=photo.digest, created=moment(photo.created), updated=moment(photo.updated), **same
    )

"""What is read of sets and their photos, and the queries that read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, and_, func, select

from freckle.server.rooms.room import reach
from freckle.server.tables import (
    MEMBERSHIPS,
    PHOTOS,
    PICTURES,
    PROJECTS,
    REVISIONS,
    SET_PHOTOS,
    SETS,
    USERS,
)
from freckle.server.users import Role, User

COVER: Final = 4


@dataclass(frozen=True, slots=True)
class CoverPhoto:
    """A photo that stands for its set."""

    project: str
    digest: str
    revision: int
    edited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSet:
    """A set; times are epoch ms."""

    id: str
    name: str
    owner: str
    owner_name: str
    workspace: str
    role: Role
    """Of whoever asks."""
    created: int
    updated: int
    photos: int
    cover: Sequence[CoverPhoto] = ()
    """The first of them, `COVER` at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhoto:
    """A photo of a set: what a gallery shows of its project; times are epoch ms."""

    project: str
    name: str
    place: int
    stars: int
    flag: int
    digest: str
    width: int
    height: int
    format: str
    taken: str | None
    created: int
    updated: int
    revision: int
    edited: bool
    """Whether its recipe does anything."""


def sets_of(user: User) -> Select[Any]:
    """Return the query of the sets that a user can reach."""
    count = (
        select(func.count()).where(SET_PHOTOS.c.set == SETS.c.id).correlate(SETS).scalar_subquery()
    )
    return (
        select(SETS, USERS.c.name.label("owner_name"), MEMBERSHIPS.c.role, count.label("photos"))
        .join(USERS, USERS.c.id == SETS.c.owner)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.workspace == SETS.c.workspace)
        .where(MEMBERSHIPS.c.user == user.id, SETS.c.workspace.in_(reach(user)))
    )


def covered(connection: Connection, rows: Sequence[RowMapping]) -> Sequence[StoredSet]:
    """Read sets out of rows, with the first photos of each."""
    order = SET_PHOTOS.c.place, SET_PHOTOS.c.project
    rank = func.row_number().over(partition_by=SET_PHOTOS.c.set, order_by=order).label("rank")
    ranked = (
        select(SET_PHOTOS.c.set, SET_PHOTOS.c.project, rank)
        .where(SET_PHOTOS.c.set.in_([row["id"] for row in rows]))
        .subquery()
    )
    newest = and_(REVISIONS.c.picture == PICTURES.c.id, REVISIONS.c.revision == PICTURES.c.revision)
    columns = ranked.c.project, PHOTOS.c.digest, REVISIONS.c.revision, REVISIONS.c.recipe
    query = (
        select(ranked.c.set, *columns)
        .join(PICTURES, and_(PICTURES.c.project == ranked.c.project, PICTURES.c.place == 0))
        .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        .join(REVISIONS, newest)
        .where(ranked.c.rank <= COVER)
        .order_by(ranked.c.set, ranked.c.rank)
    )
    covers: dict[str, list[CoverPhoto]] = {}
    for photo_set, project, digest, revision, recipe in connection.execute(query):
        photo = CoverPhoto(project, digest, revision, _edits(recipe))
        covers.setdefault(photo_set, []).append(photo)
    return [StoredSet(**dict(row), cover=covers.get(row["id"], ())) for row in rows]


def photos_of_sets() -> Select[Any]:
    """Return the query of the photos of sets."""
    return (
        select(
            *(SET_PHOTOS.c[name] for name in ("project", "place", "stars", "flag")),
            *(PROJECTS.c[name] for name in ("name", "created", "updated")),
            *(PHOTOS.c[name] for name in ("digest", "width", "height", "format", "taken")),
            REVISIONS.c.revision,
            REVISIONS.c.recipe,
        )
        .join(PROJECTS, PROJECTS.c.id == SET_PHOTOS.c.project)
        .join(PICTURES, and_(PICTURES.c.project == PROJECTS.c.id, PICTURES.c.place == 0))
        .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        .join(
            REVISIONS,
            and_(REVISIONS.c.picture == PICTURES.c.id, REVISIONS.c.revision == PICTURES.c.revision),
        )
    )


def photo_in_set(row: RowMapping) -> SetPhoto:
    """Read a photo of a set out of a row."""
    values = dict(row)
    return SetPhoto(edited=_edits(values.pop("recipe")), **values)


def _edits(recipe: Mapping[str, Any]) -> bool:
    """Whether a recipe of any released form has steps or decided marks, without reading them."""
    parts = [recipe, recipe.get("style", {}), recipe.get("here", {})]
    return any(part.get("steps") or part.get("flips") for part in parts)

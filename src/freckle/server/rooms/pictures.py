"""Room: the pictures of a project, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.room import (
    Page,
    Room,
    after,
    cursor_of,
    demand_project,
    new_id,
    now,
)
from freckle.server.tables import PHOTOS, PICTURES, PROJECTS, REVISIONS, USERS
from freckle.server.users import User

MOST_PICTURES: Final = 10_000
"""Of one project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """A photo in a project, with a history of its own; `created` is epoch ms."""

    id: str
    place: int
    digest: str
    name: str
    width: int
    height: int
    revision: int
    created: int


class Pictures(Room):
    """Lists and adds pictures."""

    def picture_page(
        self, user: User, project: str, limit: int, cursor: str | None = None
    ) -> Page[StoredPicture]:
        """Return some of a project's pictures, the first first. Raises `not_found`."""
        query = after(_PICTURES.where(PICTURES.c.project == project), (PICTURES.c.place,), cursor)
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "viewer")
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
        items = [StoredPicture(**dict(row)) for row in rows[:limit]]
        return Page(items, cursor_of((items[-1].place,)) if len(rows) > limit else None)

    def newest(self, user: User, project: str) -> tuple[int, str]:
        """Return the newest revision of a project's first picture, and the name of its author.

        Raises `not_found` for whoever may not see it, or no longer.
        """
        written = (REVISIONS.c.picture == PICTURES.c.id) & (
            REVISIONS.c.revision == PICTURES.c.revision
        )
        query = (
            select(REVISIONS.c.revision, USERS.c.name)
            .join(PICTURES, written)
            .join(USERS, USERS.c.id == REVISIONS.c.author)
            .where(PICTURES.c.project == project, PICTURES.c.place == 0)
        )
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "viewer")
            row = connection.execute(query).first()
        if row is None:
            raise not_found("project")
        return row.revision, row.name

    def add_picture(
        self, user: User, project: str, digest: str, recipe: Mapping[str, Any]
    ) -> StoredPicture:
        """Put one more photo of the project's workspace at its end.

        Raises `not_found`, `forbidden`, `busy` when somebody else did so at the same moment.
        """
        moment, picture = now(), new_id()
        try:
            with self._engine.begin() as connection:
                demand_project(connection, user, project, "editor")
                row = {"project": project, "place": _next_place(connection, project)}
                photo = _photo_beside(connection, project, digest)
                connection.execute(
                    insert(PICTURES).values(
                        id=picture, photo=photo, revision=0, created=moment, **row
                    )
                )
                step = {"picture": picture, "revision": 0, "author": user.id, "label": "Opened"}
                plain = dict(recipe)
                connection.execute(insert(REVISIONS).values(**step, recipe=plain, created=moment))
                found = connection.execute(_PICTURES.where(PICTURES.c.id == picture)).mappings()
                return StoredPicture(**dict(found.one()))
        except IntegrityError:
            raise WebError(
                "busy", "Somebody else added a picture just now.", "Try again in a moment."
            ) from None


_PICTURES: Final = select(
    PICTURES.c.id,
    PICTURES.c.place,
    PICTURES.c.revision,
    PICTURES.c.created,
    *(PHOTOS.c[name] for name in ("digest", "name", "width", "height")),
).join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)


def _photo_beside(connection: Connection, project: str, digest: str) -> str:
    """Return the id of an original in a project's workspace. Raises `not_found`."""
    photo: str | None = connection.scalar(
        select(PHOTOS.c.id)
        .join(PROJECTS, PROJECTS.c.workspace == PHOTOS.c.workspace)
        .where(PROJECTS.c.id == project, PHOTOS.c.digest == digest)
    )
    if photo is None:
        raise not_found("photo")
    return photo


def _next_place(connection: Connection, project: str) -> int:
    """Return the place behind a project's last picture. Raises `bad_request` when it is full."""
    last = select(func.max(PICTURES.c.place)).where(PICTURES.c.project == project)
    place = int(connection.scalar(last) or 0) + 1
    if place >= MOST_PICTURES:
        raise WebError(
            "bad_request",
            f"A project has at most {MOST_PICTURES:,} pictures.",
            "Start another project.",
        )
    return place

"""Room: originals, each once in a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.engines import empty_journal
from freckle.server.problems import forbidden, not_found
from freckle.server.quota import Quota
from freckle.server.rooms.events import ERASED, forget, note
from freckle.server.rooms.places import remove_projects
from freckle.server.rooms.quotas import Quotas, demand_room
from freckle.server.rooms.room import demand, new_id, now, reach, role_in
from freckle.server.rooms.shares import take_out
from freckle.server.tables import PHOTOS, PICTURES, PROJECTS, REVISIONS
from freckle.server.users import User, at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPhoto:
    """What is known of an original; `digest` is the SHA-256 of its bytes, `created` epoch ms."""

    digest: str
    name: str
    format: str
    width: int
    height: int
    bytes: int
    warnings: tuple[str, ...]
    created: int = 0
    taken: str | None = None
    """By the camera's clock, 2026-05-01T12:00:00."""


class Photos(Quotas):
    """Registers, finds and erases originals, within the room of their workspace."""

    def add_photo(self, user: User, photo: StoredPhoto) -> StoredPhoto:
        """Register an original in the user's workspace; a second time returns the first.

        Raises `forbidden` for viewers, `quota` where the workspace has no room.
        """
        row = {
            "id": new_id(),
            "created": now(),
            **{name: getattr(photo, name) for name in PHOTO_FIELDS if name != "created"},
            "warnings": list(photo.warnings),
            "owner": user.id,
            "workspace": user.workspace,
        }
        try:
            with self._engine.begin() as connection:
                demand(connection, user, user.workspace, "editor")
                more = Quota(bytes=photo.bytes, photos=1)
                demand_room(connection, self._quota, user.workspace, more, besides=photo.digest)
                connection.execute(insert(PHOTOS).values(row))
        except IntegrityError:
            pass  # somebody, perhaps another tab, has just added the same file
        return self.photo(user, photo.digest)

    def photo(self, user: User, digest: str) -> StoredPhoto:
        """Return an original's record, from this workspace or another of the user's.

        Raises `not_found`.
        """
        query = (
            select(PHOTOS)
            .where(PHOTOS.c.workspace.in_(reach(user)), PHOTOS.c.digest == digest)
            .order_by(PHOTOS.c.workspace != user.workspace)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise not_found("photo")
        return photo_of(row)

    def erase_photo(self, user: User, digest: str) -> tuple[bool, Sequence[str]]:
        """Remove a photo of the workspace and its pictures.

        Say whether it is nobody's now, and which projects are gone with it. Raises `not_found`, and
        `forbidden` for those who neither brought it in nor are admins.
        """
        mine = select(PHOTOS.c.id, PHOTOS.c.owner, PHOTOS.c.name).where(
            PHOTOS.c.workspace == user.workspace, PHOTOS.c.digest == digest
        )
        with self._engine.begin() as connection:
            row = connection.execute(mine).first()
            role = role_in(connection, user, user.workspace)
            if row is None or role is None:
                raise not_found("photo")
            if role not in at_least("editor" if row.owner == user.id else "admin"):
                raise forbidden("admin")
            pictures = select(PICTURES.c.id).where(PICTURES.c.photo == row.id)
            projects = select(PICTURES.c.project).where(PICTURES.c.photo == row.id)
            emptied = list(connection.scalars(projects.distinct()))
            take_out(connection, pictures)
            names = connection.scalars(select(PROJECTS.c.name).where(PROJECTS.c.id.in_(emptied)))
            forget(connection, user.workspace, {row.name, *names})
            note(connection, user, user.workspace, "photo_erased", ERASED)
            connection.execute(delete(REVISIONS).where(REVISIONS.c.picture.in_(pictures)))
            connection.execute(delete(PICTURES).where(PICTURES.c.photo == row.id))
            bare = select(PROJECTS.c.id).where(
                PROJECTS.c.id.in_(emptied), PROJECTS.c.id.not_in(select(PICTURES.c.project))
            )
            gone = list(connection.scalars(bare))
            remove_projects(connection, gone)
            _move_up(connection, emptied)
            connection.execute(delete(PHOTOS).where(PHOTOS.c.id == row.id))
            others = select(PHOTOS.c.id).where(PHOTOS.c.digest == digest).limit(1)
            last = connection.scalar(others) is None
        empty_journal(self._engine)
        return last, gone


def _move_up(connection: Connection, projects: Sequence[str]) -> None:
    """Let what is a project's foremost picture now be its first."""
    foremost = (
        select(PICTURES.c.project, func.min(PICTURES.c.place).label("place"))
        .where(PICTURES.c.project.in_(projects))
        .group_by(PICTURES.c.project)
    )
    for project, place in connection.execute(foremost).all():
        this = and_(PICTURES.c.project == project, PICTURES.c.place == place)
        connection.execute(update(PICTURES).where(this).values(place=0))


PHOTO_FIELDS: Final = tuple(StoredPhoto.__dataclass_fields__)


def photo_of(row: RowMapping, prefix: str = "") -> StoredPhoto:
    """Read an original's record out of a row whose columns have a prefix."""
    values = {name: row[prefix + name] for name in PHOTO_FIELDS}
    return StoredPhoto(**{**values, "warnings": tuple(values["warnings"])})

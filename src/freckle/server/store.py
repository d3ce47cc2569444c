"""Users' photos, projects and history in a database; nothing is read without naming the user."""

import hashlib
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from freckle.server.engines import connect, empty_journal
from freckle.server.migrations import migrate
from freckle.server.problems import WebError, not_found
from freckle.server.tables import PHOTOS, PROJECTS, REVISIONS, SESSIONS, USERS, WORKSPACES

SESSION_MS: Final = 30 * 24 * 3600 * 1000
"""A browser stays signed in for 30 days."""


@dataclass(frozen=True, slots=True)
class User:
    """Who asks, and in which workspace."""

    name: str
    workspace: str


LOCAL: Final = User("local", "local")
"""The one user of a server on one's own machine."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProject:
    """A photo being edited: the newest revision and its recipe; times are epoch ms."""

    id: str
    owner: str
    workspace: str
    name: str
    photo: StoredPhoto
    created: int
    updated: int
    revision: int
    recipe: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One entry of a project's history; `created` is epoch ms."""

    revision: int
    label: str
    recipe: Mapping[str, Any]
    created: int


class Store:
    """The database. Every method is blocking and safe to call from several threads."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL and bring it to today's version."""
        self._engine = connect(url)
        migrate(self._engine)
        self._register(LOCAL)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def open_session(self, user: User, start: str = "") -> str:
        """Start a session; its secret, kept as a hash, is good only together with `start`."""
        self._register(user)
        secret = secrets.token_urlsafe(32)
        now = _now()
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < now))
            connection.execute(
                insert(SESSIONS).values(
                    secret=_hash(secret + start), expires=now + SESSION_MS, **_stamp(user)
                )
            )
        return secret

    def close_session(self, secret: str, start: str = "") -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.secret == _hash(secret + start)))

    def session_user(self, secret: str, start: str = "") -> User | None:
        """Return whose session this is, or None when it never was or is over."""
        query = select(SESSIONS.c.owner, SESSIONS.c.workspace).where(
            SESSIONS.c.secret == _hash(secret + start), SESSIONS.c.expires > _now()
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return User(row.owner, row.workspace) if row else None

    def add_photo(self, user: User, photo: StoredPhoto) -> StoredPhoto:
        """Register an original; a second time returns the first registration."""
        row = {
            "id": uuid.uuid4().hex,
            "created": _now(),
            **{name: getattr(photo, name) for name in _PHOTO_FIELDS if name != "created"},
            "warnings": list(photo.warnings),
            **_stamp(user),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(PHOTOS).values(row))
        except IntegrityError:
            pass  # somebody, perhaps another tab, has just added the same file
        return self.photo(user, photo.digest)

    def photo(self, user: User, digest: str) -> StoredPhoto:
        """Return an original's record. Raises `not_found`."""
        query = select(PHOTOS).where(_mine(PHOTOS, user), PHOTOS.c.digest == digest)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise not_found("photo")
        return _photo(row)

    def erase_photo(self, user: User, digest: str) -> bool:
        """Remove a photo and its projects; say whether it is nobody's now. Raises `not_found`."""
        with self._engine.begin() as connection:
            photo = connection.scalar(_photo_id(user, digest))
            if photo is None:
                raise not_found("photo")
            projects = select(PROJECTS.c.id).where(PROJECTS.c.photo == photo)
            connection.execute(delete(REVISIONS).where(REVISIONS.c.project.in_(projects)))
            connection.execute(delete(PROJECTS).where(PROJECTS.c.photo == photo))
            connection.execute(delete(PHOTOS).where(PHOTOS.c.id == photo))
            others = select(PHOTOS.c.id).where(PHOTOS.c.digest == digest).limit(1)
            last = connection.scalar(others) is None
        empty_journal(self._engine)
        return last

    def create_project(
        self, user: User, digest: str, name: str, recipe: Mapping[str, Any]
    ) -> StoredProject:
        """Start editing a photo: revision 0 holds the first recipe. Raises `not_found`."""
        now, new = _now(), uuid.uuid4().hex
        with self._engine.begin() as connection:
            photo = connection.scalar(_photo_id(user, digest))
            if photo is None:
                raise not_found("photo")
            project = {"id": new, "photo": photo, "name": name, "created": now, "updated": now}
            connection.execute(insert(PROJECTS).values(**project, revision=0, **_stamp(user)))
            first = Revision(revision=0, label="Opened", recipe=recipe, created=now)
            _write(connection, user, new, first)
        return self.project(user, new)

    def projects(self, user: User) -> Sequence[StoredProject]:
        """Return all projects, the last touched first."""
        query = _PROJECT_ROWS.where(_mine(PROJECTS, user)).order_by(
            PROJECTS.c.updated.desc(), PROJECTS.c.created.desc()
        )
        with self._engine.connect() as connection:
            return [_project(row) for row in connection.execute(query).mappings()]

    def project(self, user: User, project: str) -> StoredProject:
        """Return one project. Raises `not_found`."""
        query = _PROJECT_ROWS.where(_mine(PROJECTS, user), PROJECTS.c.id == project)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise not_found("project")
        return _project(row)

    def rename_project(self, user: User, project: str, name: str) -> StoredProject:
        """Give a project another name. Raises `not_found`."""
        change = update(PROJECTS).where(_mine(PROJECTS, user), PROJECTS.c.id == project)
        with self._engine.begin() as connection:
            connection.execute(change.values(name=name, updated=_now()))
        return self.project(user, project)

    def delete_project(self, user: User, project: str) -> None:
        """Remove a project with its history; the original stays. Raises `not_found`."""
        with self._engine.begin() as connection:
            connection.execute(
                delete(REVISIONS).where(_mine(REVISIONS, user), REVISIONS.c.project == project)
            )
            gone = connection.execute(
                delete(PROJECTS).where(_mine(PROJECTS, user), PROJECTS.c.id == project)
            )
        if gone.rowcount == 0:
            raise not_found("project")

    def history(self, user: User, project: str) -> Sequence[Revision]:
        """Return all revisions of a project, oldest first. Raises `not_found`."""
        self.project(user, project)
        query = (
            select(REVISIONS)
            .where(_mine(REVISIONS, user), REVISIONS.c.project == project)
            .order_by(REVISIONS.c.revision)
        )
        with self._engine.connect() as connection:
            return [_revision(row) for row in connection.execute(query).mappings()]

    def append(
        self, user: User, project: str, base: int, label: str, recipe: Mapping[str, Any]
    ) -> Revision:
        """Add a revision after `base`; durable when this returns.

        Raises `stale` when `base` is not the newest revision, `not_found` when there is no such
        project. The check and the write are one statement, so of two writers one loses cleanly.
        """
        new = Revision(revision=base + 1, label=label, recipe=recipe, created=_now())
        claim = update(PROJECTS).where(
            _mine(PROJECTS, user), PROJECTS.c.id == project, PROJECTS.c.revision == base
        )
        try:
            with self._engine.begin() as connection:
                claimed = connection.execute(claim.values(revision=base + 1, updated=new.created))
                if claimed.rowcount == 1:
                    _write(connection, user, project, new)
        except IntegrityError:
            raise self._stale(user, project) from None
        if claimed.rowcount != 1:
            raise self._stale(user, project)
        return new

    def _stale(self, user: User, project: str) -> WebError:
        newest = self.project(user, project).revision
        return WebError(
            "stale",
            "This project was changed elsewhere.",
            "Load the newest version, then repeat the last change.",
            revision=newest,
        )

    def _register(self, user: User) -> None:
        for table, name in ((USERS, user.name), (WORKSPACES, user.workspace)):
            try:
                with self._engine.begin() as connection:
                    if connection.scalar(select(table.c.name).where(table.c.name == name)) is None:
                        connection.execute(insert(table).values(name=name, created=_now()))
            except IntegrityError:
                pass  # a second server on the same database was faster


_PHOTO_FIELDS: Final = tuple(StoredPhoto.__dataclass_fields__)

_PROJECT_ROWS: Final = (
    select(
        PROJECTS,
        REVISIONS.c.recipe,
        *(PHOTOS.c[name].label(f"photo_{name}") for name in _PHOTO_FIELDS),
    )
    .join(PHOTOS, PHOTOS.c.id == PROJECTS.c.photo)
    .join(
        REVISIONS,
        and_(REVISIONS.c.project == PROJECTS.c.id, REVISIONS.c.revision == PROJECTS.c.revision),
    )
)


def _mine(table: Table, user: User) -> ColumnElement[bool]:
    return and_(table.c.owner == user.name, table.c.workspace == user.workspace)


def _photo_id(user: User, digest: str) -> Select[tuple[str]]:
    return select(PHOTOS.c.id).where(_mine(PHOTOS, user), PHOTOS.c.digest == digest)


def _stamp(user: User) -> dict[str, str]:
    return {"owner": user.name, "workspace": user.workspace}


def _write(connection: Connection, user: User, project: str, new: Revision) -> None:
    connection.execute(
        insert(REVISIONS).values(
            project=project,
            revision=new.revision,
            label=new.label,
            recipe=dict(new.recipe),
            created=new.created,
            **_stamp(user),
        )
    )


def _photo(row: RowMapping, prefix: str = "") -> StoredPhoto:
    values = {name: row[prefix + name] for name in _PHOTO_FIELDS}
    return StoredPhoto(**{**values, "warnings": tuple(values["warnings"])})


def _project(row: RowMapping) -> StoredProject:
    names = ("id", "owner", "workspace", "name", "created", "updated", "revision", "recipe")
    return StoredProject(photo=_photo(row, "photo_"), **{name: row[name] for name in names})


def _revision(row: RowMapping) -> Revision:
    return Revision(**{name: row[name] for name in Revision.__dataclass_fields__})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> int:
    return time.time_ns() // 1_000_000

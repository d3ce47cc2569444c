"""What all rooms have: the database, moments, ids, secrets, pages, and who may do what where."""

import base64
import hashlib
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, select, tuple_

from freckle.server.problems import WebError, forbidden, not_found
from freckle.server.quota import Quota
from freckle.server.tables import MEMBERSHIPS, PROJECTS, SETS
from freckle.server.users import Role, User, at_least

T_co = TypeVar("T_co", covariant=True)
MOST: Final = 200
"""Longest page of a list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """A part of a list; `next` asks for what follows, None at its end."""

    items: Sequence[T_co]
    next: str | None


class Room:
    """A part of the store. Every method is blocking and safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        """Use a database that is of today's version."""
        self._engine = engine
        self._quota = Quota()


def now() -> int:
    """Return epoch milliseconds."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Return an id that nobody has and nobody guesses."""
    return uuid.uuid4().hex


def hashed(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def reach(user: User, least: Role = "viewer") -> Select[tuple[str]]:
    """Return the workspaces in which a user has a role, or a higher one, as a subquery."""
    return select(MEMBERSHIPS.c.workspace).where(
        MEMBERSHIPS.c.user == user.id, MEMBERSHIPS.c.role.in_(at_least(least))
    )


def role_in(connection: Connection, user: User, workspace: str) -> Role | None:
    """Return somebody's role in a workspace, None for strangers."""
    query = select(MEMBERSHIPS.c.role).where(
        MEMBERSHIPS.c.user == user.id, MEMBERSHIPS.c.workspace == workspace
    )
    role: Role | None = connection.scalar(query)
    return role


def demand(connection: Connection, user: User, workspace: str, least: Role) -> None:
    """Let members of a role pass. Raises `not_found` for strangers, `forbidden` for others."""
    role = role_in(connection, user, workspace)
    if role is None:
        raise not_found("workspace")
    if role not in at_least(least):
        raise forbidden(least)


def demand_project(
    connection: Connection, user: User, project: str, least: Role, *, own: Role | None = None
) -> None:
    """Let those pass whose role in a project's workspace is `least`; `own` is enough for its owner.

    Raises `not_found` for strangers, in the words of a project that never was, and `forbidden`.
    """
    _demand(connection, user, (PROJECTS, "project", project), least, own)


def demand_set(
    connection: Connection, user: User, photo_set: str, least: Role, *, own: Role | None = None
) -> None:
    """Do for sets what `demand_project` does for projects."""
    _demand(connection, user, (SETS, "set", photo_set), least, own)


def _demand(
    connection: Connection, user: User, which: tuple[Table, str, str], least: Role, own: Role | None
) -> None:
    table, what, key = which
    query = (
        select(table.c.owner, MEMBERSHIPS.c.role)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.workspace == table.c.workspace)
        .where(table.c.id == key, MEMBERSHIPS.c.user == user.id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise not_found(what)
    needed = own if own is not None and row.owner == user.id else least
    if row.role not in at_least(needed):
        raise forbidden(needed)


def after(
    query: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    cursor: str | None,
    *,
    down: bool = False,
) -> Select[Any]:
    """Sort a query by columns, and begin behind a cursor. Raises `bad_request` for no cursor."""
    order = [key.desc() if down else key for key in keys]
    if cursor is None:
        return query.order_by(*order)
    place = _place(cursor, keys)
    here = tuple_(*keys)
    return query.where(here < place if down else here > place).order_by(*order)


def cursor_of(values: Sequence[Any]) -> str:
    """Return the cursor of a row: its sorting columns, as text for addresses."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def _place(cursor: str, keys: Sequence[ColumnElement[Any]]) -> Any:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fitting = len(values) == len(keys) and all(
            type(value) is key.type.python_type and not (type(value) is int and abs(value) >> 62)
            for value, key in zip(values, keys, strict=True)
        )
    except (ValueError, TypeError):
        fitting = False
    if not fitting:
        raise WebError("bad_request", "This is no place in the list.", "Begin at its start.")
    return tuple_(*values)

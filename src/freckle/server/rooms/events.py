"""Room: who changed what in a workspace, and when. Rows are added, and never removed.

Each is written in the transaction of what it tells: neither is there without the other. Names are
kept as they were, but those of erased photos go from all rows. Edits of photos are told by the
photos' own histories.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    insert,
    select,
    update,
)

from freckle.server.rooms.room import Page, Room, after, cursor_of, demand, now
from freckle.server.tables import METADATA, PROJECTS, USERS
from freckle.server.users import User

What = Literal[
    "project_made",
    "project_renamed",
    "project_deleted",
    "photo_erased",
    "set_deleted",
    "workspace_renamed",
    "invited",
    "invitation_withdrawn",
    "joined",
    "role_changed",
    "member_removed",
    "left",
    "posted",
    "shared",
    "share_revoked",
    "share_confirmed",
    "approved",
    "approval_withdrawn",
]

NAMING: Final = (
    *("project_made", "project_renamed", "project_deleted"),
    *("posted", "approved", "approval_withdrawn"),
)
"""What is told with the names of photos."""
LONGEST_NAME: Final = 120
ERASED: Final = "…"
"""Stands for a name that is gone."""
EVENTS: Final = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("workspace", String(64), ForeignKey("workspaces.id"), nullable=False),
    Column("who", String(120), nullable=False),
    Column("what", String(32), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("detail", String(120), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_events_workspace", "workspace", "id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that somebody did; `at` is epoch ms."""

    id: int
    who: str
    """The name that they had."""
    what: What
    subject: str
    """The name of what, or of whom."""
    detail: str
    """A role, or a new name."""
    at: int


class Events(Room):
    """Lists what was done."""

    def event_page(
        self, user: User, workspace: str, limit: int, cursor: str | None = None
    ) -> Page[Event]:
        """Return some of what was done, the newest first. Raises `not_found`, `forbidden`."""
        columns = (EVENTS.c[name] for name in Event.__dataclass_fields__)
        query = select(*columns).where(EVENTS.c.workspace == workspace)
        asked = after(query, (EVENTS.c.id,), cursor, down=True).limit(limit + 1)
        with self._engine.connect() as connection:
            demand(connection, user, workspace, "admin")
            found = [Event(**dict(row)) for row in connection.execute(asked).mappings()]
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], cursor_of((last.id,)) if last else None)

    def note_posted(self, user: User, project: str, host: str) -> None:
        """Tell that somebody posted a project's picture at a place."""
        with self._engine.begin() as connection:
            note_project(connection, user, project, "posted", host)


def note(
    connection: Connection,
    who: User | str,
    workspace: str,
    what: What,
    subject: str = "",
    detail: str = "",
) -> None:
    """Tell what somebody, a member or a guest by name, does in this transaction."""
    row = {"workspace": workspace, "who": called(connection, who), "what": what, "at": now()}
    connection.execute(insert(EVENTS).values(**row, subject=subject[:255], detail=detail[:120]))


def note_project(
    connection: Connection, who: User, project: str, what: What, detail: str = ""
) -> None:
    """Tell what somebody does to a project, which still has its name."""
    columns = PROJECTS.c.workspace, PROJECTS.c.name
    row = connection.execute(select(*columns).where(PROJECTS.c.id == project)).one()
    note(connection, who, row.workspace, what, row.name, detail)


def forget(connection: Connection, workspace: str, names: Collection[str]) -> None:
    """Take names of erased projects and photos out of what was told, and their earlier names."""
    rows = EVENTS.c.workspace == workspace, EVENTS.c.what.in_(NAMING)
    gone, found = set[str](), set(names)
    while found:
        gone |= found
        earlier = select(EVENTS.c.subject).where(*rows, EVENTS.c.detail.in_(found))
        found = set(connection.scalars(earlier)) - gone - {""}
    for column in (EVENTS.c.subject, EVENTS.c.detail):
        these = update(EVENTS).where(*rows, column.in_(gone))
        connection.execute(these.values({column.name: ERASED}))


def called(connection: Connection, who: User | str) -> str:
    """Return the name that is kept of a member or, by name, a guest who does something."""
    name = who if isinstance(who, str) else who.name or name_of(connection, who.id)
    return name[:LONGEST_NAME]


def name_of(connection: Connection, user: str) -> str:
    """Return the name of somebody, nothing where nobody has this id."""
    return connection.scalar(select(USERS.c.name).where(USERS.c.id == user)) or ""

"""Room: workspaces, who belongs to them with which role, and invitations by one-time links."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.accounts import taken
from freckle.server.rooms.events import What, name_of, note
from freckle.server.rooms.room import (
    Page,
    Room,
    after,
    cursor_of,
    demand,
    hashed,
    new_id,
    now,
)
from freckle.server.tables import INVITATIONS, MEMBERSHIPS, SESSIONS, USERS, WORKSPACES
from freckle.server.users import Role, User

INVITATION_MS: Final = 7 * 24 * 3600 * 1000
"""An invitation is good for a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWorkspace:
    """A workspace of somebody's, and their role in it."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who belongs to a workspace; `created` is epoch ms."""

    id: str
    name: str
    login: str | None
    role: Role
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An open invitation; times are epoch ms."""

    id: str
    workspace: str
    workspace_name: str
    author: str
    role: Role
    note: str
    created: int
    expires: int


class Members(Room):
    """Keeps workspaces, memberships and invitations."""

    def workspaces(self, user: User) -> Sequence[StoredWorkspace]:
        """Return the workspaces that somebody belongs to, by name."""
        query = (
            select(WORKSPACES.c.id, WORKSPACES.c.name, MEMBERSHIPS.c.role)
            .join(MEMBERSHIPS, MEMBERSHIPS.c.workspace == WORKSPACES.c.id)
            .where(MEMBERSHIPS.c.user == user.id)
            .order_by(func.lower(WORKSPACES.c.name), WORKSPACES.c.id)
            .limit(200)
        )
        with self._engine.connect() as connection:
            return [StoredWorkspace(**dict(row)) for row in connection.execute(query).mappings()]

    def create_workspace(self, user: User, name: str) -> StoredWorkspace:
        """Make a workspace with its first admin. Raises `forbidden` but for administrators."""
        if not user.administrator:
            raise WebError(
                "forbidden",
                "Only an administrator of the server may make workspaces.",
                "Ask whoever runs this server.",
            )
        new, moment = new_id(), now()
        with self._engine.begin() as connection:
            connection.execute(insert(WORKSPACES).values(id=new, name=name, created=moment))
            _join(connection, user.id, new, "admin")
        return StoredWorkspace(id=new, name=name, role="admin")

    def rename_workspace(self, user: User, workspace: str, name: str) -> None:
        """Call a workspace differently. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "admin")
            change = update(WORKSPACES).where(WORKSPACES.c.id == workspace)
            connection.execute(change.values(name=name))
            note(connection, user, workspace, "workspace_renamed", name)

    def member_page(
        self, user: User, workspace: str, limit: int, cursor: str | None = None
    ) -> Page[Member]:
        """Return some members of a workspace, by when they came. Raises `not_found`."""
        keys = MEMBERSHIPS.c.created, MEMBERSHIPS.c.user
        query = (
            select(
                USERS.c.id, USERS.c.name, USERS.c.login, MEMBERSHIPS.c.role, MEMBERSHIPS.c.created
            )
            .join(USERS, USERS.c.id == MEMBERSHIPS.c.user)
            .where(MEMBERSHIPS.c.workspace == workspace)
        )
        with self._engine.connect() as connection:
            demand(connection, user, workspace, "viewer")
            asked = after(query, keys, cursor).limit(limit + 1)
            found = [Member(**dict(row)) for row in connection.execute(asked).mappings()]
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], cursor_of((last.created, last.id)) if last else None)

    def change_role(self, user: User, workspace: str, member: str, role: Role) -> None:
        """Give a member another role.

        Raises `not_found`, `forbidden`, `taken` for the last admin.
        """
        whose = (MEMBERSHIPS.c.workspace == workspace, MEMBERSHIPS.c.user == member)
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "admin")
            change = update(MEMBERSHIPS).where(*whose).values(role=role)
            if connection.execute(change).rowcount == 0:
                raise not_found("member")
            _keep_an_admin(connection, workspace)
            note(connection, user, workspace, "role_changed", name_of(connection, member), role)

    def remove_member(self, user: User, workspace: str, member: str) -> None:
        """Take somebody out of a workspace; everybody may leave by themselves.

        Raises `not_found`, `forbidden`, `taken` for the last admin.
        """
        whose = (MEMBERSHIPS.c.workspace == workspace, MEMBERSHIPS.c.user == member)
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "viewer" if member == user.id else "admin")
            if connection.execute(delete(MEMBERSHIPS).where(*whose)).rowcount == 0:
                raise not_found("member")
            _keep_an_admin(connection, workspace)
            what: What = "left" if member == user.id else "member_removed"
            note(connection, user, workspace, what, name_of(connection, member))
            elsewhere = select(MEMBERSHIPS.c.user).where(MEMBERSHIPS.c.user == member).limit(1)
            if connection.scalar(elsewhere) is None:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.user == member))

    def invite(self, user: User, workspace: str, role: Role, note_of: str) -> str:
        """Make an invitation and return the secret of its link. Raises `not_found`, `forbidden`."""
        secret, moment = secrets.token_urlsafe(16), now()
        row = {"secret": hashed(secret), "id": new_id(), "workspace": workspace, "note": note_of}
        times = {"created": moment, "expires": moment + INVITATION_MS}
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "admin")
            connection.execute(delete(INVITATIONS).where(INVITATIONS.c.expires < moment))
            connection.execute(
                insert(INVITATIONS).values(**row, role=role, author=user.id, **times)
            )
            note(connection, user, workspace, "invited", note_of, role)
        return secret

    def invitation_page(
        self, user: User, workspace: str, limit: int, cursor: str | None = None
    ) -> Page[Invitation]:
        """Return some open invitations, oldest first. Raises `not_found`, `forbidden`."""
        keys = INVITATIONS.c.created, INVITATIONS.c.id
        query = _invitations().where(INVITATIONS.c.workspace == workspace)
        with self._engine.connect() as connection:
            demand(connection, user, workspace, "admin")
            asked = after(query, keys, cursor).limit(limit + 1)
            found = [Invitation(**dict(row)) for row in connection.execute(asked).mappings()]
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], cursor_of((last.created, last.id)) if last else None)

    def withdraw(self, user: User, workspace: str, invitation: str) -> None:
        """Make an invitation worthless. Raises `not_found`, `forbidden`."""
        which = (INVITATIONS.c.workspace == workspace, INVITATIONS.c.id == invitation)
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "admin")
            whom = connection.scalar(select(INVITATIONS.c.note).where(*which))
            if connection.execute(delete(INVITATIONS).where(*which)).rowcount == 0:
                raise not_found("invitation")
            note(connection, user, workspace, "invitation_withdrawn", whom or "")

    def invitation(self, secret: str) -> Invitation:
        """Return what a link invites to. Raises `not_found` once it is used, old or withdrawn."""
        query = _invitations().where(INVITATIONS.c.secret == hashed(secret))
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise WebError(
                "not_found",
                "This invitation is used, withdrawn or too old.",
                "Ask whoever sent it for another.",
            )
        return Invitation(**dict(row))

    def accept(self, secret: str, user: User) -> User:
        """Let somebody who is signed in join by a link, once. Raises `not_found`."""
        found = self.invitation(secret)
        with self._engine.begin() as connection:
            _use(connection, secret)
            _join(connection, user.id, found.workspace, found.role)
            note(connection, user, found.workspace, "joined", user.name, found.role)
        return User(user.id, found.workspace, found.role, user.name, user.administrator)

    def accept_as_new(
        self, secret: str, name: str, login: str | None, password: str | None
    ) -> User:
        """Make an account by a link, once; `password` is a hash. Raises `not_found`, `taken`."""
        found = self.invitation(secret)
        new = new_id()
        row: dict[str, Any] = {"id": new, "name": name, "login": login, "password": password}
        try:
            with self._engine.begin() as connection:
                _use(connection, secret)
                connection.execute(insert(USERS).values(**row, created=now()))
                _join(connection, new, found.workspace, found.role)
                note(connection, name, found.workspace, "joined", name, found.role)
        except IntegrityError:
            raise taken() from None
        return User(new, found.workspace, found.role, name)


def _invitations() -> Any:
    names = [c for c in INVITATIONS.c if c.name not in {"secret", "author"}]
    return (
        select(*names, USERS.c.name.label("author"), WORKSPACES.c.name.label("workspace_name"))
        .join(USERS, USERS.c.id == INVITATIONS.c.author)
        .join(WORKSPACES, WORKSPACES.c.id == INVITATIONS.c.workspace)
        .where(INVITATIONS.c.expires > now())
    )


def _use(connection: Connection, secret: str) -> None:
    """Spend an invitation; of two who try at once one is too late."""
    spent = connection.execute(delete(INVITATIONS).where(INVITATIONS.c.secret == hashed(secret)))
    if spent.rowcount != 1:
        raise not_found("invitation")


def _join(connection: Connection, user: str, workspace: str, role: Role) -> None:
    """Give somebody a role; who has one already keeps it."""
    mine = (MEMBERSHIPS.c.user == user, MEMBERSHIPS.c.workspace == workspace)
    if connection.execute(select(MEMBERSHIPS).where(*mine)).first() is None:
        row = {"user": user, "workspace": workspace, "role": role, "created": now()}
        connection.execute(insert(MEMBERSHIPS).values(row))


def _keep_an_admin(connection: Connection, workspace: str) -> None:
    admins = select(func.count()).where(
        MEMBERSHIPS.c.workspace == workspace, MEMBERSHIPS.c.role == "admin"
    )
    if not connection.scalar(admins):
        raise WebError("taken", "A workspace needs an admin.", "Make somebody else an admin first.")

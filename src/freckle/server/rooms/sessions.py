"""Room: sessions. Their secrets are kept as hashes; each can be ended from elsewhere."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select, update

from freckle.server.problems import not_found
from freckle.server.rooms.room import Room, demand, hashed, new_id, now
from freckle.server.tables import MEMBERSHIPS, SESSIONS, USERS
from freckle.server.users import User

SESSION_MS: Final = 30 * 24 * 3600 * 1000
"""A browser stays signed in for 30 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """One signed-in browser; times are epoch ms."""

    id: str
    browser: str
    created: int
    expires: int
    here: bool
    """Whether it is the one that asks."""


class Sessions(Room):
    """Opens, finds and ends sessions."""

    def open_session(self, user: User, start: str = "", browser: str = "") -> str:
        """Start a session; its secret, kept as a hash, is good only together with `start`."""
        secret = secrets.token_urlsafe(32)
        moment = now()
        row = {
            "secret": hashed(secret + start),
            "id": new_id(),
            "user": user.id,
            "workspace": user.workspace,
            "browser": browser[:120],
            "created": moment,
            "expires": moment + SESSION_MS,
        }
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < moment))
            connection.execute(insert(SESSIONS).values(row))
        return secret

    def close_session(self, secret: str, start: str = "") -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.secret == hashed(secret + start)))

    def session_user(self, secret: str, start: str = "") -> User | None:
        """Return whose session this is, or None when it never was, is over, or they have left.

        Whoever was removed from the workspace of the session is in another one of theirs.
        """
        mine = SESSIONS.c.secret == hashed(secret + start)
        query = (
            select(
                SESSIONS.c.user,
                MEMBERSHIPS.c.workspace,
                MEMBERSHIPS.c.role,
                USERS.c.name,
                USERS.c.administrator,
            )
            .join(USERS, USERS.c.id == SESSIONS.c.user)
            .join(MEMBERSHIPS, MEMBERSHIPS.c.user == SESSIONS.c.user)
            .where(mine, SESSIONS.c.expires > now())
            .order_by(MEMBERSHIPS.c.workspace != SESSIONS.c.workspace, MEMBERSHIPS.c.created)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return User(*row) if row else None

    def sessions(self, user: User, secret: str, start: str = "") -> Sequence[StoredSession]:
        """Return the browsers that somebody is signed in with, the newest first."""
        query = (
            select(SESSIONS)
            .where(SESSIONS.c.user == user.id, SESSIONS.c.expires > now())
            .order_by(SESSIONS.c.created.desc(), SESSIONS.c.id)
            .limit(200)
        )
        here = hashed(secret + start)
        with self._engine.connect() as connection:
            return [
                StoredSession(
                    id=row["id"],
                    browser=row["browser"],
                    created=row["created"],
                    expires=row["expires"],
                    here=row["secret"] == here,
                )
                for row in connection.execute(query).mappings()
            ]

    def end_session(self, user: User, session: str) -> None:
        """Sign one of somebody's browsers out. Raises `not_found`."""
        mine = (SESSIONS.c.user == user.id, SESSIONS.c.id == session)
        with self._engine.begin() as connection:
            if connection.execute(delete(SESSIONS).where(*mine)).rowcount == 0:
                raise not_found("session")

    def end_sessions(self, user: User, but: str | None = None, start: str = "") -> None:
        """Sign somebody out everywhere; `but` is the secret of a session that stays."""
        ended = delete(SESSIONS).where(SESSIONS.c.user == user.id)
        if but is not None:
            ended = ended.where(SESSIONS.c.secret != hashed(but + start))
        with self._engine.begin() as connection:
            connection.execute(ended)

    def change_workspace(self, user: User, secret: str, workspace: str, start: str = "") -> None:
        """Let a session work in another workspace of its user's. Raises `not_found`."""
        change = update(SESSIONS).where(
            SESSIONS.c.user == user.id, SESSIONS.c.secret == hashed(secret + start)
        )
        with self._engine.begin() as connection:
            demand(connection, user, workspace, "viewer")
            connection.execute(change.values(workspace=workspace))

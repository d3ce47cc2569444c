"""Room: what guests see and say. Each call asks anew whether their link still opens anything."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.events import note
from freckle.server.rooms.room import Room, hashed, new_id, now
from freckle.server.rooms.shares import (
    Remark,
    Share,
    Shown,
    picture_at,
    remarks_in,
    shares_query,
    shown_in,
    shown_query,
)
from freckle.server.sharing_tables import REMARKS, SHARED, SHARES, VISITS

VISIT_MS: Final = 12 * 3600 * 1000
"""A browser that has shown the link, and the password, need not do so again for so long."""
MOST_VISITS: Final = 200
"""Uses of one link that are kept: the newest."""
MOST_REMARKS: Final = 500
"""Of one link's guest."""

Receipt = Callable[[Share, Sequence[Shown], Sequence[Remark]], str]
"""Writes what both sides keep; raises `WebError` where something is not decided yet."""


class Guests(Room):
    """Lets guests in and keeps what they say."""

    def share_by_secret(self, secret: str) -> Share:
        """Return what a link shows. Raises `not_found` once it is revoked or too old."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(_open().where(SHARES.c.secret == hashed(secret)))
                .mappings()
                .first()
            )
        if row is None:
            raise gone()
        return Share(**dict(row))

    def visit(self, share: str, browser: str) -> str:
        """Note a use of a link; return the secret with which this browser may look."""
        secret, moment = secrets.token_urlsafe(32), now()
        row = {"secret": hashed(secret), "share": share, "browser": browser[:120]}
        times = {"created": moment, "expires": moment + VISIT_MS}
        mine = VISITS.c.share == share
        with self._engine.begin() as connection:
            connection.execute(insert(VISITS).values(**row, **times))
            kept = select(VISITS.c.created).where(mine).order_by(VISITS.c.created.desc())
            oldest = connection.scalar(kept.offset(MOST_VISITS - 1).limit(1))
            if oldest is not None:
                connection.execute(delete(VISITS).where(mine, VISITS.c.created < oldest))
        return secret

    def guest(self, share: str, visit: str) -> Share:
        """Return a link that this browser has opened and may still see. Raises `not_found`."""
        with self._engine.connect() as connection:
            return _guest(connection, share, visit)

    def shown_at(self, share: str, visit: str, place: int) -> tuple[Share, Shown]:
        """Return one picture of a link. Raises `not_found`."""
        with self._engine.connect() as connection:
            found = _guest(connection, share, visit)
            row = (
                connection.execute(shown_query(share).where(SHARED.c.place == place))
                .mappings()
                .first()
            )
        if row is None:
            raise not_found("picture")
        return found, Shown(**dict(row))

    def decide(
        self, share: str, visit: str, place: int, decision: str | None, most: int | None
    ) -> None:
        """Keep what the guest decided about a picture; at most `most` are decided on.

        Raises `not_found`, `taken` after confirming or when there would be too many.
        """
        with self._engine.begin() as connection:
            _touch(connection, share, visit)
            picture = picture_at(connection, share, place)
            this = update(SHARED).where(SHARED.c.share == share, SHARED.c.picture == picture)
            connection.execute(this.values(decision=decision))
            if most is not None and _decided(connection, share) > most:
                raise WebError(
                    "taken", f"At most {most} pictures can be chosen.", "Give one back first."
                )

    def say(self, share: str, visit: str, remark: Remark) -> str:
        """Keep what the guest says and return its id. Raises `not_found`, `taken`."""
        with self._engine.begin() as connection:
            _touch(connection, share, visit)
            said = select(func.count()).where(REMARKS.c.share == share, REMARKS.c.author.is_(None))
            if (connection.scalar(said) or 0) >= MOST_REMARKS:
                raise WebError("taken", "There are too many comments.", "Delete some of them.")
            made = new_id()
            row = {"id": made, "share": share, "created": now()}
            where = {"x": remark.x, "y": remark.y, "text": remark.text}
            picture = picture_at(connection, share, remark.place)
            connection.execute(insert(REMARKS).values(**row, **where, picture=picture))
        return made

    def unsay(self, share: str, visit: str, remark: str) -> None:
        """Take back what the guest said. Raises `not_found`, `taken`."""
        own = (REMARKS.c.share == share, REMARKS.c.id == remark, REMARKS.c.author.is_(None))
        with self._engine.begin() as connection:
            _touch(connection, share, visit)
            if connection.execute(delete(REMARKS).where(*own)).rowcount == 0:
                raise not_found("comment")

    def confirm(self, share: str, visit: str, receipt: Receipt) -> str:
        """Lock what the guest decided, and keep and return the receipt.

        Raises `not_found`, `taken` the second time, and what `receipt` raises.
        """
        moment = now()
        with self._engine.begin() as connection:
            _touch(connection, share, visit)  # from here on nobody else changes anything
            found = _guest(connection, share, visit)
            text = receipt(found, shown_in(connection, share), remarks_in(connection, share))
            this = update(SHARES).where(SHARES.c.id == share)
            connection.execute(this.values(confirmed=moment, receipt=text))
            note(connection, found.guest, found.workspace, "share_confirmed")
        return text


def gone() -> WebError:
    """Say that a link opens nothing, in the same words whatever the reason is."""
    return WebError(
        "not_found",
        "This link is not good, or no longer.",
        "Ask whoever sent it for another.",
    )


def _open() -> Any:
    """Return the query of links that open something."""
    lasting = or_(SHARES.c.expires.is_(None), SHARES.c.expires > now())
    return shares_query().where(SHARES.c.revoked.is_(None), lasting)


def _guest(connection: Connection, share: str, visit: str) -> Share:
    passes = select(VISITS.c.share).where(
        VISITS.c.secret == hashed(visit), VISITS.c.share == share, VISITS.c.expires > now()
    )
    row = connection.execute(_open().where(SHARES.c.id.in_(passes))).mappings().first()
    if row is None:
        raise gone()
    return Share(**dict(row))


def _touch(connection: Connection, share: str, visit: str) -> None:
    """Let a guest change something before they have confirmed; one at a time, from here on.

    Raises `not_found`, `taken`.
    """
    this = update(SHARES).where(SHARES.c.id == share, SHARES.c.confirmed.is_(None))
    changed = connection.execute(this.values(touched=now())).rowcount
    _guest(connection, share, visit)  # behind the lock: who revokes at this moment is waited for
    if changed == 0:
        raise WebError(
            "taken",
            "This was confirmed, and is locked.",
            "Ask whoever sent the link for another one.",
        )


def _decided(connection: Connection, share: str) -> int:
    query = select(func.count()).where(SHARED.c.share == share, SHARED.c.decision.is_not(None))
    return connection.scalar(query) or 0

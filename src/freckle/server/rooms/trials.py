"""Room: challenges that are good for one answer, and sign-ins that failed."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, func, insert, select

from freckle.server.problems import WebError
from freckle.server.rooms.room import Room, hashed, now
from freckle.server.tables import CHALLENGES, FAILURES

CHALLENGE_MS: Final = 10 * 60 * 1000
"""Time to answer a challenge."""
WINDOW_MS: Final = 15 * 60 * 1000
"""Failures are forgotten after so long."""
MOST_HERE: Final = 10
"""Failures of one name from one address within that time."""
MOST_OF_A_NAME: Final = 100
"""Failures of one name, from wherever."""
MOST_OF_AN_ADDRESS: Final = 100
"""Failures of whatever name from one address."""


class Trials(Room):
    """Keeps what must happen once, or not too often."""

    def challenge(self, kind: str, content: Mapping[str, Any]) -> str:
        """Keep something until a browser answers; return the secret that finds it again, once."""
        secret, moment = secrets.token_urlsafe(32), now()
        row = {"secret": hashed(secret), "kind": kind, "content": dict(content)}
        with self._engine.begin() as connection:
            connection.execute(delete(CHALLENGES).where(CHALLENGES.c.expires < moment))
            connection.execute(insert(CHALLENGES).values(**row, expires=moment + CHALLENGE_MS))
        return secret

    def answered(self, kind: str, secret: str) -> Mapping[str, Any]:
        """Return what was kept and forget it. Raises `unauthorized` a second time, or too late."""
        which = (
            CHALLENGES.c.secret == hashed(secret),
            CHALLENGES.c.kind == kind,
            CHALLENGES.c.expires > now(),
        )
        with self._engine.begin() as connection:
            content = connection.scalar(select(CHALLENGES.c.content).where(*which))
            spent = connection.execute(delete(CHALLENGES).where(*which)).rowcount
        if content is None or spent != 1:
            raise WebError("unauthorized", "This took too long or was used.", "Try again.")
        found: Mapping[str, Any] = content
        return found

    def may_try(self, login: str, address: str) -> None:
        """Let somebody try to sign in. Raises `too_often` after too many failures."""
        limits = zip(
            _subjects(login, address),
            (MOST_HERE, MOST_OF_A_NAME, MOST_OF_AN_ADDRESS),
            strict=True,
        )
        since = now() - WINDOW_MS
        with self._engine.connect() as connection:
            for subject, most in limits:
                recent = select(func.count()).where(
                    FAILURES.c.subject == subject, FAILURES.c.at > since
                )
                if (connection.scalar(recent) or 0) >= most:
                    raise WebError(
                        "too_often",
                        "This did not work too often.",
                        "Wait a quarter of an hour, then try again.",
                        retry_s=WINDOW_MS // 1000,
                    )

    def failed(self, login: str, address: str) -> None:
        """Note a failure."""
        moment = now()
        rows = [{"subject": subject, "at": moment} for subject in _subjects(login, address)]
        with self._engine.begin() as connection:
            connection.execute(delete(FAILURES).where(FAILURES.c.at < moment - WINDOW_MS))
            connection.execute(insert(FAILURES), rows)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures of somebody who got in, from where they did."""
        here, *_ = _subjects(login, address)
        with self._engine.begin() as connection:
            connection.execute(delete(FAILURES).where(FAILURES.c.subject == here))


def _subjects(login: str, address: str) -> tuple[str, str, str]:
    return hashed(f"{login}\n{address}"), hashed(f"{login}\n"), hashed(f"\n{address}")

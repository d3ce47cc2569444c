"""Which guest asks: the cookie of a visit, looked up anew for every request.

A link that was revoked, or is too old, answers in the words of one that never was.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from freckle.server.gate import cookie_name, secure
from freckle.server.house import Here, House
from freckle.server.problems import WebError
from freckle.server.rooms.shares import Share, Shown
from freckle.server.sharing.terms import Terms


@dataclass(frozen=True, slots=True)
class Guest:
    """A browser that has opened a link, and the link as it was a moment ago."""

    here: House
    share: Share
    visit: str

    @property
    def terms(self) -> Terms:
        """What the link allows."""
        return Terms.model_validate(self.share.terms)

    async def shown(self, place: int) -> Shown:
        """Return a picture of the link, which is looked up again. Raises `not_found`."""
        find = self.here.store.shown_at
        _, shown = await self.here.stored(find, self.share.id, self.visit, place)
        return shown

    async def still(self) -> None:
        """Let guests pass whose link is still good: drawing takes time. Raises `not_found`."""
        await self.here.stored(self.here.store.guest, self.share.id, self.visit)


async def _guest(share: str, request: Request, here: Here) -> Guest:
    visit = request.cookies.get(cookie_of(here, share), "")
    return Guest(here, await here.stored(here.store.guest, share, visit), visit)


Visitor = Annotated[Guest, Depends(_guest)]


def cookie_of(here: House, share: str) -> str:
    """Return the name of the cookie of a link's guest."""
    return f"{cookie_name(here.settings)}-guest-{share}"


def let_in(here: House, request: Request, response: Response, share: str, visit: str) -> None:
    """Give a guest's browser its cookie, which goes when the browser is closed."""
    response.set_cookie(
        cookie_of(here, share),
        visit,
        httponly=True,
        samesite="strict",
        secure=secure(here.settings, request),
    )


def not_allowed() -> WebError:
    """Say that the link does not offer this."""
    return WebError(
        "forbidden", "This link does not allow that.", "Ask whoever sent it for another."
    )

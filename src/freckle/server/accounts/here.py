"""What the routes of accounts have in common: they exist only where people sign in."""

from typing import Annotated, Final

from fastapi import Depends, Request, Response

from freckle.server.gate import cookie_name, start_of
from freckle.server.house import Here, House
from freckle.server.problems import not_found
from freckle.server.session import let_in, session_answer
from freckle.server.users import User
from freckle.server.wire import SessionAnswer


async def with_accounts(here: Here) -> House:
    """Return the server. Raises `not_found` where nobody signs in."""
    if not here.settings.accounts:
        raise not_found()
    return here


People = Annotated[House, Depends(with_accounts)]
SYSTEMS: Final = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "Linux")
BROWSERS: Final = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


async def signed_in(here: House, user: User, request: Request, response: Response) -> SessionAnswer:
    """Open a session for somebody who has shown who they are, and give the browser its cookie."""
    start, browser = start_of(here.settings), browser_of(request)
    secret = await here.stored(here.store.open_session, user, start, browser)
    let_in(here, request, response, secret)
    return await session_answer(here, user)


def secret_of(here: House, request: Request) -> str:
    """Return the secret of the session that asks."""
    return request.cookies.get(cookie_name(here.settings), "")


def address_of(request: Request) -> str:
    """Return the network address that a request came from."""
    return request.client.host if request.client else ""


def browser_of(request: Request) -> str:
    """Name a browser roughly, for the list of sessions: "Firefox, Linux"."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return ", ".join(filter(None, (browser, system.replace("Macintosh", "macOS"))))

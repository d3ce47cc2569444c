"""Routes: signing in through another site, and coming back from there.

The browser comes back by a link of a foreign page, which carries no session (SameSite=Strict); a
short-lived cookie of its own says that it is the browser that went.
"""

from typing import Any, Final
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from freckle.errors import FreckleError
from freckle.server.accounts.here import People, secret_of, signed_in
from freckle.server.gate import cookie_name, secure, start_of
from freckle.server.house import House
from freckle.server.problems import WebError, not_found, problem_of
from freckle.server.provider import Person
from freckle.server.rooms.trials import CHALLENGE_MS
from freckle.server.users import User

ROUTES: Final = APIRouter(prefix="/api/sign-in/provider", tags=["entering"], include_in_schema=True)
PATH: Final = "/api/sign-in/provider"


@ROUTES.get("", response_class=RedirectResponse, status_code=303)
async def go(here: People, request: Request, invitation: str = "") -> RedirectResponse:
    """Send the browser to the other site; whoever is signed in adds that way in."""
    if here.provider is None:
        raise not_found()
    me = await here.stored(
        here.store.session_user, secret_of(here, request), start_of(here.settings)
    )
    try:
        place, kept = await to_thread.run_sync(here.provider.begin, _back(here, request))
    except FreckleError as error:
        return _home(error)
    content = {**kept, "invitation": invitation[:256], "user": me.id if me else ""}
    secret = await here.stored(here.store.challenge, "provider", content)
    answer = RedirectResponse(place, 303)
    answer.set_cookie(
        _cookie(here),
        secret,
        max_age=CHALLENGE_MS // 1000,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=secure(here.settings, request),
    )
    return answer


@ROUTES.get("/back", response_class=RedirectResponse, status_code=303)
async def back(here: People, request: Request) -> RedirectResponse:
    """Take in who comes back from the other site."""
    try:
        if here.provider is None:
            raise not_found()
        ticket = request.cookies.get(_cookie(here), "")
        kept = await here.stored(here.store.answered, "provider", ticket)
        person = await to_thread.run_sync(
            here.provider.finish, _back(here, request), dict(kept), request.url.query
        )
        user = await _user(here, person, kept)
    except FreckleError as error:
        return _home(error)
    answer = RedirectResponse("/", 303)
    await signed_in(here, user, request, answer)
    answer.delete_cookie(_cookie(here), path=PATH, httponly=True, samesite="lax")
    return answer


async def _user(here: House, person: Person, kept: Any) -> User:
    """Return whose account this is: known, being added to, or made by an invitation."""
    store = here.store
    known = await here.stored(store.identified_by, person.issuer, person.subject)
    if known is None and kept["user"]:
        known = kept["user"]
        await here.stored(store.add_identity, known, person.issuer, person.subject)
    if known is None:
        name = person.name or "?"
        made = await here.stored(store.accept_as_new, kept["invitation"], name, None, None)
        await here.stored(store.add_identity, made.id, person.issuer, person.subject)
        return made
    user = await here.stored(store.member, known)
    if user is None:
        raise WebError(
            "unauthorized", "This account belongs to no workspace.", "Ask for an invitation."
        )
    return user


def _back(here: House, request: Request) -> str:
    """Return the address to come back to, on the host that the gate has let in."""
    host = request.headers.get("host", "")
    base = here.settings.public_url or f"http://{host}"
    return f"{base.rstrip('/')}{PATH}/back"


def _home(error: FreckleError) -> RedirectResponse:
    """Send the browser to the page for signing in, which says what went wrong."""
    problem = problem_of(error)
    said = quote(f"{problem.message} {problem.remedy}")
    return RedirectResponse(f"/#/sign-in/{said}", 303)


def _cookie(here: House) -> str:
    return f"{cookie_name(here.settings)}-provider"

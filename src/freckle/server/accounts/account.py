"""Routes: one's own account: name, password, and the browsers that are signed in."""

from typing import Final

from fastapi import APIRouter, Request, Response

from freckle.server.accounts.here import People, address_of, secret_of
from freckle.server.accounts.wire import (
    AccountAnswer,
    AccountChange,
    PasswordChange,
    SessionEntry,
)
from freckle.server.gate import Me
from freckle.server.problems import WebError
from freckle.server.session import let_out
from freckle.server.wire import moment

ROUTES: Final = APIRouter(prefix="/api/account", tags=["account"])


@ROUTES.get("")
async def look_up(me: Me, here: People) -> AccountAnswer:
    """Say what one signs in with."""
    account = await here.stored(here.store.account, me.id)
    return AccountAnswer(
        name=account.name, login=account.login, password=account.password is not None
    )


@ROUTES.patch("", status_code=204)
async def rename(change: AccountChange, me: Me, here: People) -> None:
    """Call oneself differently."""
    await here.stored(here.store.set_name, me, change.name)


@ROUTES.put("/password", status_code=204)
async def set_password(change: PasswordChange, me: Me, here: People, request: Request) -> None:
    """Set a new password, and sign all other browsers out."""
    account = await here.stored(here.store.account, me.id)
    if account.password is not None:
        subject, address = account.login or account.id, address_of(request)
        await here.stored(here.store.may_try, subject, address)
        fitting, _ = await here.passwords.fits(change.old or "", account.password)
        if not fitting:
            await here.stored(here.store.failed, subject, address)
            raise WebError("forbidden", "The old password is not right.", "Type it again.")
    password = await here.passwords.hash(change.new)
    await here.stored(here.store.set_password, me, password)
    await here.stored(here.store.end_sessions, me, secret_of(here, request))


@ROUTES.get("/sessions")
async def sessions(me: Me, here: People, request: Request) -> list[SessionEntry]:
    """List the browsers that are signed in, the newest first."""
    found = await here.stored(here.store.sessions, me, secret_of(here, request))
    return [
        SessionEntry(id=s.id, browser=s.browser, created=moment(s.created), here=s.here)
        for s in found
    ]


@ROUTES.delete("/sessions", status_code=204)
async def leave_everywhere(me: Me, here: People, response: Response) -> None:
    """Sign out everywhere, here as well."""
    await here.stored(here.store.end_sessions, me)
    let_out(here, response)


@ROUTES.delete("/sessions/{session}", status_code=204)
async def end_session(session: str, me: Me, here: People) -> None:
    """Sign one browser out."""
    await here.stored(here.store.end_session, me, session)

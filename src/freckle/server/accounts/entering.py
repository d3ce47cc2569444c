"""Routes: ways in for whoever has no session yet."""

import secrets
from typing import Final

from fastapi import APIRouter, Request, Response

from freckle.server.accounts.here import People, address_of, secret_of, signed_in
from freckle.server.accounts.wire import (
    AcceptRequest,
    Entrance,
    FirstRequest,
    InvitationAnswer,
    InvitationSecret,
    SignInRequest,
)
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.problems import WebError
from freckle.server.session import session_answer
from freckle.server.users import User
from freckle.server.wire import SessionAnswer

ROUTES: Final = APIRouter(prefix="/api", tags=["entering"])


@ROUTES.get("/entrance")
async def entrance(here: Here) -> Entrance:
    """Say how one gets in."""
    if not here.settings.accounts:
        return Entrance(accounts=False, first=False, provider=None)
    known = await here.stored(here.store.has_administrator)
    provider = here.settings.provider
    return Entrance(accounts=True, first=not known, provider=provider.name if provider else None)


@ROUTES.post("/entrance/first", status_code=201)
async def first(
    asked: FirstRequest, here: People, request: Request, response: Response
) -> SessionAnswer:
    """Make the first administrator, with the token that `freckle serve` printed."""
    if not secrets.compare_digest(asked.token.encode(), here.settings.token.encode()):
        raise WebError(
            "unauthorized",
            "This link does not belong to this start of the server.",
            "Open the address that `freckle serve` printed last.",
        )
    password = await here.passwords.hash(asked.password)
    claim = here.store.claim_server
    user = await here.stored(claim, asked.name, asked.login, password, asked.workspace)
    return await signed_in(here, user, request, response)


@ROUTES.post("/sign-in")
async def sign_in(
    asked: SignInRequest, here: People, request: Request, response: Response
) -> SessionAnswer:
    """Sign in with a password."""
    address = address_of(request)
    await here.stored(here.store.may_try, asked.login, address)
    user = await _user_by_password(here, asked)
    if user is None:
        await here.stored(here.store.failed, asked.login, address)
        raise WebError(
            "unauthorized", "Name or password is not right.", "Check both, then try again."
        )
    await here.stored(here.store.succeeded, asked.login, address)
    return await signed_in(here, user, request, response)


async def _user_by_password(here: House, asked: SignInRequest) -> User | None:
    account = await here.stored(here.store.account_by_login, asked.login)
    kept = account.password if account else None
    fitting, newer = await here.passwords.fits(asked.password, kept)
    if account is None or not fitting:
        return None
    user = await here.stored(here.store.member, account.id)
    if user and newer:
        await here.stored(here.store.set_password, user, newer)
    return user


@ROUTES.post("/invitations/look")
async def look(asked: InvitationSecret, here: People) -> InvitationAnswer:
    """Say what a link invites to."""
    found = await here.stored(here.store.invitation, asked.secret)
    return InvitationAnswer(workspace=found.workspace_name, author=found.author, role=found.role)


@ROUTES.post("/invitations/accept", status_code=201)
async def accept(
    asked: AcceptRequest, here: People, request: Request, response: Response
) -> SessionAnswer:
    """Make an account by a link that is good once."""
    await here.stored(here.store.invitation, asked.secret)  # before time goes into a password
    password = await here.passwords.hash(asked.password)
    join = here.store.accept_as_new
    user = await here.stored(join, asked.secret, asked.name, asked.login, password)
    return await signed_in(here, user, request, response)


@ROUTES.post("/invitations/join", tags=["workspaces"])
async def join(asked: InvitationSecret, me: Me, here: People, request: Request) -> SessionAnswer:
    """Join a workspace by a link, with the account that one has, and work there from now on."""
    user = await here.stored(here.store.accept, asked.secret, me)
    secret = secret_of(here, request)
    await here.stored(here.store.change_workspace, me, secret, user.workspace)
    return await session_answer(here, user)

"""Routes: the session of this browser."""

from typing import Final

from fastapi import APIRouter, Request, Response

from freckle.server.gate import Me, cookie_name, open_session, secure, start_of
from freckle.server.house import Here, House
from freckle.server.store import SESSION_MS, User
from freckle.server.wire import SessionAnswer, SessionChange, SessionRequest

ROUTES: Final = APIRouter(prefix="/api/session", tags=["session"])


@ROUTES.post("")
async def enter(
    request: SessionRequest, here: Here, connection: Request, response: Response
) -> SessionAnswer:
    """Exchange the start token of a server without accounts for a session cookie."""
    user, secret = await here.stored(open_session, here, request.token)
    let_in(here, connection, response, secret)
    return await session_answer(here, user)


@ROUTES.get("")
async def who(me: Me, here: Here) -> SessionAnswer:
    """Say who is signed in."""
    return await session_answer(here, me)


@ROUTES.patch("")
async def change(request: SessionChange, me: Me, here: Here, connection: Request) -> SessionAnswer:
    """Work in another workspace from now on."""
    start = start_of(here.settings)
    secret = connection.cookies.get(cookie_name(here.settings), "")
    work = here.store.change_workspace
    await here.stored(work, me, secret, request.workspace, start)
    user = await here.stored(here.store.session_user, secret, start)
    return await session_answer(here, user or me)


@ROUTES.delete("", status_code=204)
async def leave(_me: Me, request: Request, here: Here, response: Response) -> None:
    """Sign this browser out."""
    secret = request.cookies.get(cookie_name(here.settings), "")
    await here.stored(here.store.close_session, secret, start_of(here.settings))
    let_out(here, response)


def let_in(here: House, request: Request, response: Response, secret: str) -> None:
    """Give a browser the cookie of its session; what came by HTTPS goes by nothing else."""
    response.set_cookie(
        cookie_name(here.settings),
        secret,
        max_age=SESSION_MS // 1000,
        httponly=True,
        samesite="strict",
        secure=secure(here.settings, request),
    )


def let_out(here: House, response: Response) -> None:
    """Take a browser's cookie, and the pictures that it keeps."""
    response.delete_cookie(cookie_name(here.settings), httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache"'


async def session_answer(here: House, user: User) -> SessionAnswer:
    """Say who somebody is, and where."""
    known = await here.stored(here.store.workspaces, user)
    return SessionAnswer(
        user=user.id,
        name=user.name,
        workspace=user.workspace,
        workspace_name=next((w.name for w in known if w.id == user.workspace), ""),
        role=user.role,
        administrator=user.administrator,
        accounts=here.settings.accounts,
    )

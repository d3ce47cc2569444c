"""Who may come in: host names, origins, sessions; and the headers that every answer carries.

Nothing of a body is read before it is known who sends it; `strangers.py` lists the exceptions.
"""

import logging
import secrets
import time
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freckle.server.bodies import counted, limit_of, too_large
from freckle.server.house import House, house
from freckle.server.meter import Meter
from freckle.server.problems import WebError, problem_of
from freckle.server.rates import Buckets, kind_of
from freckle.server.refusing import answer
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, User
from freckle.server.strangers import open_limit
from freckle.server.traces import trace_of

POLICY: Final = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the first address carries the start token
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",  # nothing here is for search engines
}


LOG: Final = logging.getLogger("freckle.server")


class Gate:
    """Refuses foreign hosts, foreign origins, strangers and bodies too large; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Stand before an application."""
        self._app = app
        self._settings = settings
        self._buckets = Buckets(settings.rates)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection through, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        door = _Doorway(scope, receive, send, _policy(Headers(scope=scope).get("host", "")))
        meter: Meter = scope["app"].state.meter
        if scope["type"] == "websocket":
            with meter.socket():
                await self._through(scope, receive, door)
            return
        began = time.monotonic()
        try:
            await self._through(scope, receive, door)
        finally:
            meter.answered(scope, door.status, time.monotonic() - began)

    async def _through(self, scope: Scope, receive: Receive, door: "_Doorway") -> None:
        try:
            self._check(scope)
            await self._let_in(scope)
            if scope["type"] == "http":
                receive = counted(receive, limit_of(scope, self._settings), door.refuse)
            await self._app(scope, receive, door.send)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if problem_of(error).code == "internal" and not door.closed:
                LOG.error("A request failed:\n%s", trace_of(error))  # never to the user
            await door.refuse(error)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self._settings.names:
            raise WebError(
                "bad_request",
                "This address does not belong to the server.",
                "Open the address that `freckle serve` printed.",
            )
        origin = headers.get("origin")
        careful = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD"}
        own = {host, urlsplit(self._settings.public_url or f"//{host}").netloc}
        if careful and origin is not None and urlsplit(origin).netloc not in own:
            raise WebError(
                "unauthorized",
                "Another site tried to use the server.",
                "Open the editor at its own address.",
            )
        length = headers.get("content-length", "0")
        limit = limit_of(scope, self._settings)
        if not length.isdecimal() or int(length) > limit:
            raise too_large(limit)

    async def _let_in(self, scope: Scope) -> None:
        """Note who asks, before anything of a body is read. Raises `unauthorized`, `too_often`."""
        kind = kind_of(scope)
        if kind is None:
            return
        address = (scope.get("client") or ("",))[0]
        self._buckets.take("address", address)
        if not scope["path"].startswith("/api/") or open_limit(scope) is not None:
            self._buckets.take(kind, address)
            return
        connection = HTTPConnection(scope)
        connection.state.user = await identify(connection)
        self._buckets.take(kind, connection.state.user.id)


class _Doorway:
    """What goes out to one connection: with the safety headers, and at most one answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, policy: str) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._headers = {**HEADERS, "Content-Security-Policy": policy}
        self._begun = False
        self.closed = False
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        """Send what the application says, unless it was answered here."""
        if not self.closed:
            await self._dressed(message)

    async def refuse(self, error: Exception) -> None:
        """Answer in place of the application; too late once it has begun to."""
        begun, self.closed = self._begun, True
        if not begun:
            self._scope["app"].state.meter.failed(problem_of(error).code)
            await answer(error)(self._scope, self._receive, self._dressed)

    async def _dressed(self, message: Message) -> None:
        self._begun = True
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            self.status = message["status"]
            headers = MutableHeaders(raw=message["headers"])
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


def _policy(host: str) -> str:
    """Return the content policy; older browsers do not count sockets to `host` as 'self'."""
    named = all(c.isalnum() or c in ".-_:[]" for c in host)
    sockets = f" ws://{host} wss://{host}" if host and named else ""
    return f"{POLICY}; connect-src 'self'{sockets}"


def _name(host: str) -> str:
    """Return a Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; cookies know no ports, so the name does.

    Servers that share a folder listen on ports of their own, and know each other's cookies.
    """
    return "freckle" if settings.shared else f"freckle-{settings.port}"


def secure(settings: Settings, request: HTTPConnection) -> bool:
    """Whether a cookie goes by HTTPS only: what came by it goes by nothing else."""
    return settings.secure or request.url.scheme == "https"


def start_of(settings: Settings) -> str:
    """Return what sessions are bound to: this start of the server where nobody signs in."""
    return "" if settings.accounts else settings.token


def open_session(here: House, token: str) -> tuple[User, str]:
    """Exchange the start token, or a ticket that is good once, for a session's secret.

    The session ends with the start of the server. Raises `unauthorized`, and always where people
    sign in.
    """
    if here.settings.accounts:
        raise _unauthorized()
    if token in here.tickets:
        here.tickets.discard(token)
    elif not secrets.compare_digest(token.encode(), here.settings.token.encode()):
        raise _unauthorized()
    return LOCAL, here.store.open_session(LOCAL, start_of(here.settings))


async def identify(connection: HTTPConnection) -> User:
    """Return who asks. Raises `unauthorized` without a session or the start token."""
    here = house(connection)
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        alone = not here.settings.accounts
        if alone and secrets.compare_digest(token.encode(), here.settings.token.encode()):
            return LOCAL
        raise _unauthorized()
    secret = connection.cookies.get(cookie_name(here.settings))
    user = None
    if secret:
        user = await here.stored(here.store.session_user, secret, start_of(here.settings))
    if user is None:
        raise _unauthorized()
    return user


async def identified(connection: HTTPConnection) -> User:
    """Return whom the gate let in. Raises `unauthorized`."""
    user: User | None = getattr(connection.state, "user", None)
    if user is None:
        raise _unauthorized()
    return user


Me = Annotated[User, Depends(identified)]


def _unauthorized() -> WebError:
    return WebError(
        "unauthorized",
        "This browser is not signed in.",
        "Sign in, or open the address that `freckle serve` printed, with its token.",
    )

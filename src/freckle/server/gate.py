"""Who may come in: host names, origins, sessions; and the headers that every answer carries."""

import secrets
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freckle.server.house import house
from freckle.server.problems import WebError
from freckle.server.refusing import answer
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, Store, User

POLICY: Final = (
    "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:; "
    "style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the first address carries the start token
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Gate:
    """Refuses foreign hosts, foreign origins and bodies too large; adds the safety headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Stand before an application."""
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection through, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await answer(refusal)(scope, receive, dressed)
            return
        await self._app(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> WebError | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self._settings.names:
            return WebError(
                "bad_request",
                "This address does not belong to the server.",
                "Open the address that `freckle serve` printed.",
            )
        origin = headers.get("origin")
        careful = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD"}
        if careful and origin is not None and urlsplit(origin).netloc != host:
            return WebError(
                "unauthorized",
                "Another site tried to use the server.",
                "Open the editor at its own address.",
            )
        return self._too_large(scope, headers)

    def _too_large(self, scope: Scope, headers: Headers) -> WebError | None:
        length = headers.get("content-length", "0")
        limit = self._settings.body_bytes
        if scope.get("path") == "/api/photos":
            limit = self._settings.upload_bytes + self._settings.body_bytes
        if length.isdecimal() and int(length) <= limit:
            return None
        return too_large(limit)


def too_large(limit: int) -> WebError:
    """Say that a body is larger than `limit` bytes."""
    return WebError(
        "too_large_file",
        f"This is larger than the {limit >> 20} MB that are accepted.",
        "Save the photo smaller, or as JPEG.",
    )


def _name(host: str) -> str:
    """Return a Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; cookies know no ports, so the name does."""
    return f"freckle-{settings.port}"


def open_session(store: Store, settings: Settings, token: str) -> str:
    """Exchange the start token for a session's secret. Raises `unauthorized`."""
    if not secrets.compare_digest(token.encode(), settings.token.encode()):
        raise _unauthorized()
    return store.open_session(LOCAL)


def identify(connection: HTTPConnection) -> User:
    """Return who asks. Raises `unauthorized` without a session or the start token."""
    here = house(connection)
    settings, store = here.settings, here.store
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        if secrets.compare_digest(token.encode(), settings.token.encode()):
            return LOCAL
        raise _unauthorized()
    secret = connection.cookies.get(cookie_name(settings))
    user = store.session_user(secret) if secret else None
    if user is None:
        raise _unauthorized()
    return user


Me = Annotated[User, Depends(identify)]


def _unauthorized() -> WebError:
    return WebError(
        "unauthorized",
        "This browser is not signed in.",
        "Open the address that `freckle serve` printed, with its token.",
    )

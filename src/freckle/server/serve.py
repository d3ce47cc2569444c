"""Run the server: `serve()` is what `freckle serve` calls."""

import asyncio
import gc
import logging
import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import uvicorn
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from freckle.errors import FreckleError, OutputError
from freckle.server.app import create_app
from freckle.server.calm import calm
from freckle.server.door import Door
from freckle.server.handing import prepare
from freckle.server.handover import Outcome
from freckle.server.house import House
from freckle.server.live import LONGEST_MESSAGE
from freckle.server.lock import take
from freckle.server.photos import admit_sample
from freckle.server.provider import Provider
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, Store
from freckle.studio.recipes import NOTHING

LOG: Final = logging.getLogger("freckle.server")


def serve(
    settings: Settings,
    *,
    open_browser: bool = False,
    announce: Callable[[str], None] = LOG.warning,
) -> None:
    """Serve the editor until interrupted.

    Port 0 takes a free one. `announce` is called once with the address to open, which holds the
    start token; with a sample portrait it leads straight to its page. Raises `OutputError` when
    the port is taken, or the data folder or the database cannot be used.
    """
    _served(settings, open_browser, announce)


def edit(
    settings: Settings,
    *,
    open_browser: bool = True,
    announce: Callable[[str], None] = LOG.warning,
) -> Outcome:
    """Serve the editor for the one photo that `settings.awaited` names, until that is over.

    Returns "done" when the result is written, "cancelled" when it is not. Raises `FreckleError`
    when the photo cannot be opened, as `serve` else.
    """
    here = _served(settings, open_browser, announce)
    handover = here and here.handover
    return (handover and handover.outcome) or "cancelled"


def _served(
    settings: Settings, open_browser: bool, announce: Callable[[str], None]
) -> House | None:
    """Serve until the end; returns the server's parts, None when it never started."""
    calm(LOG.name, "uvicorn.error", "asyncio")
    os.umask(0o077)  # photos and edits are nobody else's business
    check_folder(settings)
    listening = listen(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    server = make_server(settings)
    gc.freeze()  # or a request waits 0.1 s each time the collector looks through all imports

    def ready(place: str) -> None:
        announce(address(settings, place))
        if open_browser and settings.accounts:
            webbrowser.open(address(settings, place))
        elif open_browser:
            here: House = server.config.app.state.house  # type: ignore[union-attr]
            ticket = secrets.token_urlsafe(24)  # for a command line that others can read
            here.tickets.add(ticket)
            webbrowser.open(address(replace(settings, token=ticket), place))

    try:
        asyncio.run(_run(server, listening, ready))
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    return getattr(server.config.app.state, "house", None)  # type: ignore[union-attr]


def check_folder(settings: Settings) -> None:
    """Make the data folder and its database. Raises `FreckleError` when that fails."""
    try:
        settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        take(settings.folder, shared=settings.shared).close()
        if settings.provider:
            Provider(settings.provider)
        Store(settings.database_url).close()
    except ModuleNotFoundError as error:
        raise OutputError(
            f"The driver of this database is not installed: {error.name}.",
            "Install it with `pip install 'freckle[postgres]'`, or leave --database out.",
        ) from error
    except (OSError, SQLAlchemyError) as error:
        raise OutputError(*_trouble(settings, error)) from error


def _trouble(settings: Settings, error: Exception) -> tuple[str, str]:
    name = type(error).__name__
    if settings.database:
        return (
            f"The database cannot be used: {name}.",
            "Check the address given with --database, and that the server runs and lets you in.",
        )
    return (
        f"The data folder {settings.folder} cannot be used: {name}.",
        "Choose another folder with --data, or make this one writable.",
    )


def listen(host: str, port: int) -> socket.socket:
    """Bind a listening socket. Raises `OutputError` when that fails."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is named
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise OutputError(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            "Choose another with --port, or stop the program that uses it.",
        ) from None
    listening.setblocking(False)
    return listening


def address(settings: Settings, place: str = "") -> str:
    """Return the address to open; `place` is a page of the editor.

    The start token is part of it, but for servers with accounts.
    """
    base = f"http://{name_of(settings)}:{settings.port}/"
    if settings.accounts:
        base = settings.public_url.rstrip("/") + "/" if settings.public_url else base
        return f"{base}#/{place}" if place else base
    page = f"#/{place}" if place else ""  # the editor keeps its place in the fragment
    return f"{base}?token={settings.token}{page}"


def name_of(settings: Settings) -> str:
    """Return the host to name in addresses: passkeys want a name where there is one."""
    if settings.accounts and settings.host == "127.0.0.1":
        return "localhost"
    return f"[{settings.host}]" if ":" in settings.host else settings.host


def make_server(settings: Settings) -> uvicorn.Server:
    """Return a uvicorn server for these settings: no compression of frames, no access log."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            http=Door,
            ws="websockets-sansio",
            ws_per_message_deflate=False,  # 7.5 ms a frame for nothing: JPEGs do not shrink
            ws_max_size=2 * LONGEST_MESSAGE,
            access_log=False,
            log_level="warning",
            server_header=False,
            date_header=False,
            proxy_headers=bool(settings.trusted),  # uvicorn would believe every local program
            forwarded_allow_ips=list(settings.trusted),
            timeout_graceful_shutdown=3,
        )
    )


async def _run(
    server: uvicorn.Server, listening: socket.socket, ready: Callable[[str], None]
) -> None:
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not running.done():
        await asyncio.sleep(0.02)
    try:
        if server.started:
            ready(await _place(server))
    except BaseException:
        server.should_exit = True
        raise
    finally:
        await running


async def _place(server: uvicorn.Server) -> str:
    """Return the editor's page to open, "" for Home. Raises `FreckleError`."""
    here: House = server.config.app.state.house  # type: ignore[union-attr]
    if here.handover is None:
        return await _first_place(server)
    here.handover.stop = lambda: setattr(server, "should_exit", True)
    return await prepare(here, here.handover)


async def _first_place(server: uvicorn.Server) -> str:
    """Return the page to begin with: the sample portrait's, the first administrator's, or ""."""
    here: House = server.config.app.state.house  # type: ignore[union-attr]
    if here.settings.accounts:
        known = await to_thread.run_sync(here.store.has_administrator)
        return "" if known else f"first/{here.settings.token}"
    if here.settings.sample is None:
        return ""
    try:
        photo = await admit_sample(here, LOCAL)
    except FreckleError as error:
        LOG.warning("%s", error)
        return ""
    projects = await to_thread.run_sync(here.store.projects, LOCAL)
    project = next((p for p in projects if p.photo.digest == photo.digest), None)
    if project is None:
        create = partial(
            here.store.create_project, LOCAL, photo.digest, Path(photo.name).stem, NOTHING
        )
        project = await to_thread.run_sync(create)
    return f"edit/{project.id}"

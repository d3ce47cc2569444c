"""A real server in a thread, users, and small photos to send it."""

import asyncio
import selectors
import ssl
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
import numpy as np
import simplejpeg
from fastapi import FastAPI

from freckle.server.gate import cookie_name
from freckle.server.house import House
from freckle.server.settings import Settings
from freckle.server.store import User

T = TypeVar("T")
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loading them takes 25 ms each time, and nothing here speaks anything but plain HTTP."""


def visitor(url: str, **options: Any) -> httpx.Client:
    """Somebody's browser at a server of ours; options are httpx's."""
    given = {"timeout": 60, "trust_env": False, "verify": NO_CERTIFICATES, **options}
    return httpx.Client(base_url=url, **given)


@dataclass(frozen=True)
class Running:
    """A server in a thread of this process, its workers in processes of their own."""

    settings: Settings
    app: FastAPI
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def house(self) -> House:
        house: House = self.app.state.house
        return house

    def client(self, user: User | None = None) -> httpx.Client:
        """Sign somebody in, a user in a workspace of their own unless given."""
        user = user or User(uuid.uuid4().hex, uuid.uuid4().hex)
        self.house.store.register(user)
        secret = self.house.store.open_session(user, self.settings.token)
        cookies = {cookie_name(self.settings): secret}
        return visitor(self.url, cookies=cookies)


def make_jpeg(seed: int = 0, width: int = 640, height: int = 480) -> bytes:
    """A colorful, noisy JPEG that no other seed makes."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    smooth = np.dstack([rows / height, columns / width, (rows + columns) / (height + width)])
    noisy = smooth * 200 + random.normal(20, 8, (height, width, 3))
    return bytes(simplejpeg.encode_jpeg(np.clip(noisy, 0, 255).astype(np.uint8), quality=92))


def upload(client: httpx.Client, data: bytes, name: str = "portrait.jpg") -> httpx.Response:
    return client.post("/api/photos", files={"file": (name, data)})


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: Playwright leaves a loop running in the one of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def without_waiting(work: Coroutine[Any, Any, T]) -> T:
    """Run what only sleeps, in a loop whose clock jumps to the next time when nothing is to do.

    However busy the machine is, what shall happen after half a second happens then.
    """

    class Clock(selectors.DefaultSelector):
        now = 0.0

        def select(self, timeout: float | None = None) -> Any:
            self.now += timeout or 0
            return super().select(0)

    def run() -> T:
        clock = Clock()
        loop = asyncio.SelectorEventLoop(clock)
        loop.time = lambda: clock.now  # type: ignore[method-assign]
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(work)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()

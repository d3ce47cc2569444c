"""A server with accounts for a crowd: people signed in, projects, a set, photos to drag on."""

import asyncio
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import httpx

from benchmarks.batches import children
from freckle.server.gate import cookie_name
from freckle.server.settings import Settings
from freckle.server.store import Store
from freckle.server.users import User
from freckle.studio.recipes import preset

SERVER = """
import sys
from pathlib import Path
from freckle.server.serve import serve
from freckle.server.settings import Settings
folder, trusted = Path(sys.argv[1]), ("127.0.0.1",)
settings = Settings(folder=folder, accounts=True, trusted=trusted, port=0)
serve(settings, announce=lambda said: print(said, flush=True))
"""
PROJECTS = 40
LONGEST = 1600
"""Pixels of the photos: what dragging costs hardly depends on them, what opening costs does."""
TICKS = os.sysconf("SC_CLK_TCK")


AT_ONCE = 6
"""Requests that a browser makes to one server at a time."""


@dataclass
class Person:
    """Somebody's browser: signed in, and with files that it keeps."""

    client: httpx.AsyncClient
    kept: set[str] = field(default_factory=set)
    """What a browser asks for once: the page's own files, thumbnails, lists that never change."""
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def ask(self, *paths: str) -> list[httpx.Response]:
        """Ask for several things side by side. Raises `httpx.HTTPError` for what is refused."""

        async def one(path: str) -> httpx.Response:
            async with self.slots:
                return (await self.client.get(path)).raise_for_status()

        return list(await asyncio.gather(*map(one, paths)))

    async def once(self, *paths: str) -> None:
        """Ask for what is not kept yet."""
        wanted = [path for path in paths if path not in self.kept]
        self.kept.update(wanted)
        await self.ask(*wanted)


@dataclass
class Standing:
    """A server with everything in place."""

    process: "subprocess.Popen[str]"
    url: str
    cookies: Sequence[dict[str, str]]
    """Of everybody."""
    projects: list[str] = field(default_factory=list)
    photo_set: str = ""
    own: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    """Projects that somebody drags on, with the photo's width and height."""
    warm_s: float = 4.0
    """Seconds until everybody's photo is open."""

    def headers(self, number: int) -> dict[str, str]:
        """Return what somebody's browser sends; each comes from an address of their own."""
        ((name, secret),) = self.cookies[number].items()
        address = f"10.0.{number // 250}.{number % 250 + 1}"
        return {"Cookie": f"{name}={secret}", "X-Forwarded-For": address}

    def person(self, number: int) -> Person:
        """Return somebody with an empty browser."""
        plain = httpx.AsyncHTTPTransport(
            verify=False
        )  # loading certificates takes longer than a page
        headers = self.headers(number)
        client = httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60, transport=plain)
        return Person(client)

    def cpu(self) -> float:
        """Return the seconds of processor time of the server and all that it started."""
        return sum(map(_spent, _family(self.process.pid)))

    def end(self) -> None:
        """Stop the server."""
        self.process.terminate()
        self.process.wait()


def standing(folder: Path, photos: Sequence[Path], people: int, own: int) -> Standing:
    """Start a server and fill it."""
    settings = Settings(folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(settings.database_url)
    users = [User(uuid.uuid4().hex, "studio", "editor", name=f"No. {n}") for n in range(people)]
    secrets = []
    for user in users:
        store.register(user)
        secrets.append(store.open_session(user))
    store.close()
    command = [sys.executable, "-c", SERVER, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    url = process.stdout.readline().partition("/#")[0].strip().rstrip("/")
    name = cookie_name(Settings(folder=folder, port=int(url.rpartition(":")[2])))
    made = Standing(process, url, [{name: secret} for secret in secrets])
    with httpx.Client(base_url=url, headers=made.headers(0), timeout=120) as client:
        pictures = [_picture(photos[n % len(photos)], n) for n in range(max(PROJECTS, own))]
        for number, picture in enumerate(pictures):
            answer = client.post("/api/photos", files={"file": (f"{number}.jpg", picture)})
            photo = answer.raise_for_status().json()
            project = client.post("/api/projects", json={"photo": photo["id"]}).json()["id"]
            step = {"base": 0, "label": "Natural", "recipe": preset("natural")}
            client.post(f"/api/projects/{project}/history", json=step).raise_for_status()
            made.projects.append(project)
            if number < own:
                made.own.append((project, (photo["width"], photo["height"])))
        made.photo_set = client.post("/api/sets", json={"name": "Shoot"}).json()["id"]
        some = {"projects": made.projects[:24]}
        client.post(f"/api/sets/{made.photo_set}/photos", json=some).raise_for_status()
    return made


def _picture(path: Path, number: int) -> bytes:
    """Return a photo a little smaller than the one before, so that no two are the same."""
    read: Any = cv2.imread(str(path))
    scale = min(1.0, (LONGEST - number) / max(read.shape[:2]))
    small: Any = cv2.resize(read, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small[0, 0] = number, number, number
    return bytes(cv2.imencode(".jpg", small)[1])


def _family(pid: int) -> list[int]:
    return [pid, *(each for child in children(pid) for each in _family(child))]


def _spent(pid: int) -> float:
    """Return a process's own seconds; those of children that ended are left out."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS

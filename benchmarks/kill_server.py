"""Kill the server with -9 at random moments while somebody edits; nothing acknowledged may be lost.

Run as `python -m benchmarks.kill_server [rounds]` (200 unless said otherwise).
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import simplejpeg  # type: ignore[import-untyped]

from freckle.recipe.recipe import Recipe
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, Store

NURSERY = """
import gc, os, sys
from pathlib import Path
from freckle.server.serve import listen, make_server, address
from freckle.server.settings import Settings
gc.freeze()  # as `serve` does
for line in sys.stdin:
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    settings = Settings(folder=Path(line.strip()), port=port, workers=1, eager=False)
    child = os.fork()
    if child == 0:
        make_server(settings).run(sockets=[listening])
        os._exit(0)
    listening.close()
    print(child, address(settings), flush=True)
    os.waitpid(child, 0)
"""
"""Imports everything once, then forks a fresh server process for every folder it is told."""

UPLOAD_EVERY = 5
"""Every so many rounds a new photo is sent; the others go on editing the newest project."""


@dataclass
class Outcome:
    """What was promised, and which promises were broken."""

    rounds: int = 0
    acknowledged: int = 0
    kills_within_a_request: int = 0
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Server:
    """A server process that may be killed."""

    pid: int
    url: str
    token: str

    def kill(self) -> None:
        """Kill it with -9."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@dataclass
class Editor:
    """A scripted user: posts one step after another and remembers what was acknowledged."""

    project: str = ""
    newest: int = 0
    photos: dict[str, bytes] = field(default_factory=dict)
    acknowledged: dict[str, dict[int, str]] = field(default_factory=dict)
    """Labels by project and revision."""
    in_flight: bool = False

    def open(self, client: httpx.Client, picture: bytes) -> None:
        """Upload a photo and start a project."""
        photo = client.post("/api/photos", files={"file": ("a.jpg", picture)})
        photo.raise_for_status()
        self.photos[photo.json()["id"]] = picture
        project = client.post("/api/projects", json={"photo": photo.json()["id"]})
        self.project, self.newest = project.json()["id"], 0
        self.acknowledged[self.project] = {}

    def edit(self, client: httpx.Client) -> None:
        """Post steps until the server is gone."""
        with suppress(httpx.TransportError):
            while True:
                label = uuid.uuid4().hex
                recipe = Recipe(names={label: "step"}).model_dump(mode="json")
                body = {"base": self.newest, "label": label, "recipe": recipe}
                self.in_flight = True
                answer = client.post(f"/api/projects/{self.project}/history", json=body)
                self.in_flight = False
                self.newest = answer.json()["revision"]
                self.acknowledged[self.project][self.newest] = label
                # if a step before it reached the disk and only its answer was lost, it is on top

    @contextmanager
    def at(self, server: Server) -> Iterator[httpx.Client]:
        """Connect to a server."""
        headers = {"Authorization": f"Bearer {server.token}"}
        retry = httpx.HTTPTransport(verify=False)  # plain HTTP: no certificates to load
        with httpx.Client(base_url=server.url, headers=headers, timeout=60, transport=retry) as c:
            yield c


@contextmanager
def nursery() -> Iterator[Callable[[Path], Server]]:
    """Offer a function that starts a server process on a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    started: list[Server] = []

    def start(folder: Path) -> Server:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{folder}\n")
        process.stdin.flush()
        pid, _, address = process.stdout.readline().strip().partition(" ")
        url, _, token = address.partition("/?token=")
        started.append(Server(int(pid), url, token))
        return started[-1]

    try:
        yield start
    finally:
        for server in started:
            server.kill()
        process.communicate()


def picture(seed: int) -> bytes:
    """Return a small JPEG of its own."""
    noise = np.random.default_rng(seed).integers(0, 255, (120, 160, 3), np.uint8)
    return bytes(simplejpeg.encode_jpeg(noise, quality=90))


def run(rounds: int, folder: Path, *, seed: int = 0, longest: float = 0.6) -> Outcome:
    """Kill a server `rounds` times, each within `longest` seconds of editing, and check."""
    dice, outcome = random.Random(seed), Outcome()  # noqa: S311 - moments, not secrets
    editor = Editor()
    with nursery() as start:
        for number in range(rounds):
            server = start(folder)
            with editor.at(server) as client:
                if number % UPLOAD_EVERY == 0:
                    editor.open(client, picture(seed * 10_000 + number))
                opened = client.get(f"/api/projects/{editor.project}/history")
                opened.raise_for_status()  # it is up, and the editor shows what it works on
                typing, before = threading.Thread(target=editor.edit, args=(client,)), editor.newest
                typing.start()
                while number % 2 and editor.newest == before and typing.is_alive():
                    time.sleep(0.005)  # every other time something was saved before the kill
                time.sleep(dice.uniform(0.01, longest))
                outcome.kills_within_a_request += editor.in_flight
                server.kill()
                typing.join()
            check(folder, editor, outcome)
            outcome.rounds += 1
    outcome.acknowledged = sum(map(len, editor.acknowledged.values()))
    return outcome


def check(folder: Path, editor: Editor, outcome: Outcome) -> None:
    """Compare what a killed server left behind with what it had promised."""
    store = Store(Settings(folder=folder).database_url)
    try:
        for project, promised in editor.acknowledged.items():
            history = store.history(LOCAL, project)
            kept = {revision.revision: revision.label for revision in history}
            lost = [label for number, label in promised.items() if kept.get(number) != label]
            outcome.lost += [f"{project}: step {label}" for label in lost]
            if sorted(kept) != list(range(store.project(LOCAL, project).revision + 1)):
                outcome.lost.append(f"{project}: history has holes")
    finally:
        store.close()
    for digest, data in editor.photos.items():
        path = folder / "originals" / digest[:2] / digest
        if path.read_bytes() != data or hashlib.sha256(data).hexdigest() != digest:
            outcome.lost.append(f"original {digest}")


def main() -> None:
    """Run and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(rounds, Path(folder))
    print(
        f"{outcome.rounds} kills, {outcome.kills_within_a_request} within a request; "
        f"{outcome.acknowledged} acknowledged steps, {len(outcome.lost)} lost"
    )
    for loss in outcome.lost:
        print("lost:", loss)
    sys.exit(bool(outcome.lost))


if __name__ == "__main__":
    main()

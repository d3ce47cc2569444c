"""Two windows of one project hear of each other's steps; nobody else does."""

import json
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
from websockets.sync.client import ClientConnection, connect

from freckle.server.store import User
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running, make_jpeg, upload

PATIENCE_S = 60


@contextmanager
def window(
    running: Running, client: httpx.Client, project: str, revision: int
) -> Iterator[ClientConnection]:
    """A socket of somebody who knows the history as far as `revision`."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    path = f"/api/projects/{project}/live?revision={revision}"
    headers = {"Cookie": cookie}
    url = running.url.replace("http", "ws") + path
    with connect(url, additional_headers=headers, proxy=None) as socket:
        yield socket


def told(socket: ClientConnection) -> tuple[int, str]:
    message = json.loads(socket.recv(timeout=PATIENCE_S))
    return message["newer"], message["author"]


def test_steps_of_one_are_told_to_the_other(running: Running) -> None:
    workspace = uuid.uuid4().hex
    anna, ben = (User(uuid.uuid4().hex, workspace, "editor", name=n) for n in ("Anna", "Ben"))
    with ExitStack() as stack:
        here, there = (stack.enter_context(running.client(who)) for who in (anna, ben))
        photo = upload(here, make_jpeg(9)).json()["id"]
        project = here.post("/api/projects", json={"photo": photo}).json()["id"]
        late = stack.enter_context(window(running, here, project, 0))
        for base, client, name in ((0, there, "Ben"), (1, here, "Anna")):
            step = {"base": base, "label": "x", "recipe": NOTHING}
            assert client.post(f"/api/projects/{project}/history", json=step).is_success
            with window(running, there, project, base) as behind:
                assert told(behind) == (base + 1, name)  # also who comes late and knows less
            assert told(late) == (base + 1, name)

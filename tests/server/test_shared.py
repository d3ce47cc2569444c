"""Four server processes on one database and one folder: what one is told, all know in a second."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from freckle.errors import OutputError
from freckle.server.lock import take
from freckle.server.settings import Settings
from freckle.server.store import Store, User
from freckle.server.watching import GONE
from freckle.studio.recipes import NOTHING
from tests.server.postgres import database as new_database
from tests.server.postgres import opened
from tests.server.test_together import (
    Window,
    check_each_adds_its_own,
    colleagues,
    photo_of,
    work_at_once,
)

SERVERS = 4
PROMISED_S = 1.0
START = """
import json, os, sys
from pathlib import Path
from freckle.server.serve import listen, make_server
from freckle.server.settings import Settings
folder, database, count = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3])
for _ in range(count):
    listening = listen("127.0.0.1", 0)
    settings = Settings(
        folder=folder, database=database, port=listening.getsockname()[1],
        accounts=True, shared=True, workers=1, eager=False, argon2=(1, 8, 1),
    )
    if os.fork() == 0:
        make_server(settings).run(sockets=[listening])
        os._exit(0)
    listening.close()
    print(settings.port, flush=True)
sys.stdin.read()
os.killpg(0, 15)
"""
"""Imports once, then forks the servers; they end with its input."""


@dataclass(frozen=True)
class Fleet:
    """The servers' addresses, and the store that they share."""

    urls: list[str]
    store: Store
    folder: Path

    def browser(self, url: str, user: User | None = None) -> httpx.Client:
        cookies = {"freckle": self.store.open_session(user)} if user else {}
        return httpx.Client(base_url=url, cookies=cookies, timeout=60, trust_env=False)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def fleet(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("shared")
    with ExitStack() as stack:
        database = ""
        if request.param == "postgresql":
            pytest.importorskip("pg8000")
            database = new_database()
            store = opened(database)
        else:
            store = Store(Settings(folder=folder).database_url)
        stack.callback(store.close)
        servers = subprocess.Popen(
            [sys.executable, "-c", START, str(folder), database, str(SERVERS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        stack.callback(servers.communicate)
        assert servers.stdout
        ports = [int(servers.stdout.readline()) for _ in range(SERVERS)]
        yield Fleet([f"http://127.0.0.1:{port}" for port in ports], store, folder)


@pytest.fixture
def team(fleet: Fleet) -> tuple[User, User, str]:
    """Two editors and a project of theirs."""
    anna, ben = colleagues()
    for user in (anna, ben):
        fleet.store.register(user)
    return anna, ben, photo_of(fleet.store, anna)


def test_a_link_revoked_at_one_is_refused_by_all_from_then_on(
    fleet: Fleet, team: tuple[User, User, str]
) -> None:
    anna, _, project = team
    with ExitStack() as stack:
        owner = stack.enter_context(fleet.browser(fleet.urls[0], anna))
        made = owner.post("/api/shares", json={"projects": [project], "guest": "Gina"}).json()
        guests = [stack.enter_context(fleet.browser(url)) for url in fleet.urls]
        page = f"/api/shared/{made['id']}"
        for guest in guests:
            entered = guest.post("/api/shared", json={"secret": made["secret"]})
            assert entered.json()["share"] == made["id"]
            assert guest.get(page).status_code == 200
        other = guests[1].cookies
        assert httpx.get(fleet.urls[2] + page, cookies=other).status_code == 200, (
            "one cookie opens all"
        )
        assert owner.delete(f"/api/shares/{made['id']}").is_success
        revoked = time.monotonic()
        answers = [guest.get(page).status_code for guest in guests]
        took = time.monotonic() - revoked
        again = [guest.post("/api/shared", json={"secret": made["secret"]}) for guest in guests]
    assert answers == [404] * SERVERS, "the first request after it"
    assert [answer.status_code for answer in again] == [404] * SERVERS
    assert took < 15 * PROMISED_S


def live(url: str, client: httpx.Client, project: str) -> ClientConnection:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = url.replace("http", "ws") + f"/api/projects/{project}/live?revision=0"
    return connect(address, additional_headers={"Cookie": cookie}, proxy=None)


def test_a_step_at_one_is_told_at_another_and_who_signed_out_is_shut_out(
    fleet: Fleet, team: tuple[User, User, str]
) -> None:
    anna, ben, project = team
    with ExitStack() as stack:
        here = stack.enter_context(fleet.browser(fleet.urls[0], anna))
        there = stack.enter_context(fleet.browser(fleet.urls[3], ben))
        socket = stack.enter_context(live(fleet.urls[3], there, project))
        step = {"base": 0, "label": "x", "recipe": NOTHING}
        assert here.post(f"/api/projects/{project}/history", json=step).is_success
        began = time.monotonic()
        assert json.loads(socket.recv(timeout=60)) == {"newer": 1, "author": "Anna"}
        told = time.monotonic() - began
        elsewhere = stack.enter_context(httpx.Client(base_url=fleet.urls[1], cookies=there.cookies))
        assert elsewhere.delete("/api/session").status_code == 204
        began = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=60)
        shut = time.monotonic() - began
        assert there.get("/api/session").status_code == 401
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == GONE
    assert max(told, shut) < 15 * PROMISED_S  # the promise, and patience with a busy machine


def test_steps_through_different_servers_are_all_kept(
    fleet: Fleet, team: tuple[User, User, str]
) -> None:
    *people, project = team
    with ExitStack() as stack:
        windows = [
            Window(stack.enter_context(fleet.browser(url, user)), project)
            for url, user in zip(fleet.urls, people, strict=False)
        ]
        work_at_once(windows, 20)
        log = windows[0].log()
    assert len(log) == 41
    check_each_adds_its_own(log)


def test_one_that_does_not_share_is_kept_out(fleet: Fleet) -> None:
    with pytest.raises(OutputError, match="Another freckle"):
        take(fleet.folder)

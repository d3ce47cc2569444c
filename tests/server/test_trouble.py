"""Locked tables, full disks, other servers, visitors who leave: said as it is, and nobody waits."""

import asyncio
import errno
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from starlette.requests import ClientDisconnect

from freckle.errors import OutputError
from freckle.server.app import create_app
from freckle.server.gate import cookie_name, open_session
from freckle.server.lock import take
from freckle.server.problems import STATUS, WebError, problem_of
from freckle.server.settings import Settings
from freckle.server.store import LOCAL
from freckle.server.wanted import while_wanted
from tests.server.serving import Running, in_a_loop, make_jpeg, upload, visitor


@pytest.fixture
def impatient(running: Running) -> Iterator[None]:
    """Statements wait a second for a lock instead of five."""
    engine = running.house.store._engine

    def hurry(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=1000")

    event.listen(engine, "checkout", hurry)
    yield
    event.remove(engine, "checkout", hurry)
    engine.dispose()


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_busy_and_stops_nobody_else(
    running: Running, client: httpx.Client, project: str
):
    other = sqlite3.connect(running.settings.folder / "freckle.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers: list[httpx.Response] = []

    def rename() -> None:
        with visitor(running.url, cookies=client.cookies) as tab:
            answers.append(tab.patch(f"/api/projects/{project}", json={"name": "x"}))

    threads = [threading.Thread(target=rename) for _ in range(60)]
    try:
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        started = time.monotonic()
        with visitor(running.url) as stranger:
            assert stranger.get("/").status_code in {200, 503}
        assert time.monotonic() - started < 3
        for thread in threads:
            thread.join()
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(503, "busy")}
    assert client.patch(f"/api/projects/{project}", json={"name": "x"}).status_code == 200


def test_a_full_disk_is_said(client: httpx.Client, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("freckle.server.originals.Incoming.write", full)
    answer = upload(client, make_jpeg(40))
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    for number in (errno.ENOSPC, errno.EDQUOT):
        assert problem_of(OSError(number, "")).code == "storage_full"
    assert problem_of(OSError(errno.EIO, "")).code == "internal"
    assert "not done" in problem_of(OSError()).message
    assert STATUS["busy"] == 503


def test_a_folder_has_one_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = take(tmp_path)
    with pytest.raises(OutputError, match="Another freckle"):
        take(tmp_path)
    monkeypatch.setattr("freckle.server.lock.PATIENCE_S", 0.1)
    with pytest.raises(OutputError, match="--shared"):
        take(tmp_path, shared=True)
    first.close()
    take(tmp_path).close()


def test_servers_that_share_a_folder_let_each_other_in_and_nobody_else(tmp_path: Path):
    first = take(tmp_path, shared=True)
    assert first.alone
    first.share()
    second = take(tmp_path, shared=True)
    assert not second.alone  # uploads of the first one stay
    with pytest.raises(OutputError, match="Another freckle"):
        take(tmp_path)
    first.close()
    second.close()
    take(tmp_path).close()


def test_a_second_server_leaves_the_uploads_of_the_first_alone(running: Running):
    incoming = running.settings.folder / "incoming" / "half"
    incoming.write_bytes(b"half")

    async def second() -> None:
        app = create_app(running.settings)
        async with app.router.lifespan_context(app):
            pass

    try:
        with pytest.raises(OutputError):
            in_a_loop(second())
        assert incoming.exists()
    finally:
        incoming.unlink()


def test_what_lies_in_the_folder_is_for_nobody_else(running: Running, project: str):
    assert project
    for path in running.settings.folder.glob("freckle.sqlite*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_signing_out_ends_the_session(running: Running):
    with visitor(running.url) as client:
        client.post("/api/session", json={"token": running.settings.token})
        name = cookie_name(running.settings)
        secret = client.cookies[name]
        assert client.delete("/api/session").status_code == 204
        assert name not in client.cookies
        again = client.get("/api/session", headers={"Cookie": f"{name}={secret}"})
        assert again.status_code == 401


def test_a_session_ends_with_the_start_it_belongs_to(running: Running):
    store, start = running.house.store, running.settings.token
    secret = store.open_session(LOCAL, start)
    assert store.session_user(secret, start) == LOCAL
    assert store.session_user(secret, "another start") is None
    assert store.session_user(secret) is None


def test_a_ticket_is_good_once(running: Running):
    running.house.tickets.add("ticket")
    _, secret = open_session(running.house, "ticket")
    assert running.house.store.session_user(secret, running.settings.token) == LOCAL
    with pytest.raises(WebError):
        open_session(running.house, "ticket")


def test_cookies_of_a_public_server_travel_by_https_only(
    running: Running, monkeypatch: pytest.MonkeyPatch
):
    for secure in (False, True):
        monkeypatch.setattr(Settings, "secure", secure)
        with visitor(running.url) as client:
            entered = client.post("/api/session", json={"token": running.settings.token})
            assert ("secure" in entered.headers["set-cookie"].lower()) == secure


def test_a_public_address_is_answered_to_and_may_write(tmp_path: Path):
    settings = Settings(folder=tmp_path, public_url="https://photos.example.org")
    assert settings.secure
    assert not replace(settings, public_url="http://192.168.1.5:8765").secure

    async def asked(host: str, origin: str | None) -> int:
        way = httpx.ASGITransport(app=create_app(settings))
        async with httpx.AsyncClient(transport=way, base_url="http://inside") as client:
            headers = {"Host": host, **({"Origin": origin} if origin else {})}
            return (await client.post("/", headers=headers)).status_code

    own = "https://photos.example.org"
    for host in ("photos.example.org", "127.0.0.1:8765"):
        assert in_a_loop(asked(host, own)) == 405  # let in, and there is nothing to write
        assert in_a_loop(asked(host, "https://evil.example")) == 401
    assert in_a_loop(asked("evil.example", None)) == 400


CHILD = """
import sys, time
from freckle.jobs.limits import die_with_parent
die_with_parent()
print(flush=True)
while True: pass
"""
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell children")
def test_a_worker_at_full_load_ends_with_its_server():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the child lives on")


def test_work_is_given_up_when_whoever_asked_is_gone():
    given_up: list[bool] = []

    class Visitor:
        def __init__(self, stays: float) -> None:
            self.stays = stays

        async def receive(self) -> dict[str, Any]:
            await asyncio.sleep(self.stays)
            return {"type": "http.disconnect"}

    async def work() -> str:
        try:
            await asyncio.sleep(0.1)
        except asyncio.CancelledError:
            given_up.append(True)
            raise
        return "done"

    async def both() -> None:
        assert await while_wanted(Visitor(5), work()) == "done"  # type: ignore[arg-type]
        with pytest.raises(ClientDisconnect):
            await while_wanted(Visitor(0.01), work())  # type: ignore[arg-type]
        await asyncio.sleep(0)

    in_a_loop(both())
    assert given_up == [True]

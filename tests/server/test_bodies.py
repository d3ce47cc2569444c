"""What comes in is counted, whatever it says of its length, and strangers are not read at all."""

import asyncio
import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from benchmarks.kill_server import Editor, Server, nursery

from freckle.server import bodies, door
from freckle.server.bodies import counted
from freckle.server.door import Door
from freckle.server.problems import WebError
from freckle.server.rooms.room import Page
from freckle.server.settings import MEBI
from freckle.server.strangers import OPEN, open_limit
from tests.server.serving import Running, in_a_loop, make_jpeg, upload, visitor

FLOOD = 48 * MEBI
"""Bytes sent to each route, twelve times what most accept."""
GROWTH = 24 * MEBI
"""How much the server may grow while it refuses them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with nursery() as start:
        server = start(tmp_path_factory.mktemp("bodies"))
        with Editor().at(server) as client:
            client.get("/api/session").raise_for_status()
        yield server


def connected(server: Server | Running) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def memory(server: Server, field: str = "VmRSS") -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    assert found
    return int(found[1]) << 10


def flooded(server: Server, method: str, path: str, token: str, size: int = FLOOD) -> bytes:
    """Send a chunked body without end, and return what the server answers meanwhile."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"[" + b"1," * 32_000
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    with connected(server) as line:
        line.sendall(head.encode())
        with contextlib.suppress(OSError):  # refused, and the connection closed
            for _ in range(size // len(piece)):
                line.sendall(chunk)
            line.sendall(b"0\r\n\r\n")
        with contextlib.suppress(OSError):
            return line.recv(1000)
    return b""


def routes() -> list[tuple[str, str]]:
    paths = json.loads(files("freckle.server").joinpath("openapi.json").read_text())["paths"]
    places = {"{project}": "p", "{photo}": "0" * 64, "{name}": "n"}
    found = []
    for path, methods in paths.items():
        place = re.sub(r"\{\w+\}", lambda name: places.get(name[0], "x"), path)
        found += [(method.upper(), place) for method in methods if method != "get"]
    return found


BIG = {"/api/photos"}
"""Routes that take whole files; `test_photos.py` holds that they stop in time."""


@pytest.mark.parametrize(("method", "path"), [r for r in routes() if r[1] not in BIG])
def test_a_body_without_end_is_refused_by_every_route(server: Server, method: str, path: str):
    if not Path("/proc").is_dir():
        pytest.skip("this system does not tell a process's memory")
    before = memory(server)
    for token in (server.token, "wrong"):
        answer = flooded(server, method, path, token)
        # 404 and 401 are said before the body is read, 204 without reading it
        assert answer[9:12] in {b"413", b"404", b"401", b"405", b"400", b"204"}, answer
        anybody = open_limit({"method": method, "path": path}) is not None
        assert answer[9:12] == b"401" or token == server.token or anybody
    assert memory(server) - before < GROWTH


def test_where_the_body_is_read_too_much_is_413(server: Server):
    with Editor().at(server) as client:
        photo = upload(client, make_jpeg()).json()["id"]
        project = client.post("/api/projects", json={"photo": photo}).json()["id"]
    before = memory(server)
    for path in ("history", "preview", "mask/import", "mask/export", "export", "export/size"):
        answer = flooded(server, "POST", f"/api/projects/{project}/{path}", server.token)
        assert answer[9:12] == b"413", path
    assert flooded(server, "POST", "/api/session", "")[9:12] == b"413"
    assert memory(server) - before < GROWTH
    with Editor().at(server) as client:
        assert client.get(f"/api/projects/{project}").status_code == 200


def test_a_lie_about_the_length_helps_nobody(server: Server):
    for told, status in (("1", b"400"), (str(1 << 40), b"413"), ("-1", b"400"), ("x", b"400")):
        with connected(server) as line:
            head = f"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {told}\r\n"
            line.sendall(head.encode() + b"\r\n[1,1,1")
            assert line.recv(100)[9:12] == status, told


def test_signing_in_takes_a_kilobyte(server: Server):
    with visitor(server.url) as client:
        for size, status in (
            (OPEN["POST", "/api/session"] // 2, 400),
            (2 * OPEN["POST", "/api/session"], 413),
        ):
            answer = client.post("/api/session", json={"token": "x" * size})
            assert answer.status_code == status
        assert "1 kB" in answer.json()["message"]


def test_an_upload_to_the_limit_passes_and_a_body_in_many_pieces(server: Server):
    with Editor().at(server) as client:
        photo = upload(client, make_jpeg(3)).json()["id"]
        project = client.post("/api/projects", json={"photo": photo}).json()["id"]
        pieces = iter([b'{"na', b'me"', b': "Ann', b'a"}'])
        headers = {"Content-Type": "application/json"}
        answer = client.patch(f"/api/projects/{project}", content=pieces, headers=headers)
        assert answer.json()["name"] == "Anna"


def heard(messages: list[dict[str, Any]], limit: int) -> tuple[list[int], list[WebError]]:
    """Sizes of what an application is handed, and what was refused."""
    sizes: list[int] = []
    refused: list[WebError] = []

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.sleep(60)
        return messages.pop(0)

    async def refuse(error: WebError) -> None:
        refused.append(error)

    async def read() -> None:
        take = counted(receive, limit, refuse)
        for _ in range(20):
            message = await take()
            if message["type"] == "http.disconnect":
                return
            sizes.append(len(message["body"]))
            if not message["more_body"]:
                return

    in_a_loop(read())
    return sizes, refused


def part(size: int, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": bytes(size), "more_body": more}


def test_not_one_piece_more_than_the_limit_is_handed_on():
    assert heard([part(6), part(4, more=False)], 10) == ([6, 4], [])
    sizes, (error,) = heard([part(6), part(4), part(1), part(1), part(1)], 10)
    assert (sizes, error.code) == ([6, 4], "too_large_file")


def test_a_body_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "SILENCE_S", 0.05)
    sizes, (error,) = heard([part(6)], 10)
    assert (sizes, error.code) == ([6], "bad_request")


def closed_within(line: socket.socket, seconds: float) -> bool:
    line.settimeout(seconds)
    try:
        return line.recv(100) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_half_a_request_has_to_go(running: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "HEAD_S", 0.3)
    for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "):
        with connected(running) as line:
            line.sendall(begun)
            started = time.monotonic()
            assert closed_within(line, 5), begun
            assert time.monotonic() - started > 0.2
    with connected(running) as line:  # the second half, too
        line.sendall(b"GET /api/version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(12)[9:12] == b"401"
        line.sendall(b"GET / HT")
        line.settimeout(5)
        while line.recv(1 << 16):
            pass


def test_who_is_answered_is_not_sent_away(
    running: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "HEAD_S", 0.1)

    def slow(*_: object, **__: object) -> Page[object]:
        time.sleep(0.5)
        return Page([], None)

    monkeypatch.setattr(running.house.store.__class__, "project_page", slow)
    assert client.get("/api/projects").json() == []


def test_there_is_a_last_connection(running: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Door, "most", 20)
    lines = [connected(running) for _ in range(60)]
    try:
        assert sum(closed_within(line, 10) for line in lines[40:]) == 20
    finally:
        for line in lines:
            line.close()
    time.sleep(0.2)
    with visitor(running.url) as client:
        assert client.get("/").status_code in {200, 503}

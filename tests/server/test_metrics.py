"""Figures for whoever watches: right, well-formed, for few eyes; and logs that name nobody."""

import logging
import math
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from freckle.jobs.protocol import Message
from freckle.server.house import House
from freckle.server.meter import Meter
from freckle.server.settings import Settings
from freckle.server.users import User
from freckle.server.worker import Bench, answer
from tests.server.conftest import started
from tests.server.serving import Running, make_jpeg, upload, visitor
from tests.server.serving_accounts import CHEAP

TOKEN = "a token for watchers"  # noqa: S105
LABEL = r'[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"([a-z_]+)(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?(?:e-?\d+)?)")
ENDINGS = {
    "counter": {"_total"},
    "gauge": {""},
    "info": {"_info"},
    "histogram": {"_bucket", "_count", "_sum"},
}
Figures = dict[tuple[str, tuple[str, ...]], float]


def read(text: str) -> Figures:
    """Read OpenMetrics strictly, as its grammar has it: families, samples, no doubles, an end."""
    *lines, end = text.split("\n")[:-1]
    assert end == "# EOF"
    family, kind = "", ""
    seen: set[str] = set()
    found: Figures = {}
    for line in lines:
        if line.startswith("# TYPE "):
            _, _, family, kind = line.split(" ")
            assert family not in seen
            seen.add(family)
        elif line.startswith("# HELP "):
            assert line.split(" ")[2] == family
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            name, labels, value = sample.groups()
            assert name.removeprefix(family) in ENDINGS[kind], line
            key = name, tuple(sorted(re.findall(LABEL, labels or "")))
            assert key not in found
            found[key] = float(value)
    return found


def figure(figures: Figures, name: str, **labels: str) -> float:
    return figures.get((name, tuple(sorted(f'{k}="{v}"' for k, v in labels.items()))), 0)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(
        folder=tmp_path_factory.mktemp("watched"),
        hosts=frozenset({"127.0.0.1", "photos.example.org"}),
        metrics_token=TOKEN,
        accounts=True,
        argon2=CHEAP,
        workers=1,
    )
    with started(settings) as running:
        yield running


def figures(running: Running) -> Figures:
    answer = httpx.get(f"{running.url}/metrics", trust_env=False)
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    return read(answer.text)


def test_what_was_asked_is_counted_by_route(watched: Running):
    before = figures(watched)
    export = "/api/projects/{project}/export"
    user = User(uuid.uuid4().hex, uuid.uuid4().hex)
    with signed_in(watched, user) as client:
        photo = upload(client, make_jpeg(90, 64, 48)).json()["id"]
        project = client.post("/api/projects", json={"photo": photo}).json()["id"]
        client.post(f"/api/projects/{project}/export", json={}).raise_for_status()
        client.get("/api/projects/nothing")
        client.request("INVENTED", "/api/projects")
        upload(client, b"not a picture")
    after = figures(watched)

    def more(name: str, **labels: str) -> float:
        return figure(after, name, **labels) - figure(before, name, **labels)

    assert more("freckle_requests_total", method="POST", route=export, status="200") == 1
    assert more("freckle_requests_total", method="POST", route="/api/photos", status="201") == 1
    project_route = "/api/projects/{project}"
    assert more("freckle_requests_total", method="GET", route=project_route, status="404") == 1
    assert more("freckle_exports_total") == 1
    assert more("freckle_failures_total", code="not_found") == 1
    assert more("freckle_failures_total", code="not_an_image") == 1
    assert more("freckle_request_seconds_count", route=export) == 1
    assert more("freckle_request_seconds_bucket", route=export, le="+Inf") == 1
    assert more("freckle_request_seconds_sum", route=export) > 0
    buckets = [
        v for (n, k), v in after.items() if n.endswith("_bucket") and f'"{export}"' in str(k)
    ]
    assert buckets == sorted(buckets)
    assert figure(after, "freckle_queue_length", worker="0") == 0
    if sys.platform == "linux":
        assert figure(after, "freckle_worker_memory_bytes", worker="0") > 10e6
        assert figure(after, "freckle_server_memory_bytes") > 10e6
    text = httpx.get(f"{watched.url}/metrics", trust_env=False).text
    for name in (user.id, user.workspace, photo, project, "portrait.jpg", "INVENTED"):
        assert name not in text


def signed_in(running: Running, user: User) -> httpx.Client:
    running.house.store.register(user)
    cookie = f"freckle-{running.settings.port}"
    cookies = {cookie: running.house.store.open_session(user)}
    return visitor(running.url, cookies=cookies)


def test_figures_are_for_this_machine_or_for_the_token(watched: Running):
    def status(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.get(f"{watched.url}/metrics", headers=named, trust_env=False).status_code

    assert status() == 200
    assert status(Host="photos.example.org") == 401
    for proxied in ("X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"):
        assert status(**{proxied: "203.0.113.1"}) == 401
    bearer = f"Bearer {TOKEN}"
    assert status(Host="photos.example.org", Authorization=bearer) == 200
    assert status(Host="photos.example.org", Authorization="Bearer") == 401
    assert status(Host="photos.example.org", Authorization=f"{bearer}x") == 401


def test_without_a_token_none_opens(running: Running):
    assert running.settings.metrics_token == ""
    headers = {"Authorization": "Bearer", "X-Forwarded-For": "203.0.113.1"}
    assert httpx.get(f"{running.url}/metrics", headers=headers).status_code == 401


def test_numbers_and_labels_are_written_so_that_they_are_read_again():
    meter = Meter()
    route = type("R", (), {"path": '/a"b\\c'})()
    for status in (200, None):
        meter.answered({"type": "http", "method": "GET", "route": route}, status, 0.25)
    assert meter.latencies['/a"b\\c'].counts[3] == 2
    assert math.isclose(meter.latencies['/a"b\\c'].seconds, 0.5)
    assert set(meter.requests) == {("GET", '/a"b\\c', 200), ("GET", '/a"b\\c', 499)}


def test_logs_name_nobody(
    watched: Running,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    names = ("Anna Unmistakable", "anna@secret.example", "hunter2hunter2", "Beach with Ben.jpg")
    name, login, password, file = names

    def broken(_self: object, user: User, *_: object) -> None:
        try:
            raise KeyError(f"{name} {login}")
        except KeyError as error:
            raise RuntimeError(f"{file} of {user.name}") from error

    user = User(uuid.uuid4().hex, uuid.uuid4().hex, name=name)
    with caplog.at_level(logging.DEBUG), signed_in(watched, user) as client:
        monkeypatch.setattr(watched.house.store.__class__, "rename_project", broken)
        photo = upload(client, make_jpeg(91, 64, 48), file).json()["id"]
        body = {"photo": photo, "name": file}
        project = client.post("/api/projects", json=body).json()["id"]
        failed = client.patch(f"/api/projects/{project}", json={"name": file})
        assert failed.status_code == 500
        for _ in range(3):
            client.post("/api/sign-in", json={"login": login, "password": password})
        upload(client, b"\x89PNG\r\n\x1a\n broken", file)
        client.post(f"/api/projects/{project}/history", json={"label": name, "recipe": {"x": name}})
        _break_a_worker(f"{file} by {name}", monkeypatch)
    written = "\n".join(record.getMessage() for record in caplog.records)
    captured = capfd.readouterr()
    for log in (written, captured.out, captured.err):
        for word in (*names, user.id, user.workspace, photo):
            assert word not in log
    assert "A request failed" in written
    assert "RuntimeError" in written
    assert "KeyError" in written
    assert "test_metrics.py" in written
    assert "ValueError" in captured.err


def _break_a_worker(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def task(*_: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr("freckle.server.worker._done", task)
    told = answer(Bench(1), Message({"id": 1}), lambda: False)
    assert told.head["error"]["code"] == "internal"


def test_the_servers_own_log_is_complete_on_demand(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("the words of it")

    monkeypatch.setenv("FRECKLE_DEBUG", "1")
    monkeypatch.setattr(House, "project", broken)
    assert client.get("/api/projects/x/analysis").status_code == 500
    assert "the words of it" in caplog.text


def test_the_token_is_not_shown(tmp_path: Path):
    settings = replace(Settings(folder=tmp_path), metrics_token=TOKEN)
    assert TOKEN not in repr(settings)

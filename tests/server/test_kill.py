"""Acknowledged means durable, and a dead worker is nobody's problem for long."""

import os
import signal
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.server.serving import Running, make_jpeg, upload

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.kill_server import Editor, nursery, run

from freckle.server.store import LOCAL, Store
from freckle.studio.recipes import NOTHING


def test_a_server_killed_at_random_moments_loses_nothing(tmp_path: Path):
    outcome = run(6, tmp_path, seed=7, longest=0.3)
    assert outcome.rounds == 6
    assert outcome.acknowledged >= 3
    assert outcome.lost == []


def test_a_killed_worker_is_replaced_and_says_so(running: Running, client: httpx.Client):
    photo = upload(client, make_jpeg(8)).json()["id"]
    worker = running.house.pool.of(photo)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    codes = set()
    for size in range(100, 400, 10):
        answer = client.get(f"/api/photos/{photo}/thumb", params={"size": size})
        codes.add(answer.status_code)
        if answer.status_code == 200:
            break
        assert answer.json()["code"] == "internal"
        assert "started again" in answer.json()["remedy"]
    assert codes <= {200, 500}
    assert 200 in codes
    assert worker.pid != first


def test_a_worker_stopped_in_the_middle_answers_too_slow(
    running: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    photo = upload(client, make_jpeg(9)).json()["id"]
    worker = running.house.pool.of(photo)
    while worker.load:  # people are looked for, with a deadline of its own
        time.sleep(0.02)
    monkeypatch.setattr(running.house.pool, "_deadline", 0.3)
    assert worker.pid
    os.kill(worker.pid, signal.SIGSTOP)
    answer = client.get(f"/api/photos/{photo}/thumb", params={"size": 77})
    assert (answer.status_code, answer.json()["code"]) == (422, "too_slow")
    monkeypatch.setattr(running.house.pool, "_deadline", 20)
    assert client.get(f"/api/photos/{photo}/thumb", params={"size": 77}).status_code == 200


def test_the_other_worker_does_not_notice(running: Running, client: httpx.Client):
    workers = {}
    for seed in range(20, 30):
        photo = upload(client, make_jpeg(seed)).json()["id"]
        workers[running.house.pool.of(photo)] = photo
    assert len(workers) == len(running.house.pool.workers)
    if len(workers) < 2:
        pytest.skip("one processor, one worker")
    (victim, _), (other, photo) = workers.items()
    assert victim.pid
    os.kill(victim.pid, signal.SIGKILL)
    before = other.pid
    assert client.get(f"/api/photos/{photo}/thumb").status_code == 200
    assert other.pid == before


def test_workers_end_with_their_server(tmp_path: Path):
    with nursery() as start:
        server = start(tmp_path)
        with Editor().at(server) as client:
            upload(client, make_jpeg()).raise_for_status()
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell a process's children")
        pids = [int(pid) for pid in children.read_text().split()]
        assert pids
        server.kill()
        for _ in range(100):
            alive = [pid for pid in pids if Path(f"/proc/{pid}").exists() and not zombie(pid)]
            if not alive:
                break
            time.sleep(0.05)
        assert not alive


def zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_step_is_on_the_disk_when_it_is_acknowledged(
    running: Running, client: httpx.Client, project: str
):
    client.post(
        f"/api/projects/{project}/history", json={"base": 0, "label": "x", "recipe": NOTHING}
    ).raise_for_status()
    other = Store(running.settings.database_url)
    try:
        with other._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert other.projects(LOCAL) == []
    finally:
        other.close()

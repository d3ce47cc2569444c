"""The local engine: limits, progress, cancelling, deadlines, deaths."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from freckle.errors import Refusal
from freckle.jobs import hand
from freckle.jobs.failures import JobError
from freckle.jobs.job import Job, deadline, unpack
from freckle.jobs.local import Local
from freckle.jobs.places import Input, Place
from tests.jobs.conftest import KINDS, ROOT


def test_a_job_reads_its_inputs_by_content(local: Local, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"on the disk")
    known = hashlib.sha256(b"on the disk").hexdigest()
    inputs = (Input(Place(path=str(path)), digest=known), Input(Place(path="b"), b", and sent"))
    answer = local.submit(Job("1", "digest", inputs=inputs)).result(60)
    whole = b"on the disk, and sent"
    assert answer.head["digest"] == hashlib.sha256(whole).hexdigest()
    assert answer.body == whole[::-1]
    path.write_bytes(b"changed since")
    with pytest.raises(JobError) as caught:
        local.submit(Job("2", "digest", inputs=inputs)).result(60)
    assert caught.value.code == "damaged"


def test_a_job_survives_its_message() -> None:
    inputs = (Input(Place(path="a"), b"one"), Input(Place(address="s3://b", key="k"), digest="d"))
    job = Job("7", "digest", {"x": [1, None]}, inputs)
    assert unpack(job.pack(7)) == job


def test_workers_have_limits_and_no_secrets(local: Local) -> None:
    found = local.submit(Job("1", "surroundings")).result(60).head
    assert "MY_PASSWORD" not in found["names"]
    assert "PATH" in found["names"]
    assert found["threads"] == 1
    assert found["RLIMIT_CORE"] == 0
    assert 4 << 30 <= found["RLIMIT_AS"] < 1 << 45
    with pytest.raises(JobError) as caught:
        local.submit(Job("2", "hungry")).result(60)
    assert caught.value.code == "too_much_memory"


def test_a_failure_says_what_and_what_to_do(local: Local) -> None:
    with pytest.raises(JobError, match="It is broken") as caught:
        local.submit(Job("1", "refuses")).result(60)
    assert caught.value.code == "damaged"
    with pytest.raises(JobError, match="ZeroDivisionError") as caught:
        local.submit(Job("2", "breaks")).result(60)
    assert caught.value.code == "internal"


def test_progress_is_heard_and_a_running_job_can_be_given_up(local: Local) -> None:
    heard: list[float] = []
    going = threading.Event()
    ticket = local.submit(
        Job("1", "steps", {"pause": 0.02}), lambda share: (heard.append(share), going.set())
    )
    assert going.wait(60)
    ticket.cancel()
    with pytest.raises(CancelledError):
        ticket.result(60)
    assert heard == sorted(heard)
    assert heard[-1] < 0.9
    local.submit(Job("2", "steps", {"pause": 0}), heard.append).result(60)
    assert heard[-1] == 0.99


def test_a_job_that_does_not_listen_is_ended(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand, "GRACE", 0.1)
    going = threading.Event()
    ticket = local.submit(Job("1", "deaf", {"seconds": 60}), lambda _: going.set())
    assert going.wait(60)
    since = time.monotonic()
    ticket.cancel()
    with pytest.raises(CancelledError):
        ticket.result(60)
    assert time.monotonic() - since < 10
    assert local.submit(Job("2", "digest")).result(60).body == b""


def test_a_job_that_takes_too_long_is_ended(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("freckle.jobs.job.PATIENCE", 0.5)
    with pytest.raises(JobError) as caught:
        local.submit(Job("1", "deaf", {"seconds": 60})).result(60)
    assert caught.value.code == "too_slow"


def test_the_deadline_grows_with_the_size() -> None:
    assert deadline() < deadline(size=10**7) < deadline(size=10**7, megapixels=24)
    assert Job("1", "digest", size=10**8).deadline == deadline(size=10**8)


@pytest.mark.parametrize(("times", "survives"), [(2, True), (99, False)])
def test_a_dead_worker_is_replaced_and_its_job_repeated(
    times: int, survives: bool, local: Local, tmp_path: Path
) -> None:
    job = Job("1", "dies", {"folder": str(tmp_path), "times": times})
    if survives:
        assert local.submit(job).result(60).head["survived"]
    else:
        with pytest.raises(JobError) as caught:
            local.submit(job).result(60)
        assert caught.value.code == "died"
    assert len(list(tmp_path.iterdir())) == (2 if survives else 3)
    assert local.submit(Job("2", "digest")).result(60).body == b""


def test_what_matters_more_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    engine, file = Local(KINDS, 1), tmp_path / "order"
    try:
        first = engine.submit(Job("0", "noted", {"file": str(file), "name": "x", "seconds": 0.3}))
        while not file.exists():
            time.sleep(0.01)
        wanted = [("c", 2), ("a", 0), ("b", 1), ("d", 2)]
        tickets = [
            engine.submit(Job(name, "noted", {"file": str(file), "name": name}, priority=priority))
            for name, priority in wanted
        ]
        tickets[-1].cancel()
        for ticket in (first, *tickets[:-1]):
            ticket.result(60)
    finally:
        engine.close()
    assert file.read_text() == "xabc"
    assert tickets[-1].future.cancelled()
    assert engine.pids == ()


def test_what_cannot_be_read_is_said_before_it_travels(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        Job("1", "digest", inputs=(Input(Place(path=str(tmp_path / "no"))),)).brought({"store"})


PARENT = """
import sys, time
from freckle.jobs.job import Job
from freckle.jobs.local import Local
engine = Local("tests.jobs.kinds:KINDS", 2)
heard = lambda _: print(*engine.pids, flush=True)
tickets = [engine.submit(Job(str(n), "deaf", {"seconds": 60}), heard) for n in range(2)]
time.sleep(60)
"""


def test_workers_die_with_a_parent_that_is_killed() -> None:
    surroundings = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    running = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=surroundings
    )
    assert running.stdout is not None
    running.stdout.readline()
    pids = [int(word) for word in running.stdout.readline().split()]
    assert len(pids) == 2
    running.kill()
    running.communicate()
    until = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if alive(pid)] == []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ProcessLookupError):
        return False
    return state != "Z"


def test_a_worker_that_somebody_kills_is_replaced(local: Local) -> None:
    going = threading.Event()
    ticket = local.submit(Job("1", "deaf", {"seconds": 0.5}), lambda _: going.set())
    assert going.wait(60)
    before = local.pids
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert ticket.result(60).head["pid"] not in before

"""Who comes first at a worker."""

import asyncio
from typing import Any, cast

import pytest

from freckle.jobs.limits import environment
from freckle.jobs.protocol import Message
from freckle.server.pool import QUIET, Priority, Worker, _Job, _yields
from tests.server.serving import without_waiting


def test_extras_wait_until_nobody_drags(monkeypatch: pytest.MonkeyPatch):
    begun: list[tuple[str, float]] = []

    async def run(_worker: Worker, job: Any) -> Message:
        begun.append((job.message.head["name"], asyncio.get_running_loop().time()))
        await asyncio.sleep(0.01)
        return job.message

    async def dragging() -> None:
        worker = Worker({})
        worker.start(eager=False)
        await worker.ask({"name": "frame"}, priority=0)
        extra = asyncio.create_task(worker.ask({"name": "thumb"}, priority=2))
        await worker.ask({"name": "report"}, priority=1)
        for _ in range(10):
            await worker.ask({"name": "frame"}, priority=0)
            await asyncio.sleep(0.03)
        assert worker.load == 1
        await extra
        waiting = asyncio.create_task(worker.ask({"name": "frame"}, priority=0))
        left = asyncio.create_task(worker.ask({"name": "thumb"}, priority=2))
        await waiting
        await asyncio.sleep(0.05)
        await worker.stop()
        with pytest.raises(asyncio.CancelledError):
            await left

    monkeypatch.setattr(Worker, "_run", run)
    without_waiting(dragging())
    assert [name for name, _ in begun] == ["frame", "report", *["frame"] * 10, "thumb", "frame"]
    assert begun[12][1] - begun[11][1] >= QUIET


def test_a_drag_stops_an_extra_that_can_stop_and_it_comes_again(monkeypatch: pytest.MonkeyPatch):
    ended: list[str] = []

    async def run(_worker: Worker, job: Any) -> Message:
        name = job.message.head["name"]
        for _ in range(100 if name == "report" and "frame" not in ended else 1):
            if job.number in stopped:
                stopped.discard(job.number)
                ended.append("stopped")
                return Message({"cancelled": True})
            await asyncio.sleep(0.01)
        ended.append(name)
        return job.message

    stopped: set[int] = set()

    async def dragging() -> Message:
        worker = Worker({})
        worker.start(eager=False)
        extra = asyncio.create_task(worker.ask({"name": "report"}, priority=2))
        await asyncio.sleep(0.05)
        await worker.ask({"name": "frame"}, priority=0)
        answer = await extra
        await worker.stop()
        return answer

    monkeypatch.setattr(Worker, "_run", run)
    monkeypatch.setattr(Worker, "_give_up", lambda _self, job: stopped.add(job.number))
    assert without_waiting(dragging()).head["name"] == "report"
    assert ended == ["stopped", "frame", "report"]


@pytest.mark.parametrize(
    ("doing", "priority", "wanted", "stops"),
    [
        ("thumb", 2, 1, True),
        ("analysis", 1, 0, True),
        ("analysis", 1, 1, False),
        ("export", 1, 0, False),
    ],
)
def test_what_can_go_on_later_makes_way(
    doing: str, priority: Priority, wanted: Priority, stops: bool
):
    message = Message({"id": 1, "do": doing})
    job = _Job(priority, 1, message, 1.0, cast("asyncio.Future[Message]", None))
    assert _yields(job, wanted) is stops


def test_an_extra_that_waited_long_enough_comes_although_somebody_always_drags(
    monkeypatch: pytest.MonkeyPatch,
):
    async def run(_worker: Worker, job: Any) -> Message:
        await asyncio.sleep(0.01)
        return job.message

    async def dragging() -> bool:
        worker = Worker({})
        worker.start(eager=False)

        async def drag() -> None:
            while True:
                await worker.ask({"name": "frame"}, priority=0)

        drags = [asyncio.create_task(drag()) for _ in range(4)]
        extra = asyncio.create_task(worker.ask({"name": "thumb"}, priority=2))
        await asyncio.sleep(0.15)
        early = extra.done()
        await asyncio.wait_for(extra, 5)
        for task in drags:
            task.cancel()
        await worker.stop()
        return early

    monkeypatch.setattr(Worker, "_run", run)
    monkeypatch.setattr("freckle.server.pool.AGED", 0.3)
    assert without_waiting(dragging()) is False


def test_a_worker_is_told_no_passwords(monkeypatch: pytest.MonkeyPatch):
    for name in ("FRECKLE_DATABASE", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    given = environment()
    assert "secret" not in given.values()
    assert given["OMP_NUM_THREADS"] == "1"
    assert {"PATH", "PYTHONPATH"} <= set(given)

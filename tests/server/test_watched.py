"""For whoever runs a server: is it well, does it say when it is full, and is its log readable?"""

import logging
from pathlib import Path

import httpx
import pytest

from freckle.codec.limits import SLOWEST
from freckle.jobs.protocol import Message
from freckle.server import exports, pictures, pool
from freckle.server.calm import MOST, SPAN_S, Calm, calm
from freckle.server.pool import Pool
from freckle.server.problems import WebError, busy
from freckle.server.store import Store
from tests.server.serving import Running, in_a_loop


def test_health_needs_no_session_and_says_nothing_else(running: Running) -> None:
    answer = httpx.get(f"http://127.0.0.1:{running.settings.port}/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"
    elsewhere = {"Host": "elsewhere.example"}
    refused = httpx.get(f"http://127.0.0.1:{running.settings.port}/health", headers=elsewhere)
    assert refused.status_code == 400


def test_a_server_whose_database_is_locked_is_not_well(
    running: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_anything: object) -> None:
        raise busy()

    monkeypatch.setattr(Store, "session_user", locked)
    answer = httpx.get(f"http://127.0.0.1:{running.settings.port}/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "busy"})
    assert client.get("/api/projects").headers["Retry-After"] == "3"


class Noted:
    """Stands for a worker: notes deadlines, and has a line."""

    def __init__(self, load: int) -> None:
        self.load, self.deadlines = load, list[float]()

    async def ask(self, *_request: object, deadline: float, **_more: object) -> Message:
        self.deadlines.append(deadline)
        return Message({})


def asked(worker: Noted, path: Path, priority: pool.Priority = 1) -> None:
    workers = Pool(1, {}, 60)
    workers.workers = (worker,)  # type: ignore[assignment]

    async def ask() -> None:
        await workers.ask(path, "digest", {"do": "facts"}, priority=priority)

    in_a_loop(ask())


def test_a_large_file_gets_more_time(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(40 * SLOWEST)
    worker = Noted(0)
    asked(worker, large)
    asked(worker, tmp_path / "none")
    assert worker.deadlines == [100, 60]


def test_a_line_that_is_too_long_grows_no_longer(tmp_path: Path) -> None:
    full = Noted(pool.MOST_WAITING)
    with pytest.raises(WebError) as caught:
        asked(full, tmp_path)
    assert caught.value.code == "busy"
    asked(full, tmp_path, priority=0)  # whoever drags has waited in no line
    asked(Noted(pool.MOST_WAITING - 1), tmp_path)


def test_another_engine_makes_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    class Project:
        recipe: dict[str, object] = {}  # noqa: RUF012 - as stored

        class photo:  # noqa: N801
            digest = "abc"

    before = pictures.name_of(Project, {})  # type: ignore[arg-type]
    assert before == pictures.name_of(Project, {})  # type: ignore[arg-type]
    assert set(exports.maker()) > {"freckle", "pillow"}
    other = {**exports.maker(), "pillow": "99"}
    monkeypatch.setattr(exports, "maker", lambda: other)
    assert pictures.name_of(Project, {}) != before  # type: ignore[arg-type]


def said(filtered: Calm, text: str, *args: object) -> str | None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, text, args, None)
    return record.getMessage() if filtered.filter(record) else None


def test_what_is_said_again_and_again_is_counted() -> None:
    now = [0.0]
    filtered = Calm(lambda: now[0])
    heard = [said(filtered, "Too many files: %s", number) for number in range(1000)]
    assert [one for one in heard if one] == [f"Too many files: {number}" for number in range(MOST)]
    assert said(filtered, "Something else") == "Something else"
    now[0] = SPAN_S
    assert (
        said(filtered, "Too many files: %s", 7) == "Too many files: 7 (and 990 times more before)"
    )
    assert said(filtered, "Too many files: %s", 8) == "Too many files: 8"


def test_sentences_without_end_take_no_memory_without_end() -> None:
    filtered = Calm()
    for number in range(10_000):
        assert said(filtered, f"sentence {number}")
    assert len(filtered._said) <= 200


def test_a_logger_is_calmed_once() -> None:
    calm("freckle.test", "freckle.test")
    assert len(logging.getLogger("freckle.test").filters) == 1

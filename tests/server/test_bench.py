"""A worker holds what it may between requests: photos go, and their memory with them."""

import weakref
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from freckle.pixels import memory
from freckle.server.settings import Settings
from freckle.server.worker import Bench
from freckle.studio.studio import Studio
from tests.server.serving import make_jpeg

Open = Callable[[int], "weakref.ref[Studio]"]


def opener(bench: Bench, folder: Path) -> Open:
    def open_one(seed: int) -> "weakref.ref[Studio]":
        data = make_jpeg(seed, 160, 120)
        path = folder / f"{seed}.jpg"
        path.write_bytes(data)
        studio = bench.studio(path, sha256(data).hexdigest())
        assert studio.portrait.people == ()
        return weakref.ref(studio)

    return open_one


def test_all_but_the_newest_photo_go_and_nothing_of_them_stays(tmp_path: Path):
    bench = Bench(1)
    open_one = opener(bench, tmp_path)
    first, second, third = open_one(1), open_one(2), open_one(3)
    assert first() is not None
    bench.tidy()
    assert (first(), second()) == (None, None)  # photos hold themselves: they must be looked for
    assert third() is not None


def test_photos_stay_while_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bench = Bench(1 << 40)
    open_one = opener(bench, tmp_path)
    first, second = open_one(1), open_one(2)
    bench.tidy()
    assert first() is not None
    monkeypatch.setattr("freckle.server.worker.resident", lambda: 0)  # a system that tells nothing
    bench._budget = 3 * 160 * 120 * 2 - 1
    bench.tidy()
    assert first() is None
    assert second() is not None


def test_memory_that_was_let_go_of_is_given_back():
    if not memory.resident():
        pytest.skip("this system does not tell how much a process holds")
    before = memory.resident()
    held = [bytes(1 << 16) for _ in range(1600)]
    assert memory.resident() - before > 64 << 20
    del held
    memory.give_back()
    assert memory.resident() - before < 32 << 20


def test_the_workers_share_two_gigabytes_whatever_the_machine(tmp_path: Path):
    for workers in (1, 2, 4):
        settings = Settings(folder=tmp_path, workers=workers)
        assert workers * settings.open_bytes < 2 << 30
        assert settings.open_bytes > 384 << 20

"""Folders and object stores keep what they are given; the same promises for both."""

import importlib.util
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from freckle.disk import ABANDONED
from freckle.errors import StorageError
from freckle.storage.blobs import Blobs, digest_of
from freckle.storage.files import Files
from freckle.storage.objects import Objects
from freckle.storage.opening import is_address, open_store
from freckle.storage.store import Store
from tests.storage.flaky import ask, door, s3_server

HAS_S3 = all(importlib.util.find_spec(name) for name in ("obstore", "moto", "flask"))


@pytest.fixture(scope="module")
def s3() -> Iterator[int]:
    if not HAS_S3:
        pytest.skip("needs obstore, moto and flask")
    with s3_server() as port:
        assert ask(port, "PUT", "/bucket") == 200
        yield port


def at(port: int, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        patch.setenv(name, "test")
    patch.setenv("AWS_REGION", "us-east-1")


@pytest.fixture(params=["files", "s3", "failing s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    if request.param == "files":
        yield Files(tmp_path / "kept")
        return
    port = request.getfixturevalue("s3")
    address = f"s3://bucket/{tmp_path.name}"
    with door(port, 1 / 3 if request.param == "failing s3" else 0.0) as before:
        at(before.port, monkeypatch)
        yield Objects(address, pause=0.01)
        assert before.asked > 0
        assert (before.failed > 0) == (request.param == "failing s3")


def test_what_was_put_is_there(store: Store) -> None:
    contents = {f"set {k % 3}/ä{k}.jpg": bytes([k]) * (1000 * k + 1) for k in range(12)}
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: store.put(*pair), contents.items()))
    assert {entry.key: entry.size for entry in store.list()} == {
        key: len(content) for key, content in contents.items()
    }
    assert {key: store.get(key) for key in contents} == contents
    assert sorted(entry.key for entry in store.list("set 1/")) == sorted(
        key for key in contents if key.startswith("set 1/")
    )
    assert store.range("set 0/ä9.jpg", 10, 5) == contents["set 0/ä9.jpg"][10:15]
    assert store.range("set 0/ä9.jpg", 9000, 50) == contents["set 0/ä9.jpg"][9000:9050]


def test_a_second_put_takes_the_place_and_a_deleted_key_is_gone(store: Store) -> None:
    store.put("a", b"one")
    first = store.find("a")
    time.sleep(0.01)
    store.put("a", b"two")
    second = store.find("a")
    assert store.get("a") == b"two"
    assert first is not None
    assert second is not None
    assert first.stamp != second.stamp
    store.delete("a")
    store.delete("a")
    assert store.find("a") is None
    assert list(store.list()) == []
    with pytest.raises(StorageError) as caught:
        store.get("a")
    assert caught.value.absent


def test_contents_by_hash(store: Store) -> None:
    blobs = Blobs(store)
    digest = blobs.put(b"photo")
    assert blobs.put(b"photo") == digest == digest_of(b"photo")
    assert blobs.has(digest)
    assert blobs.get(digest) == b"photo"
    assert blobs.range(digest, 1, 2) == b"ho"
    assert list(blobs.list()) == [digest]
    store.put(f"{digest[:2]}/{digest}", b"phota")
    with pytest.raises(StorageError, match="no longer"):
        blobs.get(digest)
    blobs.put(b"photo")
    assert blobs.get(digest) == b"photo"
    blobs.delete(digest)
    assert not blobs.has(digest)


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../a", "a/../../b", "a//b", "a\0b", "x" * 2000]
)
def test_no_key_leads_elsewhere(key: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Files(tmp_path).put(key, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_large_thing_goes_in_parts(s3: int, monkeypatch: pytest.MonkeyPatch) -> None:
    at(s3, monkeypatch)
    monkeypatch.setattr("freckle.storage.objects.WHOLE", 6 << 20)
    content = bytes(range(256)) * (1 << 16)
    store = Objects("s3://bucket/large")
    store.put("film.tif", content)
    assert store.get("film.tif") == content


def test_a_store_that_nobody_can_reach_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    if not HAS_S3:
        pytest.skip("needs obstore")
    at(9, monkeypatch)
    monkeypatch.setattr("freckle.storage.objects.TRIES", 2)
    with pytest.raises(StorageError, match="network"):
        Objects("s3://bucket", pause=0.0).get("a")


WRITER = """
import sys
from pathlib import Path
from freckle.storage.files import Files
store, number = Files(Path(sys.argv[1])), 0
print("ready", flush=True)
while True:
    number += 1
    store.put(f"{number % 5}/thing", b"%d" % (number % 10) * 2_000_000)
"""


def test_a_crash_leaves_no_torn_and_no_half_listed_thing(tmp_path: Path) -> None:
    store = Files(tmp_path)
    for pause in (0.01, 0.05, 0.09):
        running = subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        threading.Event().wait(pause)
        running.kill()
        running.communicate()
        for entry in store.list():
            content = store.get(entry.key)
            assert (entry.size, len(content), len(set(content))) == (2_000_000, 2_000_000, 1)


def test_what_a_crash_left_is_not_listed_and_swept_away_later(tmp_path: Path) -> None:
    store = Files(tmp_path)
    store.put("a/b", b"whole")
    part = tmp_path / "a" / ".freckle-0123456789abcdef.part"
    part.write_bytes(b"ha")
    assert [entry.key for entry in store.list()] == ["a/b"]
    store.sweep()
    assert part.exists()  # somebody may be writing it
    long_ago = time.time() - 2 * ABANDONED
    os.utime(part, (long_ago, long_ago))
    store.sweep()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_addresses_are_told_from_folders(tmp_path: Path) -> None:
    assert is_address("s3://bucket/a")
    assert not is_address("photos/a")
    assert not is_address("C:/photos")
    assert isinstance(open_store(tmp_path), Files)

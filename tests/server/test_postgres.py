"""A real PostgreSQL keeps the same promises as the file: nobody else's, never stale, never lost."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from freckle.errors import OutputError
from freckle.server.problems import WebError
from freckle.server.serve import check_folder
from freckle.server.settings import Settings
from freckle.server.store import Store, StoredPhoto, User
from freckle.studio.recipes import NOTHING

pytest.importorskip("pg8000")


def program(name: str) -> str:
    known = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(known[-1]) if known else shutil.which(name)
    if found is None:
        pytest.skip("there is no PostgreSQL on this machine")
    return found


def somebody() -> dict[str, int]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database of a server of our own."""
    as_whom, port = somebody(), free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        home = Path(place)
        if as_whom:
            os.chown(home, as_whom["user"], as_whom["group"])
        cluster = home / "cluster"
        subprocess.run(
            [program("initdb"), "-D", cluster, "-A", "trust", "-U", "freckle", "-N"],
            check=True,
            capture_output=True,
            cwd=home,
            **as_whom,
        )
        options = ["-D", cluster, "-p", str(port), "-h", "127.0.0.1", "-k", home, "-F"]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [program("postgres"), *options], stdout=log, stderr=log, cwd=home, **as_whom
            )
        yield f"postgresql://freckle@127.0.0.1:{port}/postgres"
        server.terminate()
        server.wait(20)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    settings = Settings(folder=Path(), database=database)
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(Exception):
            store = Store(settings.database_url)
            break
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(0.1)
    yield store
    store.close()


def person() -> User:
    return User(uuid.uuid4().hex, "tests")


def photo(digest: str) -> StoredPhoto:
    return StoredPhoto(
        digest=digest, name="a.jpg", format="jpeg", width=6, height=4, bytes=2**40, warnings=("w",)
    )


def opened(store: Store, user: User) -> str:
    store.open_session(user)
    store.add_photo(user, photo("d" * 64))
    return store.create_project(user, "d" * 64, "portrait", NOTHING).id


def test_a_project_and_its_history_come_back(store: Store, database: str) -> None:
    user = person()
    project = opened(store, user)
    assert store.append(user, project, 0, "one", {"steps": ["é"]}).revision == 1
    again = Store(Settings(folder=Path(), database=database).database_url)
    found = again.project(user, project)
    assert (found.revision, found.recipe, found.photo.bytes) == (1, {"steps": ["é"]}, 2**40)
    assert [entry.label for entry in again.history(user, project)] == ["Opened", "one"]
    again.close()


def test_the_same_photo_twice_is_one(store: Store) -> None:
    user = person()
    store.open_session(user)
    first, second = (store.add_photo(user, photo("e" * 64)) for _ in range(2))
    assert first == second


def test_nobody_sees_the_project_of_somebody_else(store: Store) -> None:
    project = opened(store, person())
    with pytest.raises(WebError):
        store.project(person(), project)


def test_of_many_writers_exactly_one_wins(store: Store) -> None:
    user = person()
    project = opened(store, user)
    won: list[int] = []
    barrier = threading.Barrier(6)

    def write(number: int) -> None:
        barrier.wait()
        with contextlib.suppress(WebError):
            store.append(user, project, 0, f"writer {number}", NOTHING)
            won.append(number)

    threads = [threading.Thread(target=write, args=(k,)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert store.project(user, project).revision == 1


def test_an_address_where_nobody_answers_is_said_clearly(tmp_path: Path) -> None:
    nowhere = Settings(folder=tmp_path, database=f"postgresql://x@127.0.0.1:{free_port()}/x")
    with pytest.raises(OutputError, match="database cannot be used"):
        check_folder(nowhere)
    with pytest.raises(OutputError, match="not installed"):
        check_folder(replace(nowhere, database="mysql+mysqldb://x@127.0.0.1/x"))

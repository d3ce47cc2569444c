"""A real PostgreSQL keeps the same promises as the file: nobody else's, never stale, never lost."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from freckle.errors import OutputError
from freckle.recipe.recipe import Recipe
from freckle.server.problems import WebError
from freckle.server.serve import check_folder
from freckle.server.settings import Settings
from freckle.server.store import NewStep, Store, StoredPhoto, User
from freckle.studio.recipes import NOTHING
from tests.server.postgres import database as new_database
from tests.server.postgres import free_port, opened

pytest.importorskip("pg8000")


@pytest.fixture(scope="module")
def database() -> str:
    """The address of an empty database of a server of our own."""
    return new_database()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = opened(database)
    yield store
    store.close()


def person() -> User:
    return User(uuid.uuid4().hex, uuid.uuid4().hex)


def photo(digest: str) -> StoredPhoto:
    return StoredPhoto(
        digest=digest, name="a.jpg", format="jpeg", width=6, height=4, bytes=2**40, warnings=("w",)
    )


def begun(store: Store, user: User) -> str:
    store.register(user)
    store.add_photo(user, photo("d" * 64))
    return store.create_project(user, "d" * 64, "portrait", NOTHING).id


def test_a_project_and_its_history_come_back(store: Store, database: str) -> None:
    user = person()
    project = begun(store, user)
    assert store.append(user, project, NewStep(0, "one", {"steps": ["é"]})).revision == 1
    again = Store(Settings(folder=Path(), database=database).database_url)
    found = again.project(user, project)
    assert (found.revision, found.recipe, found.photo.bytes) == (1, {"steps": ["é"]}, 2**40)
    assert [entry.label for entry in again.history(user, project)] == ["Opened", "one"]
    again.close()


def test_the_same_photo_twice_is_one(store: Store) -> None:
    user = person()
    store.register(user)
    first, second = (store.add_photo(user, photo("e" * 64)) for _ in range(2))
    assert first == second


def test_nobody_sees_the_project_of_somebody_else(store: Store) -> None:
    project = begun(store, person())
    with pytest.raises(WebError):
        store.project(person(), project)


def test_of_many_writers_at_once_all_are_kept(store: Store) -> None:
    user = person()
    project = begun(store, user)
    barrier = threading.Barrier(6)

    def write(number: int) -> None:
        barrier.wait()
        named = Recipe(names={str(number): "x"}).model_dump(mode="json")
        store.append(user, project, NewStep(0, f"writer {number}", named))

    threads = [threading.Thread(target=write, args=(k,)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.project(user, project)
    assert found.revision == len(threads)
    assert Recipe.from_plain(found.recipe).names == {str(k): "x" for k in range(6)}


def test_an_address_where_nobody_answers_is_said_clearly(tmp_path: Path) -> None:
    nowhere = Settings(folder=tmp_path, database=f"postgresql://x@127.0.0.1:{free_port()}/x")
    with pytest.raises(OutputError, match="database cannot be used"):
        check_folder(nowhere)
    with pytest.raises(OutputError, match="not installed"):
        check_folder(replace(nowhere, database="mysql+mysqldb://x@127.0.0.1/x"))

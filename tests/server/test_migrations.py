"""A database of every released form opens with everything in place, on SQLite and PostgreSQL."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from freckle.server.engines import connect
from freckle.server.migrations import migrate
from freckle.server.problems import WebError
from freckle.server.store import LOCAL, NewStep, Store, User
from freckle.server.tables import METADATA
from tests.server.postgres import database, opened

FROZEN = Path(__file__).parent / "frozen" / "v1.sql"
"""What releases up to the first accounts wrote: three people in two workspaces."""
RECIPE_STEPS = [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}]


def url(path: Path) -> str:
    return f"sqlite+pysqlite:///{path}"


def frozen(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.executescript(FROZEN.read_text(encoding="utf-8"))
    connection.close()
    return path


def rows() -> Iterator[str]:
    for line in FROZEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("INSERT"):
            yield line


def check(store: Store) -> None:
    """Everything that v1.sql holds is there, for whoever it belonged to."""
    third, second, first = store.projects(LOCAL)
    assert [p.name for p in (first, second, third)] == ["First", "Second look", "Third, 'quoted'"]
    assert (first.revision, first.photo.digest, first.photo.bytes) == (3, "a" * 64, 2**33)
    assert first.photo.name == "Anna ‘é’.jpg"
    assert first.recipe["steps"] == RECIPE_STEPS
    labels = [entry.label for entry in store.history(LOCAL, first.id)]
    assert labels == ["Opened", "Step 0", "Step 1", "Step 2"]
    assert (second.pictures, third.photo.digest) == (1, "b" * 64)
    for name in ("anna", "ben"):  # who had uploaded the same file each for themselves
        colleague = User(name, "studio", name=name)
        found = {p.name: p for p in store.projects(colleague)}
        assert set(found) == {"anna's", "ben's"}
        mine = found[f"{name}'s"]
        assert (mine.owner, mine.role, mine.photo.digest) == (name, "admin", "c" * 64)
        assert store.append(colleague, mine.id, NewStep(1, "After", {})).revision == 2
    with pytest.raises(WebError, match="no such project"):
        store.project(LOCAL, mine.id)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_an_old_file_opens_with_everything_in_place(tmp_path: Path):
    store = Store(url(frozen(tmp_path / "old.sqlite")))
    check(store)
    assert differences(store._engine) == []
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()
    again = Store(url(tmp_path / "old.sqlite"))
    assert len(again.projects(LOCAL)) == 3
    again.close()


def test_a_new_file_has_the_tables_that_the_code_knows(tmp_path: Path):
    store = Store(url(tmp_path / "new.sqlite"))
    assert differences(store._engine) == []
    store.close()


def test_the_frozen_form_is_what_the_first_step_makes(tmp_path: Path):
    made = connect(url(tmp_path / "made.sqlite"))
    migrate(made, "0001")
    old = create_engine(url(frozen(tmp_path / "old.sqlite")))
    a, b = inspect(made), inspect(old)
    names = set(b.get_table_names()) - {"schema_versions"}
    assert set(a.get_table_names()) - {"alembic_version"} == names
    for name in names:
        assert [str(c) for c in a.get_columns(name)] == [str(c) for c in b.get_columns(name)]
        for view in (
            type(a).get_indexes,
            type(a).get_unique_constraints,
            type(a).get_pk_constraint,
        ):
            assert view(a, name) == view(b, name)

        def keys(of: object) -> list[str]:
            return sorted(map(str, of.get_foreign_keys(name)))  # type: ignore[attr-defined]  # noqa: B023

        assert keys(a) == keys(b)
    made.dispose()
    old.dispose()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = frozen(tmp_path / "old.sqlite")

    def dump() -> list[str]:
        with sqlite3.connect(path) as connection:
            return list(connection.iterdump())

    before = dump()
    with monkeypatch.context() as patch:
        patch.setattr("freckle.server.migrations._end", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Store(url(path))
    assert dump() == before
    store = Store(url(path))
    check(store)
    store.close()


def test_a_newer_database_is_not_touched(tmp_path: Path):
    path = tmp_path / "newer.sqlite"
    Store(url(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WebError, match="newer freckle"):
        Store(url(path))


def test_postgresql_opens_old_data_with_everything_in_place():
    pytest.importorskip("pg8000")
    address = database()
    engine = connect(address.replace("postgresql:", "postgresql+pg8000:"))
    migrate(engine, "0001")
    order = ("users", "workspaces", "photos", "projects", "revisions")
    with engine.begin() as connection:
        for table in order:
            for line in rows():
                if line.startswith(f'INSERT INTO "{table}"'):
                    connection.exec_driver_sql(line.replace("%", "%%"))
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("CREATE TABLE schema_versions (version INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO schema_versions VALUES (1)"))
    started = time.monotonic()
    store = opened(address)
    assert time.monotonic() - started < 10
    check(store)
    assert differences(store._engine) == []
    store.close()
    engine.dispose()

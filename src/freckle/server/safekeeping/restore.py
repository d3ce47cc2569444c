"""Put a backup back into an empty place: all of it, checked, or nothing."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, func, inspect, select

from freckle.disk import flush_folder
from freckle.errors import OutputError, StorageError
from freckle.fleeting import fleeting
from freckle.server.engines import connect
from freckle.server.migrations import migrate
from freckle.server.safekeeping.archive import DATABASE, Manifest, unpack
from freckle.server.safekeeping.receipt import Line, receipt
from freckle.server.safekeeping.rows import copy
from freckle.server.settings import Settings
from freckle.server.tables import METADATA, USERS

UNFINISHED: Final = ".restoring-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    manifest: Manifest
    receipt: tuple[Line, ...]
    """Of the database; a database server's rows were read back and compared with it."""


def restore(path: Path, folder: Path, database: str | None = None) -> Restored:
    """Restore a backup into a folder that is empty or not there, and return what was put back.

    `database` is the URL of an empty database of a server, None for a file in the folder. Raises
    `StorageError` for a backup that is broken, `OutputError` where it cannot be put.
    """
    folder = Path(os.path.realpath(folder))
    _check_empty(folder)
    try:
        with fleeting(_workplace(folder)) as work:
            manifest = unpack(path, work)
            lines = _check_database(work / DATABASE)
            with _copied(work / DATABASE, database, lines):
                _settle(work)
                _move(work, folder)
    except OSError as error:
        raise OutputError(
            f"{folder.name!r} cannot be written ({error.strerror}).",
            "Choose another folder, or make room and check that you may write there.",
        ) from error
    return Restored(manifest, lines)


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder.name!r} is a file.", "Name a folder for the data.")
    if folder.is_dir() and any(not p.name.startswith(UNFINISHED) for p in folder.iterdir()):
        raise OutputError(
            f"{folder.name!r} is not empty.", "Restore into a new folder, then serve that one."
        )


def _workplace(folder: Path) -> Path:
    """Return where to unpack: beside the folder, but inside where another disk begins there."""
    name = f"{UNFINISHED}{secrets.token_hex(8)}"
    return folder / name if folder.is_mount() else folder.with_name(f"{name}-{folder.name}")


def _check_database(path: Path) -> tuple[Line, ...]:
    """Bring the database to today's version, look whether it is sound, and return its receipt."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error:
        sound = False
    if not sound:
        raise StorageError("The backup's database is damaged.", "Take an older backup.")
    engine = connect(f"sqlite+pysqlite:///{path}")
    try:
        migrate(engine)
        with engine.connect() as connection:
            lines = receipt(connection)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # all in one file
    finally:
        engine.dispose()
    return lines


@contextmanager
def _copied(path: Path, database: str | None, lines: tuple[Line, ...]) -> Iterator[None]:
    """Copy the rows to a database server, for good when what is done within succeeds."""
    if database is None:
        yield
        return
    source = connect(f"sqlite+pysqlite:///{path}")
    target = connect(Settings(folder=path.parent, database=database).database_url)
    try:
        _check_blank(target)
        migrate(target)
        with source.connect() as there, target.begin() as here:
            copy(there, here)
            _compare(there, here)
            if receipt(here) != lines:
                raise StorageError(
                    "The database changed what it took.", "Look at its server's log."
                )
            source.dispose()
            path.unlink()
            yield
    finally:
        source.dispose()
        target.dispose()


def _check_blank(target: Engine) -> None:
    with target.connect() as connection:
        if inspect(connection).has_table(USERS.name):
            people = connection.scalar(select(func.count()).select_from(USERS))
            if people:
                raise OutputError("The database is not empty.", "Make a new one, and name that.")


def _compare(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        count = select(func.count()).select_from(table)
        if source.scalar(count) != target.scalar(count):
            raise StorageError("The database did not take all rows.", "Look at its server's log.")


def _settle(work: Path) -> None:
    """Make files read-only or private, and durable."""
    for path in sorted(work.rglob("*")):
        if path.is_file():
            path.chmod(0o444 if path.is_relative_to(work / "originals") else 0o600)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            flush_folder(path)
    flush_folder(work)


def _move(work: Path, folder: Path) -> None:
    """Give what was unpacked its place: in one step, or with the database as the last."""
    if work.parent == folder:
        for path in sorted(work.iterdir(), key=lambda path: path.name == DATABASE):
            path.rename(folder / path.name)
    else:
        with suppress(FileNotFoundError):
            folder.rmdir()
        work.rename(folder)
    flush_folder(folder.parent)

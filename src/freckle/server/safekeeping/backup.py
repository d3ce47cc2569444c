"""Take a backup of a data folder while its server runs.

First the database as it is at one moment, then the originals that it names. Nothing in the folder
is written to.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from sqlalchemy import inspect

from freckle.disk import PART, PART_END, check_target, unwritable, whole
from freckle.errors import OutputError
from freckle.fleeting import fleeting
from freckle.server.engines import connect
from freckle.server.exports import maker
from freckle.server.migrations import current, migrate
from freckle.server.safekeeping.archive import DATABASE, NAME, Manifest, Writer
from freckle.server.safekeeping.receipt import Line, receipt
from freckle.server.safekeeping.rows import copy
from freckle.server.settings import Settings

RESULTS: Final = ("exports", "thumbs")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup holds: counts, and the digests of originals that are not as they should be."""

    photos: int
    projects: int
    size: int
    """Bytes of the file."""
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    receipt: tuple[Line, ...]
    """Empty where the database is not of today's form."""


def backup(folder: Path, target: Path, database: str | None = None) -> Taken:
    """Write a backup of a data folder, whole or not at all.

    `database` is the URL of a database server, None for the file in the folder. Raises
    `OutputError`.
    """
    check_target(target)
    if not (folder / ("originals" if database else DATABASE)).exists():
        raise OutputError(
            f"{folder.name!r} is no data folder of freckle.",
            "Name the one given to `freckle serve --data`.",
        )
    with _beside(target) as place:
        snapshot = place / DATABASE
        if database is None:
            _snapshot(folder / DATABASE, snapshot)
        else:
            _fetch(Settings(folder=folder, database=database).database_url, snapshot)
        with whole(target, 0o600) as file:
            return _written(folder, snapshot, file)


def _written(folder: Path, snapshot: Path, file: IO[bytes]) -> Taken:
    archive, missing, damaged = Writer(file), [], []
    archive.add(DATABASE, snapshot)
    digests, projects = _named(snapshot)
    for digest in digests:
        name = f"originals/{digest[:2]}/{digest}"
        try:
            if archive.add(name, folder / name).sha256 != digest:
                damaged.append(digest)
        except FileNotFoundError:  # lost, or erased since the snapshot
            missing.append(digest)
    for name in _results(folder, frozenset(digests)):
        if (folder / name).exists():  # old ones go at any time
            archive.add(name, folder / name)
    archive.close(
        Manifest(
            freckle=maker()["freckle"],
            created=datetime.now(UTC),
            files=archive.files,
            missing=missing,
            damaged=damaged,
        )
    )
    return Taken(
        len(digests), projects, file.tell(), tuple(missing), tuple(damaged), _counted(snapshot)
    )


def _counted(snapshot: Path) -> tuple[Line, ...]:
    engine = connect(f"sqlite+pysqlite:///{snapshot}")
    try:
        with engine.connect() as there:
            return receipt(there) if current(there) else ()
    finally:
        engine.dispose()


def _snapshot(path: Path, target: Path) -> None:
    """Copy an SQLite database as it is at one moment, whoever writes to it meanwhile."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            source.backup(copied)
    except sqlite3.Error as error:
        raise OutputError(
            f"The database cannot be copied ({error}).", "Check the disk and the folder's rights."
        ) from error


def _fetch(url: str, target: Path) -> None:
    """Copy a database server's rows, all as they are at one moment, into an SQLite file."""
    source, copied = connect(url), connect(f"sqlite+pysqlite:///{target}")
    try:
        with source.connect().execution_options(isolation_level="REPEATABLE READ") as there:
            if not inspect(there).has_table("alembic_version") or not current(there):
                raise OutputError(
                    "The database is not of this version of freckle.",
                    "Start this version's server once, or take the backup with the older one.",
                )
            migrate(copied)
            with copied.begin() as here:
                copy(there, here)
        with copied.connect() as here:
            here.exec_driver_sql("PRAGMA journal_mode=DELETE")  # all in one file
    finally:
        source.dispose()
        copied.dispose()


def _named(snapshot: Path) -> tuple[list[str], int]:
    """Return the digests of all originals of a database, and how many projects it has."""
    with closing(sqlite3.connect(snapshot)) as connection:
        digests = connection.execute("SELECT DISTINCT digest FROM photos ORDER BY digest")
        (projects,) = connection.execute("SELECT COUNT(*) FROM projects").fetchone()
        return [digest for (digest,) in digests], projects


def _results(folder: Path, digests: frozenset[str]) -> Iterator[str]:
    for place in RESULTS:
        found = sorted(path.name for path in (folder / place).glob("*-*.*"))
        for name in found:
            if name[:64] in digests and NAME.fullmatch(f"{place}/{name}"):
                yield f"{place}/{name}"


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Lend a folder on the disk of the backup. Raises `OutputError`."""
    try:
        with fleeting(target.with_name(f"{PART}{secrets.token_hex(8)}{PART_END}")) as place:
            yield place
    except OSError as error:
        raise unwritable(target.name, error) from error

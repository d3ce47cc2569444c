"""Steps from any older database to today's, each applied once and in order."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, func, insert, select

from freckle.server.problems import WebError
from freckle.server.tables import METADATA

Migration = Callable[[Connection], None]

VERSIONS: Final = Table(
    "schema_versions", MetaData(), Column("version", Integer, primary_key=True, autoincrement=False)
)

MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""Step i lifts version i + 1 to i + 2. Never edited once released; a change of `tables.py`, which
is what a new database gets at once, comes with a new step here."""


def migrate(engine: Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Bring a database to the newest version and return it.

    Each step commits together with its number. Raises `WebError` when the database was written by
    a newer freckle.
    """
    newest = 1 + len(migrations)
    with engine.begin() as connection:
        VERSIONS.create(connection, checkfirst=True)
        version = connection.scalar(select(func.max(VERSIONS.c.version)))
    if version is None:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(VERSIONS).values(version=newest))
        return newest
    if version > newest:
        raise WebError(
            "internal",
            "The data folder was written by a newer freckle.",
            "Update freckle, or choose another folder with --data.",
        )
    for number, step in enumerate(migrations[version - 1 :], start=version + 1):
        with engine.begin() as connection:
            step(connection)
            connection.execute(insert(VERSIONS).values(version=number))
    return newest

"""Steps from any older database to today's, by Alembic: each applied once, all of them or none."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from freckle.server.problems import WebError

FIRST: Final = "0001"
OLD_TABLE: Final = "schema_versions"
"""How the databases of the first releases said their version; all of them say 1."""
LOCK: Final = 0x66726563
"""Of several servers that start on one PostgreSQL, one changes it and the others wait."""


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring a database to the newest version, or to `target`, in one transaction.

    Raises `WebError` when the database was written by a newer freckle.
    """
    with engine.connect() as connection:
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        version = _version(connection)
        connection.rollback()
        if version == script.get_current_head():
            return
        try:
            _begin(connection)
            _lift(connection, config, target)
        except BaseException:
            connection.rollback()
            connection.invalidate()  # it is no longer as strict as the others
            raise
        _strict(connection)


def current(connection: Connection) -> bool:
    """Whether a database is of the newest version."""
    return (
        _version(connection) == ScriptDirectory.from_config(_config(connection)).get_current_head()
    )


def _lift(connection: Connection, config: Config, target: str) -> None:
    """Take all steps from the version that is found now that nobody else is at it."""
    version = _version(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise WebError(
            "internal",
            "The data folder was written by a newer freckle.",
            "Update freckle, or choose another folder with --data.",
        )
    if version is None and inspect(connection).has_table(OLD_TABLE):
        command.stamp(config, FIRST)
    command.upgrade(config, target)
    _end(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    folder = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _begin(connection: Connection) -> None:
    """Begin a transaction that nobody else is in; SQLite's driver would begin none for tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # tables are replaced by others
        connection.rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _end(connection: Connection) -> None:
    """Commit, where all references still mean something."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} references of the database lead nowhere")
    connection.commit()


def _strict(connection: Connection) -> None:
    """Have SQLite watch over references again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.rollback()

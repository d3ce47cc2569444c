"""Connections to the database: durable, bounded in time, and silent about what they carry."""

from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from freckle.server.problems import WebError, busy, storage_full

PATIENCE_S: Final = 5
"""Seconds that a statement waits for a lock, and a call for a connection."""
_LOCKED: Final = ("database is locked", "database table is locked", "55P03", "57014")
_FULL: Final = ("database or disk is full", "disk I/O error", "53100")


def connect(url: str) -> Engine:
    """Return the engine of a database at an SQLAlchemy URL."""
    engine = create_engine(
        url,
        pool_pre_ping=True,  # a database server may have restarted
        pool_timeout=PATIENCE_S,
        hide_parameters=True,  # names and recipes do not belong in logs
    )
    event.listen(engine, "connect", _SETTINGS.get(engine.dialect.name, lambda *_: None))
    return engine


def empty_journal(engine: Engine) -> None:
    """Let nothing that was erased stay in SQLite's journal."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def trouble(error: SQLAlchemyError) -> WebError | None:
    """Say what a failure means where it is none of ours: `busy`, `storage_full`."""
    if isinstance(error, PoolTimeoutError):
        return busy()
    text = str(error.orig) if isinstance(error, DBAPIError) else ""
    if any(sign in text for sign in _LOCKED):
        return busy()
    return storage_full() if any(sign in text for sign in _FULL) else None


def _harden_sqlite(connection: Any, _record: object) -> None:
    """Make a commit mean "on the disk", references mean something, and deleting erase."""
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={PATIENCE_S * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # its own knows no letters but those of ASCII
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _harden_postgresql(connection: Any, _record: object) -> None:
    """Let no statement wait for ever."""
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{PATIENCE_S}s'")
    cursor.close()
    connection.commit()


_SETTINGS: Final = {"sqlite": _harden_sqlite, "postgresql": _harden_postgresql}

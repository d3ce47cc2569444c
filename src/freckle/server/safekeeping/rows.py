"""A database's rows, from one kind of database to another: SQLite, PostgreSQL."""

from typing import Final

from sqlalchemy import Connection, func, insert, select, text

from freckle.server.tables import METADATA, OLD_VERSIONS

AT_ONCE: Final = 500
"""Rows in memory at a time; recipes may be long."""


def copy(source: Connection, target: Connection) -> None:
    """Copy all rows into empty tables of the same form, in the target's transaction."""
    target.execute(OLD_VERSIONS.delete())  # the migrations' own
    for table in METADATA.sorted_tables:
        order = list(table.primary_key)
        rows = source.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*order))
        for part in rows.mappings().partitions(AT_ONCE):
            target.execute(insert(table), [dict(row) for row in part])
        if target.dialect.name == "postgresql" and table.autoincrement_column is not None:
            _go_on(target, table.name, table.autoincrement_column.name)


def _go_on(target: Connection, table: str, column: str) -> None:
    """Let PostgreSQL count on from the highest number that was copied."""
    highest = select(func.max(METADATA.tables[table].c[column]))
    if (number := target.scalar(highest)) is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:t, :c), :n)")
        target.execute(sequence, {"t": table, "c": column, "n": number})

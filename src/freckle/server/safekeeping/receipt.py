"""A receipt: how much of each kind a database holds, with a hash that tells any difference."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, Table, select

from freckle.server.safekeeping.rows import AT_ONCE
from freckle.server.sharing_tables import REMARKS, SHARED, SHARES, VISITS
from freckle.server.tables import (
    MEMBERSHIPS,
    PHOTOS,
    PICTURES,
    POSTERS,
    PROJECTS,
    REVISIONS,
    SET_PHOTOS,
    SETS,
    USERS,
    WORKSPACES,
)

KINDS: Final[dict[str, tuple[Table, ...]]] = {
    "photos": (PHOTOS,),
    "projects": (PROJECTS, PICTURES, POSTERS),
    "history": (REVISIONS,),
    "sets": (SETS, SET_PHOTOS),
    "links": (SHARES, SHARED, REMARKS, VISITS),
    "people": (USERS, WORKSPACES, MEMBERSHIPS),
}
"""What people ask for, and the tables that hold it; the first one's rows are counted."""
ALL: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class Line:
    """What there is of one kind."""

    kind: str
    count: int
    sha256: str
    """Sum of the SHA-256 of all its rows, modulo 2²⁵⁶, in hex: no order of rows changes it, so
    that databases which sort differently agree."""


def receipt(connection: Connection) -> tuple[Line, ...]:
    """Return a line for each of `KINDS` of a database of today's form."""
    return tuple(_line(connection, kind, tables) for kind, tables in KINDS.items())


def _line(connection: Connection, kind: str, tables: tuple[Table, ...]) -> Line:
    counts, total = [], 0
    for table in tables:
        count = 0
        for row in connection.execution_options(yield_per=AT_ONCE).execute(select(table)):
            total += _number(table, row)
            count += 1
        counts.append(count)
    return Line(kind, counts[0], f"{total % ALL:064x}")


def _number(table: Table, row: Row[tuple[object, ...]]) -> int:
    words = json.dumps([table.name, *row], sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(words.encode()).digest(), "big")


def told(lines: tuple[Line, ...]) -> str:
    """Return a receipt as lines of text."""
    return "\n".join(f"{each.kind:9}{each.count:9,}  {each.sha256}" for each in lines)

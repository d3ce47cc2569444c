"""Which projects a list shows, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Select, func

from freckle.server.rooms.room import after
from freckle.server.tables import PROJECTS, SET_PHOTOS

Sort = Literal["changed", "opened", "name"]
_SORTS: Final[Mapping[Sort, tuple[ColumnElement[Any], bool]]] = {
    "changed": (PROJECTS.c.updated, True),
    "opened": (PROJECTS.c.opened, True),
    "name": (func.lower(PROJECTS.c.name, type_=PROJECTS.c.name.type), False),
}
"""What a list is sorted by, and whether the largest comes first."""


@dataclass(frozen=True, slots=True)
class Find:
    """Which projects are asked for: those with `search` in their names, and in which order."""

    search: str = ""
    sort: Sort = "changed"
    loose: bool = False
    """Only those that stand in no set."""


ALL: Final = Find()


def found(query: Select[Any], find: Find, cursor: str | None) -> Select[Any]:
    """Return a query of projects for those only, sorted; its rows have a `key` for cursors.

    Raises `bad_request` for no cursor.
    """
    if find.search:
        query = query.where(PROJECTS.c.name.icontains(find.search, autoescape=True))
    if find.loose:
        query = query.where(SET_PHOTOS.c.set.is_(None))
    key, down = _SORTS[find.sort]
    return after(query.add_columns(key.label("key")), (key, PROJECTS.c.id), cursor, down=down)

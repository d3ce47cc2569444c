"""Long lists go out in pages: `limit` and `cursor` ask, the header says where it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Query, Response

from freckle.server.house import House
from freckle.server.rooms.room import MOST, Page

NEXT: Final = "X-Freckle-Next"
"""The header that holds the cursor of the next page; it is missing on the last one."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="Most items of one page")]
Cursor = Annotated[
    str | None, Query(max_length=400, description="X-Freckle-Next of the page before")
]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is asked for."""

    response: Response
    limit: int
    cursor: str | None

    async def of(
        self, here: House, listed: Callable[..., Page[T]], *args: Any, **named: Any
    ) -> Sequence[T]:
        """Return a page's items, listed off the loop, and say where the list goes on."""
        page = await here.stored(lambda: listed(*args, self.limit, self.cursor, **named))
        if page.next is not None:
            self.response.headers[NEXT] = page.next
        return page.items


async def _paging(response: Response, limit: Limit = MOST, cursor: Cursor = None) -> Paging:
    return Paging(response, limit, cursor)


Paged = Annotated[Paging, Depends(_paging)]

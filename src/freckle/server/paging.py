"""Long lists go out in pages: `limit` and `cursor` ask, the header says where it goes on."""

from typing import Annotated, Final

from fastapi import Query, Response

from freckle.server.rooms.room import MOST, Page

NEXT: Final = "X-Freckle-Next"
"""The header that holds the cursor of the next page; it is missing on the last one."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="Most items of one page")]
Cursor = Annotated[
    str | None, Query(max_length=400, description="X-Freckle-Next of the page before")
]


def point(response: Response, page: Page[object]) -> None:
    """Say where a list goes on."""
    if page.next is not None:
        response.headers[NEXT] = page.next

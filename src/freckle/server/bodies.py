"""Request bodies, counted as they stream in: what a request says of its length is not believed."""

from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from starlette.types import Message, Receive, Scope

from freckle.server.problems import WebError
from freckle.server.settings import Settings
from freckle.server.strangers import open_limit

POSTER_FILE: Final = 12 << 20
"""A typeface with the letters of many languages."""
SILENCE_S: Final = 60.0
"""A body of which nothing more comes for this long is given up."""


def limit_of(scope: Scope, settings: Settings) -> int:
    """Return how many bytes a request's body may have."""
    anybody = open_limit(scope)
    if anybody is not None:
        return anybody
    if scope.get("path") == "/api/photos":
        return settings.upload_bytes + settings.body_bytes
    if scope.get("path", "").endswith("/posters/files"):
        return max(settings.body_bytes, POSTER_FILE)
    return settings.body_bytes


def too_large(limit: int) -> WebError:
    """Say that a body is larger than `limit` bytes."""
    size = f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} kB"
    return WebError(
        "too_large_file",
        f"This is larger than the {size} that are accepted.",
        "Save the photo smaller, or as JPEG.",
    )


def counted(receive: Receive, limit: int, refuse: Callable[[WebError], Awaitable[None]]) -> Receive:
    """Return a `receive` that hands on at most `limit` bytes of a body.

    One more, or a long silence: `refuse` is called once, and the application hears that nobody is
    there any more.
    """
    seen, whole, refused = 0, False, False

    async def next_message() -> Message:
        nonlocal seen, whole, refused
        if refused:
            return {"type": "http.disconnect"}
        if whole:
            return await receive()
        problem = None
        try:
            with anyio.fail_after(SILENCE_S):
                message = await receive()
        except TimeoutError:
            problem = WebError("bad_request", "This did not arrive whole.", "Send it again.")
        else:
            seen += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            problem = too_large(limit) if seen > limit else None
        if problem is None:
            return message
        refused = True
        await refuse(problem)
        return {"type": "http.disconnect"}

    return next_message

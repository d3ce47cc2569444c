"""What is answered to whoever has not shown who they are, and how large their bodies may be."""

import re
from typing import Final

from starlette.types import Scope

OPEN: Final = {
    ("POST", "/api/session"): 1 << 10,
    ("GET", "/api/entrance"): 0,
    ("POST", "/api/entrance/first"): 2 << 10,
    ("POST", "/api/sign-in"): 2 << 10,
    ("POST", "/api/sign-in/passkey/options"): 1 << 10,
    ("POST", "/api/sign-in/passkey"): 16 << 10,
    ("GET", "/api/sign-in/provider"): 0,
    ("GET", "/api/sign-in/provider/back"): 0,
    ("POST", "/api/invitations/look"): 1 << 10,
    ("POST", "/api/invitations/accept"): 2 << 10,
    ("POST", "/api/shared"): 1 << 10,
    ("GET", "/api/shared/{share}"): 0,
    ("GET", "/api/shared/{share}/pictures/{place}/{side}"): 0,
    ("GET", "/api/shared/{share}/reports/{place}"): 0,
    ("PUT", "/api/shared/{share}/decisions/{place}"): 1 << 10,
    ("POST", "/api/shared/{share}/comments"): 16 << 10,
    ("DELETE", "/api/shared/{share}/comments/{comment}"): 0,
    ("POST", "/api/shared/{share}/confirm"): 1 << 10,
    ("GET", "/api/shared/{share}/receipt"): 0,
}
"""Method and path of each such route, and the most bytes of a body. All others want a session.

Guests show a cookie of their own, which their link has given them (`sharing/here.py`).
"""
_SHAPES: Final = tuple(
    (method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), limit)
    for (method, path), limit in OPEN.items()
    if "{" in path
)


def open_limit(scope: Scope) -> int | None:
    """Return the limit of a request that anybody may make, None for all other requests."""
    method, path = scope.get("method", ""), scope["path"]
    known = OPEN.get((method, path))
    if known is not None:
        return known
    limits = (limit for m, shape, limit in _SHAPES if m == method and shape.fullmatch(path))
    return next(limits, None)

"""What is answered to whoever has not shown who they are, and how large their bodies may be."""

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
}
"""Method and path of each such route, and the most bytes of a body. All others want a session."""


def open_limit(scope: Scope) -> int | None:
    """Return the limit of a request that anybody may make, None for all other requests."""
    return OPEN.get((scope.get("method", ""), scope["path"]))

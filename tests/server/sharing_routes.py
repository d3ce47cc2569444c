"""Who may use the routes of share links: rows of the table of all routes."""

from typing import Any, Final, Literal

from freckle.server.rooms.shares import NewShare
from freckle.server.store import Store, User
from freckle.server.users import Role

SHARING: Final[dict[str, tuple[Role | Literal["nobody"], Any]]] = {
    "POST /api/shares": ("editor", {"projects": ["{project}"], "guest": "Gina"}),
    "GET /api/projects/{project}/shares": ("viewer", None),
    "GET /api/shares/{share}": ("viewer", None),
    "DELETE /api/shares/{share}": ("editor", None),
    "POST /api/shares/{share}/comments": ("editor", {"place": 0, "text": "Thank you"}),
    "GET /api/shares/{share}/receipt": ("viewer", None),
    "POST /api/shared": ("nobody", {"secret": "guessed"}),
    "GET /api/shared/{share}": ("nobody", None),
    "GET /api/shared/{share}/pictures/{place}/{side}": ("nobody", None),
    "GET /api/shared/{share}/reports/{place}": ("nobody", None),
    "PUT /api/shared/{share}/decisions/{place}": ("nobody", {"decision": "approved"}),
    "POST /api/shared/{share}/comments": ("nobody", {"place": 0, "text": "Hello"}),
    "DELETE /api/shared/{share}/comments/{comment}": ("nobody", None),
    "POST /api/shared/{share}/confirm": ("nobody", {"name": "Gina"}),
    "GET /api/shared/{share}/receipt": ("nobody", None),
}
"""Guests' routes open to nobody else: each wants the cookie that only a link gives."""


def confirmed(store: Store, user: User, project: str) -> str:
    """A link whose guest has confirmed, so that there is a receipt."""
    new = NewShare(projects=[project], guest="Gina", password=None, terms={}, expires=None)
    share, _ = store.share(user, new)
    store.confirm(share, store.visit(share, "a browser"), lambda *_: "{}")
    return share

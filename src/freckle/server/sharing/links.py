"""Routes: links that show pictures to guests, for whoever makes them."""

from typing import Any, Final

from fastapi import APIRouter, Response

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.problems import not_found
from freckle.server.rooms.room import now
from freckle.server.rooms.shares import NewShare
from freckle.server.sharing.wire import (
    Reply,
    ShareDetail,
    ShareEntry,
    ShareLink,
    ShareRequest,
    detail,
    entry,
)

ROUTES: Final = APIRouter(prefix="/api", tags=["sharing"])
DAY_MS: Final = 24 * 3600 * 1000
RECEIPT: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/json": {}}, "description": "The receipt, a file to save"}
}


@ROUTES.post("/shares", status_code=201)
async def share(request: ShareRequest, me: Me, here: Here) -> ShareLink:
    """Make a link for one guest: the answer holds what it needs, this once."""
    password = await here.passwords.hash(request.password) if request.password else None
    new = NewShare(
        projects=list(dict.fromkeys(request.projects)),
        guest=request.guest,
        password=password,
        terms=request.terms.model_dump(),
        expires=None if request.days is None else now() + request.days * DAY_MS,
    )
    made, secret = await here.stored(here.store.share, me, new)
    return ShareLink(id=made, secret=secret)


@ROUTES.get("/projects/{project}/shares")
async def shares(project: str, me: Me, here: Here) -> list[ShareEntry]:
    """List the links to a project, the newest first, revoked ones too."""
    return list(map(entry, await here.stored(here.store.shares, me, project)))


@ROUTES.get("/shares/{share}")
async def look_up(share: str, me: Me, here: Here) -> ShareDetail:
    """Say what came of a link: decisions, comments, and when it was used."""
    found = await here.stored(here.store.share_of, me, share)
    shown = await here.stored(here.store.shown, share)
    remarks = await here.stored(here.store.remarks, share)
    return detail(found, shown, remarks, await here.stored(here.store.visits, me, share))


@ROUTES.delete("/shares/{share}", status_code=204)
async def revoke(share: str, me: Me, here: Here) -> None:
    """Make a link worthless, for good: its page and its pictures refuse from the next request."""
    await here.stored(here.store.revoke, me, share)


@ROUTES.post("/shares/{share}/comments", status_code=204)
async def reply(share: str, request: Reply, me: Me, here: Here) -> None:
    """Say something to the guest about a picture."""
    await here.stored(here.store.reply, me, share, request.place, request.text)


@ROUTES.get("/shares/{share}/receipt", response_class=Response, responses=RECEIPT)
async def receipt(share: str, me: Me, here: Here) -> Response:
    """Send the receipt of what the guest confirmed."""
    found = await here.stored(here.store.share_of, me, share)
    return receipt_file(found.id, found.receipt)


def receipt_file(share: str, text: str | None) -> Response:
    """Return a receipt as a file. Raises `not_found` before anything was confirmed."""
    if text is None:
        raise not_found("receipt")
    headers = {
        "Content-Disposition": f'attachment; filename="receipt-{share[:8]}.json"',
        "Cache-Control": "no-store",
    }
    return Response(text, media_type="application/json", headers=headers)

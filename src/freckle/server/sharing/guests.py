"""Routes: what a guest sees and says. Nobody signs in; the link opens, and nothing but its own."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from freckle.server.accounts.here import address_of, browser_of
from freckle.server.house import Here, House
from freckle.server.problems import WebError
from freckle.server.rooms.shares import Remark, Share, Shown
from freckle.server.sharing.here import Visitor, cookie_of, let_in, not_allowed
from freckle.server.sharing.links import RECEIPT, receipt_file
from freckle.server.sharing.pictures import Wanted, drawn, reported, side_for
from freckle.server.sharing.receipt import receipt_of
from freckle.server.sharing.terms import DECISIONS
from freckle.server.sharing.wire import (
    CommentRequest,
    ConfirmRequest,
    DecisionRequest,
    Entered,
    EnterRequest,
    GuestView,
    SharedReport,
    view,
)

ROUTES: Final = APIRouter(prefix="/api/shared", tags=["guests"])
JPEG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"image/jpeg": {}}, "description": "A JPEG"}
}
KEEP_NOTHING: Final = {"Cache-Control": "no-store"}
Size = Annotated[int, Query(ge=16, le=8192)]


@ROUTES.post("")
async def enter(asked: EnterRequest, here: Here, request: Request, response: Response) -> Entered:
    """Open a link; the answer's cookie lets this browser see its pictures."""
    share = await here.stored(here.store.share_by_secret, asked.secret)
    if not await _inside(here, share, request):
        if not await _password_fits(here, share, asked.password, request):
            return Entered(share=None)
        visit = await here.stored(here.store.visit, share.id, browser_of(request))
        let_in(here, request, response, share.id, visit)
    return Entered(share=share.id)


async def _inside(here: House, share: Share, request: Request) -> bool:
    """Tell whether this browser has opened the link before; loading a page again is no new use."""
    visit = request.cookies.get(cookie_of(here, share.id), "")
    try:
        await here.stored(here.store.guest, share.id, visit)
    except WebError:
        return False
    return True


async def _password_fits(here: House, share: Share, password: str | None, request: Request) -> bool:
    """Tell whether a link may be opened. Raises `forbidden`, and `too_often` after many tries."""
    if share.password is None:
        return True
    if password is None:
        return False
    door, address = f"share {share.id}", address_of(request)
    await here.stored(here.store.may_try, door, address)
    fitting, _ = await here.passwords.fits(password, share.password)
    if not fitting:
        await here.stored(here.store.failed, door, address)
        raise WebError("forbidden", "This password is not right.", "Check it, then try again.")
    await here.stored(here.store.succeeded, door, address)
    return True


@ROUTES.get("/{share}")
async def look(share: str, guest: Visitor, response: Response) -> GuestView:
    """Say what the link shows, what was decided and what was said."""
    response.headers.update(KEEP_NOTHING)
    store = guest.here.store
    shown = await guest.here.stored(store.shown, share)
    return view(guest.share, shown, await guest.here.stored(store.remarks, share))


@ROUTES.get("/{share}/pictures/{place}/{side}", response_class=FileResponse, responses=JPEG)
async def picture(
    place: int,
    side: Literal["after", "before"],
    guest: Visitor,
    request: Request,
    size: Size = 1024,
    file: bool = False,
) -> FileResponse:
    """Draw a picture with its longer side at `size`, or at the next size that there is.

    With `file` it is one to save, as large as the link allows and with the metadata it allows.
    """
    terms = guest.terms
    before = side == "before"
    if (before and not terms.compare) or (file and (before or not terms.download)):
        raise not_allowed()
    shown = await guest.shown(place)
    wanted = Wanted(
        longest=terms.longest if file else side_for(size, terms),
        before=before,
        metadata=terms.metadata if file else "nothing",
    )
    path = await drawn(guest.here, shown, terms, wanted, request)
    await guest.still()
    name = f"{stem(shown)}.jpg" if file else None
    return FileResponse(path, media_type="image/jpeg", filename=name, headers=KEEP_NOTHING)


@ROUTES.get("/{share}/reports/{place}")
async def report(place: int, guest: Visitor, request: Request, response: Response) -> SharedReport:
    """Say what was changed in a picture."""
    if not guest.terms.report:
        raise not_allowed()
    found = await reported(guest.here, await guest.shown(place), request)
    await guest.still()
    response.headers.update(KEEP_NOTHING)
    return found


@ROUTES.put("/{share}/decisions/{place}", status_code=204)
async def decide(share: str, place: int, asked: DecisionRequest, guest: Visitor) -> None:
    """Approve, reject or choose a picture, or take that back."""
    terms = guest.terms
    if asked.decision is not None and asked.decision not in DECISIONS[terms.ask]:
        raise not_allowed()
    most = terms.most if terms.ask == "choose" else None
    decide = guest.here.store.decide
    await guest.here.stored(decide, share, guest.visit, place, asked.decision, most)


@ROUTES.post("/{share}/comments", status_code=204)
async def say(share: str, asked: CommentRequest, guest: Visitor) -> None:
    """Say something about a picture, or about a place in it."""
    if not guest.terms.comments:
        raise not_allowed()
    if (asked.x is None) != (asked.y is None):
        raise WebError("bad_request", "A place needs both x and y.", "Send both, or none.")
    remark = Remark(
        id="", place=asked.place, author=None, x=asked.x, y=asked.y, text=asked.text, created=0
    )
    await guest.here.stored(guest.here.store.say, share, guest.visit, remark)


@ROUTES.delete("/{share}/comments/{comment}", status_code=204)
async def unsay(share: str, comment: str, guest: Visitor) -> None:
    """Take back a comment of one's own."""
    await guest.here.stored(guest.here.store.unsay, share, guest.visit, comment)


@ROUTES.post("/{share}/confirm", response_class=Response, responses=RECEIPT)
async def confirm(share: str, asked: ConfirmRequest, guest: Visitor) -> Response:
    """Lock what was decided, and send the receipt."""

    def signed(found: Share, shown: Any, remarks: Any) -> str:
        return receipt_of(found, shown, remarks, asked.name)

    text = await guest.here.stored(guest.here.store.confirm, share, guest.visit, signed)
    return receipt_file(share, text)


@ROUTES.get("/{share}/receipt", response_class=Response, responses=RECEIPT)
async def receipt(share: str, guest: Visitor) -> Response:
    """Send the receipt of what was confirmed."""
    return receipt_file(share, guest.share.receipt)


def stem(shown: Shown) -> str:
    """Return the name of a file for a picture, without its ending."""
    plain = "".join(c if c.isalnum() or c in " -_." else "-" for c in shown.name).strip(" .")
    return plain.rsplit(".", 1)[0][:100] or f"picture-{shown.place + 1}"

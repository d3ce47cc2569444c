"""What travels about share links, as models."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from freckle.report.figures import WorkKind
from freckle.server.accounts.wire import Name
from freckle.server.rooms.shares import Remark, Share, Shown, Visit
from freckle.server.sharing.terms import Decision, Terms
from freckle.server.wire import Answer, Body, Id, moment

Secret = Annotated[str, Field(max_length=64)]
SharePassword = Annotated[str, Field(min_length=6, max_length=256)]
"""Beside a link that nobody guesses; tries are counted."""
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*\S[^\x00]*$")]
Part = Annotated[float, Field(ge=0, le=1)]
MOST_DAYS = 3660


class ShareRequest(Body):
    """Makes a link that shows projects to one guest, as they are now."""

    projects: Annotated[list[Id], Field(min_length=1, max_length=500)]
    guest: Name
    """For whom it is."""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = 30
    """How long it is good; None: until it is revoked."""
    password: SharePassword | None = None
    terms: Terms = Terms()


class ShareLink(Answer):
    """A new link; its secret is said this once."""

    id: str
    secret: str


class ShareEntry(Answer):
    """A link in the list of a project's."""

    id: str
    guest: str
    author: str
    password: bool
    terms: Terms
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    confirmed: datetime | None


class Comment(Answer):
    """What somebody said about a picture."""

    id: str
    place: int
    """Number of the picture."""
    author: str | None
    """A member's name; None: the guest."""
    x: float | None
    """Share of the width from the left; None: about the whole picture."""
    y: float | None
    text: str
    created: datetime


class SharedPicture(Answer):
    """A picture behind a link."""

    place: int
    """Its number, 0 is the first."""
    name: str
    decision: Decision | None


class ShareVisit(Answer):
    """One use of a link."""

    browser: str
    at: datetime


class ShareDetail(Answer):
    """A link with all that came of it."""

    share: ShareEntry
    pictures: list[SharedPicture]
    projects: list[str]
    """Of the pictures, in their order."""
    comments: list[Comment]
    visits: list[ShareVisit]
    """The newest first."""


class Reply(Body):
    """Says something to the guest about a picture."""

    place: int
    text: Words


class EnterRequest(Body):
    """Opens a link."""

    secret: Secret
    password: Annotated[str, Field(max_length=256)] | None = None


class Entered(Answer):
    """Which link was opened."""

    share: str | None
    """None: its password is missing."""


class GuestView(Answer):
    """What a guest sees."""

    id: str
    guest: str
    author: str
    expires: datetime | None
    confirmed: datetime | None
    terms: Terms
    pictures: list[SharedPicture]
    comments: list[Comment]


class DecisionRequest(Body):
    """Decides about a picture; null takes it back."""

    decision: Decision | None


class CommentRequest(Body):
    """Says something about a picture, or about a place in it."""

    place: int
    x: Part | None = None
    y: Part | None = None
    text: Words


class ConfirmRequest(Body):
    """Locks what was decided."""

    name: Name
    """Who signs."""


class SharedTool(Answer):
    """A tool that changed the picture."""

    op: str
    label: str
    kind: WorkKind


class SharedReport(Answer):
    """What was changed in a picture."""

    texture_kept: float | None
    """Share 0 to 1 of the skin's fine contrast; None where no face was retouched."""
    tone_shift: float | None
    """In L*."""
    healed: int
    tools: list[SharedTool]
    generated: list[str]
    """Tools that made up pixels by a network; no other tool does."""


def entry(share: Share) -> ShareEntry:
    """Say what a link is, without its secrets."""
    return ShareEntry(
        id=share.id,
        guest=share.guest,
        author=share.author,
        password=share.password is not None,
        terms=Terms.model_validate(share.terms),
        created=moment(share.created),
        expires=_moment(share.expires),
        revoked=_moment(share.revoked),
        confirmed=_moment(share.confirmed),
    )


def detail(
    share: Share, shown: Sequence[Shown], remarks: Sequence[Remark], visits: Sequence[Visit]
) -> ShareDetail:
    """Say all that came of a link."""
    return ShareDetail(
        share=entry(share),
        pictures=list(map(picture, shown)),
        projects=[each.project for each in shown],
        comments=list(map(comment, remarks)),
        visits=[ShareVisit(browser=each.browser, at=moment(each.created)) for each in visits],
    )


def view(share: Share, shown: Sequence[Shown], remarks: Sequence[Remark]) -> GuestView:
    """Say what a guest may know of a link."""
    return GuestView(
        id=share.id,
        guest=share.guest,
        author=share.author,
        expires=_moment(share.expires),
        confirmed=_moment(share.confirmed),
        terms=Terms.model_validate(share.terms),
        pictures=list(map(picture, shown)),
        comments=list(map(comment, remarks)),
    )


def picture(shown: Shown) -> SharedPicture:
    """Say which picture it is, and what was decided."""
    return SharedPicture.model_validate(
        {"place": shown.place, "name": shown.name, "decision": shown.decision}
    )


def comment(remark: Remark) -> Comment:
    """Say what was said."""
    return Comment(
        id=remark.id,
        place=remark.place,
        author=remark.author,
        x=remark.x,
        y=remark.y,
        text=remark.text,
        created=moment(remark.created),
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else moment(milliseconds)

"""What travels between the editor and the server about people, as models."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from freckle.server.rooms.events import What
from freckle.server.users import Role
from freckle.server.wire import PLAIN, Answer, Body


def _tidy(text: str) -> str:
    """Take away spaces at the ends. Raises `ValueError` when nothing is left."""
    if not text.strip():
        raise ValueError("this must not be empty")
    return text.strip()


Name = Annotated[str, Field(max_length=120, pattern=PLAIN), AfterValidator(_tidy)]
Login = Annotated[
    str, Field(max_length=254, pattern=PLAIN), AfterValidator(_tidy), AfterValidator(str.casefold)
]
"""What somebody signs in with: an address or a name, whatever the case of its letters."""
Password = Annotated[str, Field(max_length=256)]
NewPassword = Annotated[str, Field(min_length=10, max_length=256)]
"""Long beats odd: no rules about kinds of letters (NIST SP 800-63B)."""
Secret = Annotated[str, Field(max_length=256)]


class Entrance(Answer):
    """How one gets in."""

    accounts: bool
    """False: only with the start token that `freckle serve` prints."""
    first: bool
    """True until there is an administrator."""
    provider: str | None
    """Name of another site whose account opens this one."""


class FirstRequest(Body):
    """Makes the first administrator."""

    token: Secret
    name: Name
    login: Login
    password: NewPassword
    workspace: Name


class SignInRequest(Body):
    """Signs in with a password."""

    login: Login
    password: Password


class PasskeyOptions(Answer):
    """What the browser hands to `navigator.credentials`, as WebAuthn has it in JSON."""

    options: dict[str, Any]


class PasskeyRequest(Body):
    """What an authenticator said, as `PublicKeyCredential.toJSON()` has it."""

    credential: dict[str, Any]
    name: Name = "Passkey"
    """For the list of passkeys."""


class InvitationSecret(Body):
    """What the link of an invitation holds."""

    secret: Secret


class AcceptRequest(Body):
    """Makes an account by an invitation."""

    secret: Secret
    name: Name
    login: Login
    password: NewPassword


class InvitationAnswer(Answer):
    """What a link invites to."""

    workspace: str
    author: str
    role: Role


class AccountAnswer(Answer):
    """What somebody signs in with."""

    name: str
    login: str | None
    password: bool
    """Whether there is one."""


class AccountChange(Body):
    """Calls oneself differently."""

    name: Name


class PasswordChange(Body):
    """Sets a new password; the old one is needed where there is one."""

    old: Password | None = None
    new: NewPassword


class SessionEntry(Answer):
    """One browser that is signed in."""

    id: str
    browser: str
    created: datetime
    here: bool
    """Whether it is the one that asks."""


class PasskeyEntry(Answer):
    """One passkey."""

    id: str
    name: str
    created: datetime


class WorkspaceAnswer(Answer):
    """A workspace of whoever asks, and their role in it."""

    id: str
    name: str
    role: Role


class WorkspaceRequest(Body):
    """Makes a workspace, or calls one differently."""

    name: Name


class QuotaValues(Body):
    """Bytes of originals and kept results, photos, projects; null is no limit, or what all have."""

    bytes: Annotated[int, Field(ge=0, lt=1 << 53)] | None = None
    photos: Annotated[int, Field(ge=0, lt=1 << 31)] | None = None
    projects: Annotated[int, Field(ge=0, lt=1 << 31)] | None = None


class HoldingAnswer(Answer):
    """What a workspace holds; `results` are bytes of kept files, which go first."""

    used: QuotaValues
    limit: QuotaValues
    results: int


class MemberAnswer(Answer):
    """Somebody who belongs to a workspace."""

    id: str
    name: str
    login: str | None
    role: Role
    since: datetime


class RoleChange(Body):
    """Gives a member another role."""

    role: Role


class InvitationRequest(Body):
    """Invites somebody; the note says whom, for the list."""

    role: Role
    note: Annotated[str, Field(max_length=120, pattern=PLAIN)] = ""


class InvitationLink(Answer):
    """The secret of a new invitation's link: it is never shown again."""

    secret: str


class EventEntry(Answer):
    """Something that somebody did in a workspace."""

    who: str
    """The name that they had."""
    what: What
    subject: str
    """The name of what, or of whom."""
    detail: str
    """A role, or a new name."""
    at: datetime


class InvitationEntry(Answer):
    """An open invitation."""

    id: str
    role: Role
    note: str
    author: str
    created: datetime
    expires: datetime

"""Accounts at places that were set up for the editor: a small file that only its owner can read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from freckle.disk import atomic_write
from freckle.publish.bluesky import USUAL, Bluesky
from freckle.publish.mastodon import Mastodon, Visibility
from freckle.publish.post import Place, PublishError
from freckle.publish.secret import Secret, check_own, from_file
from freckle.publish.wire import PATIENCE
from freckle.publish.wordpress import WordPress

LARGEST: Final = 1 << 20
"""Bytes of the file."""


class Channel(BaseModel):
    """An account at a place. Its secret never leaves the process that posts."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
    """What people choose it by; no other has it."""
    to: Literal["mastodon", "bluesky", "wordpress"]
    at: Annotated[str, Field(max_length=2000)] = ""
    """The server's address."""
    user: Annotated[str, Field(max_length=255)] = ""
    """bluesky: the handle; wordpress: the user."""
    secret: Annotated[str, Field(max_length=8192, repr=False)] = ""
    secret_file: Path | None = None
    """Instead of `secret`: a file with it, read anew for each post."""
    visibility: Visibility = "public"
    live: bool = False
    """wordpress: published at once, not a draft."""
    workspaces: tuple[str, ...] = ()
    """Those whose editors may post with it, on a server where people sign in."""
    patience: Annotated[float, Field(gt=0, le=600)] = PATIENCE
    """Seconds that an answer may take."""

    @model_validator(mode="after")
    def _whole(self) -> "Channel":
        if (self.secret == "") == (self.secret_file is None):
            raise ValueError("it needs either secret or secret_file")
        if self.user == "" and self.to != "mastodon":
            raise ValueError(f"{self.to} needs user")
        if self.at == "" and self.to != "bluesky":
            raise ValueError(f"{self.to} needs at")
        return self

    @property
    def address(self) -> str:
        """The server's address."""
        return self.at or USUAL

    @property
    def host(self) -> str:
        """The server's name, which people may see."""
        return urlsplit(self.address).netloc

    def opened(self) -> Place:
        """Return the place, with its secret. Raises `PublishError`."""
        secret = from_file(self.secret_file) if self.secret_file else Secret(self.secret)
        match self.to:
            case "mastodon":
                return Mastodon(self.address, secret, self.visibility, self.patience)
            case "bluesky":
                return Bluesky(self.user, secret, self.address, self.patience)
            case "wordpress":
                status: Literal["publish", "draft"] = "publish" if self.live else "draft"
                return WordPress(self.address, self.user, secret, status, self.patience)


def load_channels(path: Path) -> tuple[Channel, ...]:
    """Return what was set up; nothing where there is no file. Raises `PublishError`."""
    try:
        with path.open("rb") as file:
            check_own(file, path.name)
            content = file.read(LARGEST)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise PublishError(
            f"{path.name!r} cannot be read ({error.strerror}).", "Check its name and its rights."
        ) from error
    try:
        given = json.loads(content)
    except ValueError:
        given = None
    if not isinstance(given, list):
        raise PublishError(f"{path.name!r} is no list of accounts.", "docs/publish.md shows one.")
    found = tuple(read_channel(each) for each in given)
    names = [channel.name for channel in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise PublishError(f"Two accounts are called {twice!r}.", "Give each a name of its own.")
    return found


def read_channel(given: Any) -> Channel:
    """Return an account from plain data. Raises `PublishError`."""
    try:
        return Channel.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = first["msg"].removeprefix("Value error, ")
        name = given.get("name", "") if isinstance(given, dict) else ""
        raise PublishError(
            f"The account {str(name)[:80]!r} cannot be used: {where + ': ' if where else ''}{why}.",
            "docs/publish.md shows how it is written.",
        ) from None


def save_channels(channels: Sequence[Channel], path: Path) -> None:
    """Keep accounts, for their owner's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = [each.model_dump(mode="json", exclude_defaults=True) for each in channels]
    atomic_write(path, json.dumps(plain, indent=1, ensure_ascii=False).encode(), 0o600)

"""Accounts that the editor posts with: kept and forgotten by `freckle publish`."""

from collections.abc import Callable
from pathlib import Path

from platformdirs import user_config_path

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError
from freckle.publish.channels import load_channels, read_channel, save_channels
from freckle.publish.secret import Secret


def place() -> Path:
    """Return where they are kept."""
    return user_config_path("freckle") / "channels.json"


def keep(arguments: Arguments, secret: Callable[[Arguments], Secret]) -> int:
    """Keep an account by the name that was given. Raises `UsageError`, `PublishError`."""
    if arguments.to not in ("mastodon", "bluesky", "wordpress"):
        raise UsageError("--save needs --to with mastodon, bluesky or wordpress.")
    given = {
        "name": arguments.keep,
        "to": arguments.to,
        "at": arguments.at or "",
        "user": arguments.user or "",
        "secret": secret(arguments).reveal(),
        "visibility": arguments.visibility,
        "live": arguments.live,
        "patience": arguments.patience,
    }
    others = [channel for channel in load_channels(place()) if channel.name != arguments.keep]
    save_channels([*others, read_channel(given)], place())
    return OK


def forget(name: str) -> int:
    """Forget an account. Raises `UsageError` where there is none of that name."""
    known = load_channels(place())
    others = [channel for channel in known if channel.name != name]
    if len(others) == len(known):
        raise UsageError(f"No account is called {name!r}.")
    save_channels(others, place())
    return OK

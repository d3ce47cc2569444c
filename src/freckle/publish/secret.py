"""Secrets: from the environment or a file of one's own, never from the command line."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from freckle.publish.post import PublishError

LONGEST: Final = 8192


class Secret:
    """A token or password that is not shown, whoever prints it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep it."""
        self._text = text

    def reveal(self) -> str:
        """Return it, to be sent to the one place that it opens."""
        return self._text

    def hidden(self, words: str) -> str:
        """Return words of a server without the secret, should it have repeated it."""
        return words.replace(self._text, "…") if self._text else words

    def __repr__(self) -> str:
        return "Secret(…)"


def from_environment(name: str) -> Secret:
    """Read a secret from an environment variable. Raises `PublishError`."""
    text = os.environ.get(name, "").strip()
    if not text:
        raise PublishError(
            f"There is no secret in the environment variable {name}.",
            f"Set {name}, or give --secret-file with a file that only you can read.",
        )
    return Secret(text)


def from_file(path: Path) -> Secret:
    """Read a secret from a file that nobody else can read. Raises `PublishError`."""
    try:
        with path.open("rb") as file:
            check_own(file, path.name)
            content = file.read(LONGEST + 1)
    except OSError as error:
        raise PublishError(
            f"{path.name!r} cannot be read ({error.strerror}).", "Check its name and its rights."
        ) from error
    text = content.decode("utf-8", "replace").strip()
    if not text or len(content) > LONGEST or "\n" in text:
        raise PublishError(f"{path.name!r} holds no secret.", "Put it there, in one line.")
    return Secret(text)


def check_own(file: BinaryIO, name: str) -> None:
    """Refuse an open file with a secret in it that others can read. Raises `PublishError`."""
    mode = os.fstat(file.fileno()).st_mode
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise PublishError(f"Others can read the secret in {name!r}.", f"Run: chmod 600 {name}")

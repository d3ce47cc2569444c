"""What every place that keeps bytes can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from freckle.errors import StorageError

LONGEST: Final = 1024
"""Bytes of a key; object stores take no longer ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is kept."""

    key: str
    size: int
    """Bytes."""
    stamp: str
    """Changes whenever the content is written anew."""


class Store(Protocol):
    """Bytes under keys: names with slashes, such as `set/anna.jpg`.

    What `put` has returned from is kept and whole, whatever happens next; until then the key has
    what it had before. All methods may be called from several threads, and raise `StorageError`.
    """

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes in place of what the key had."""

    def get(self, key: str) -> bytes:
        """Return all bytes of a key."""

    def range(self, key: str, start: int, size: int) -> bytes:
        """Return so many bytes from `start` on; fewer where the content ends."""

    def find(self, key: str) -> Entry | None:
        """Say what is kept under a key; None is nothing."""

    def list(self, prefix: str = "") -> Iterator[Entry]:
        """Go through all keys that begin so, in no order; never through half of a thing."""

    def delete(self, key: str) -> None:
        """Forget a key; it may be absent."""


def check_key(key: str) -> str:
    """Return a key that leads nowhere else. Raises `StorageError`."""
    parts = key.split("/")
    bad = any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts)
    if bad or len(key.encode("utf-8", "surrogateescape")) > LONGEST:
        raise StorageError(f"{key[:80]!r} is no key.", "Write it as folder/name.")
    return key


def absent(key: str) -> StorageError:
    """Make the error of a key under which nothing is kept."""
    return StorageError(f"There is nothing called {key[:80]!r}.", "Check its name.", absent=True)

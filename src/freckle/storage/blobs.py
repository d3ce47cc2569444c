"""Bytes under the SHA-256 of their content: written once, the same for ever."""

import hashlib
from collections.abc import Iterator
from typing import Final

from freckle.errors import StorageError
from freckle.storage.store import Store

HEX: Final = frozenset("0123456789abcdef")


class Blobs:
    """Contents in a store; the key is made from the digest: `ab/abcdef…`."""

    def __init__(self, store: Store) -> None:
        """Keep them in a store that holds nothing else."""
        self._store = store

    def put(self, content: bytes) -> str:
        """Keep bytes and return their digest (hexadecimal). Raises `StorageError`.

        What is there already is not written again, unless it is no longer what it was.
        """
        digest = digest_of(content)
        key = key_of(digest)
        found = self._store.find(key)
        if found is None or found.size != len(content) or self._store.get(key) != content:
            self._store.put(key, content)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of a digest. Raises `StorageError`, also when they have changed."""
        content = self._store.get(key_of(digest))
        if digest_of(content) != digest:
            raise StorageError(
                f"What was kept as {digest[:12]} is no longer what it was.",
                "Check the disk, and bring it again from a copy.",
            )
        return content

    def range(self, digest: str, start: int, size: int) -> bytes:
        """Return a part of the bytes, unchecked. Raises `StorageError`."""
        return self._store.range(key_of(digest), start, size)

    def has(self, digest: str) -> bool:
        """Tell whether a digest is kept. Raises `StorageError`."""
        return self._store.find(key_of(digest)) is not None

    def list(self) -> Iterator[str]:
        """Go through all digests. Raises `StorageError`."""
        for entry in self._store.list():
            digest = entry.key.rpartition("/")[2]
            if is_digest(digest):
                yield digest

    def delete(self, digest: str) -> None:
        """Forget a digest; it may be absent. Raises `StorageError`."""
        self._store.delete(key_of(digest))


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def is_digest(text: str) -> bool:
    """Tell whether a text is a SHA-256 as this module writes them."""
    return len(text) == 64 and HEX.issuperset(text)


def key_of(digest: str) -> str:
    """Return the key of a digest. Raises `StorageError` for what is none."""
    if not is_digest(digest):
        raise StorageError(f"{digest[:80]!r} is no digest.", "Give a SHA-256 in hexadecimal.")
    return f"{digest[:2]}/{digest}"

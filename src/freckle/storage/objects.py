"""Bytes under names in an object store: S3 and what speaks like it, Google's, Azure's.

Credentials come from where the store's own tools have them: environment, files, the machine's
role. Requests that fail on the way are repeated with growing pauses; every one of them may be,
since a `put` twice is a `put`.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any, Final, TypeVar

from freckle.errors import StorageError
from freckle.storage.store import Entry, absent, check_key

T = TypeVar("T")

TRIES: Final = 8
FIRST_PAUSE: Final = 0.1
"""Seconds, doubled each time."""
LONGEST_PAUSE: Final = 5.0
WHOLE: Final = 64 << 20
"""Bytes that go in one request; larger ones go in parts, which are put together at the end."""
EXTRA: Final = "Install the extra: pip install 'freckle[stores]'."


class Objects:
    """What begins with one address in an object store. See `Store`."""

    def __init__(self, address: str, *, pause: float = FIRST_PAUSE) -> None:
        """Take an address such as `s3://bucket/folder`. Raises `StorageError`."""
        self._obstore = _library()
        self._pause = pause
        try:
            self._store = self._obstore.store.from_url(
                address,
                client_options={"allow_http": _plain(), "timeout": timedelta(seconds=120)},
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=60)},
            )
        except Exception as error:  # the library's own are not one family
            raise StorageError(
                f"{address[:80]!r} is no address of a store ({_first(error)}).",
                "Write it as s3://bucket/folder.",
            ) from error

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes in place of what the key had."""
        parts = len(content) > WHOLE
        self._tried(
            key, lambda path: self._obstore.put(self._store, path, content, use_multipart=parts)
        )

    def get(self, key: str) -> bytes:
        """Return all bytes of a key."""
        return self._tried(key, lambda path: bytes(self._obstore.get(self._store, path).bytes()))

    def range(self, key: str, start: int, size: int) -> bytes:
        """Return so many bytes from `start` on; fewer where the content ends."""
        entry = self.find(key)
        if entry is None:
            raise absent(key)
        size = min(size, entry.size - start)
        if size <= 0:
            return b""
        return self._tried(
            key,
            lambda path: bytes(
                self._obstore.get_range(self._store, path, start=start, length=size)
            ),
        )

    def find(self, key: str) -> Entry | None:
        """Say what is kept under a key; None is nothing."""
        try:
            found = self._tried(key, lambda path: self._obstore.head(self._store, path))
        except StorageError as error:
            if error.absent:
                return None
            raise
        return _entry(found)

    def list(self, prefix: str = "") -> Iterator[Entry]:
        """Go through all keys that begin so."""
        # The library lists by whole folders; a page that is lost must not be met twice.
        folder = prefix.rpartition("/")[0]
        seen = ""
        for attempt in range(TRIES):
            try:
                for page in self._obstore.list(self._store, folder or None, offset=seen or None):
                    for meta in page:
                        seen = max(seen, meta["path"])
                        if meta["path"].startswith(prefix):
                            yield _entry(meta)
                return
            except Exception as error:
                self._wait(prefix, error, attempt)

    def delete(self, key: str) -> None:
        """Forget a key; it may be absent."""
        try:
            self._tried(key, lambda path: self._obstore.delete(self._store, path))
        except StorageError as error:
            if not error.absent:
                raise

    def _tried(self, key: str, ask: Callable[[str], T]) -> T:
        path = check_key(key)
        for attempt in range(TRIES):
            try:
                return ask(path)
            except Exception as error:  # the library's own are not one family
                self._wait(key, error, attempt)
        raise AssertionError(key)  # `_wait` raises in the end

    def _wait(self, key: str, error: Exception, attempt: int) -> None:
        """Wait before the next attempt; raise when there is none, or none would help."""
        known = self._obstore.exceptions
        if isinstance(error, known.NotFoundError | FileNotFoundError):
            raise absent(key) from error
        final = (known.PermissionDeniedError, known.UnauthenticatedError, known.InvalidPathError)
        if isinstance(error, final) or attempt == TRIES - 1:
            raise StorageError(
                f"The store does not do what {key[-80:]!r} needs ({_first(error)}).",
                "Check its address, your rights and the network.",
            ) from error
        jitter = random.uniform(0.5, 1)  # noqa: S311 - so that not all come again at once
        time.sleep(min(self._pause * 2**attempt, LONGEST_PAUSE) * jitter)


def _entry(meta: Any) -> Entry:
    stamp = meta.get("e_tag") or meta["last_modified"].isoformat()
    return Entry(meta["path"], int(meta["size"]), str(stamp).strip('"'))


def _plain() -> bool:
    """Whether somebody names an endpoint without TLS: their own store, on their own network."""
    names = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT")
    return any(os.environ.get(name, "").startswith("http://") for name in names)


def _library() -> Any:
    try:
        library = import_module("obstore")
        for part in ("store", "exceptions"):
            import_module(f"obstore.{part}")
    except ImportError as error:
        raise StorageError("Object stores need a library that is not here.", EXTRA) from error
    return library


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]

"""Bytes under names in a folder."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from freckle.disk import is_part, sweep, write_whole
from freckle.errors import OutputError, StorageError
from freckle.storage.store import Entry, absent, check_key


class Files:
    """A folder; each key is a file in it. See `Store`."""

    def __init__(self, folder: Path, *, mode: int | None = None) -> None:
        """Use a folder, which is made with the first `put`; `mode` is what its files get."""
        self._folder = folder
        self._mode = mode

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes in place of what the key had."""
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content, self._mode)
        except OutputError as error:
            raise StorageError(error.message, error.remedy) from error
        except OSError as error:
            raise _failed(key, error) from error

    def get(self, key: str) -> bytes:
        """Return all bytes of a key."""
        try:
            return self.path(key).read_bytes()
        except OSError as error:
            raise _failed(key, error) from error

    def range(self, key: str, start: int, size: int) -> bytes:
        """Return so many bytes from `start` on; fewer where the content ends."""
        try:
            with self.path(key).open("rb") as file:
                file.seek(start)
                return file.read(size)
        except OSError as error:
            raise _failed(key, error) from error

    def find(self, key: str) -> Entry | None:
        """Say what is kept under a key; None is nothing."""
        return self._entry(key, self.path(key))

    def list(self, prefix: str = "") -> Iterator[Entry]:
        """Go through all keys that begin so; files that are being written have none yet."""
        start = prefix.rpartition("/")[0]
        for folder, _, names in os.walk(self._folder / start):
            for name in names:
                path = Path(folder) / name
                key = path.relative_to(self._folder).as_posix()
                if key.startswith(prefix) and not is_part(name):
                    entry = self._entry(key, path)
                    if entry is not None:
                        yield entry

    def delete(self, key: str) -> None:
        """Forget a key; it may be absent."""
        try:
            self.path(key).unlink(missing_ok=True)
        except OSError as error:
            raise _failed(key, error) from error

    def path(self, key: str) -> Path:
        """Return where a key's file lies, or would lie."""
        return self._folder / check_key(key)

    def sweep(self) -> None:
        """Remove what a crash left half-written, in all folders."""
        for folder, _, _ in os.walk(self._folder):
            sweep(Path(folder))

    @staticmethod
    def _entry(key: str, path: Path) -> Entry | None:
        with suppress(OSError):
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                return Entry(key, found.st_size, f"{found.st_mtime_ns:x}-{found.st_size:x}")
        return None


def _failed(key: str, error: OSError) -> StorageError:
    if isinstance(error, FileNotFoundError):
        return absent(key)
    return StorageError(
        f"{key[-80:]!r} cannot be kept or read ({error.strerror}).",
        "Check the disk, and that you may read and write there.",
    )

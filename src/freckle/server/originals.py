"""The originals: read-only files under the SHA-256 of their bytes."""

import hashlib
import os
import shutil
import uuid
from pathlib import Path
from typing import BinaryIO, Final

from freckle.disk import flush_folder
from freckle.server.problems import WebError

CHUNK: Final = 1 << 20
HEX: Final = frozenset("0123456789abcdef")


class Incoming:
    """A file on its way in: it grows, it is measured, and then `keep` or `discard` ends it."""

    def __init__(self, path: Path) -> None:
        """Create an empty file for writing."""
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._file: BinaryIO = path.open("xb")

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes so far, hexadecimal."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        self._file.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    def finish(self) -> None:
        """Make the bytes durable, and the file read-only."""
        self._file.flush()
        os.fsync(self._file.fileno())
        os.fchmod(self._file.fileno(), 0o444)
        self._file.close()

    def discard(self) -> None:
        """Remove the file, unless it was kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Originals:
    """A folder of originals; nothing in it is ever written twice."""

    def __init__(self, folder: Path, *, fresh: bool = True) -> None:
        """Use (and create) a folder; `fresh` removes what a crash left of uploads."""
        self._folder = folder / "originals"
        self._incoming = folder / "incoming"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if fresh:
            shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(exist_ok=True, mode=0o700)

    def receive(self) -> Incoming:
        """Open a place for a new file; whoever asked calls `discard` in the end."""
        return Incoming(self._incoming / uuid.uuid4().hex)

    def keep(self, incoming: Incoming) -> Path:
        """Give a finished file its name for ever and return its path.

        The move is atomic and durable, and the bytes are read back and compared with the digest.
        Raises `WebError` when the disk did not keep what it was given.
        """
        path = self.path(incoming.digest)
        if not (path.exists() and verify(path)):
            path.parent.mkdir(exist_ok=True, mode=0o700)
            incoming.path.replace(path)
            flush_folder(path.parent)
            flush_folder(path.parent.parent)
        if not verify(path):
            raise WebError(
                "internal", "The disk did not keep the photo as sent.", "Check the disk; try again."
            )
        return path

    def path(self, digest: str) -> Path:
        """Return where the original with this digest lies (or would lie)."""
        if len(digest) != 64 or not HEX.issuperset(digest):
            raise ValueError(digest)
        return self._folder / digest[:2] / digest


def copy_file(path: Path, incoming: Incoming) -> None:
    """Fill a new file with the bytes of another, and finish it."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            incoming.write(chunk)
    incoming.finish()


def verify(path: Path) -> bool:
    """Tell whether a stored original still has the bytes that its name promises."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == path.name

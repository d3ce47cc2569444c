"""Where contents lie: a file, or a key in an object store."""

import hashlib
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from freckle.codec.files import read_file
from freckle.codec.limits import check_bytes
from freckle.disk import write_whole
from freckle.errors import OutputError, Refusal, StorageError
from freckle.storage.opening import open_store

Kind = Literal["file", "store"]


@dataclass(frozen=True, slots=True)
class Place:
    """A file by its path, or what an object store has under a key."""

    path: str | None = None
    address: str | None = None
    key: str | None = None

    @property
    def kind(self) -> Kind:
        """Who can reach it: processes of this machine, or whoever has the store's credentials."""
        return "store" if self.path is None else "file"

    def __str__(self) -> str:
        """Write it as people do."""
        return self.path or f"{(self.address or '').rstrip('/')}/{self.key}"

    def read(self) -> bytes:
        """Return the content of a picture file. Raises `Refusal` or `StorageError`."""
        if self.path is not None:
            return read_file(Path(self.path))
        content = open_store(self.address or "").get(self.key or "")
        check_bytes(len(content))
        return content

    def write(self, content: bytes) -> None:
        """Put content there, whole or not at all; folders are made. Raises `OutputError`."""
        try:
            if self.path is None:
                open_store(self.address or "").put(self.key or "", content)
                return
            path = Path(self.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            # a link's name is taken, and what it leads to stays
            write_whole(path, content)
        except StorageError as error:
            raise OutputError(error.message, error.remedy) from error
        except OSError as error:
            raise OutputError(
                f"The folder of {os.path.basename(str(self))[:80]!r} cannot be made "  # noqa: PTH119
                f"({error.strerror}).",
                "Choose another folder, or check that you may write there.",
            ) from error

    def digest(self) -> str | None:
        """Return the SHA-256 of what lies there; None is nothing. Raises `StorageError`."""
        try:
            if self.path is not None:
                with Path(self.path).open("rb") as file:
                    return hashlib.file_digest(file, "sha256").hexdigest()
            content = open_store(self.address or "").get(self.key or "")
        except OSError:
            return None
        except StorageError as error:
            if error.absent:
                return None
            raise
        return hashlib.sha256(content).hexdigest()

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Input:
    """A content that a job reads: where it lies, or itself."""

    place: Place
    content: bytes | None = None
    """None: it is read where the job is done."""
    digest: str | None = None
    """The SHA-256 that it must have; None: whatever is there."""

    def read(self) -> bytes:
        """Return the content. Raises `Refusal`, also when it is not what it must be."""
        try:
            content = self.place.read() if self.content is None else self.content
        except StorageError as error:
            raise Refusal("not_an_image", error.message, error.remedy) from error
        if self.digest not in (None, hashlib.sha256(content).hexdigest()):
            raise Refusal(
                "damaged",
                "This original is no longer what it was.",
                "Check the disk, and bring it again from a copy.",
            )
        return content

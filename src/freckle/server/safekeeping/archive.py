"""The file of a backup: a tar with database, originals, kept results, and a manifest at its end.

The manifest has the SHA-256 of every file. A file without one at its end was cut short.
"""

import hashlib
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from freckle.errors import StorageError

DATABASE: Final = "freckle.sqlite"
MANIFEST: Final = "manifest.json"
NAME: Final = re.compile(
    r"freckle\.sqlite|originals/[0-9a-f]{2}/[0-9a-f]{64}"
    r"|(exports|thumbs)/[0-9a-f]{64}-[0-9a-f]{64}\.[0-9a-f]{64}\.[a-z0-9]{1,5}"
)
"""All that is ever put back: nothing of it leads elsewhere."""
CHUNK: Final = 1 << 20
LONGEST: Final = 1 << 29
"""Bytes of a manifest: of some three million files."""
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Entry(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Annotated[int, Field(ge=0)]
    sha256: Digest


class Manifest(BaseModel):
    """What a backup holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    freckle: str
    """The version that made it."""
    created: datetime
    files: dict[str, Entry]
    missing: list[Digest]
    """Originals of the database that were not there."""
    damaged: list[Digest]
    """Originals that were no longer what was uploaded; they are kept as they were."""


class Writer:
    """Puts files into an archive and remembers their hashes."""

    def __init__(self, file: IO[bytes]) -> None:
        """Begin at the start of an empty file."""
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.files: dict[str, Entry] = {}

    def add(self, name: str, path: Path) -> Entry:
        """Put a file in. Raises `OSError`, `FileNotFoundError` before anything is written."""
        with path.open("rb") as file:
            info = self._tar.gettarinfo(arcname=name, fileobj=file)
            _plain(info)
            counted = _Hashing(file)
            self._tar.addfile(info, counted)  # type: ignore[arg-type]
        entry = self.files[name] = Entry(size=info.size, sha256=counted.digest)
        return entry

    def close(self, manifest: Manifest) -> None:
        """Put the manifest at the end."""
        text = manifest.model_dump_json(indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        _plain(info)
        self._tar.addfile(info, BytesIO(text))
        self._tar.close()


def _plain(info: tarfile.TarInfo) -> None:
    """Let nothing of this machine's people into an archive."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def unpack(path: Path, folder: Path) -> Manifest:
    """Put a backup's files into a folder, each checked, and return what it holds.

    Raises `StorageError` when it is no backup, is not whole or has changed; `OSError` where the
    folder cannot be written.
    """
    seen: dict[str, Entry] = {}
    with _opened(path) as tar:
        for member in tar:
            if not member.isreg():
                raise _broken(path)
            if member.name == MANIFEST:
                return _checked(path, _manifest(path, tar, member), seen)
            if not NAME.fullmatch(member.name) or member.name in seen:
                raise _broken(path)
            seen[member.name] = _extract(tar, member, folder / member.name)
    raise _broken(path)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise _broken(path) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        if error.filename == str(path):
            raise StorageError(
                f"{path.name!r} cannot be read ({error.strerror}).", "Check its name."
            ) from error
        raise


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content, digest, size = tar.extractfile(member), hashlib.sha256(), 0
    assert content is not None  # noqa: S101 - it is a regular file
    with target.open("xb") as file:
        while chunk := content.read(CHUNK):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Entry(size=size, sha256=digest.hexdigest())


def _manifest(path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> Manifest:
    content = tar.extractfile(member)
    if content is None or member.size > LONGEST:
        raise _broken(path)
    text = content.read()
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise StorageError(
            f"{path.name!r} is a backup of another form.", "Restore it with a newer freckle."
        ) from error


def _checked(path: Path, manifest: Manifest, seen: dict[str, Entry]) -> Manifest:
    if DATABASE not in seen or set(seen) != set(manifest.files):
        raise _broken(path)
    for name, entry in seen.items():
        digest = name.rpartition("/")[2]
        original = name.startswith("originals/") and digest not in manifest.damaged
        if entry != manifest.files[name] or (original and digest != entry.sha256):
            raise StorageError(
                f"{path.name!r} has changed since it was written: {name[:40]} is another.",
                "Take another copy of this backup, or an older one.",
            )
    return manifest


def _broken(path: Path) -> StorageError:
    return StorageError(
        f"{path.name!r} is no whole backup of freckle.", "Take another copy, or an older one."
    )

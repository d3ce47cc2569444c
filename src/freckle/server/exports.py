"""Finished files, kept for a while so that a repeated download costs nothing.

A file's name says what it was made from, and after that the SHA-256 of its bytes:
`ORIGINAL-RECIPE.BYTES.jpg`. What the disk or somebody has changed is made anew.
"""

import hashlib
import json
import os
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, TypeVar

from freckle.codec import versions
from freckle.disk import atomic_write

T = TypeVar("T")
NEWEST: Final = 8
"""Files never pruned: somebody may be downloading them right now."""
PLACES: Final = 20_000
"""Files whose place is known without a look through their folder."""
SLACK: Final = 16
"""A folder is looked through for what is too much when this part of its limit has come in."""

_PLACES: Final[dict[tuple[Path, str], Path]] = {}
_COME_IN: Final[dict[Path, int]] = {}


@cache
def maker() -> dict[str, str]:
    """Return the versions of what makes pictures: another engine makes others of one recipe."""
    try:
        engine = version("freckle")
    except PackageNotFoundError:
        engine = "source"
    return {"freckle": engine, **versions()}


def kept_name(digest: str, recipe: Mapping[str, Any] | None, options: Mapping[str, Any]) -> str:
    """Return the name of what is made of an original, which says all that it depends on."""
    made = json.dumps([maker(), recipe, options], sort_keys=True)
    return f"{digest}-{hashlib.sha256(made.encode()).hexdigest()}"  # to be erased together


def place(folder: Path, name: str) -> Path:
    """Return where an export goes, without what its bytes and its format add to the name."""
    return folder / name


def sealed(target: Path, digest: str, ending: str) -> Path:
    """Return where a file whose bytes have this SHA-256 lies."""
    return target.with_name(f"{target.name}.{digest}{ending}")


def keep(target: Path, ending: str, data: bytes) -> Path:
    """Write a finished file and return where it lies."""
    path = sealed(target, hashlib.sha256(data).hexdigest(), ending)
    atomic_write(path, data)
    return path


def progress_of(target: Path) -> Path:
    """Return where a worker says how much of an export is done."""
    return target.with_name(f".{target.name}.progress")


def touch(folder: Path, name: str) -> Path | None:
    """Return the export of this name and mark it as used, None when there is none.

    One that is no longer what was written is removed, not handed out.
    """
    return _sound(folder, name, _hashed)


def read(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a small export as `touch` returns its place: one look at the disk."""
    return _sound(folder, name, _bytes)


def _hashed(path: Path) -> tuple[str, Path]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path


def _bytes(path: Path) -> tuple[str, bytes]:
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), data


def _sound(folder: Path, name: str, look: Callable[[Path], tuple[str, T]]) -> T | None:
    """Return what `look` finds in an export that has the bytes its name promises."""
    for path in _places(folder, name):
        with suppress(FileNotFoundError):
            digest, found = look(path)
            if digest in path.name.split(".")[1:2]:
                _use(folder, name, path)
                return found
            path.unlink()
    return None


def _places(folder: Path, name: str) -> Iterator[Path]:
    """Go through where an export may lie: where it lay last, then wherever its folder has it.

    Looking through thousands for each of a page's pictures costs more than the pictures.
    """
    known = _PLACES.get((folder, name))
    if known is not None:
        yield known
    yield from folder.glob(f"{name}.*")


def _use(folder: Path, name: str, path: Path) -> None:
    os.utime(path)
    if len(_PLACES) >= PLACES:
        _PLACES.clear()
    _PLACES[folder, name] = path


def prune_when_full(folder: Path, limit: int, added: int) -> None:
    """`prune` a folder that so many bytes have come into, where it may be over its limit by now."""
    come_in = _COME_IN.get(folder, limit) + added  # what lay there before this process is unknown
    if come_in * SLACK < limit:
        _COME_IN[folder] = come_in
        return
    _COME_IN[folder] = 0
    prune(folder, limit)


def prune(folder: Path, limit: int) -> None:
    """Remove the longest unused exports until at most `limit` bytes are left."""
    total = 0
    for place_in_line, (_, size, path) in enumerate(_by_use(folder)):
        total += size
        if total > limit and place_in_line >= NEWEST:
            path.unlink(missing_ok=True)


def held(folder: Path, digests: Container[str]) -> int:
    """Return how many bytes are kept that were made of these originals."""
    return sum(size for _, size, path in _by_use(folder) if path.name[:64] in digests)


def fit(folder: Path, digests: Container[str], room: int) -> None:
    """Remove the longest unused exports of these originals beyond `room` bytes, but the newest."""
    total, newest = 0, True
    for _, size, path in _by_use(folder):
        if path.name[:64] in digests:
            total += size
            if total > room and not newest:
                path.unlink(missing_ok=True)
            newest = False


def _by_use(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Go through moment (ns), size (bytes) and path of what is kept, the last used first."""
    found = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_size, path))
    yield from sorted(found, reverse=True)

"""Which photos: files, folders, patterns and addresses of stores become a list."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from freckle.codec.endings import is_picture
from freckle.jobs.places import Place
from freckle.storage.opening import is_address, open_store

WILD: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One photo of a set."""

    place: Place
    name: str
    """Of the file."""
    folder: str = ""
    """Below what was named, with slashes."""
    size: int = 0
    """Bytes, as far as they are known."""
    person: str = ""
    """Who is in it, for names of results."""
    output: str = ""
    """What a roster calls its result."""
    plan: str = ""
    """What the set decided for this photo, as JSON."""

    @property
    def id(self) -> str:
        """What a journal calls it."""
        return str(self.place)


def sources_of(given: Iterable[str], *, recursive: bool, leave: Path | None = None) -> list[Source]:
    """Return all photos that are named, each once, in the order of the arguments and then names.

    Files that are named themselves are taken whatever their ending, and those that are not there,
    too: opening them says so. Nothing inside the folder `leave` is taken from a folder or pattern.
    Raises `StorageError`.
    """
    found: dict[str, Source] = {}
    for text in given:
        for source in _of(text, recursive=recursive):
            inside = leave is not None and _inside(source, leave) and text != source.id
            if not inside:
                found.setdefault(_identity(source), source)
    return list(found.values())


def source_at(path: Path, root: Path | None = None) -> Source:
    """Return a file as a source; `root` is the folder that was named."""
    folder = "" if root is None else path.parent.relative_to(root).as_posix()
    size = path.stat().st_size if path.is_file() else 0
    place = Place(path=os.path.abspath(path))  # noqa: PTH100 - links stay as they are
    return Source(place, path.name, "" if folder == "." else folder, size)


def _of(text: str, *, recursive: bool) -> Iterator[Source]:
    if is_address(text):
        yield from _in_store(text, recursive=recursive)
        return
    path = Path(text)
    if path.is_dir():
        yield from _in_folder(path, recursive=recursive)
    elif WILD.intersection(text) and not path.exists():
        for name in sorted(glob.glob(text, recursive=True)):  # noqa: PTH207 - patterns with **
            if Path(name).is_file() and is_picture(Path(name).name):
                yield source_at(Path(name))
    else:
        yield source_at(path)


def _in_folder(root: Path, *, recursive: bool) -> Iterator[Source]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        if not recursive:
            folders.clear()
        for name in sorted(names):
            path = Path(folder) / name
            if is_picture(name) and path.is_file():
                yield source_at(path, root)


def _in_store(address: str, *, recursive: bool) -> Iterator[Source]:
    root, pattern = _split(address)
    store = open_store(root)
    if pattern and not WILD.intersection(pattern):
        entry = store.find(pattern)
        if entry is not None:
            yield _stored(root, pattern, entry.size, "")
            return
        root, pattern = f"{root.rstrip('/')}/{pattern}", ""
        store = open_store(root)
    for entry in sorted(store.list(), key=lambda each: each.key):
        path = PurePosixPath(entry.key)
        deep = len(path.parts) > 1 and not (recursive or "/" in pattern)
        if is_picture(path.name) and not deep and fnmatchcase(entry.key, pattern or "*"):
            folder = path.parent.as_posix()
            yield _stored(root, entry.key, entry.size, "" if folder == "." else folder)


def _stored(root: str, key: str, size: int, folder: str) -> Source:
    return Source(Place(address=root, key=key), PurePosixPath(key).name, folder, size)


def _split(address: str) -> tuple[str, str]:
    """Return the folder of an address, and what is left: a name, a pattern, or nothing."""
    scheme, _, rest = address.partition("://")
    bucket, *parts = rest.split("/")
    wild = next((k for k, part in enumerate(parts) if WILD.intersection(part)), None)
    cut = len(parts) - 1 if wild is None else wild
    folder = [bucket, *parts[: max(cut, 0)]]
    return f"{scheme}://{'/'.join(folder)}", "/".join(parts[max(cut, 0) :])


def _inside(source: Source, folder: Path) -> bool:
    path = source.place.path
    return path is not None and Path(path).resolve().is_relative_to(folder.resolve())


def _identity(source: Source) -> str:
    path = source.place.path
    return source.id if path is None else os.path.realpath(path)

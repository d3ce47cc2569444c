"""The journal of a set: what was promised and what was done, one line of JSON each.

It is only ever added to. A line counts when it is whole; a crash can tear the last one alone. The
targets of a photo stand in it before anything is written, so that whoever goes on knows which
files are this set's own.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from freckle.errors import OutputError
from freckle.jobs.places import Place

NAME: Final = ".freckle-batch.jsonl"
FORMAT: Final = 1


@dataclass(slots=True)
class Known:
    """What a journal says of the set so far."""

    targets: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """Where each photo's results go, or went."""
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What came of each photo that was done."""
    finished: bool = True
    naming: str = ""
    """How names were given."""

    def hear(self, entry: Mapping[str, Any]) -> None:
        """Take in a line."""
        if "begin" in entry:
            if not entry.get("resumed") or entry.get("naming") != self.naming:
                self.targets.clear()
                self.done.clear()
            self.naming, self.finished = str(entry.get("naming")), False
        elif "targets" in entry:
            self.targets[entry["source"]] = tuple(Place(**each) for each in entry["targets"])
        elif "done" in entry:
            self.done[entry["done"]] = dict(entry)
        elif "end" in entry:
            self.finished = True


class Journal:
    """An open journal; nobody else can open it meanwhile."""

    def __init__(self, path: Path) -> None:
        """Open or make it. Raises `OutputError`, also while another batch has it."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = path.open("a+b", buffering=0)
            _lock(self._file)
        except OSError as error:
            raise OutputError(
                f"The journal {path.name!r} cannot be written ({error.strerror}).",
                "Choose another folder, or name a file with --journal.",
            ) from error

    def begin(self, naming: str, *, resume: bool) -> Known:
        """Begin a set, or go on with the one before; return what is known of it.

        Where names are given in another way than before, everything is begun anew.
        """
        self._file.seek(0)
        content = self._file.read()
        known = _known(content)
        finished = known.finished
        if content and not content.endswith(b"\n"):
            self._file.write(b"\n")  # closes the line that a crash tore
        begin = {"begin": FORMAT, "resumed": resume, "naming": naming}
        self.add([begin])
        known.hear(begin)
        known.finished = finished
        return known

    def promise(self, targets: Mapping[str, Iterable[Place]]) -> None:
        """Note where photos' results will go; on the disk when this returns."""
        self.add(
            {"source": source, "targets": [place.to_plain() for place in places]}
            for source, places in targets.items()
        )

    def add(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Add lines; on the disk when this returns. Raises `OutputError`."""
        packed = b"".join(
            json.dumps(dict(line), separators=(",", ":")).encode() + b"\n" for line in lines
        )
        if not packed:
            return
        try:
            view = memoryview(packed)
            while view:
                view = view[self._file.write(view) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(
                f"The journal {self._path.name!r} cannot be written ({error.strerror}).",
                "Make room, then go on with --resume.",
            ) from error

    def close(self) -> None:
        """Let others have it."""
        self._file.close()


def _known(content: bytes) -> Known:
    known = Known()
    for line in content.split(b"\n"):
        with suppress(ValueError, KeyError, TypeError):  # torn, or empty
            known.hear(dict(json.loads(line)))
    return known


def _lock(file: BinaryIO) -> None:
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutputError(
            "Another freckle works into this folder.", "Wait for it, or choose another folder."
        ) from None

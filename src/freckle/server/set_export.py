"""One ZIP of many photos, made while it is sent: nothing waits for all, one failure stops none."""

import asyncio
import re
import unicodedata
import zipfile
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final, Literal

from anyio import to_thread

from freckle.errors import FreckleError
from freckle.server.problems import internal, problem_of
from freckle.server.rooms.room import new_id
from freckle.server.set_wire import NotDone, SetExportAnswer
from freckle.server.users import User
from freckle.server.wire import ExportRequest

CHUNK: Final = 1 << 20
NOTE: Final = "Not exported.txt"
LARGE: Final = 1 << 31
"""Bytes from which an entry of a ZIP gets longer fields."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file: its name in the ZIP, when its photo was changed, and its open bytes."""

    name: str
    changed: int
    """Epoch ms."""
    file: BinaryIO


@dataclass(slots=True, kw_only=True)
class SetExport:
    """A ZIP that was asked for, and how far it is."""

    user: User
    photo_set: str
    name: str
    """Of the file, without its ending."""
    projects: tuple[str, ...]
    settings: ExportRequest
    id: str = field(default_factory=new_id)
    state: Literal["waiting", "running", "done", "stopped"] = "waiting"
    done: int = 0
    working: list[str] = field(default_factory=list)
    failed: list[NotDone] = field(default_factory=list)
    tasks: set[asyncio.Task[list[Written]]] = field(default_factory=set)

    def stop(self) -> None:
        """Give up what is not in the ZIP yet; the ZIP ends with what is, and a list of the rest."""
        if self.state in {"waiting", "running"}:
            self.state = "stopped"
        for task in self.tasks:
            task.cancel()

    @property
    def answer(self) -> SetExportAnswer:
        """Say how far it is."""
        return SetExportAnswer(
            id=self.id,
            state=self.state,
            total=len(self.projects),
            done=self.done,
            working=self.working,
            failed=self.failed,
        )


Work = Callable[[str, str], Coroutine[None, None, list[Written]]]
"""Writes the files of a project, by its id and the stem that they get."""
Called = tuple[str, str]
"""A project's id and what it is called."""


async def archived(
    export: SetExport, called: Iterable[Called], work: Work, ahead: int
) -> AsyncGenerator[bytes, None]:
    """Yield the ZIP of an export piece by piece, `ahead` photos being worked on at a time."""
    export.state, export.done, export.failed = "running", 0, []
    sink = Sink()
    try:
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
            async with aclosing(_in_turn(export, called, work, ahead)) as outcomes:
                async for project, name, outcome in outcomes:
                    if isinstance(outcome, Exception):
                        export.failed.append(_not_done(project, name, outcome))
                        outcome = []  # noqa: PLW2901 - there is nothing to add
                    async with aclosing(_added(archive, sink, outcome)) as pieces:
                        async for piece in pieces:
                            yield piece
                    export.done += 1
            if export.failed:
                archive.writestr(_info(NOTE, None), _note(export))
        yield sink.taken()
        if export.state == "running":
            export.state = "done"
    finally:
        export.stop()
        export.working = []


async def _in_turn(
    export: SetExport, called: Iterable[Called], work: Work, ahead: int
) -> AsyncGenerator[tuple[str, str, list[Written] | Exception], None]:
    """Yield what came of each project in its turn, while the next ones are worked on."""
    waiting: deque[tuple[str, str, asyncio.Task[list[Written]]]] = deque()
    coming = stems(called)
    try:
        while True:
            while len(waiting) < ahead and export.state == "running":
                following = next(coming, None)
                if following is None:
                    break
                project, name, stem = following
                task = asyncio.create_task(work(project, stem))
                export.tasks.add(task)
                waiting.append((project, name, task))
            if not waiting:
                break
            export.working = [project for project, _, _ in waiting]
            project, name, task = waiting.popleft()
            await asyncio.wait({task})
            export.tasks.discard(task)
            yield project, name, _outcome(task)
        for project, name, _ in coming:  # it was stopped
            yield project, name, _Stopped()
    finally:
        for _, _, task in waiting:
            task.cancel()
            task.add_done_callback(_close_made)


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody stopped the export before this photo."""


def _outcome(task: asyncio.Task[list[Written]]) -> list[Written] | Exception:
    if task.cancelled():
        return _Stopped()
    error = task.exception()
    if error is None:
        return task.result()
    return error if isinstance(error, FreckleError) else internal()


def _not_done(project: str, name: str, error: Exception) -> NotDone:
    if isinstance(error, _Stopped):
        words = "The export was stopped before.", "Export it again."
    else:
        problem = problem_of(error)
        words = problem.message, problem.remedy
    return NotDone(project=project, name=name, message=words[0], remedy=words[1])


def _note(export: SetExport) -> str:
    lines = [f"{each.name}: {each.message} {each.remedy}\r\n" for each in export.failed]
    return "".join(["These photos are not in this archive.\r\n\r\n", *lines])


async def _added(
    archive: zipfile.ZipFile, sink: "Sink", files: list[Written]
) -> AsyncGenerator[bytes, None]:
    try:
        for each in files:
            size = each.file.seek(0, 2)
            each.file.seek(0)
            info = _info(each.name, each.changed)
            with archive.open(info, "w", force_zip64=size >= LARGE) as entry:
                while chunk := await to_thread.run_sync(each.file.read, CHUNK):
                    entry.write(chunk)
                    yield sink.taken()
    finally:
        _close(files)


def _info(name: str, changed: int | None) -> zipfile.ZipInfo:
    if changed is None:
        return zipfile.ZipInfo(name)
    when = datetime.fromtimestamp(changed / 1000, UTC)
    parts = (max(1980, when.year), when.month, when.day, when.hour, when.minute, when.second)
    info = zipfile.ZipInfo(name, parts)
    info.external_attr = 0o644 << 16
    return info


class Sink:
    """What a ZIP is written to: bytes that wait to be sent. It cannot go back."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Keep bytes until they are taken."""
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Do nothing: what waits can still be taken."""

    def taken(self) -> bytes:
        """Return what waits, once."""
        data = bytes(self._waiting)
        self._waiting.clear()
        return data


ENDING: Final = re.compile(
    r"\.(jpe?g|jfif|png|webp|tiff?|hei[cf]|avif|jxl|dng|cr[23]|nef|nrw|arw|raf|orf|rw2|pef|srw|bmp|gif)$",
    re.IGNORECASE,
)
FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def stems(called: Iterable[Called]) -> Iterator[tuple[str, str, str]]:
    """Yield projects with their names and a stem for each that no other has on any system."""
    taken: set[str] = set()
    for project, name in called:
        plain = FORBIDDEN.sub("_", ENDING.sub("", name)).strip(". ")[:180] or "photo"
        stem, number = plain, 2
        while _folded(stem) in taken:
            stem, number = f"{plain}-{number}", number + 1
        taken.add(_folded(stem))
        yield project, name, stem


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def of_preset(preset: str, stem: str, suffix: str) -> str:
    """Return the name of a file that an export preset made: each has a folder of its own."""
    return f"{preset}/{stem}{suffix}"


def _close(files: Iterable[Written]) -> None:
    for each in files:
        with suppress(OSError):
            each.file.close()


def _close_made(task: asyncio.Task[list[Written]]) -> None:
    """Let go of files that nobody will read."""
    if not task.cancelled() and task.exception() is None:
        _close(task.result())

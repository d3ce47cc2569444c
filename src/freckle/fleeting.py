"""Files and folders that go with this process, however it ends: `kill -9` lets nobody clean up."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from freckle.disk import HANDLES, nameless


@dataclass(frozen=True, slots=True)
class Scratch:
    """Files for libraries that want paths; on Linux they have no name on any disk."""

    folder: Path
    """Where libraries find them."""
    _handles: list[int] | None = field(default_factory=list)
    """None where the system knows no files without names."""

    def put(self, name: str, content: bytes) -> str:
        """Put a file there, and return its name in the folder. Raises OSError."""
        if self._handles is None:
            (self.folder / name).write_bytes(content)
            return name
        handle = nameless(Path(tempfile.gettempdir()), os.O_RDWR)
        handle = os.memfd_create("freckle") if handle is None else handle
        self._handles.append(handle)
        with open(handle, "wb", closefd=False) as file:
            file.write(content)
        return str(handle)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Lend a place for files, which are gone when it is left."""
    if HANDLES.is_dir() and hasattr(os, "memfd_create"):
        handles: list[int] = []
        try:
            yield Scratch(HANDLES, handles)
        finally:
            for handle in handles:
                os.close(handle)
        return
    with tempfile.TemporaryDirectory(prefix="freckle-", ignore_cleanup_errors=True) as folder:
        yield Scratch(Path(folder), None)


WATCHER: Final = """
import os, shutil, sys, time
if not sys.stdin.buffer.read(1):
    for _ in range(50):
        shutil.rmtree(sys.argv[1], ignore_errors=True)
        if not os.path.lexists(sys.argv[1]):
            break
        time.sleep(0.1)
"""
"""Waits for a letter, which tells it to leave; without one, whoever would write it is gone. Tries
for five seconds, because processes of theirs may be about to end, too."""


@contextmanager
def fleeting(folder: Path) -> Iterator[Path]:
    """Make a folder and remove it when it is left; if we are killed, a process beside us does.

    What has been moved away meanwhile stays. Raises OSError.
    """
    if os.path.lexists(folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    watcher = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", WATCHER, str(folder.absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # whoever ends our whole group shall not end it
        cwd=folder.anchor or None,
    )
    assert watcher.stdin is not None  # noqa: S101 - asked for above
    try:
        folder.mkdir(parents=True, mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        with suppress(OSError):
            if not os.path.lexists(folder):  # else removing was broken off: it goes on there
                watcher.stdin.write(b"x")
            watcher.stdin.close()
        watcher.wait()

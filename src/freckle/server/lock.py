"""Who serves a data folder: one server alone, or several that are meant to share it.

One alone clears away what a crash left of uploads. Those that share a folder do so only where
nobody else is there yet.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from freckle.errors import OutputError

try:
    import fcntl
except ImportError:  # not on every system
    fcntl = None  # type: ignore[assignment]

PATIENCE_S: Final = 10.0
"""How long one that shares waits for another that is just clearing up."""
PAUSE_S: Final = 0.05


class Hold:
    """A folder that is held until `close`, or until the process ends."""

    def __init__(self, file: BinaryIO, *, alone: bool) -> None:
        """Keep a locked file."""
        self._file = file
        self.alone = alone
        """Whether nobody else served the folder at that moment."""

    def share(self) -> None:
        """Let others in beside this one."""
        if fcntl and self.alone:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go."""
        self._file.close()


def take(folder: Path, *, shared: bool = False) -> Hold:
    """Hold a folder. With `shared` others that share it may be there.

    Raises `OutputError` when another server has it.
    """
    file = opened(folder / "lock")
    deadline = time.monotonic() + (PATIENCE_S if shared else 0)
    while True:
        for kind in (True, False) if shared else (True,):
            if _locked(file, alone=kind):
                return Hold(file, alone=kind)
        if time.monotonic() >= deadline:
            file.close()
            raise OutputError(
                f"Another freckle serves {folder}.",
                "Use the one that runs, or choose another folder with --data; several servers "
                "for one folder must all have --shared.",
            )
        time.sleep(PAUSE_S)


def opened(path: Path) -> BinaryIO:
    """Open a file to lock it; it is made where there is none."""
    path.touch(mode=0o600)
    return path.open("ab")


def wait_for(path: Path) -> BinaryIO:
    """Lock a file as soon as no other process does; closing it lets go."""
    file = opened(path)
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _locked(file: BinaryIO, *, alone: bool) -> bool:
    if not fcntl:
        return True
    with suppress(BlockingIOError):
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        return True
    return False

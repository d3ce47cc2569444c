"""One server for a data folder: two would clear away each other's uploads."""

from pathlib import Path
from typing import BinaryIO

from freckle.errors import OutputError


def take(folder: Path) -> BinaryIO:
    """Lock a folder until the file returned is closed or the process ends.

    Raises `OutputError` when another server has it.
    """
    path = folder / "lock"
    path.touch(mode=0o600)
    file = path.open("ab")
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutputError(
            f"Another freckle serves {folder}.",
            "Use the one that runs, or choose another folder with --data.",
        ) from None
    return file

"""Write a file whole or not at all, and know which places are one."""

import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from freckle.errors import OutputError


def same_file(first: Path, second: Path) -> bool:
    """Whether two paths lead to one file, through links too, be it there or not yet."""
    try:
        return first.resolve() == second.resolve() or first.samefile(second)
    except (OSError, RuntimeError, ValueError):  # absent, or no path: opening it will say so
        return False


def check_target(path: Path) -> None:
    """Raise OutputError where no file can be put.

    That is: no folder there, a folder, a device, a pipe, a write-protected file.
    """
    name = path.name or str(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.parent.is_dir():
            return
        raise OutputError(
            f"There is no folder for {name!r}.", "Create it first, or check the path."
        ) from None
    except (OSError, ValueError) as error:
        raise unwritable(name, error) from error
    if stat.S_ISDIR(mode):
        raise OutputError(f"{name!r} is a folder.", "Give a file name.")
    if not stat.S_ISREG(mode):
        raise OutputError(f"{name!r} is a device or a pipe, not a file.", "Give a file name.")
    if not mode & 0o222:
        raise OutputError(
            f"{name!r} is write-protected.", "Choose another name, or lift the protection."
        )


def atomic_write(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put bytes into a file so that at every moment the path holds the old or the new content.

    Writes beside the target, flushes to the disk, renames, and flushes the folder. A link stays
    one: the file that it names is written; a file that is overwritten keeps its mode unless `mode`
    is what it gets. Raises OutputError and leaves nothing behind if the folder is missing or
    closed, the path is no place for a file, or the disk is full.
    """
    check_target(path)
    write_whole(Path(os.path.realpath(path)), data, mode)


def write_whole(target: Path, data: bytes, mode: int | None = None) -> None:
    """Put bytes into a file as `atomic_write` does, whatever is there; `mode` is what it gets.

    Raises `OutputError`.
    """
    with whole(target, mode) as file:
        file.write(data)


@contextmanager
def whole(target: Path, mode: int | None = None) -> Iterator[IO[bytes]]:
    """Lend a file that takes its name only when all is in it, whatever has that name.

    `mode` is what it gets. Raises `OutputError`, also for an OSError of whoever writes.
    """
    part = target.with_name(f"{PART}{secrets.token_hex(8)}{PART_END}")
    try:
        handle = nameless(target.parent)
        with os.fdopen(_created(part, mode) if handle is None else handle, "wb") as file:
            _set_mode(file, target, mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
            if handle is None or _named(handle, part, target):
                part.replace(target)
                sweep(target.parent)  # a kill just before this line once left such a file
        flush_folder(target.parent)
    except (OSError, ValueError) as error:
        raise unwritable(target.name, error) from error
    finally:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)


PART: Final = ".freckle-"
PART_END: Final = ".part"
"""How the names of files begin and end that are not whole yet."""
ABANDONED: Final = 60.0
"""Seconds in which nobody has written to such a file whose writer is gone."""


def is_part(name: str) -> bool:
    """Whether a file of this name was being written."""
    return name.startswith(PART) and name.endswith(PART_END)


def sweep(folder: Path) -> None:
    """Remove from a folder what a crash left half-written."""
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                if is_part(path.name) and time.time() - path.stat().st_mtime > ABANDONED:
                    path.unlink()


CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Refuses to follow or overwrite anything; the mode is the user's own default."""


def nameless(folder: Path, way: int = os.O_WRONLY, mode: int = 0o666) -> int | None:
    """Open a file that has no name yet and vanishes with this process; None if there is none."""
    try:
        return os.open(folder, way | os.O_TMPFILE, mode) if HANDLES.is_dir() else None
    except (AttributeError, OSError):  # not on this system, or not on this disk
        return None


HANDLES: Final = Path("/proc/self/fd")
"""Where Linux shows open files, with and without names."""


def _named(handle: int, part: Path, target: Path) -> bool:
    """Give a nameless file its target's name; if that is taken, `part`'s, and return True."""
    own = os.open(HANDLES, os.O_RDONLY)
    try:
        with suppress(FileExistsError):
            os.link(str(handle), target, src_dir_fd=own, follow_symlinks=True)
            return False
        os.link(str(handle), part, src_dir_fd=own, follow_symlinks=True)
        return True
    finally:
        os.close(own)


def unwritable(name: str, error: Exception) -> OutputError:
    """Return the sentence for a file that cannot be written."""
    return OutputError(
        f"{name[:80]!r} cannot be written ({getattr(error, 'strerror', None) or 'bad name'}).",
        "Choose another folder, or make room and check that you may write there.",
    )


def _created(part: Path, mode: int | None) -> int:
    return os.open(part, CREATE, 0o666 if mode is None else mode)


def _set_mode(file: IO[bytes], target: Path, mode: int | None) -> None:
    with suppress(OSError, AttributeError):  # there is none yet, or the disk has no modes
        os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode) if mode is None else mode)


def flush_folder(folder: Path) -> None:
    """Make durable which files a folder has. Raises OSError."""
    if os.name == "nt":  # Windows has no handle on a folder; its rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

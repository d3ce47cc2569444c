"""Read files and pipes within the limits."""

import os
import select
import stat
import time
from pathlib import Path
from typing import Final

from freckle.codec.limits import check_bytes
from freckle.errors import Refusal


def read_file(path: Path) -> bytes:
    """Return a file's bytes; a Refusal if it is absent, no plain file, empty or above 512 MB."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _absent(f"{path.name!r} is not a file.")
        with path.open("rb") as file:
            check_bytes(os.fstat(file.fileno()).st_size)
            return file.read()
    except FileNotFoundError as error:
        raise _absent(f"There is no file {path.name!r}.") from error
    except (OSError, ValueError) as error:
        raise _absent(f"The file {path.name!r} cannot be read.") from error


def read_stream(path: Path, most: int) -> bytes:
    """Return up to `most` bytes of a file or a pipe. Raises OSError; a silent pipe times out."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb", 0) as file:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return file.read(most)
        until, found = time.monotonic() + PATIENCE, b""
        while len(found) < most and time.monotonic() < until:
            ready, _, _ = select.select([handle], [], [], 0.1)
            piece = file.read(most - len(found)) if ready else None
            if piece == b"" and found:
                return found
            if not piece:  # nobody writes yet
                time.sleep(0.02)
            found += piece or b""
        if len(found) < most:
            raise TimeoutError("nothing comes")
        return found


PATIENCE: Final = 5.0
"""Seconds to wait for what comes through a pipe."""


def _absent(message: str) -> Refusal:
    return Refusal("not_an_image", message, "Check its name and that you may read it.")

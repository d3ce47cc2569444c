"""A limit on the time that opening a file may take."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from freckle.cli.exits import INPUT
from freckle.cli.terminal import complain

SECONDS: Final = 120.0
"""The largest pictures that open take a quarter of it on a slow machine."""


@contextmanager
def deadline(seconds: float = SECONDS) -> Iterator[None]:
    """End the program, as for any file that cannot be opened, if the work takes longer.

    Decoders listen to nobody while they work. Nothing is being written then.
    """
    watch = threading.Timer(seconds, _end, [seconds])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _end(seconds: float) -> None:
    complain(
        f"Opening the file takes longer than {seconds:.0f} s. "
        "Export it again from its source, or scale it down.",
        code="too_slow",
    )
    os._exit(INPUT)

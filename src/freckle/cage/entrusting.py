"""Have a process decode nothing itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from freckle.cage.kernel import LINUX
from freckle.codec.opening import DOOR, open_here


@contextmanager
def caged(memory: int | None = None, seconds: float | None = None) -> Iterator[None]:
    """Have all files of this process decoded in a cage, where there is one (Linux).

    Each may take `memory` bytes and `seconds`; `Cage` says what is usual. Begin it before threads
    do: then it takes milliseconds. Within another it is the same one, unless it has limits of its
    own.
    """
    within = DOOR.opens is not open_here and memory is None and seconds is None
    if within or not LINUX:
        yield
        return
    from freckle.cage.cage import SECONDS, Cage  # noqa: PLC0415 - it needs what only Unix has

    before = DOOR.opens
    with Cage(memory, seconds or SECONDS) as cage:
        DOOR.opens = cage.open
        try:
            yield
        finally:
            DOOR.opens = before

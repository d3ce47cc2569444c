"""Commands have the pictures that they open decoded in a cage."""

from contextlib import AbstractContextManager, nullcontext
from typing import Final

OPENING_NONE: Final = frozenset(
    {"backup", "edit", "ops", "presets", "quota", "restore", "serve", "versions"}
)
"""Commands that open no picture in this process; the server's workers have cages of their own.
Whatever is not named here gets one, so that a new command cannot forget it.
"""


def around(name: str) -> AbstractContextManager[None]:
    """Return what a command runs within; its imports are done, and no thread has begun."""
    if name in OPENING_NONE:
        return nullcontext()
    from freckle.cage import caged  # noqa: PLC0415 - other commands start without any decoder

    return caged()

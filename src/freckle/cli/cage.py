"""Commands that open pictures have them decoded in a cage."""

from contextlib import AbstractContextManager, nullcontext
from typing import Final

OPENING: Final = frozenset(
    {
        "background",
        "demo",
        "export",
        "generate",
        "id",
        "inspect",
        "look",
        "mask",
        "mcp",
        "poster",
        "retouch",
        "style",
        "upscale",
    }
)
"""Commands that open pictures; sets have workers, which do."""


def around(name: str) -> AbstractContextManager[None]:
    """Return what a command runs within; its imports are done, and no thread has begun."""
    if name not in OPENING:
        return nullcontext()
    from freckle.cage import caged  # noqa: PLC0415 - other commands start without any decoder

    return caged()

"""Keep freed memory for the next array.

glibc gives the memory of a large array back to the system when it is freed, and the system clears
it page by page when the next one asks: up to a fifth of a retouch is spent on that.
"""

import ctypes
import sys
from typing import Final

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""glibc's names for the two numbers (malloc.h)."""
KEPT: Final = 256 << 20
"""Bytes of freed memory that stay with the process."""
LARGEST: Final = 32 << 20
"""Arrays up to so many bytes are made from it."""


def keep_freed() -> None:
    """Tell the allocator, where it is glibc's; call it once, before work begins."""
    if not sys.platform.startswith("linux"):
        return
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(MMAP_THRESHOLD, LARGEST)
        tell(TRIM_THRESHOLD, KEPT)

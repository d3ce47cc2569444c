"""Close files, sockets and other processes with Landlock: nothing that is not open already."""

import ctypes
import os
import struct
from typing import Final

from freckle.cage.kernel import (
    LANDLOCK_CREATE,
    LANDLOCK_RESTRICT,
    PR_SET_NO_NEW_PRIVS,
    call,
    control,
)

FILES: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which version of Landlock on how many kinds of access to files can be closed."""
NETWORK: Final = (4, 2)
"""TCP: bind and connect."""
OTHERS: Final = (6, 2)
"""Abstract sockets, and signals to others."""


def restrict(version: int) -> None:
    """Close all that this version of Landlock knows, for this process and for good.

    Raises OSError.
    """
    bits = max(count for since, count in FILES if version >= since)
    words = [(1 << bits) - 1]
    for since, count in (NETWORK, OTHERS):
        if version >= since:
            words.append((1 << count) - 1)
    rules = struct.pack(f"@{len(words)}Q", *words)
    control(PR_SET_NO_NEW_PRIVS, 1)
    handle = call(LANDLOCK_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint(0))
    try:
        call(LANDLOCK_RESTRICT, ctypes.c_int(handle), ctypes.c_uint(0))
    finally:
        os.close(handle)

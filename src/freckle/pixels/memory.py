"""Keep freed memory for the next array.

glibc gives the memory of a large array back to the system when it is freed, and the system clears
it page by page when the next one asks: up to a fifth of a retouch is spent on that.
"""

import ctypes
import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""glibc's names for the two numbers (malloc.h)."""
KEPT: Final = 256 << 20
"""Bytes of freed memory that stay with a process that goes on."""
ALL: Final = 1 << 30
"""The same for a command, which ends with its photo: a face's work frees more than 256 MB at once,
and the next face's asks for it again."""
LARGEST: Final = 32 << 20
"""Arrays up to so many bytes are made from it."""


def keep_freed(kept: int = KEPT) -> None:
    """Tell the allocator, where it is glibc's; call it once, before work begins."""
    if not sys.platform.startswith("linux"):
        return
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(MMAP_THRESHOLD, LARGEST)
        tell(TRIM_THRESHOLD, kept)


def give_back() -> None:
    """Give the system back what was let go of: photos hold themselves until they are looked for.

    It takes a tenth of a second or two, so it is for when something large has gone.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def resident(pid: int | str = "self") -> int:
    """Return the bytes of memory that a process holds, 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def bytes_of(*held: Any) -> int:
    """Return the bytes of all arrays that can be reached from something, each counted once.

    Looks into containers and into objects of this package; a view counts as what it shows.
    """
    seen, waiting, total = set[int](), list(held), 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, np.ndarray) and isinstance(one.base, np.ndarray):
            one = one.base
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            total += int(one.nbytes)
        else:
            waiting += _parts(one)
    return total


def _parts(one: Any) -> list[Any]:
    """Return what something holds."""
    if isinstance(one, Mapping):
        return [*one.keys(), *one.values()]
    if isinstance(one, list | tuple | set | frozenset):
        return list(one)
    if not type(one).__module__.startswith("freckle."):
        return []
    slots = [getattr(one, field.name, None) for field in fields(one)] if is_dataclass(one) else []
    return [*slots, *getattr(one, "__dict__", {}).values()]

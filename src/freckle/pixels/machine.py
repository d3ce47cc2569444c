"""How much memory there is: the machine's, or what a container's limits leave of it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

UNKNOWN: Final = 8 << 30
"""Bytes where a system does not say."""
GROUPS: Final = Path("/sys/fs/cgroup")
OWN: Final = Path("/proc/self/cgroup")


def memory(groups: Path = GROUPS, own: Path = OWN) -> int:
    """Return the bytes of memory that this process and its kin may take."""
    return min([_physical(), *_limits(groups, own)])


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not every system counts its pages this way
        return UNKNOWN


def _limits(groups: Path, own: Path) -> Iterator[int]:
    """Find the limits of the control groups that hold this process, both versions (Linux)."""
    try:
        lines = own.read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _number, kinds, path = [*line.split(":", 2), "", ""][:3]
        if kinds == "":
            yield from _up(groups, path, "memory.max")
        elif "memory" in kinds.split(","):
            yield from _up(groups / "memory", path, "memory.limit_in_bytes")


def _up(root: Path, path: str, name: str) -> Iterator[int]:
    """Read a limit in a group and in all groups above it; in a container its own is the top."""
    place = root / path.lstrip("/")
    for folder in {root, place, *(one for one in place.parents if root in one.parents)}:
        with suppress(OSError, ValueError):  # absent, or "max"
            yield int((folder / name).read_text("ascii"))

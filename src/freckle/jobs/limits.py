"""The limits that a worker process lives in: its memory, its surroundings, its parent."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from freckle.pixels.machine import memory

NEEDED: Final = (
    *("PATH", "HOME", "LANG", "LC_", "TZ", "TMP", "TEMP", "PYTHON", "VIRTUAL_ENV", "LD_", "DYLD_"),
    *("OMP_", "OPENBLAS_", "MKL_", "OPENCV_", "MALLOC_", "GLIBC_", "SYSTEMROOT", "WINDIR"),
)
"""How the names of environment variables begin that a worker is given."""
ONE_THREAD: Final = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")
}
LEAST: Final = 4 << 30
"""Bytes that a worker may address at least: libraries alone reserve one or two GiB."""


def environment() -> dict[str, str]:
    """Let a child find this very package, and know no passwords: it decodes strangers' files."""
    here = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name.upper().startswith(NEEDED)}
    return {**kept, "PYTHONPATH": os.pathsep.join([here, known] if known else [here])}


def share_of_memory(workers: int, share: float) -> int:
    """Return what one of so many workers may address of a share of this machine, in bytes."""
    return max(int(memory() * share) // workers, LEAST)


def limit_memory(size: int) -> None:
    """Cap this process's address space in bytes, where the system can do that."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not write photos to the disk


def die_with_parent(parent: int | None = None) -> None:
    """End even in the middle of a long computation when the parent is gone (Linux).

    `parent` is its process id, where it is known: it may be gone already.
    """
    parent = os.getppid() if parent is None else parent
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(0)

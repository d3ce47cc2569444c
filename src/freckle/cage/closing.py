"""Shut the cage from inside: after this a process can compute, and use what it holds open."""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final

import cv2

from freckle.cage import kernel, landlock, seccomp
from freckle.pixels.threads import ready

FEW: Final = 32
"""Open files a decoder can need."""


def shut(memory: int, seconds: float) -> None:
    """Close everything that the kernel can close; `memory` is in bytes, more than is mapped now.

    Files and sockets that are open stay usable. Raises OSError where the kernel has a protection
    and refuses it.
    """
    kernel.control(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.control(kernel.PR_SET_DUMPABLE, 0)
    filtered, version = kernel.filters(), kernel.landlock()
    if not filtered:  # then no thread can be told from a process
        cv2.setNumThreads(1)
    _limit(memory, seconds, threads=filtered)
    kernel.drop_capabilities()
    kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if version:
        landlock.restrict(version)
    if filtered:
        ready()
        seccomp.restrict(os.getpid())


def _limit(memory: int, seconds: float, *, threads: bool) -> None:
    cores = os.cpu_count() or 1
    limits = [
        (resource.RLIMIT_AS, mapped() + memory),
        (resource.RLIMIT_CPU, int(seconds * cores) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FEW),
        (resource.RLIMIT_CORE, 0),
    ]
    if not threads:
        limits.append((resource.RLIMIT_NPROC, 0))
    for name, value in limits:
        hard = resource.getrlimit(name)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (most, most))


def mapped() -> int:
    """Return the bytes of address space that this process takes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def give_way() -> None:
    """Be the first to go when the machine's memory ends, and whoever is forked from here."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def forget_environment() -> None:
    """Overwrite the values of environment variables in memory: passwords may be among them."""
    first = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    place = 0
    while first and first[place]:
        address = first[place]
        ctypes.memset(address, 0, len(ctypes.string_at(address)))
        place += 1
    os.environ.clear()

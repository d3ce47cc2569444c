"""What this machine's kernel can close: found out, and asked for, by plain system calls."""

import ctypes
import os
import sys
from contextlib import suppress
from typing import Any, Final

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP = 1, 4, 38, 21
CAPSET: Final = {"x86_64": 126, "aarch64": 91}
LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446
"""The same number on every architecture."""
CAPABILITIES: Final = 0x20080522
"""Version 3 of the structure that capset takes (linux/capability.h)."""
LINUX: Final = sys.platform == "linux"


def machine() -> str:
    """Return the name of the architecture as Linux says it, "" elsewhere."""
    return os.uname().machine if LINUX else ""


def call(number: int, *values: Any) -> int:
    """Make a system call. Raises OSError."""
    result: int = _library().syscall(ctypes.c_long(number), *values)
    return _checked(result)


def control(option: int, *values: Any) -> int:
    """Call prctl with up to four values. Raises OSError."""
    four = [value if hasattr(value, "value") else ctypes.c_ulong(value) for value in values]
    four += [ctypes.c_ulong(0)] * (4 - len(four))
    return _checked(_library().prctl(ctypes.c_int(option), *four))


def landlock() -> int:
    """Return the version of Landlock that the kernel speaks, 0 where it has none."""
    try:
        return call(LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1)) if LINUX else 0
    except (OSError, AttributeError):
        return 0


def filters() -> bool:
    """Whether the kernel has seccomp, on an architecture whose call numbers are known here."""
    try:
        return machine() in CAPSET and control(PR_GET_SECCOMP) == 0
    except (OSError, AttributeError):
        return False


def drop_capabilities() -> None:
    """Give up whatever root may do, for good; who has nothing of the kind loses nothing."""
    number = CAPSET.get(machine())
    if number is None:
        return
    head = (ctypes.c_uint32 * 2)(CAPABILITIES, 0)
    none = (ctypes.c_uint32 * 6)()
    with suppress(OSError):
        call(number, head, none)


def protections() -> dict[str, str]:
    """Name what closes the cage on this machine; the last word says what is missing, if any."""
    if not LINUX:
        return {"cage": "none: only Linux has one; the limits on files hold"}
    version = landlock()
    return {
        "seccomp": "yes" if filters() else "no: system calls stay open",
        "landlock": str(version) if version else "no: this kernel has none",
        "limits": "memory, time, processes, file size",
    }


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result

"""A filter in the kernel that lets a decoder compute, and do nothing else (seccomp, BPF).

It is written here because the bindings of libseccomp ask for a library that not every system has;
a list of fifty calls needs no compiler. Whatever is not in the list fails with EPERM.
"""

import ctypes
import errno
import struct
from typing import Final

from freckle.cage.kernel import PR_SET_NO_NEW_PRIVS, control, machine

ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""And the numbers below in this order; None: there is no such call."""
ALLOWED: Final[dict[str, tuple[int, int | None]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "close": (3, 57),
    "brk": (12, 214),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "membarrier": (324, 283),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getrandom": (318, 278),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
"""What computing needs: descriptors that are open, memory, threads' waiting, clocks, an end."""
MAPPING: Final = ((9, 222), (10, 226))
"""mmap and mprotect: never for memory that can be executed."""
CLONE: Final = (56, 220)
THREADS: Final = (0x3D0F00, 0x7D0F00)
"""The flags of clone with which glibc and musl start a thread; processes have others."""
CLONE3: Final = 435
TGKILL: Final = (234, 131)
FOREIGN_CALLS: Final = 0x40000000
"""Numbers from here on belong to another interface of the same architecture (x32)."""
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_VALUE = 0, 4, 16
ALLOW, KILL = 0x7FFF0000, 0x80000000
PR_SET_SECCOMP, FILTER = 22, 2
EXECUTABLE: Final = 4


def restrict(own: int) -> None:
    """Put the filter over this process and its threads, for good. Raises OSError.

    `own` is the process id: it may send signals to itself, and ends by one when it aborts.
    """
    code = program(machine(), own)
    memory = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HxxxxxxP", len(code) // 8, ctypes.addressof(memory))
    control(PR_SET_NO_NEW_PRIVS, 1)
    control(PR_SET_SECCOMP, FILTER, ctypes.c_char_p(head))


def program(architecture: str, own: int) -> bytes:
    """Return the filter as the kernel takes it, 8 bytes an instruction."""
    own_numbers = list(ARCHITECTURES).index(architecture)
    deny = _step(RETURN, _error(errno.EPERM))
    steps = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, ARCHITECTURES[architecture], 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(AT_LEAST, FOREIGN_CALLS, 0, 1),
        _step(RETURN, KILL),
    ]
    for numbers in ALLOWED.values():
        number = numbers[own_numbers]
        steps += [] if number is None else [_step(EQUAL, number, 0, 1), _step(RETURN, ALLOW)]
    for mapping in MAPPING:
        steps += [
            _step(EQUAL, mapping[own_numbers], 0, 4),
            _value(2),
            _step(ANY_BIT, EXECUTABLE, 1, 0),
        ]
        steps += [_step(RETURN, ALLOW), deny]
    # glibc falls back to the older call, whose flags can be looked at
    steps += [_step(EQUAL, CLONE3, 0, 1), _step(RETURN, _error(errno.ENOSYS))]
    steps += _only(CLONE[own_numbers], THREADS) + _only(TGKILL[own_numbers], (own, own))
    return b"".join([*steps, deny])


def _only(number: int, values: tuple[int, int]) -> list[bytes]:
    """Allow one call if its first value is one of two."""
    return [
        _step(EQUAL, number, 0, 5),
        _value(0),
        _step(EQUAL, values[0], 1, 0),
        _step(EQUAL, values[1], 0, 1),
        _step(RETURN, ALLOW),
        _step(RETURN, _error(errno.EPERM)),
    ]


def _value(place: int) -> bytes:
    """Load the lower half of a call's value."""
    return _step(LOAD, FIRST_VALUE + 8 * place)


def _error(number: int) -> int:
    return 0x00050000 | number


def _step(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    """One instruction: what to do, and how many to skip if it is true or false."""
    return struct.pack("@HBBI", code, true, false, value)

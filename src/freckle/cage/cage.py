"""The cage from outside: files go in, photos or refusals come out, whatever happens inside."""

import fcntl
import hashlib
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from freckle.cage import warm
from freckle.cage.unpacking import unpacked
from freckle.codec.limits import SLOWEST, damaged
from freckle.errors import Refusal
from freckle.photo import Photo
from freckle.pixels.machine import memory as machine_memory
from freckle.pixels.threads import ahead

SECONDS: Final = 110.0
"""For one file; the largest pictures that open take a quarter of it on a slow machine."""
LEAST_MEMORY: Final = 4 << 30
"""Bytes that every file may ask for; the largest pictures take that."""
GRACE: Final = 5.0
"""Seconds that the warm child has to say that it stopped a decoder."""
PASSED_ON: Final = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "TMPDIR",
    "MALLOC_ARENA_MAX",
)
"""Environment variables that a child may need to find its libraries."""

INTERNAL: Final = {
    warm.NOT_SHUT: "The cage in which files are decoded cannot be shut on this machine.",
    warm.MISSED: "The file's decoder wants something that its cage does not have.",
}


class Cage:
    """A warm child that decodes files; it is started at once, and again when it is gone.

    A process that has no threads yet forks it, which takes some milliseconds; another starts a
    new Python. Any thread may use a cage; files take turns.
    """

    def __init__(self, memory: int | None = None, seconds: float = SECONDS) -> None:
        """Give each file `memory` bytes (None: 40 % of the machine's) and `seconds`.

        A file gets another second for each of its megabytes.
        """
        share = max(machine_memory() * 2 // 5, LEAST_MEMORY)
        self._memory = share if memory is None else memory
        self._seconds = seconds
        self._turn = threading.Lock()
        self._line: socket.socket | None = None
        self._child = 0
        self._owner = os.getpid()
        self._connected()

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child."""
        self.close()

    @property
    def child(self) -> int:
        """Process id of the warm child, 0 where there is none."""
        return self._child

    def close(self) -> None:
        """End the child, and whatever it is decoding."""
        if self._line is not None:
            self._line.close()
            self._line = None
            if self._owner == os.getpid():
                with suppress(OSError):
                    os.kill(self._child, signal.SIGKILL)
                    os.waitpid(self._child, 0)
            self._child = 0

    def open(self, data: bytes) -> Photo:
        """Decode a file. Raises Refusal and nothing else, whatever it does to its decoder."""
        digest = ahead(lambda: hashlib.sha256(data).hexdigest())
        try:
            with self._turn, _memory() as source, _memory() as target:
                _fill(source, data)
                _check(self._asked(source, target, self._seconds + len(data) / SLOWEST))
                _seal(target)
                return unpacked(target, digest())
        except (OSError, ValueError) as error:
            raise _broken("ended without a picture") from error

    def _asked(self, source: int, target: int, seconds: float) -> int:
        """Have the child decode one file; return how that ended."""
        for again in (True, False):
            line = self._connected()
            line.settimeout(seconds + GRACE)
            try:
                order = warm.ORDER.pack(self._memory, seconds)
                socket.send_fds(line, [order], [source, target])
                answer = line.recv(warm.ANSWER.size)
            except TimeoutError:
                self.close()
                return warm.TOO_SLOW
            except ConnectionError:
                answer = b""
            except BaseException:  # nobody will fetch the answer: the next file must not get it
                self.close()
                raise
            if answer:
                return int(warm.ANSWER.unpack(answer)[0])
            self.close()  # somebody ended it
            if again:
                os.ftruncate(target, 0)
        raise OSError("the warm child ends again and again")

    def _connected(self) -> socket.socket:
        if self._line is not None and self._owner != os.getpid():
            self._line.close()  # this process is a copy of the one that started the child
            self._line = None
        if self._line is None:
            self._owner = os.getpid()
            here, there = socket.socketpair()
            with there:
                self._child = _spawned(there) if threading.active_count() > 1 else _forked(there)
            self._line = here
        return self._line


def _forked(line: socket.socket) -> int:
    with warnings.catch_warnings():  # libraries' own threads do not mind
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _serve(line)
    return child


def _serve(line: socket.socket) -> NoReturn:
    try:
        warm.serve(line)
    finally:
        os._exit(1)


def _spawned(line: socket.socket) -> int:
    here = [str(Path(__file__).parents[2]), *(place for place in sys.path if place)]
    known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    command = [sys.executable, "-P", "-m", "freckle.cage.warm", str(line.fileno())]
    os.set_inheritable(line.fileno(), True)
    return os.posix_spawn(command[0], command, {**known, "PYTHONPATH": os.pathsep.join(here)})


@contextmanager
def _memory() -> Iterator[int]:
    handle = os.memfd_create("freckle", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        yield handle
    finally:
        os.close(handle)


def _fill(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
    os.lseek(handle, 0, os.SEEK_SET)


def _seal(handle: int) -> None:
    """Let nobody change the picture any more, who may still hold it."""
    seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
    fcntl.fcntl(handle, fcntl.F_ADD_SEALS, seals)


def _check(outcome: int) -> None:
    """Raise the `Refusal` for a decoder that did not come to its end."""
    if outcome == warm.DONE:
        return
    if outcome == warm.TOO_SLOW:
        raise Refusal(
            "too_slow",
            "Decoding the file takes too long and was stopped.",
            "Export it again from its source, or scale it down.",
        )
    if outcome in (warm.TOO_MUCH, -signal.SIGKILL):
        raise Refusal(
            "too_much_memory",
            "Decoding the file needs more memory than it may have, and was stopped.",
            "Scale the picture down first, or close other programs.",
        )
    if outcome in INTERNAL:
        raise Refusal(
            "internal", INTERNAL[outcome], "Report it with what `freckle --version` says."
        )
    raise _broken(signal.Signals(-outcome).name if outcome < 0 else "an error")


def _broken(how: str) -> Refusal:
    return damaged(f"The file is damaged: its decoder broke down on it ({how}) and was stopped.")

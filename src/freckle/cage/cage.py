"""The cage from outside: files go in, photos or refusals come out, whatever happens inside."""

import hashlib
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from freckle.cage import warm
from freckle.cage.unpacking import unpacked
from freckle.codec.limits import SLOWEST, damaged
from freckle.codec.preload import ENOUGH
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
        self._owed = False
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
            with self._turn:
                found = self._asked(data, digest) or self._asked(data, digest)
            if found is None:
                raise OSError("the warm child ends again and again")
            told, outcome = found
            _check(outcome)
            if isinstance(told, Photo):
                return told
            raise told
        except (OSError, ValueError) as error:
            raise _broken("ended without a picture") from error

    def _asked(
        self, data: bytes, digest: Callable[[], str]
    ) -> tuple[Photo | Exception, int] | None:
        """Have the child decode a file; return what came of it and how that ended.

        None when somebody has ended the child.
        """
        line, seconds = self._connected(), self._seconds + len(data) / SLOWEST
        line.settimeout(seconds + GRACE)
        try:
            told = self._told(line, data, digest, seconds)
            self._owed = isinstance(told, Photo)
            if self._owed:  # ending takes the decoder longer than telling
                return told, warm.DONE
            answer = line.recv(warm.ANSWER.size)
        except TimeoutError as error:
            self.close()
            return error, warm.TOO_SLOW
        except ConnectionError:
            answer = b""
        except BaseException:  # nobody will fetch the answer: the next file must not get it
            self.close()
            raise
        if not answer:
            self.close()
            return None
        return told, int(warm.ANSWER.unpack(answer)[0])

    def _told(
        self, line: socket.socket, data: bytes, digest: Callable[[], str], seconds: float
    ) -> Photo | Exception:
        """Hand a file to a decoder, and return what comes: a photo, or why there is none."""
        here, there = socket.socketpair()
        with here:
            with there:
                order = warm.ORDER.pack(self._memory, seconds, len(data), data[:ENOUGH])
                socket.send_fds(line, [order], [there.fileno()])
            if self._owed:  # how the decoder before ended; this order has hurried it up
                line.recv(warm.ANSWER.size)
            here.settimeout(line.gettimeout())
            try:
                here.sendall(data)
                return unpacked(here, digest)
            except TimeoutError:
                raise
            except MemoryError:
                return _too_much()
            except (Refusal, ValueError, OSError) as error:
                return error

    def _connected(self) -> socket.socket:
        if self._line is not None and self._owner != os.getpid():
            self._line.close()  # this process is a copy of the one that started the child
            self._line = None
        if self._line is None:
            self._owner = os.getpid()
            here, there = socket.socketpair()
            with there:
                self._child = _spawned(there) if threading.active_count() > 1 else _forked(there)
            self._line, self._owed = here, False
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
        raise _too_much()
    if outcome in INTERNAL:
        raise Refusal(
            "internal", INTERNAL[outcome], "Report it with what `freckle --version` says."
        )
    raise _broken(signal.Signals(-outcome).name if outcome < 0 else "an error")


def _too_much() -> Refusal:
    return Refusal(
        "too_much_memory",
        "Decoding the file needs more memory than it may have, and was stopped.",
        "Scale the picture down first, or close other programs.",
    )


def _broken(how: str) -> Refusal:
    return damaged(f"The file is damaged: its decoder broke down on it ({how}) and was stopped.")

"""The warm child: it has all decoders loaded, holds no picture, and starts a decoder for each file.

A decoder lives for one file, so that nothing of one picture can reach the next. The warm child
itself never looks at a file's content. It ends when whoever started it hangs up.

`python -m freckle.cage.warm SOCKET` is how a process with threads of its own starts it.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NoReturn, Self

from freckle.cage.closing import forget_environment, give_way, shut
from freckle.cage.packing import Packed, packed, refused, write
from freckle.codec.opening import open_here
from freckle.codec.preload import ENOUGH, kind_of, preload
from freckle.errors import Refusal

ORDER: Final = struct.Struct(f"@QdQ{ENOUGH}s")
"""Bytes of memory and seconds for one file, its size and its first bytes; a socket goes along, from
which the file comes, and into which its picture goes."""
ANSWER: Final = struct.Struct("@i")
"""How the decoder ended: an exit code, a signal (negative), or `TOO_SLOW`."""
DONE, NOT_SHUT, NOT_DONE, TOO_MUCH, MISSED = 0, 10, 11, 12, 13
TOO_SLOW: Final = -1000
SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@dataclass(frozen=True, slots=True)
class Order:
    """One file to decode."""

    memory: int
    seconds: float
    size: int
    start: bytes
    stream: int
    """Descriptor of the socket."""

    @classmethod
    def received(cls, line: socket.socket) -> Self:
        """Wait for an order. Raises EOFError when nobody is there any more."""
        raw, handles, _flags, _address = socket.recv_fds(line, ORDER.size, 1)
        if len(raw) < ORDER.size or not handles:
            raise EOFError
        memory, seconds, size, start = ORDER.unpack(raw)
        return cls(memory, seconds, size, start, handles[0])


def serve(line: socket.socket) -> NoReturn:
    """Decode what is ordered until the other end hangs up."""
    _leave_all_but(line)
    gc.freeze()  # or each decoder copies the pages that its collector looks at
    while True:
        try:
            order = Order.received(line)
            preload(kind_of(order.start))
            line.sendall(ANSWER.pack(_decoded(order, line)))
        except (EOFError, OSError):
            os._exit(0)


def _leave_all_but(line: socket.socket) -> None:
    """Close what was inherited: files, the terminal, the environment, others' handlers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to everybody
    for ending in SIGNALS:
        signal.signal(ending, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    kept = line.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
    forget_environment()
    give_way()


def _decoded(order: Order, line: socket.socket) -> int:
    """Run a decoder to its end, which is seen by the pipe that it holds open."""
    alive, held = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(alive)
        line.close()
        _decode(order)
    os.close(held)
    os.close(order.stream)
    ready, _, _ = select.select([alive, line.fileno()], [], [], order.seconds)
    os.close(alive)
    in_time = alive in ready
    if not in_time:  # too slow, or the next file is there, or nobody waits any more
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if in_time else TOO_SLOW


def _decode(order: Order) -> NoReturn:
    """Shut the cage around this process, open the file in it, and end."""
    code: int = NOT_SHUT
    with suppress(BaseException):
        data = _bytes(order)
        shut(order.memory - len(data), order.seconds)
        try:
            code = NOT_DONE
            write(order.stream, _found(data))
            os.close(order.stream)  # the picture is whole, whatever ending takes
            code = DONE
        except MemoryError:
            code = TOO_MUCH
        except (ImportError, PermissionError):
            code = MISSED
    os._exit(code)


def _bytes(order: Order) -> bytes:
    """Take the file, at which nothing has looked yet. Raises EOFError when it breaks off."""
    with socket.socket(fileno=os.dup(order.stream)) as stream:
        data = stream.recv(order.size, socket.MSG_WAITALL)
    if len(data) < order.size:
        raise EOFError
    return data


def _found(data: bytes) -> Packed:
    """Return the picture in a file, or why there is none."""
    try:
        return packed(open_here(data, digest=""))
    except Refusal as refusal:
        cause = refusal.__cause__
        if refusal.code == "damaged" and isinstance(cause, ImportError | PermissionError):
            raise cause from refusal  # it is not the file's fault that the cage is shut
        return refused(refusal)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))

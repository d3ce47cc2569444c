"""A worker process of the local engine: does one job after the other, until its parent is gone.

Run as `python -m freckle.jobs.worker CONFIGURATION` (JSON) with messages on standard input and
output.
"""

import json
import os
import queue
import sys
import threading
from typing import Any, BinaryIO, Final

from freckle.cage import caged
from freckle.jobs.job import unpack
from freckle.jobs.kinds import Stopped, done, kinds_at, prepare
from freckle.jobs.limits import die_with_parent, limit_memory
from freckle.jobs.protocol import Message, receive


class Inbox:
    """Requests as they come in, read by a thread of its own so that a cancel is seen at once."""

    def __init__(self, stream: BinaryIO) -> None:
        """Start reading."""
        self._queue: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._cancelled = 0
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def next(self) -> Message:
        """Wait for the next request."""
        return self._queue.get()

    def given_up(self, number: int) -> bool:
        """Tell whether a request was given up meanwhile."""
        return self._cancelled == number

    def _read(self, stream: BinaryIO) -> None:
        while True:
            try:
                message = receive(stream)
            except (EOFError, OSError, ValueError):
                os._exit(0)  # the parent is gone: nobody is left to answer
            if message.head.get("cancel"):
                self._cancelled = int(message.head["id"])
            else:
                self._queue.put(message)


class Line:
    """The way back to the parent, for one job."""

    def __init__(self, number: int, inbox: Inbox, answers: BinaryIO) -> None:
        """Take the job's number, and both ways."""
        self._number, self._inbox, self._answers = number, inbox, answers

    def progress(self, share: float) -> None:
        """Say how much is done, 0..1. Raises `Stopped` when nobody wants the rest."""
        if self._inbox.given_up(self._number):
            raise Stopped
        self._send({"progress": share})

    def size(self, megapixels: float) -> None:
        """Say how large the work is, so that it gets the time that it needs."""
        self._send({"megapixels": megapixels})

    def answer(self, message: Message) -> None:
        """Say what came of it."""
        self._send({"answer": message.head}, message.body)

    def _send(self, head: dict[str, Any], body: bytes = b"") -> None:
        self._answers.write(Message({"id": self._number, **head}, body).pack())
        self._answers.flush()


def main(configuration: dict[str, Any]) -> None:
    """Do jobs until the parent hangs up."""
    die_with_parent(int(configuration["parent"]))
    limit_memory(int(configuration["memory"]))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    prepare()
    kinds = kinds_at(configuration["kinds"])
    with caged(int(configuration["memory"])):  # before the first thread
        inbox = Inbox(requests)
        while True:
            message = inbox.next()
            line = Line(int(message.head["id"]), inbox, answers)
            line.answer(done(kinds, unpack(message), line))


CONFIGURATION: Final = 1
"""Place of the configuration among the arguments."""

if __name__ == "__main__":
    main(json.loads(sys.argv[CONFIGURATION]))

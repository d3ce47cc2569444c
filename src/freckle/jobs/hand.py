"""One worker process of the local engine, and the thread that speaks with it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from freckle.jobs import failures
from freckle.jobs.job import Ticket, deadline
from freckle.jobs.limits import ONE_THREAD, environment
from freckle.jobs.protocol import Message, receive

CHANCES: Final = 3
"""Processes that may die over a job before it is set aside."""
GRACE: Final = 2.0
"""Seconds that a job has to stop by itself when it was given up."""


class Hand:
    """A process that is started when it is needed, and again when it died."""

    def __init__(self, kinds: str, memory: int) -> None:
        """Say which kinds of jobs it does, and how many bytes it may address."""
        self._configuration = {"kinds": kinds, "memory": memory}
        self._process: subprocess.Popen[bytes] | None = None
        self._sending = threading.Lock()
        self._closed = threading.Event()
        self._number = 0

    @property
    def pid(self) -> int | None:
        """Process id, None while no process runs."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def do(self, ticket: Ticket) -> None:
        """Do a job and settle its ticket; called by one thread alone, which starts the process."""
        if not ticket.began(lambda: self._give_up(ticket)):
            return
        for _ in range(CHANCES):
            outcome = self._attempt(ticket)
            if outcome is not None or ticket.cancelled.is_set() or self._closed.is_set():
                break
        ticket.settle(failures.died(CHANCES) if outcome is None else outcome)

    def close(self) -> None:
        """End the process; what it does fails."""
        self._closed.set()
        self._kill()

    def _attempt(self, ticket: Ticket) -> Message | Exception | None:
        """Return what came of it, or None when the process died."""
        watch = _Watch(ticket.job.deadline, self._kill)
        try:
            process = self._living()
            self._number += 1
            self._send(process, ticket.job.pack(self._number))
            answer = self._answer(process, ticket, watch)
        except (OSError, EOFError, ValueError):
            self.bury()
            return failures.late(watch.seconds) if watch.rang else None
        finally:
            watch.stop()
        failed = answer.head.get("failed")
        return answer if failed is None else failures.from_plain(failed)

    def _answer(self, process: subprocess.Popen[bytes], ticket: Ticket, watch: "_Watch") -> Message:
        assert process.stdout is not None  # noqa: S101 - asked for in `_living`
        while True:
            message = receive(process.stdout)  # type: ignore[arg-type]
            head = message.head
            if head.get("id") != self._number:
                continue
            if "answer" in head:
                return Message(head["answer"], message.body)
            if "progress" in head:
                ticket.heard(float(head["progress"]))
            else:
                watch.set(deadline(size=ticket.job.size, megapixels=float(head["megapixels"])))

    def _give_up(self, ticket: Ticket) -> None:
        process, number = self._process, self._number
        if process is None:
            return
        with suppress(OSError, ValueError):
            self._send(process, Message({"id": number, "cancel": True}))

        def insist() -> None:
            if not ticket.future.done():
                self._kill()

        timer = threading.Timer(GRACE, insist)
        timer.daemon = True
        timer.start()

    def _send(self, process: subprocess.Popen[bytes], message: Message) -> None:
        assert process.stdin is not None  # noqa: S101 - asked for in `_living`
        with self._sending:
            process.stdin.write(message.pack())
            process.stdin.flush()

    def _living(self) -> subprocess.Popen[bytes]:
        if self._closed.is_set():
            raise OSError("closed")
        if self._process is None or self._process.poll() is not None:
            self.bury()
            loud = os.environ.get("FRECKLE_DEBUG") == "1"
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",  # the current folder is no place to import from
                    "-m",
                    "freckle.jobs.worker",
                    json.dumps({**self._configuration, "parent": os.getpid()}),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if loud else subprocess.DEVNULL,
                env={**environment(), **ONE_THREAD, "FRECKLE_DEBUG": "1" if loud else "0"},
                start_new_session=True,  # Ctrl-C is the parent's, who ends us in order
            )
            if self._closed.is_set():
                self._kill()
        return self._process

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            with suppress(OSError):
                process.kill()

    def bury(self) -> None:
        """End the process and forget it."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()


class _Watch:
    """Calls somebody when the time is up."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.rang = False
        self._ring = ring
        self._timer: threading.Timer | None = None
        self.set(seconds)

    def set(self, seconds: float) -> None:
        """Begin anew with so many seconds."""
        self.stop()
        self.seconds = seconds
        self._timer = threading.Timer(seconds, self._up)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Ring no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _up(self) -> None:
        self.rang = True
        self._ring()

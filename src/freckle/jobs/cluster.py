"""The engine `ray`: the same jobs on a Ray cluster, or on Ray's own processes of this machine.

Ray repeats what a node that died was doing. Contents of files travel through it; what lies in an
object store is read and written where the job is done, with that machine's credentials. An extra.
"""

import os
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from freckle.errors import OutputError
from freckle.jobs import failures
from freckle.jobs.failures import JobError
from freckle.jobs.job import Job, Listener, Ticket, unpack
from freckle.jobs.kinds import done, kinds_at, prepare
from freckle.jobs.places import Kind
from freckle.jobs.protocol import Message

EXTRA: Final = "Install the extra: pip install 'freckle[cluster]'."
RETRIES: Final = 3
"""Times that Ray repeats a job whose process or node died."""
WAITS: Final = 4
"""Deadlines after which a job is given up that may have waited in Ray's queue before."""
AHEAD: Final = 2
"""Jobs handed in for each core."""


class Cluster:
    """A Ray cluster; see `Engine`."""

    def __init__(self, kinds: str, address: str | None = None) -> None:
        """Connect to the cluster at an address, or start one on this machine.

        Raises `OutputError` where there is none, or Ray is not installed.
        """
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        self._ray = _library()
        self._own = not self._ray.is_initialized()
        if self._own:
            self._connect(address)
        self._kinds = kinds
        self._run = self._ray.remote(num_cpus=1, max_retries=RETRIES, retry_exceptions=False)(run)
        self._room = threading.BoundedSemaphore(self.capacity)
        self._open: dict[Ticket, Any] = {}

    @property
    def reaches(self) -> frozenset[Kind]:
        """Object stores: other machines have other disks."""
        return frozenset({"store"})

    @property
    def capacity(self) -> int:
        """Twice the cores of the cluster, as it was at the start."""
        return AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, job: Job, listener: Listener | None = None) -> Ticket:
        """Have a job done; waits while twice as many jobs are open as there are cores.

        Raises `Refusal` when an input cannot be read.
        """
        brought = job.brought(self.reaches)
        ticket = Ticket(brought, listener)
        self._room.acquire()
        try:
            message = brought.pack(0)
            ref = self._run.remote(self._kinds, message.head, message.body)
        except BaseException:
            self._room.release()
            raise
        ticket.began(lambda: self._ray.cancel(ref, force=True))
        self._open[ticket] = ref
        watch = threading.Timer(WAITS * job.deadline, self._late, [ticket, ref])
        watch.daemon = True
        watch.start()
        ref.future().add_done_callback(lambda future: self._settle(ticket, future, watch))
        return ticket

    def close(self) -> None:
        """Give up all that waits or runs, and leave the cluster."""
        for ticket in list(self._open):
            ticket.cancel()
            if not ticket.future.done():
                self._end(ticket, failures.died(1))
        if self._own:
            self._ray.shutdown()

    def _connect(self, address: str | None) -> None:
        try:
            self._ray.init(
                address=address or "local",
                log_to_driver=False,
                logging_level="error",
                include_dashboard=None if address else False,
            )
        except (ConnectionError, ValueError, RuntimeError, OSError) as error:
            raise OutputError(
                f"There is no Ray cluster at {address or 'this machine'!r}.",
                "Start it with `ray start --head`, and give its address with --address.",
            ) from error

    def _late(self, ticket: Ticket, ref: Any) -> None:
        if not ticket.future.done():
            self._end(ticket, failures.late(WAITS * ticket.job.deadline))
            self._ray.cancel(ref, force=True)

    def _settle(self, ticket: Ticket, future: Any, watch: threading.Timer) -> None:
        watch.cancel()
        try:
            head, body = future.result()
        except Exception as error:
            outcome: Message | Exception = _failure(error)
        else:
            failed = head.get("failed")
            outcome = Message(head, body) if failed is None else failures.from_plain(failed)
        ticket.heard(1.0)
        self._end(ticket, outcome)

    def _end(self, ticket: Ticket, outcome: Message | Exception) -> None:
        if self._open.pop(ticket, None) is not None:
            self._room.release()
            ticket.settle(outcome)


class _Alone:
    """What a job may say where nobody hears it before it is done."""

    def progress(self, share: float) -> None:
        """Say how much is done; nobody asks."""

    def size(self, megapixels: float) -> None:
        """Say how large the work is; nobody asks."""


def run(kinds: str, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Do a job in a process of Ray's."""
    prepare()
    answer = done(kinds_at(kinds), unpack(Message(dict(head), body)), _Alone())
    return answer.head, answer.body


def _failure(error: Exception) -> JobError:
    """Put what Ray says into our words: it repeated the job already."""
    name = type(error).__name__
    if name in {"WorkerCrashedError", "NodeDiedError", "OutOfMemoryError", "LocalRayletDiedError"}:
        return failures.died(RETRIES + 1)
    return failures.from_plain(failures.to_plain(error))


def _library() -> Any:
    try:
        return import_module("ray")
    except ImportError as error:
        raise OutputError("The engine `ray` needs a library that is not here.", EXTRA) from error

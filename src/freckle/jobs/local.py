"""The engine `local`: processes of this machine, each with limits, one thread each."""

import itertools
import os
import queue
import threading
from dataclasses import dataclass, field

from freckle.jobs.hand import Hand
from freckle.jobs.job import Job, Listener, Ticket
from freckle.jobs.limits import share_of_memory
from freckle.jobs.places import Kind


@dataclass(order=True, slots=True)
class _Waiting:
    priority: float
    number: int
    ticket: Ticket | None = field(compare=False)
    """None sends a hand home."""


class Local:
    """So many processes at once; see `Engine`. A dead one is replaced and its job repeated."""

    def __init__(self, kinds: str, workers: int | None = None, *, share: float = 0.9) -> None:
        """Take the table of kinds (`module:name`), and how many workers: one for each core.

        `share` is how much of the machine's memory they may address together.
        """
        count = workers or cores()
        memory = share_of_memory(count, share)
        self._hands = tuple(Hand(kinds, memory) for _ in range(count))
        self._queue: queue.PriorityQueue[_Waiting] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closed = False
        self._threads = [
            # each hand's process is started by its own thread, and dies with it
            threading.Thread(target=self._work, args=(hand,), daemon=True)
            for hand in self._hands
        ]
        for thread in self._threads:
            thread.start()

    @property
    def reaches(self) -> frozenset[Kind]:
        """Files: workers have no credentials for stores, for they decode strangers' files."""
        return frozenset({"file"})

    @property
    def capacity(self) -> int:
        """One more than there are workers, so that none waits for the next job."""
        return len(self._hands) + 1

    @property
    def pids(self) -> tuple[int, ...]:
        """Ids of the processes that run now."""
        return tuple(hand.pid for hand in self._hands if hand.pid is not None)

    def submit(self, job: Job, listener: Listener | None = None) -> Ticket:
        """Have a job done. Raises `Refusal` when an input cannot be read."""
        ticket = Ticket(job.brought(self.reaches), listener)
        if self._closed:
            ticket.cancel()
        self._queue.put(_Waiting(job.priority, next(self._numbers), ticket))
        return ticket

    def close(self) -> None:
        """Give up all that waits or runs, and end the processes."""
        self._closed = True
        for hand in self._hands:
            self._queue.put(_Waiting(float("-inf"), next(self._numbers), None))
            hand.close()
        for thread in self._threads:
            thread.join()
        while not self._queue.empty():
            ticket = self._queue.get_nowait().ticket
            if ticket is not None:
                ticket.cancel()

    def _work(self, hand: Hand) -> None:
        while True:
            ticket = self._queue.get().ticket
            if ticket is None:
                hand.bury()
                return
            if self._closed:
                ticket.cancelled.set()
            hand.do(ticket)


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1

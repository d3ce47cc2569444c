"""What is to be done, and the hold that its owner has on it."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from freckle.jobs.places import Input, Kind, Place
from freckle.jobs.protocol import Message

Listener = Callable[[float], None]
"""Hears how much of a job is done, 0..1; called from threads of the engine."""

PATIENCE: Final = 120.0
"""Seconds for any job."""
SLOWEST: Final = 2.0
"""Seconds for each megabyte of input, until the job says how many megapixels that is."""
PER_MEGAPIXEL: Final = 30.0
"""Ten times what the slowest step of all takes on a slow core."""


@dataclass(frozen=True, slots=True)
class Job:
    """Slow work as a value: the same job gives the same answer, wherever it is done."""

    id: str
    kind: str
    """A name in the table of kinds that the engine was given."""
    head: Mapping[str, Any] = field(default_factory=dict)
    """What is wanted, as JSON types."""
    inputs: tuple[Input, ...] = ()
    size: int = 0
    """Bytes of the inputs, as far as they are known: the deadline depends on it."""
    priority: int = 1
    """The lowest goes first, then the oldest."""

    @property
    def deadline(self) -> float:
        """Seconds of work after which it is given up, unless it says how large it really is."""
        return deadline(size=self.size)

    def brought(self, reached: Iterable[Kind]) -> "Job":
        """Return the job with the content of what its worker does not reach itself.

        Raises `Refusal`.
        """
        known = frozenset(reached)
        inputs = tuple(
            one if one.place.kind in known else replace(one, content=one.read())
            for one in self.inputs
        )
        return replace(self, inputs=inputs)

    def pack(self, number: int) -> Message:
        """Return the job as it travels."""
        inputs = [
            {
                "place": one.place.to_plain(),
                "digest": one.digest,
                "size": None if one.content is None else len(one.content),
            }
            for one in self.inputs
        ]
        head = {"id": number, "kind": self.kind, "head": dict(self.head), "inputs": inputs}
        return Message(head, b"".join(one.content or b"" for one in self.inputs))


def unpack(message: Message) -> Job:
    """Return the job that a message holds."""
    at, inputs = 0, []
    for one in message.head["inputs"]:
        size = one["size"]
        content = None if size is None else message.body[at : at + size]
        at += size or 0
        inputs.append(Input(Place(**one["place"]), content, one["digest"]))
    head = message.head
    return Job(str(head["id"]), head["kind"], head["head"], tuple(inputs))


def deadline(*, size: int = 0, megapixels: float = 0.0) -> float:
    """Return the seconds that work on a file of so many bytes or megapixels may take."""
    return PATIENCE + SLOWEST * size / 1e6 + PER_MEGAPIXEL * megapixels


class Ticket:
    """The hold on a job that was handed in."""

    def __init__(self, job: Job, listener: Listener | None = None) -> None:
        """Take the job, and who hears of its progress."""
        self.job = job
        self.future: Future[Message] = Future()
        self.cancelled = threading.Event()
        self._listener = listener
        self._cancel: Callable[[], None] | None = None

    def result(self, timeout: float | None = None) -> Message:
        """Wait for the answer.

        Raises `JobError` when the job failed, `CancelledError` when it was given up, and
        `TimeoutError` after so many seconds.
        """
        return self.future.result(timeout)

    def cancel(self) -> None:
        """Give the job up, whether it waits or runs; its owner gets `CancelledError`."""
        self.cancelled.set()
        if not self.future.cancel() and self._cancel is not None:
            self._cancel()

    def began(self, cancel: Callable[[], None]) -> bool:
        """Note that it runs, and how it is stopped; False when nobody wants it any more."""
        self._cancel = cancel
        return self.future.set_running_or_notify_cancel()

    def heard(self, share: float) -> None:
        """Pass progress on."""
        if self._listener is not None:
            self._listener(share)

    def settle(self, outcome: Message | Exception) -> None:
        """Give the owner what came of it."""
        if self.cancelled.is_set():
            outcome = CancelledError()
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


class Engine(Protocol):
    """Whoever does jobs. The same job gives the same bytes from each."""

    @property
    def reaches(self) -> frozenset[Kind]:
        """Where its workers read and write by themselves; the rest travels with the job."""

    @property
    def capacity(self) -> int:
        """How many jobs keep it busy."""

    def submit(self, job: Job, listener: Listener | None = None) -> Ticket:
        """Have a job done; waits while too much waits already. Raises `Refusal`."""

    def close(self) -> None:
        """Give up all that waits or runs, and end what was started."""


def as_json(plain: Any) -> str:
    """Write JSON types in the one way that is compared and hashed."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))

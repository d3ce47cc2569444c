"""Work through a set: promise names, have jobs done, keep the journal."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final, Literal

from freckle.batch.journal import Journal, Known
from freckle.batch.names import Names, TakenError
from freckle.batch.sources import Source
from freckle.batch.work import stand
from freckle.errors import FreckleError
from freckle.jobs.failures import to_plain
from freckle.jobs.job import Engine, Job
from freckle.jobs.places import Input, Place

CHUNK: Final = 256
"""Photos whose names are promised at a time: one wait for the disk."""
TICK: Final = 0.25
"""Seconds after which the listener hears something although nothing was done."""
Status = Literal["done", "kept", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one photo."""

    source: Source
    status: Status
    """kept: it was done before, and all of it still stands."""
    targets: tuple[Place, ...] = ()
    found: Mapping[str, Any] = field(default_factory=dict)
    """What the job answered: summary, notes, megapixels, report, …"""
    code: str = ""
    reason: str = ""
    """Of a failure: what is wrong, and what to do."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """One photo and where its results go."""

    source: Source
    index: int
    targets: tuple[Place, ...] = ()
    outcome: Outcome | None = None
    """Where it is known before any work."""


class Run:
    """One set on its way."""

    def __init__(self, engine: Engine, names: Names, journal: Journal, known: Known) -> None:
        """Take the engine, the names, and the journal with what it knows."""
        self._engine = engine
        self._names = names
        self._journal = journal
        self._known = known
        self._open: dict[Future[Outcome], Item] = {}
        for targets in known.targets.values():
            names.reserve(targets)

    def work(
        self,
        sources: Iterable[Source | None],
        hear: Callable[[Outcome | None], None],
        again: Callable[[Outcome], bool] = lambda _: False,
    ) -> None:
        """Do all photos; `hear` is told each outcome, and None when time passes.

        A source of None means that there is none just now. An outcome that `again` wants to be
        tried once more is no outcome. Raises `OutputError` when the journal cannot be written.
        """
        items = self._items(sources)
        # one thread waits for each job; what the engine does not reach, it reads and writes
        with ThreadPoolExecutor(self._engine.capacity, thread_name_prefix="batch") as pool:
            try:
                for item in items:
                    if item is None or item.outcome is not None:
                        if item is not None and item.outcome is not None:
                            self._settle([item.outcome], hear, again)
                        self._drain(hear, again, most=self._engine.capacity + 1, timeout=0)
                        hear(None)
                        continue
                    self._open[pool.submit(self._done, item)] = item
                    self._drain(hear, again, most=self._engine.capacity + 1)
                self._drain(hear, again, most=0)
            except BaseException:
                for future in self._open:
                    future.cancel()
                self._engine.close()  # ends the jobs that the threads wait for
                raise
        self._journal.add([{"end": True}])

    def _items(self, sources: Iterable[Source | None]) -> Iterator[Item | None]:
        """Promise names for a chunk of photos at a time, then hand them out."""
        steady = iter(sources)
        index = 0
        while chunk := _chunk(steady):
            items: list[Item | None] = []
            for source in chunk:
                index += source is not None
                items.append(None if source is None else self._item(source, index))
            self._journal.promise(
                {
                    item.source.id: item.targets
                    for item in items
                    if item is not None and item.targets
                }
            )
            yield from items

    def _item(self, source: Source, index: int) -> Item:
        targets = self._known.targets.get(source.id)
        try:
            if targets is None:
                targets = self._names.targets(source, index)
            else:
                self._names.check(targets)
            return Item(source, index, targets)
        except TakenError as error:
            outcome = Outcome(source, "skipped", reason=str(error))
        except FreckleError as error:
            outcome = Outcome(source, "failed", code=to_plain(error)["code"], reason=str(error))
        return Item(source, index, outcome=outcome)

    def _done(self, item: Item) -> Outcome:
        """Have one photo done; called in a thread that waits for it."""
        since = time.monotonic()
        send = any(place.kind not in self._engine.reaches for place in item.targets)
        try:
            head = {
                "order": replace(self._names.order, plan=item.source.plan).to_plain(),
                "targets": [place.to_plain() for place in item.targets],
                "send": send,
                "known": self._known_of(item, send=send),
            }
            source = item.source
            job = Job(source.id, "retouch", head, (Input(source.place),), source.size)
            answer = self._engine.submit(job).result()
            if send and not answer.head.get("kept"):
                _write(item.targets, answer.head["sizes"], answer.body)
        except CancelledError:
            raise
        except Exception as error:
            plain = to_plain(error)
            reason = f"{plain['message']} {plain['remedy']}"
            return Outcome(item.source, "failed", code=plain["code"], reason=reason)
        status: Status = "kept" if answer.head.get("kept") else "done"
        seconds = time.monotonic() - since
        return Outcome(item.source, status, item.targets, answer.head, seconds=seconds)

    def _known_of(self, item: Item, *, send: bool) -> dict[str, Any] | None:
        """Return what the journal says was done, if it is worth asking whether it still holds."""
        known = self._known.done.get(item.source.id)
        if known is None or (self._names.order.report and not known["report"]):
            return None
        return None if send and not stand(item.targets, known["outputs"]) else known

    def _drain(
        self,
        hear: Callable[[Outcome | None], None],
        again: Callable[[Outcome], bool],
        *,
        most: int,
        timeout: float = TICK,
    ) -> None:
        """Take what is done until at most so many jobs are open."""
        while self._open:
            done, _ = wait(self._open, timeout, FIRST_COMPLETED)
            for future in done:
                del self._open[future]
            self._settle([future.result() for future in done], hear, again)
            if not done:
                hear(None)
            if len(self._open) <= most:
                return

    def _settle(
        self,
        outcomes: Iterable[Outcome],
        hear: Callable[[Outcome | None], None],
        again: Callable[[Outcome], bool],
    ) -> None:
        """Tell outcomes on, and put them on the disk."""
        settled = [each for each in outcomes if not (each.status == "failed" and again(each))]
        for outcome in settled:
            hear(outcome)  # writes its report: the journal's line comes last
        self._journal.add(_line(outcome) for outcome in settled if outcome.status != "kept")


def _chunk(sources: Iterator[Source | None]) -> list[Source | None]:
    """Return the next photos, up to the first None: nobody knows when others come."""
    chunk: list[Source | None] = []
    for source in islice(sources, CHUNK):
        chunk.append(source)
        if source is None:
            break
    return chunk


def _line(outcome: Outcome) -> dict[str, Any]:
    """Return what the journal says of an outcome."""
    if outcome.status != "done":
        return {outcome.status: outcome.source.id, "code": outcome.code, "reason": outcome.reason}
    found = outcome.found
    kept = ("key", "outputs", "sizes", "summary", "notes", "megapixels")
    return {
        "done": outcome.source.id,
        "seconds": round(outcome.seconds, 3),
        **{name: found[name] for name in kept},
        "report": found["report"] is not None,
    }


def _write(targets: Iterable[Place], sizes: Iterable[int], body: bytes) -> None:
    at = 0
    for target, size in zip(targets, sizes, strict=True):
        target.write(body[at : at + size])
        at += size

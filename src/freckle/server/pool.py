"""The worker processes: who works on which photo, for how long, and what happens when one dies."""

import asyncio
import itertools
import json
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from freckle.codec.limits import SLOWEST
from freckle.errors import Refusal
from freckle.jobs.limits import environment
from freckle.jobs.protocol import Message, receive_async
from freckle.server.problems import WebError, busy

Priority = Literal[0, 1, 2]
"""0: somebody drags a slider; 1: somebody waits; 2: thumbnails and other extras."""

QUIET: Final = 0.5
"""Seconds after the last frame of a drag in which no extra is begun: it would hold up the next."""
AGED: Final = 10.0
"""Seconds after which an extra waits no longer for anybody."""
MOST_WAITING: Final = 100
"""Requests that wait for one worker; who comes then is asked to come again."""
REMEMBERED: Final = 1000
"""Photos whose worker is remembered."""
BUFFER: Final = 1 << 22


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    message: Message = field(compare=False)
    deadline: float = field(compare=False)
    future: asyncio.Future[Message] = field(compare=False)


class Worker:
    """One child process and the queue of what it shall do; it runs one request at a time."""

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Prepare; the process starts with the first request or with `start`."""
        self._configuration = json.dumps(dict(configuration))
        self._queue: asyncio.PriorityQueue[_Job] = asyncio.PriorityQueue()
        self._numbers = itertools.count(1)
        self._process: asyncio.subprocess.Process | None = None
        self._loop: asyncio.Task[None] | None = None
        self._running: _Job | None = None
        self._later: dict[int, tuple[_Job, asyncio.TimerHandle]] = {}
        self._dragged = -QUIET
        self._asked = 0

    @property
    def pid(self) -> int | None:
        """Process id, None while no process runs."""
        alive = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and alive else None

    @property
    def load(self) -> int:
        """Requests waiting or running."""
        return self._asked

    def start(self, *, eager: bool) -> None:
        """Start taking requests; the process of an `eager` worker starts before the first one."""
        self._loop = asyncio.create_task(self._work(eager=eager))

    async def stop(self) -> None:
        """End the process; waiting requests are cancelled."""
        if self._loop:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop
        await self._kill()
        for job, timer in self._later.values():
            timer.cancel()
            job.future.cancel()
        self._later.clear()
        while not self._queue.empty():
            self._queue.get_nowait().future.cancel()

    async def ask(
        self,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        priority: Priority = 1,
        deadline: float = 60.0,
    ) -> Message:
        """Have a request done and return the answer; `body` goes along unread.

        `deadline` is in seconds of work. Raises the refusal the worker answers with, `too_slow`
        after the deadline, and `internal` when the worker dies. Cancelling the waiting task gives
        the work up.
        """
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        number = next(self._numbers)
        message = Message({"id": number, **request}, body)
        job = _Job(priority, number, message, deadline, future)
        self._queue.put_nowait(job)
        if priority == 2:
            first = replace(job, priority=0)  # its number is older than those of any drag then
            asyncio.get_running_loop().call_later(AGED, self._queue.put_nowait, first)
        if self._running and _yields(self._running, priority):
            self._give_up(self._running)  # an extra that can stop does, and comes again later
        self._asked += 1
        try:
            return await future
        finally:
            self._asked -= 1
            if future.cancelled():
                self._give_up(job)

    def _give_up(self, job: _Job) -> None:
        if job is self._running and self._process and self._process.stdin:
            self._process.stdin.write(Message({"id": job.number, "cancel": True}).pack())

    async def _work(self, *, eager: bool) -> None:
        while True:
            if eager:
                with suppress(OSError):  # if it cannot start, the next request says so
                    await self._living()
            job = await self._queue.get()
            if job.future.done() or self._postponed(job):
                continue
            self._running = job
            try:
                outcome: Message | Exception = await self._run(job)
            except (WebError, Refusal) as error:
                outcome = error
            finally:
                self._running = None
                if job.priority == 0:
                    self._dragged = asyncio.get_running_loop().time()
            if isinstance(outcome, Message) and outcome.head.get("cancelled"):
                self._queue.put_nowait(job)  # nobody waits for it any more, or it comes again
            else:
                _settle(job.future, outcome)

    def _postponed(self, job: _Job) -> bool:
        """Whether an extra has to wait, because somebody drags; it comes again by itself."""
        loop = asyncio.get_running_loop()
        rest = self._dragged + QUIET - loop.time()
        if job.priority < 2 or rest <= 0:
            return False

        def again() -> None:
            del self._later[job.number]
            self._queue.put_nowait(job)

        self._later[job.number] = job, loop.call_later(rest, again)
        return True

    async def _run(self, job: _Job) -> Message:
        try:
            process = await self._living()
            async with asyncio.timeout(job.deadline):
                answer = await self._exchange(process, job)
        except TimeoutError:
            await self._kill()
            raise Refusal(
                "too_slow",
                "This photo took too long and was stopped.",
                "Try a smaller version of it.",
            ) from None
        except (OSError, EOFError, asyncio.IncompleteReadError, ValueError):
            await self._kill()
            raise WebError(
                "internal",
                "The process that worked on this photo stopped unexpectedly.",
                "It has been started again: repeat the last step; your edits are kept.",
            ) from None
        return _checked(answer)

    async def _exchange(self, process: asyncio.subprocess.Process, job: _Job) -> Message:
        assert process.stdin is not None  # noqa: S101 - asked for in `_living`
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(job.message.pack())
        while True:
            answer = await receive_async(process.stdout)
            if answer.head.get("id") == job.number:
                return answer

    async def _living(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # the current folder is no place to import from
                "-m",
                "freckle.server.worker",
                self._configuration,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=BUFFER,
                env=environment(),
            )
        return self._process

    async def _kill(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        transport = getattr(self._process, "_transport", None)
        if transport is not None:
            transport.close()
        self._process = None


class Pool:
    """A few workers; a photo stays with its worker, where it is open and partly worked out."""

    def __init__(self, count: int, configuration: Mapping[str, Any], deadline: float) -> None:
        """Prepare `count` workers; `deadline` is the default in seconds."""
        self.workers = tuple(Worker(configuration) for _ in range(count))
        self._places: OrderedDict[str, int] = OrderedDict()
        self._deadline = deadline

    def start(self, *, eager: bool) -> None:
        """Take requests; `eager` workers do their imports before the first photo comes."""
        for worker in self.workers:
            worker.start(eager=eager)

    async def stop(self) -> None:
        """End all workers."""
        await asyncio.gather(*(worker.stop() for worker in self.workers))

    def of(self, digest: str) -> Worker:
        """Return the worker that has (or shall have) a photo."""
        place = self._places.get(digest)
        if place is None:
            mine = [
                sum(1 for p in self._places.values() if p == i) for i in range(len(self.workers))
            ]
            loads = [(worker.load, mine[i], i) for i, worker in enumerate(self.workers)]
            place = min(loads)[2]
        self._places[digest] = place
        self._places.move_to_end(digest)
        if len(self._places) > REMEMBERED:
            self._places.popitem(last=False)
        return self.workers[place]

    async def ask(
        self,
        path: Path,
        digest: str,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        priority: Priority = 1,
        deadline: float | None = None,
    ) -> Message:
        """Have something done with the photo at `path`; see `Worker.ask`.

        A large file gets more time. Raises `busy` when too many wait for this photo's worker.
        """
        worker = self.of(digest)
        if priority > 0 and worker.load >= MOST_WAITING:
            raise busy()
        full = {**request, "path": str(path), "digest": digest}
        limit = (self._deadline if deadline is None else deadline) + _decoding(path)
        return await worker.ask(full, body, priority=priority, deadline=limit)


def _decoding(path: Path) -> float:
    """Return the seconds more that a file may take because it is large."""
    try:
        return path.stat().st_size / SLOWEST
    except OSError:  # its worker says so
        return 0.0


def _yields(job: _Job, to: Priority) -> bool:
    """Whether work that can go on later stops for what somebody waits for.

    A crowd is looked at for many seconds: a picture of it, or of another photo, goes first.
    """
    return to < job.priority == 2 or (to == 0 and job.message.head.get("do") == "analysis")


def _settle(future: asyncio.Future[Message], outcome: Message | Exception) -> None:
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _checked(answer: Message) -> Message:
    error = answer.head.get("error")
    if error is not None:
        raise WebError(error["code"], error["message"], error["remedy"])
    return answer

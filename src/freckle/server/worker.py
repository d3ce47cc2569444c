"""The worker process: opens photos, keeps the last ones open, and does what it is asked.

Run as `python -m freckle.server.worker CONFIGURATION` (JSON) with messages on standard input and
output. It lives inside limits of its own and ends when the server does.
"""

import hashlib
import json
import os
import queue
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from freckle.cage import caged
from freckle.errors import FreckleError, Refusal
from freckle.jobs.limits import die_with_parent, limit_memory
from freckle.jobs.protocol import Message, receive
from freckle.pixels.memory import give_back, keep_freed, resident
from freckle.render.painting import Stopped
from freckle.server.drafts import Drafts, UnknownError
from freckle.server.problems import problem_of
from freckle.server.tasks import IN_PASSING, TASKS
from freckle.server.traces import trace_of
from freckle.studio.studio import Studio
from freckle.studio.warm_up import warm_up


class Bench:
    """The photos that are open, the least recently used put away first, and recipes for them."""

    def __init__(self, budget: int) -> None:
        """Let this process hold `budget` bytes between requests, and always the newest photo."""
        self._budget = budget
        self._open: OrderedDict[str, Studio] = OrderedDict()
        self._passing: Studio | None = None
        self.drafts = Drafts()

    def forget(self, digest: str) -> None:
        """Close a photo."""
        self._open.pop(digest, None)

    def studio(self, path: Path, digest: str, *, keep: bool = True) -> Studio:
        """Return the opened photo. Raises `Refusal` when it cannot be opened.

        One that is not to be kept is closed by `tidy`, unless it was open before.
        """
        studio = self._open.get(digest)
        if studio is None:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != digest:
                raise Refusal(
                    "damaged",
                    "This original is no longer what was uploaded: the disk has changed it.",
                    "Check the disk, and upload the photo again from a copy.",
                )
            studio = Studio.open(data)
            if not keep:
                self._passing = studio
                return studio
            self._open[digest] = studio
        if keep:
            self._open.move_to_end(digest)
        return studio

    def tidy(self) -> None:
        """Put photos away until the process fits its budget again; call it between requests."""
        if self._passing is not None:
            self._passing = None
            if self._held() > self._budget:
                give_back()
        while len(self._open) > 1 and self._held() > self._budget:
            *older, _ = self._open.values()
            if sum(studio.slim() for studio in older) == 0:  # all of them, before one has to go
                self._open.popitem(last=False)
            del older
            give_back()

    def _held(self) -> int:
        """Return the bytes that this process holds; where they are not told, those of photos."""
        return resident() or sum(studio.weight for studio in self._open.values())


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
                os._exit(0)  # the server is gone: nobody is left to answer
            if message.head.get("cancel"):
                self._cancelled = int(message.head["id"])
            else:
                if self._cancelled == int(message.head["id"]):
                    self._cancelled = 0  # it was stopped for another one, and comes again
                self._queue.put(message)


def answer(bench: Bench, message: Message, given_up: Callable[[], bool]) -> Message:
    """Do what a message asks; any failure becomes an answer."""
    try:
        result = _done(bench, message, given_up)
    except Stopped:
        result = Message({"cancelled": True})
    except UnknownError:
        result = Message({"unknown": True})
    except MemoryError:
        result = _refused(
            Refusal(
                "too_much_memory",
                "This photo needs more memory than there is.",
                "Close other programs, or try a smaller version of it.",
            )
        )
    except Exception as error:
        if problem_of(error).code == "internal":
            print(trace_of(error), file=sys.stderr)  # noqa: T201 - to the server's own log
        result = _refused(error)
    return Message({"id": message.head["id"], **result.head}, result.body)


def _done(bench: Bench, message: Message, given_up: Callable[[], bool]) -> Message:
    head = message.head
    if head.get("draft"):
        head = {**head, "recipe": bench.drafts.recipe(head["draft"], message.body)}
    match head["do"]:
        case "learn":
            return Message({})
        case "forget":
            bench.forget(head["digest"])
            return Message({})
        case task:
            keep = task not in IN_PASSING
            studio = bench.studio(Path(head["path"]), head["digest"], keep=keep)
            return TASKS[task](studio, head, given_up)


def _refused(error: Exception) -> Message:
    return Message({"error": problem_of(error).model_dump(exclude_none=True)})


def main(configuration: dict[str, Any]) -> None:
    """Serve requests until the server hangs up."""
    die_with_parent()
    limit_memory(int(configuration["memory"]))
    keep_freed()
    with caged(int(configuration["memory"]), float(configuration["decoding"])):
        with suppress(FreckleError):  # the first photo says it to a person
            warm_up()
        _serve(configuration)


def _serve(configuration: dict[str, Any]) -> None:
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    inbox, bench = Inbox(requests), Bench(int(configuration["open_bytes"]))
    while True:
        message = inbox.next()
        number = int(message.head["id"])
        reply = answer(bench, message, lambda number=number: inbox.given_up(number))  # type: ignore[misc]
        answers.write(reply.pack())
        answers.flush()
        del message, reply
        bench.tidy()


CONFIGURATION: Final = 1
"""Place of the configuration among the arguments."""

if __name__ == "__main__":
    main(json.loads(sys.argv[CONFIGURATION]))

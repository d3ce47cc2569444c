"""Pictures that an image generator makes for people who ask for them, one wish at a time."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import uuid4

from freckle.generate.choosing import Choice, RemoteChoice
from freckle.jobs.limits import environment
from freckle.jobs.protocol import Message, receive_async
from freckle.server.generator_process import NO_MEMORY
from freckle.server.problems import WebError, not_found
from freckle.vision.onnx import SILENT

State = Literal["waiting", "working", "done", "failed"]
KEPT: Final = 8
"""Wishes of which the pictures are kept; the oldest go first."""
MOST_WAITING: Final = 8
"""Wishes that wait at most."""


@dataclass(slots=True, eq=False)
class Generation:
    """One wish: how far it is, and what came of it."""

    user: str
    project: str
    id: str = field(default_factory=lambda: uuid4().hex)
    state: State = "waiting"
    share: float = 0.0
    pictures: list[bytes] = field(default_factory=list)
    """JPEG files."""
    trouble: tuple[str, str] | None = None
    """What went wrong, and what to do."""
    task: asyncio.Task[None] | None = None

    @property
    def open(self) -> bool:
        """Whether it waits or is worked on."""
        return self.state in ("waiting", "working")


class Workshop:
    """Has one generator work on one wish after another, in a process that ends with each."""

    def __init__(self, choice: Choice | None) -> None:
        """Take the generator that was set up, if any."""
        self.choice = choice
        self._turn = asyncio.Lock()
        self._all: dict[str, Generation] = {}

    @property
    def name(self) -> str | None:
        """What the generator is called: a host, or a model's name; never an address or a key."""
        return None if self.choice is None else self.choice.made().name

    def begin(self, user: str, project: str, wish: Mapping[str, Any]) -> Generation:
        """Take a wish on; an earlier one of the same person for the same project is given up.

        Raises `WebError`.
        """
        if self.choice is None:
            raise WebError(
                "bad_request",
                "No image generator is set up on this server.",
                "Describe a look: looks are made of words without one.",
            )
        for each in list(self._all.values()):
            if (each.user, each.project) == (user, project) and each.open:
                self.drop(each)
        if sum(each.open for each in self._all.values()) >= MOST_WAITING:
            raise WebError(
                "busy", "The image generator has too much to do.", "Try again in a while."
            )
        made = Generation(user, project)
        self._all[made.id] = made
        for old in [each for each in self._all.values() if not each.open][:-KEPT]:
            self.drop(old)
        made.task = asyncio.create_task(self._work(made, wish))
        return made

    def find(self, user: str, project: str, name: str) -> Generation:
        """Return a wish of this person. Raises `not_found`."""
        found = self._all.get(name)
        if found is None or (found.user, found.project) != (user, project):
            raise not_found("generation")
        return found

    def drop(self, made: Generation) -> None:
        """Give a wish up, and forget what came of it."""
        self._all.pop(made.id, None)
        if made.task is not None:
            made.task.cancel()

    async def close(self) -> None:
        """Give everything up."""
        tasks = [each.task for each in self._all.values() if each.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, made: Generation, wish: Mapping[str, Any]) -> None:
        async with self._turn:
            made.state = "working"
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "freckle.server.generator_process"),
                stdin=PIPE,
                stdout=PIPE,
                env=_surroundings(self.choice),
            )
            try:
                await self._hear(process, made, wish)
            except (asyncio.IncompleteReadError, OSError):
                made.trouble = made.trouble or (NO_MEMORY, "Use a smaller model or picture.")
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        made.state = "done" if made.trouble is None else "failed"

    async def _hear(self, process: Process, made: Generation, wish: Mapping[str, Any]) -> None:
        if process.stdin is None or process.stdout is None or self.choice is None:
            raise OSError("no pipe to the process")
        head = {"choice": self.choice.model_dump(mode="json"), "wish": dict(wish)}
        process.stdin.write(Message(head).pack())
        await process.stdin.drain()
        while True:
            message = await receive_async(process.stdout)
            if "done" in message.head:
                made.share = max(made.share, float(message.head["done"]))
            elif "picture" in message.head:
                made.pictures.append(message.body)
            elif "error" in message.head:
                error = message.head["error"]
                made.trouble = str(error["message"]), str(error["remedy"])
                return
            else:
                return


def _surroundings(choice: Choice | None) -> dict[str, str]:
    """Return the environment of the process; a folder of this machine never asks the network."""
    given = environment() | {"HF_HUB_DISABLE_TELEMETRY": "1", SILENT: "1"}
    if not isinstance(choice, RemoteChoice) and not getattr(choice, "hub", False):
        given |= {"HF_HUB_OFFLINE": "1"}
    return given

"""The kinds of jobs: a table that names functions, and how one of them is run."""

import os
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol

import cv2

from freckle.jobs import failures
from freckle.jobs.job import Job
from freckle.jobs.protocol import Message
from freckle.pixels.memory import keep_freed


class Stopped(Exception):  # noqa: N818 - not an error: somebody changed their mind
    """Work was given up because nobody wants its result any more."""


class Context(Protocol):
    """What a kind may say and ask while it works."""

    def progress(self, share: float) -> None:
        """Say how much is done, 0..1. Raises `Stopped` when nobody wants the rest."""

    def size(self, megapixels: float) -> None:
        """Say how large the work is, so that it gets the time that it needs."""


Kind = Callable[[Job, Context], Message]
"""Does a job and returns the answer: JSON types, and bytes beside them."""


def kinds_at(place: str) -> Mapping[str, Kind]:
    """Return the table at `module:name`, as an engine was told it."""
    module, _, name = place.partition(":")
    table: Mapping[str, Kind] = getattr(import_module(module), name)
    return table


def prepare() -> None:
    """Make this process one that works: one thread, and freed memory kept."""
    cv2.setNumThreads(1)
    keep_freed()


def done(kinds: Mapping[str, Kind], job: Job, context: Context) -> Message:
    """Do a job; any failure becomes an answer."""
    try:
        return kinds[job.kind](job, context)
    except Stopped:
        return Message({"cancelled": True})
    except Exception as error:
        plain = failures.to_plain(error)
        if plain["code"] == "internal" and os.environ.get("FRECKLE_DEBUG") == "1":
            traceback.print_exc()
        return Message({"failed": plain})

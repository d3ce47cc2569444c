"""Kinds of jobs for the tests: what goes well, what goes wrong, and what dies."""

import hashlib
import os
import signal
import time
from pathlib import Path

import cv2

from freckle.errors import Refusal
from freckle.jobs.job import Job
from freckle.jobs.kinds import Context
from freckle.jobs.protocol import Message


def digest(job: Job, context: Context) -> Message:
    content = b"".join(one.read() for one in job.inputs)
    context.size(len(content) / 1e6)
    found = {"digest": hashlib.sha256(content).hexdigest(), "megapixels": 1.0, "progress": 1.0}
    return Message(found, content[::-1])


def surroundings(_job: Job, _context: Context) -> Message:
    import resource  # noqa: PLC0415

    limits = {
        name: resource.getrlimit(getattr(resource, name))[0]
        for name in ("RLIMIT_AS", "RLIMIT_CORE")
    }
    return Message({"names": sorted(os.environ), "threads": cv2.getNumThreads(), **limits})


def steps(job: Job, context: Context) -> Message:
    for number in range(100):
        context.progress(number / 100)
        time.sleep(job.head["pause"])
    return Message({})


def deaf(job: Job, context: Context) -> Message:
    context.progress(0.1)
    time.sleep(job.head["seconds"])
    return Message({"pid": os.getpid()})


def dies(job: Job, _context: Context) -> Message:
    """Die until so many have died; who died is kept in a folder."""
    folder = Path(job.head["folder"])
    if len(list(folder.iterdir())) < job.head["times"]:
        (folder / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Message({"survived": True})


def refuses(_job: Job, _context: Context) -> Message:
    raise Refusal("damaged", "It is broken.", "Bring another one.")


def breaks(_job: Job, _context: Context) -> Message:
    return Message({"share": 1 / 0})


def hungry(_job: Job, _context: Context) -> Message:
    return Message({"size": len(bytearray(1 << 40))})


def noted(job: Job, _context: Context) -> Message:
    with Path(job.head["file"]).open("a") as file:
        file.write(job.head["name"])
    time.sleep(job.head.get("seconds", 0))
    return Message({})


KINDS = {
    each.__name__: each
    for each in (digest, surroundings, steps, deaf, dies, refuses, breaks, hungry, noted)
}

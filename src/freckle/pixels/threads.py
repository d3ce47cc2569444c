"""Independent work side by side: the results are the same with any number of threads.

NumPy and OpenCV release Python's lock while they work on arrays. OpenCV's own number of threads
(`--threads`) says whether others may be used. Whoever waits does what nobody has begun, so that
work within work cannot wait for itself.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import cv2

T = TypeVar("T")


def together(tasks: Iterable[Callable[[], T]]) -> list[T]:
    """Run tasks that do not depend on each other; return their results in their order."""
    waiting = [ahead(task) for task in tasks]
    # others begin at the front
    return [wait() for wait in reversed(waiting)][::-1]


def ahead(task: Callable[[], T]) -> Callable[[], T]:
    """Start a task beside what follows; the returned function gives its result."""
    if cv2.getNumThreads() < 2:
        return task
    begun = _pool().submit(task)
    return lambda: task() if begun.cancel() else begun.result()


def ready() -> None:
    """Find out how many threads there may be, where that can still be asked; start none."""
    _pool()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cv2.getNumberOfCPUs(), thread_name_prefix="freckle")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not survive a fork

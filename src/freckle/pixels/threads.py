"""Independent work side by side: the results are the same with any number of threads.

NumPy and OpenCV release Python's lock while they work on arrays. OpenCV's own number of threads
(`--threads`) says whether others may be used.
"""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

import cv2

T = TypeVar("T")
NAME: Final = "freckle-pixels"


def together(tasks: Iterable[Callable[[], T]]) -> list[T]:
    """Run tasks that do not depend on each other; return their results in their order."""
    if not _free():
        return [task() for task in tasks]
    waiting = [_pool().submit(task) for task in tasks]
    return [each.result() for each in waiting]


def ahead(task: Callable[[], T]) -> Callable[[], T]:
    """Start a task beside what follows; the returned function waits for its result."""
    return _pool().submit(task).result if _free() else task


def _free() -> bool:
    """Whether others may help; a helper that waited for helpers might wait for itself."""
    return cv2.getNumThreads() > 1 and not threading.current_thread().name.startswith(NAME)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cv2.getNumberOfCPUs(), thread_name_prefix=NAME)


os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not survive a fork

"""End in order when somebody ends us: a terminal that closes, a system that shuts down."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class StoppedError(BaseException):
    """Somebody ended the program; no handler of errors may take it for one."""

    def __init__(self, number: int) -> None:
        """Take the signal's number."""
        super().__init__()
        self.code = 128 + number
        """The exit code, as shells count it."""


@contextmanager
def stopping() -> Iterator[None]:
    """Raise `StoppedError` on these signals, so that what is half-written is removed.

    A signal that is ignored (`nohup`) stays so. Only a process's main thread can do it.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is cleaning up
    raise StoppedError(number)

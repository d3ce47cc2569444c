"""What went wrong with a job, in words that travel."""

import errno
from typing import Any, Final

from freckle.errors import FreckleError, OutputError, RecipeError, Refusal, StorageError

FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class JobError(FreckleError):
    """A job that failed: the same sentence and remedy as where it was done, and a code."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message, remedy)
        self.code = code
        """A code of `Refusal`, or recipe, output, storage, died, internal."""


def to_plain(error: Exception) -> dict[str, Any]:
    """Return an exception as JSON types."""
    match error:
        case JobError() | Refusal():
            code: str = error.code
        case RecipeError():
            code = "recipe"
        case OutputError():
            code = "output"
        case StorageError():
            code = "storage"
        case _:
            return to_plain(_unexpected(error))
    return {"code": code, "message": error.message, "remedy": error.remedy}


def from_plain(plain: dict[str, Any]) -> JobError:
    """Return the exception that was sent."""
    return JobError(str(plain["code"]), str(plain["message"]), str(plain["remedy"]))


def died(times: int) -> JobError:
    """Say that whoever worked on it died again and again."""
    return JobError(
        "died",
        f"The process that worked on it stopped unexpectedly {times} times.",
        "Try this file by itself; perhaps it needs more memory than there is.",
    )


def late(seconds: float) -> JobError:
    """Say that it took too long."""
    return JobError(
        "too_slow",
        f"It took longer than {seconds:.0f} s and was stopped.",
        "Try a smaller version of it.",
    )


def _unexpected(error: Exception) -> JobError:
    if isinstance(error, MemoryError):
        return JobError(
            "too_much_memory",
            "It needs more memory than there is for one worker.",
            "Use fewer workers (--jobs), or try a smaller version of it.",
        )
    if isinstance(error, OSError) and error.errno in FULL:
        return JobError("output", "The disk is full.", "Make room on it, and go on.")
    first = (str(error).splitlines() or [""])[0][:200]
    return JobError(
        "internal",
        f"Something went wrong inside freckle ({type(error).__name__}: {first}).",
        "Run it again with FRECKLE_DEBUG=1 and report what it prints.",
    )

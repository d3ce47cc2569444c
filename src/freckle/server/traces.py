"""Failures for the log: where it happened and of which kind, but not what it said.

The words of an exception may hold a name, a recipe or a part of a file; where in the program it
happened does not. With FRECKLE_DEBUG=1 all is told.
"""

import os
import traceback
from collections.abc import Iterator


def trace_of(error: BaseException) -> str:
    """Return the trace of an exception and of those that led to it, without their words."""
    if os.environ.get("FRECKLE_DEBUG") == "1":
        return "".join(traceback.format_exception(error))
    return "then:\n".join(
        f"{''.join(traceback.format_tb(each.__traceback__))}{type(each).__name__}\n"
        for each in reversed(list(_chain(error)))
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)

"""Exit codes: what a script may rely on."""

from typing import Final

from freckle.errors import (
    FreckleError,
    GeneratorError,
    OutputError,
    RecipeError,
    Refusal,
    StorageError,
)

OK: Final = 0
CANCELLED: Final = 1
"""The editor was closed without a result; nothing was written."""
USAGE: Final = 2
"""Arguments, settings, presets or recipes that cannot be understood."""
INPUT: Final = 3
"""The picture cannot be opened, or no generator made one."""
OUTPUT: Final = 4
"""The result cannot be written."""
SOME: Final = 5
"""Some photos of a set failed; the others are done."""
INTERNAL: Final = 70
"""A fault of freckle or its installation (EX_SOFTWARE of BSD's sysexits)."""
INTERRUPTED: Final = 130
"""Ctrl-C, as shells count it."""


def exit_code(error: FreckleError) -> int:
    """Return the exit code of an error that freckle raised on purpose."""
    match error:
        case Refusal() | GeneratorError() | StorageError():
            return INPUT
        case RecipeError():
            return USAGE
        case OutputError():
            return OUTPUT
        case _:
            return INTERNAL

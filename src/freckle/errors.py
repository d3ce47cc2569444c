"""What can go wrong, said so that a person knows what to do next."""

from typing import Literal

Code = Literal[
    "empty",
    "not_an_image",
    "type_not_accepted",
    "damaged",
    "incomplete",
    "too_many_pixels",
    "too_large_file",
    "too_many_frames",
    "too_slow",
    "too_much_memory",
    "missing_raw_pixels",
    "internal",
]


class FreckleError(Exception):
    """Base of every error that freckle raises on purpose: one sentence and one remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


class Refusal(FreckleError):  # noqa: N818 - the word that users read
    """A picture that cannot be opened, with a stable code."""

    def __init__(self, code: Code, message: str, remedy: str) -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message, remedy)
        self.code: Code = code


class RecipeError(FreckleError):
    """A recipe, preset or setting that cannot be understood."""


class OutputError(FreckleError):
    """A result that cannot be written."""


class StorageError(FreckleError):
    """Something that cannot be kept, or is not where it was kept."""

    def __init__(self, message: str, remedy: str, *, absent: bool = False) -> None:
        """Say what is wrong, and what to do about it; `absent` when there is no such thing."""
        super().__init__(message, remedy)
        self.absent = absent


class GeneratorError(FreckleError):
    """A picture that no generator made: why, and what to do."""

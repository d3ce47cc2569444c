"""What is published, what a place takes, and what every place can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from freckle.errors import OutputError

Trouble = Literal[
    "post_secret",
    "post_rights",
    "post_large",
    "post_full",
    "post_room",
    "post_silent",
    "post_away",
    "post_refused",
]
"""What went wrong, for programs: the secret, a right it lacks, the picture's size, too many posts,
no room left, no answer, nobody there; anything else."""

LEAST_QUALITY: Final = 60
"""Below it, a picture is made smaller instead."""
SMALLEST: Final = 320
"""Pixels of the longer side below which nobody would recognize anything."""


class PublishError(OutputError):
    """A picture that was not published: why, and what to do."""

    def __init__(self, message: str, remedy: str, trouble: Trouble = "post_refused") -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message, remedy)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Post:
    """A picture with its words."""

    picture: bytes
    """A JPEG."""
    name: str
    """Of the file, with its ending."""
    size: tuple[int, int]
    """Width and height in pixels."""
    caption: str
    alt: str
    """What is seen, for those who do not see it."""
    label: str = ""
    """What was done to the picture, in a line of its own; empty: nothing is said."""

    @property
    def text(self) -> str:
        """Caption and label, as places show them that have one text only."""
        return "\n\n".join(part for part in (self.caption.strip(), self.label) if part)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a place takes; 0 is no limit."""

    bytes: int = 0
    pixels: int = 0
    """Width × height."""
    text: int = 0
    """Characters of caption and label together."""
    alt: int = 0
    """Characters of the alternative text."""


@dataclass(frozen=True, slots=True)
class Published:
    """Where a picture is now."""

    address: str


class Place(Protocol):
    """Somewhere pictures are published. Both methods raise `PublishError`."""

    def limits(self) -> Limits:
        """Say what is taken; a server may be asked."""

    def publish(self, post: Post) -> Published:
        """Publish a picture that keeps to the limits."""


def check_words(text: str, alt: str, limits: Limits) -> None:
    """Refuse words that are too long, before anything is sent. Raises `PublishError`."""
    for what, words, most in (("caption", text, limits.text), ("--alt", alt, limits.alt)):
        if most and len(words) > most:
            raise PublishError(
                f"The {what} has {len(words):,} characters, and {most:,} are taken there.",
                "Shorten it.",
            )


def fitted(
    make: Callable[[int, int], tuple[bytes, tuple[int, int]]], longest: int, limits: Limits
) -> tuple[bytes, tuple[int, int]]:
    """Return a picture within limits, and its size.

    `make` returns bytes and size of the picture whose longer side has at most so many pixels, in a
    quality from 1 to 100. Quality goes first, then pixels. Raises `PublishError`.
    """
    while longest >= SMALLEST:
        for quality in (90, 80, 70, LEAST_QUALITY):
            made, size = make(longest, quality)
            if limits.pixels and size[0] * size[1] > limits.pixels:
                break
            if not limits.bytes or len(made) <= limits.bytes:
                return made, size
        longest = round(min(longest, max(size)) * 0.85)
    raise PublishError(
        f"The picture does not fit into the {limits.bytes:,} bytes that are taken there.",
        "Publish a simpler or smaller one.",
        "post_large",
    )

"""What is asked of an image generator, and what every generator is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from freckle.errors import GeneratorError

RGB8 = npt.NDArray[np.uint8]
"""A picture: height × width × 3, sRGB, 8 bit."""
MOST: Final = 8
"""Candidates asked for at once."""
LONGEST: Final = 4000
"""Characters of a prompt."""
BUCKETS: Final = ((1, 1), (4, 5), (5, 4), (2, 3), (3, 2), (9, 16), (16, 9), (3, 4), (4, 3))
"""Shapes that generators are trained on, width and height."""
STEP: Final = 64
"""Sides are multiples of it."""


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Somebody does not want the pictures any more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Words, and how they are to be followed.

    `strength` (0..1) is how far the result may go from `image`; `guidance` how strictly it follows
    the words; `steps` how long it is worked on. None leaves that to the engine.
    """

    prompt: str
    negative: str = ""
    size: tuple[int, int] = (1024, 1024)
    """Width and height."""
    count: int = 1
    seed: int = 0
    guidance: float | None = None
    steps: int | None = None
    image: RGB8 | None = None
    """A picture to start from."""
    strength: float = 0.6
    reference: RGB8 | None = None
    """A picture whose style is wanted."""

    def check(self) -> None:
        """Refuse what no engine can do. Raises `GeneratorError`."""
        if not self.prompt.strip():
            raise GeneratorError("The prompt is empty.", "Say in words what you want to see.")
        if len(self.prompt) > LONGEST or len(self.negative) > LONGEST:
            raise GeneratorError("The prompt is too long.", f"Use at most {LONGEST} characters.")
        if not 1 <= self.count <= MOST:
            raise GeneratorError(
                f"{self.count} candidates cannot be made.", f"Ask for 1 to {MOST}."
            )
        if not 0 < self.strength <= 1:
            raise GeneratorError("The strength is out of range.", "Use more than 0, at most 1.")


Progress = Callable[[float], None]
"""Told how much is done, 0..1. May raise `Cancelled`, which ends the work."""


class Engine(Protocol):
    """Something that makes pictures from words."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def make(self, wish: Wish, progress: Progress) -> list[RGB8]:
        """Return `wish.count` pictures. Raises `GeneratorError`, and `Cancelled` from `progress`.

        The same wish gives the same pictures where the engine can promise that.
        """


def sized(aspect: str | None, side: int = 1024) -> tuple[int, int]:
    """Return width and height near `side`² for an aspect like 4:5: the nearest usual bucket.

    Raises `GeneratorError` where the aspect is none.
    """
    if aspect is None:
        return side, side
    try:
        across, down = (float(part) for part in aspect.split(":"))
        ratio = across / down
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if not 0.1 < ratio < 10:
        raise GeneratorError(f"{aspect} is no aspect ratio.", "Write it as 4:5.")
    width, height = min(BUCKETS, key=lambda b: abs(np.log(b[0] / b[1] / ratio)))
    scale = side / np.sqrt(width * height)
    return tuple(round(v * scale / STEP) * STEP for v in (width, height))

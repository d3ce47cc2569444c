"""One word of a prompt, and what became of it."""

from dataclasses import dataclass, field
from typing import Literal

from freckle.looks.concepts import Settings

How = Literal["understood", "taken", "without", "beyond", "unknown"]


@dataclass(frozen=True, slots=True)
class Heard:
    """One word of the prompt, and what became of it."""

    text: str
    how: How
    weight: float = 1.0
    instead: str | None = None
    """What a misspelled or unknown word was taken for."""
    part: str | None = None
    meaning: str | None = None
    """Key of the concept, or name of the color."""
    settings: Settings = field(default_factory=dict)
    """What it asks of which tools, at weight 1."""
    removes: tuple[str, ...] = ()
    beside: bool = False
    """Whether it and another word mean something together: the lips that are red."""
    eased: bool = False
    """Whether it is not to be overdone."""
    tint: bool = False
    """Whether it is a color by its name."""
    lessened: bool = False
    """Whether there is to be less of what it is: of what other words ask, where they do."""
    turned: bool = False
    """Whether the opposite is asked for: less of it."""

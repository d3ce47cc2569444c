"""A prompt cut into clauses of units, each with the weight that brackets give it."""

import re
from dataclasses import dataclass
from typing import Final

from freckle.looks.folding import folded

MORE: Final = 1.1
"""What one pair of round brackets without a number is worth; square ones divide by it."""
HEAVIEST: Final = 3.0
LONGEST: Final = 2000
"""Characters of a prompt that are read."""
_PIECES: Final = re.compile(r"[()\[\]]|:\s*-?\d+(?:\.\d+)?\s*(?=\))|[^()\[\]:]+|:")
_STOPS: Final = re.compile(r"[,;.!?\n/|，。、；！？]+")
_UNITS: Final = re.compile(r"[\u3400-\u9fff]|[^\W_][^\W_'&]*(?:[&'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or one Chinese character; `place` is where it stands in the prompt."""

    text: str
    weight: float = 1.0
    place: int = 0
    written: str | None = None
    """How it was spelled, if it is read as another word."""

    @property
    def said(self) -> str:
        """The word as it was written."""
        return self.text if self.written is None else self.written


Clause = tuple[Unit, ...]


def units(text: str) -> tuple[str, ...]:
    """Return the words and Chinese characters of folded text."""
    return tuple(_UNITS.findall(text))


def clauses(prompt: str) -> tuple[Clause, ...]:
    """Cut a prompt at commas and stops: "(warm light:1.4), dewy skin" are two clauses."""
    found: list[Clause] = []
    now: list[Unit] = []
    for text, weight in _weighted(prompt[:LONGEST]):
        for number, piece in enumerate(_STOPS.split(text)):
            if number and now:
                found.append(tuple(now))
                now = []
            now += [
                Unit(unit, weight, len(found) + k) for k, unit in enumerate(units(folded(piece)))
            ]
    return (*found, tuple(now)) if now else tuple(found)


def _weighted(prompt: str) -> list[tuple[str, float]]:
    """Return the pieces of a prompt and their weights; brackets may lie in each other."""
    found: list[tuple[str, float]] = []
    open_at: list[tuple[str, int]] = []
    for match in _PIECES.finditer(prompt):
        piece = match.group()
        if piece in "([":
            open_at.append((piece, len(found)))
        elif piece in ")]" and open_at:
            kind, start = open_at.pop()
            by = MORE if kind == "(" else 1 / MORE
            if found[start:] and found[-1][0].startswith(":") and kind == "(":
                by = float(found.pop()[0][1:])
            found[start:] = [(text, weight * by) for text, weight in found[start:]]
        elif piece not in ")]":
            found.append((piece, 1.0))
    held = [(t, max(-HEAVIEST, min(w, HEAVIEST))) for t, w in found]
    return [(text, weight) for text, weight in held if not text.startswith(":")]

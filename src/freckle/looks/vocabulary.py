"""The dictionary of all languages at once, and the longest words of it in a clause."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from freckle.looks.concepts import LANGUAGES, Concept, Tint, colors, concepts, grammar, words_of
from freckle.looks.folding import stems, wide
from freckle.looks.tokens import Clause, Unit, units

Kind = Literal[
    "concept",
    "color",
    "strength",
    "negation",
    "less",
    "eased",
    "join",
    "filler",
    "beyond",
    "unknown",
]
CLOSE: Final = 0.82
"""How alike a misspelled word and one of the dictionary are at least (Ratcliff and Obershelp)."""
CLOSE_PHRASE: Final = 0.84
"""The same of phrases, in which short words may be misspelled, too."""
LONG_PHRASE: Final = 4
"""Words of a phrase that are looked at at most."""
SHORTEST: Final = 5
"""Letters of a word from which it is taken for a misspelled one."""

Nearest = Callable[[str], Sequence[tuple[str, float]]]
"""Finds words of the dictionary by meaning, the nearest first, with how near (0..1) they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of the dictionary is."""

    kind: Kind
    language: str = ""
    concept: Concept | None = None
    tint: Tint | None = None
    by: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """A word of a clause: what was written, and what it was read as."""

    text: str
    entry: Entry
    weight: float
    instead: str | None = None
    """The word of the dictionary that it was taken for, if it was not in it."""


Words = Mapping[tuple[str, ...], Entry]


def _entries(first: str) -> Iterator[tuple[str, Entry]]:
    yield from _meanings(first)
    said = grammar()
    for strength in said.strengths:
        yield from ((name, Entry("strength", by=strength.by)) for name in sorted(strength.words))
    binders: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("negation", said.negations),
        ("less", said.less),
        ("eased", said.eased),
        ("join", said.joins),
        ("beyond", said.beyond),
        ("filler", said.fillers),
    )
    for kind, words in binders:
        yield from ((name, Entry(kind)) for name in sorted(words))


def _meanings(first: str) -> Iterator[tuple[str, Entry]]:
    for code in (first, *(code for code in LANGUAGES if code != first)):
        for concept in concepts().values():
            yield from ((n, Entry("concept", code, concept=concept)) for n in concept.names[code])
        for tint in colors():
            yield from ((n, Entry("color", code, tint=tint)) for n in tint.names[code])


@cache
def dictionary(first: str = "en") -> tuple[Words, Words]:
    """Return all entries by their units, and by the stems of these.

    What a name means in the language that comes first holds: "rouge" is a blush, or red.
    """
    exact: dict[tuple[str, ...], Entry] = {}
    stemmed: dict[tuple[str, ...], Entry] = {}
    for name, entry in _entries(first):
        exact.setdefault(units(name), entry)
        if not wide(name):
            stemmed.setdefault(tuple(stems(" ".join(units(name))).split(" ")), entry)
    return exact, stemmed


@cache
def _longest() -> int:
    return max(len(key) for key in dictionary()[0])


@cache
def _spelled(language: str) -> tuple[str, ...]:
    """Return the single words of all names in a language that mean something."""
    exact, _ = dictionary(language)
    told = ("concept", "color")
    names = (units(name) for name in words_of(language) if not wide(name))
    found = {word for name in names if name in exact and exact[name].kind in told for word in name}
    return tuple(sorted(found))


@cache
def _known_units() -> frozenset[str]:
    return frozenset(unit for key in dictionary()[0] for unit in key)


def _respelled(clause: Clause, first: str) -> Clause:
    """Return a clause with words that are nowhere in the dictionary spelled as their neighbors.

    A phrase as a whole comes before its words: "blck and wite" is black and white.
    """
    found, at = list[Unit](), 0
    while at < len(clause):
        phrase = _rephrased(clause[at : at + LONG_PHRASE], first)
        found += phrase or [_spelled_right(clause[at], first)]
        at += len(phrase) or 1
    return tuple(found)


def _rephrased(clause: Clause, first: str) -> list[Unit]:
    """Return the phrase that a clause begins with, if words of it are spelled wrong; else none."""
    for size in range(len(clause), 1, -1):
        part = clause[:size]
        if all(_is_known(unit.text, first) for unit in part) or any(wide(u.text) for u in part):
            continue
        text = " ".join(unit.text for unit in part)
        near = _phrases(first).get((size, text[0]), ())
        for close in difflib.get_close_matches(text, near, n=1, cutoff=CLOSE_PHRASE):
            return [_as(unit, word) for unit, word in zip(part, close.split(" "), strict=True)]
    return []


def _spelled_right(unit: Unit, first: str) -> Unit:
    text = unit.text
    if _is_known(text, first) or len(text) < SHORTEST or wide(text) or text.isdigit():
        return unit
    close = _swapped(text, first) or difflib.get_close_matches(
        text, _spelled(first), n=1, cutoff=CLOSE
    )
    return _as(unit, close[0]) if close else unit


def _as(unit: Unit, text: str) -> Unit:
    return unit if unit.text == text else replace(unit, text=text, written=unit.text)


def _is_known(text: str, first: str) -> bool:
    exact, stemmed = dictionary(first)
    return text in _known_units() or (text,) in exact or (stems(text),) in stemmed


@cache
def _phrases(language: str) -> Mapping[tuple[int, str], Sequence[str]]:
    """Return the names of several words in a language, by how many and by the first letter."""
    found: dict[tuple[int, str], list[str]] = {}
    for name in sorted(words_of(language)):
        if " " in name and not wide(name):
            found.setdefault((len(name.split(" ")), name[0]), []).append(name)
    return found


def _swapped(text: str, first: str) -> list[str]:
    """Return the word of which two neighboring letters were written the wrong way round."""
    ways = (text[:k] + text[k + 1] + text[k] + text[k + 2 :] for k in range(len(text) - 1))
    return [way for way in ways if way in _spelled(first)][:1]


@cache
def _stems_of(code: str) -> frozenset[str]:
    return frozenset(stems(name) for name in words_of(code) if " " not in name)


def language_of(prompt: Sequence[Clause]) -> str:
    """Return the language in which most of a prompt's words mean something; English of equals."""
    said = [stems(unit.text) for clause in prompt for unit in clause]
    known = {code: sum(word in _stems_of(code) for word in said) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: known[code])


def items_of(clause: Clause, nearest: Nearest | None = None, first: str = "en") -> list[Item]:
    """Return the words of a clause, the longest that the dictionary has at each place.

    A word that means several things is read in the language that comes `first`.
    """
    found: list[Item] = []
    clause = _respelled(clause, first)
    at = 0
    while at < len(clause):
        size, entry = _match(clause, at, first)
        part = clause[at : at + size]
        between = "" if wide(part[0].text) else " "
        text, said = (
            between.join(each) for each in zip(*((u.said, u.text) for u in part), strict=True)
        )
        if entry is None:
            found.append(_guessed(text, part[0].weight, nearest, first))
        else:
            found.append(Item(text, entry, part[0].weight, None if text == said else said))
        at += size
    return found


def _match(clause: Clause, at: int, first: str) -> tuple[int, Entry | None]:
    """Return how many units from a place make one word, and the word; an unknown one else."""
    exact, stemmed = dictionary(first)
    texts = tuple(unit.text for unit in clause[at : at + _longest()])
    for size in range(len(texts), 0, -1):
        key = texts[:size]
        entry = exact.get(key) or stemmed.get(tuple(stems(" ".join(key)).split(" ")))
        if entry is not None:
            return size, entry
    size = 1
    # Chinese characters that nobody knows stand together
    while wide(texts[0]) and size < len(texts) and wide(texts[size]) and not _known(texts[size:]):
        size += 1
    return size, None


def _known(texts: tuple[str, ...]) -> bool:
    exact, _ = dictionary()
    return any(texts[:size] in exact for size in range(1, len(texts) + 1))


def _guessed(text: str, weight: float, nearest: Nearest | None, first: str) -> Item:
    """Take an unknown word for the one that means nearly the same."""
    exact, _ = dictionary(first)
    if text.isdigit():
        return Item(text, Entry("filler"), weight)
    for word, _ in nearest(text) if nearest is not None else ():
        entry = exact.get(units(word))
        if entry is not None:
            return Item(text, entry, weight, instead=word)
    return Item(text, Entry("unknown"), weight)

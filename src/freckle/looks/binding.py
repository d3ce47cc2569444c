"""Which words of a clause belong together: what is red, what is not wanted, and how strongly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from freckle.looks.concepts import Concept, Tint
from freckle.looks.vocabulary import Item

FOLLOWING: Final = ("es", "fr")
"""Languages in which adjectives follow what they belong to."""


@dataclass(slots=True)
class Word:
    """A word that says something, with the modifiers before it."""

    item: Item
    weight: float
    negated: bool
    bearer: "Word | None" = None
    """The word that it belongs to: the lips that are red."""
    bound: bool = False
    """Whether some word belongs to it."""
    less: bool = False
    """Whether it is asked for the other way round, or weaker."""
    eased: bool = False
    """Whether it is not to be overdone."""
    lamp: Tint | None = None
    """The color of its lamp."""

    @property
    def concept(self) -> Concept | None:
        """What it means, if it is no color and binds nothing."""
        return self.item.entry.concept

    @property
    def holds(self) -> str | None:
        """The name under which it holds colors and adjectives."""
        return self.concept.bearer if self.concept else None

    @property
    def shines(self) -> bool:
        """Whether it is a lamp that may have a color: a spotlight, a window."""
        concept = self.concept
        return (
            concept is not None
            and concept.part == "light"
            and concept.bearer is None
            and bool({"relight", "rim_light"} & concept.settings.keys())
        )


def bound(items: Sequence[Item]) -> Iterator[list[Word]]:
    """Yield the words of each part of a clause that say something, bound to each other."""
    for part in _parts(items):
        words = list(_words(part))
        _bind(words)
        yield words


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut a clause at words that join, but for those between two colors of one thing."""
    now: list[Item] = []
    for at, item in enumerate(items):
        if item.entry.kind != "join":
            now.append(item)
        elif not (now and now[-1].entry.tint and at + 1 < len(items) and items[at + 1].entry.tint):
            yield now
            now = []
    yield now


def _words(items: Sequence[Item]) -> Iterator[Word]:
    """Give each word that says something the modifiers before it; "no" holds to the end.

    How strongly may be said behind the last one: "contrast, but only a bit".
    """
    by, negated, less, eased = 1.0, False, False, False
    last: Word | None = None
    for item in items:
        kind = item.entry.kind
        if kind == "strength":
            by *= item.entry.by
        elif kind in ("negation", "less", "eased"):
            negated, less, eased = (
                each or kind == name
                for each, name in ((negated, "negation"), (less, "less"), (eased, "eased"))
            )
        elif kind != "filler":
            weight = item.weight * by
            against = negated != (weight < 0)
            last = Word(item, abs(weight), against, less=less, eased=eased)
            yield last
            by, less = 1.0, False
    if last is not None:
        last.weight *= by


def _bind(words: Sequence[Word]) -> None:
    """Let colors and adjectives belong to what they stand beside."""
    for at, word in enumerate(words):
        if word.holds is not None or (word.item.entry.tint is None and word.concept is None):
            continue
        after = next((w for w in words[at + 1 :] if w.holds is not None), None)
        before = next((w for w in reversed(words[:at]) if w.holds is not None), None)
        if before is not None and before.item.entry.language in FOLLOWING:
            after, before = before, after  # adjectives follow
        for near in (after, before):
            if near is not None and _fits(word, near):
                word.bearer, near.bound = near, True
                break
        else:
            _light(words, at)


def _light(words: Sequence[Word], at: int) -> None:
    """Let a color right beside a lamp be the lamp's."""
    word, tint = words[at], words[at].item.entry.tint
    beside = at - 1 if word.item.entry.language in FOLLOWING else at + 1
    if tint is not None and 0 <= beside < len(words) and words[beside].shines:
        words[beside].lamp, word.bearer = tint, words[beside]


def _fits(word: Word, bearer: Word) -> bool:
    """Whether a color or an adjective can be worn there."""
    concept = bearer.concept
    if word.item.entry.tint is not None:
        return concept is not None and concept.wears is not None
    return word.concept is not None and bearer.holds in word.concept.variants

"""What words ask for: which tool, how strongly; what they rule out, and what nobody understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from freckle.looks import pigments
from freckle.looks.concepts import Concept, Settings, concepts
from freckle.looks.tokens import clauses
from freckle.looks.vocabulary import Item, Nearest, items_of, language_of

How = Literal["understood", "taken", "without", "beyond", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Sliders that a word asks for, and with which weight."""

    settings: Settings
    weight: float
    source: str
    """The word, or the style, that asks."""
    style: bool = False


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt, read."""

    prompt: str
    heard: tuple[Heard, ...]
    asked: tuple[Asked, ...]
    removed: frozenset[str]
    tags: frozenset[str]
    """What is wanted: warm, dark, soft …"""
    unwanted: frozenset[str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words that nobody understood."""
        return tuple(each.text for each in self.heard if each.how == "unknown")

    @property
    def colored(self) -> bool:
        """Whether colors are asked for, of makeup, ground or the whole picture."""
        tools = {tool for each in self.asked for tool in each.settings}
        return bool(tools & COLORS) and "mono" not in self.tags


COLORS: Final = frozenset(
    {"palette", "split_toning", "lipstick", "eye_shadow", "blush", "bronzer", "background"}
)
"""Tools that black-and-white would make nothing of."""


@dataclass(slots=True)
class _Word:
    """A word that says something, with the modifiers before it."""

    item: Item
    weight: float
    negated: bool
    bearer: "_Word | None" = None
    """The word that it belongs to: the lips that are red."""
    bound: bool = False
    """Whether some word belongs to it."""

    @property
    def concept(self) -> Concept | None:
        return self.item.entry.concept

    @property
    def holds(self) -> str | None:
        """The name under which it holds colors and adjectives."""
        return self.concept.bearer if self.concept else None


def read(prompt: str, nearest: Nearest | None = None) -> Reading:
    """Read a prompt; `nearest` may find words by their meaning that are not in the lexicon."""
    heard: list[Heard] = []
    found = clauses(prompt)
    first = language_of(found)
    for clause in found:
        for part in _parts(items_of(clause, nearest, first)):
            words = list(_words(part))
            _bind(words)
            heard += [_heard(word) for word in words]
    asked = tuple(
        Asked(each.settings, abs(each.weight), each.text) for each in heard if each.settings
    )
    wanted = [w for w in heard if w.how in ("understood", "taken")]
    return Reading(
        prompt,
        tuple(heard),
        asked,
        frozenset(tool for each in heard for tool in each.removes),
        frozenset(tag for each in wanted for tag in _tags(each)),
        frozenset(tag for each in heard if each.how == "without" for tag in _tags(each)),
    )


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut a clause at words that join."""
    now: list[Item] = []
    for item in items:
        if item.entry.kind == "join":
            yield now
            now = []
        else:
            now.append(item)
    yield now


def _words(items: Sequence[Item]) -> Iterator[_Word]:
    """Give each word that says something the modifiers before it; "no" holds to the end."""
    by, negated = 1.0, False
    for item in items:
        kind = item.entry.kind
        if kind == "strength":
            by *= item.entry.by
        elif kind == "negation":
            negated = True
        elif kind != "filler":
            weight = item.weight * by
            yield _Word(item, abs(weight), negated != (weight < 0))
            by = 1.0


def _bind(words: Sequence[_Word]) -> None:
    """Let colors and adjectives belong to what they stand beside."""
    for at, word in enumerate(words):
        if word.holds is not None or (word.item.entry.tint is None and word.concept is None):
            continue
        after = next((w for w in words[at + 1 :] if w.holds is not None), None)
        before = next((w for w in reversed(words[:at]) if w.holds is not None), None)
        if before is not None and before.item.entry.language in ("es", "fr"):
            after, before = before, after  # adjectives follow
        for near in (after, before):
            if near is not None and _fits(word, near):
                word.bearer, near.bound = near, True
                break


def _fits(word: _Word, bearer: _Word) -> bool:
    """Whether a color or an adjective can be worn there."""
    concept = bearer.concept
    if word.item.entry.tint is not None:
        return concept is not None and concept.wears is not None
    return word.concept is not None and bearer.holds in word.concept.variants


def _heard(word: _Word) -> Heard:
    entry, item = word.item.entry, word.item
    how: How = "understood" if item.instead is None else "taken"
    made = Heard(item.text, how, round(word.weight, 3), item.instead)
    if entry.kind in ("unknown", "beyond"):
        return replace(made, how="beyond" if entry.kind == "beyond" else "unknown")
    if entry.tint is not None:
        made = replace(made, part="color", meaning=entry.tint.label)
        bearer = word.bearer.concept if word.bearer else None
        if word.negated:
            return replace(made, how="without", removes=bearer.taken if bearer else ())
        return replace(made, settings=_colored(entry.tint.hex, bearer))
    concept = entry.concept
    if concept is None:
        return made
    made = replace(made, part=concept.part, meaning=concept.key)
    if word.negated:
        return replace(made, how="without", **_without(word, concept))
    removes = concept.taken if concept.clears else ()
    return replace(made, removes=removes, settings=_settings(word, concept))


def _settings(word: _Word, concept: Concept) -> Settings:
    """Return what a meaning asks for, beside its bearer if it has one."""
    if word.bearer is not None and word.bearer.holds is not None:
        return concept.variants[word.bearer.holds]
    return {} if word.bound else concept.settings


def _without(word: _Word, concept: Concept) -> dict[str, Any]:
    """Return what "no …" rules out, and what it asks for instead."""
    if word.bearer is not None and word.bearer.concept is not None:
        return {"removes": word.bearer.concept.taken}
    broad = {"adjust", "relight", "rim_light", "palette", "split_toning", "curve", "background"}
    taken = concept.taken
    if concept.removes is None and concept.part not in ("makeup", "complexion"):
        alone = set(taken) - {"adjust"} if len(taken) == 1 else set(taken) - broad
        taken = tuple(tool for tool in taken if tool in alone)
    settings = dict(concept.without)
    if concept.part in ("color", "mood") and not settings and "adjust" in concept.settings:
        opposite = {k: -0.5 * v for k, v in concept.settings["adjust"].items()}
        settings = {"adjust": opposite}
    return {"removes": taken, "settings": settings}


def _colored(color: str, bearer: Concept | None) -> Settings:
    """Return what a color asks for where it is worn, or for the tones of the whole picture."""
    if bearer is None or bearer.wears is None:
        switched: Settings = {"palette": {"amount": 48}, "split_toning": _TONED}
        return _joined(switched, pigments.put(color, "palette.first"))
    return _joined(bearer.colored, pigments.put(color, bearer.wears))


_TONED: Mapping[str, Any] = {"highlights": 22, "shadows": 30}


def _joined(switched: Settings, fields: Settings) -> Settings:
    """Join what is switched on with the fields that a color sets; a gray switches nothing on."""
    if set(fields) == {"adjust"}:
        return fields
    names = {**switched, **fields}
    return {tool: {**switched.get(tool, {}), **fields.get(tool, {})} for tool in names}


def _tags(word: Heard) -> frozenset[str]:
    concept = concepts().get(word.meaning or "")
    return concept.tags if concept is not None and concept.part == word.part else frozenset()

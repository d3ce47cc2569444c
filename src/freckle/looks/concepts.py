"""The lexicon: what words mean, read once from the files beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from freckle.looks.folding import folded
from freckle.ops.catalogue import BY_NAME

Part = Literal["light", "time", "mood", "film", "color", "makeup", "complexion", "ground", "style"]
Values = Mapping[str, Any]
Settings = Mapping[str, Values]
"""Sliders by tool: what a meaning asks of each at weight 1."""
BESIDE: Final = ("en", "es", "zh")
"""Languages whose names stand beside what they mean."""
APART: Final = ("de", "fr")
"""Languages with a file of their own: names of meanings, colors and grammar by their keys."""
LANGUAGES: Final = (*BESIDE, *APART)
ENDINGS: Final = ("", "e", "en", "er", "es", "em")
"""What an adjective takes that ends in ~ in the German file."""
VOCABULARY: Final = ("light", "mood", "makeup", "grounds", "styles")
OPPOSITES: Final = {
    "warm": "cool mono",
    "cool": "warm mono",
    "dark": "bright",
    "bright": "dark",
    "soft": "hard",
    "hard": "soft",
    "vivid": "muted mono",
    "muted": "vivid",
    "mono": "vivid warm cool hued",
    "hued": "mono",
}
_PLAIN: Final = frozenset(
    {
        *("part", "tags", "bearer", "removes", "wears", "colored", "same", "clears"),
        *("offered", "rare", "aims", "stays"),
    }
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning."""

    key: str
    part: Part
    names: Mapping[str, tuple[str, ...]]
    """Words for it by language, folded; the first is its label."""
    labels: Mapping[str, str]
    settings: Settings
    variants: Mapping[str, Settings] = field(default_factory=dict)
    """Other settings beside a bearer: what "matte" means of lips."""
    tags: frozenset[str] = frozenset()
    bearer: str | None = None
    """The name by which variants and colors know it, if words about it bind to it."""
    wears: str | None = None
    """The tool and field that a color beside it goes to."""
    colored: Settings = field(default_factory=dict)
    """What a color beside it switches on."""
    removes: tuple[str, ...] | None = None
    """Tools that "no …" takes away; None: those of its settings."""
    without: Settings = field(default_factory=dict)
    """What "no …" asks for besides."""
    clears: bool = False
    """Whether it takes tools away by itself, as "barefaced" does."""
    offered: bool = False
    """Whether candidates are seen in this light or tone, where the words leave that open."""
    rare: bool = False
    """Whether a style is offered only to words that share with it what it is for."""
    aims: bool = False
    """Whether it says where a lamp stands, whatever other words say of it."""
    stays: bool = False
    """Whether it stays what it is beside a color or an adjective: blue smoky eyes are smoky."""

    @property
    def taken(self) -> tuple[str, ...]:
        """Tools that its negation takes away."""
        return tuple(self.settings) if self.removes is None else self.removes

    @property
    def clashing(self) -> frozenset[str]:
        """Tags that speak against its own."""
        return frozenset(word for tag in self.tags for word in OPPOSITES.get(tag, "").split())


@dataclass(frozen=True, slots=True)
class Tint:
    """A named color."""

    hex: str
    label: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Strength:
    """Words that make the next one stronger or weaker."""

    by: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words that bind others, and words that say nothing, all folded."""

    negations: frozenset[str]
    strengths: tuple[Strength, ...]
    joins: frozenset[str]
    fillers: frozenset[str]
    less: frozenset[str]
    """What turns the next word round: less contrast."""
    eased: frozenset[str]
    """What holds back the words before: not too orange."""
    beyond: frozenset[str]
    """What a look does not change."""
    words: Mapping[str, frozenset[str]]
    """All of them by language."""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _said(part: str, key: str, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of something by language, as they are written."""
    beside = {code: _split(entry.get(code, "")) for code in BESIDE}
    return beside | {code: _split(_read(code)[part].get(key, "")) for code in APART}


def _names(said: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return names folded, adjectives with their endings."""
    forms = {
        code: [form for name in names for form in _forms(name)] for code, names in said.items()
    }
    return {code: tuple(dict.fromkeys(folded(n) for n in names)) for code, names in forms.items()}


def _forms(name: str) -> tuple[str, ...]:
    bare = name.removesuffix("~")
    return (name,) if bare == name else tuple(bare + ending for ending in ENDINGS)


def _labels(said: Mapping[str, tuple[str, ...]], key: str) -> dict[str, str]:
    return {code: (names or (key,))[0].removesuffix("~") for code, names in said.items()}


def _concept(key: str, entry: Mapping[str, Any]) -> Concept:
    said = _said("meanings", key, entry)
    settings = {name: values for name, values in entry.items() if name in BY_NAME}
    variants = {n.removeprefix("with_"): v for n, v in entry.items() if n.startswith("with_")}
    removes = entry.get("removes")
    strange = {
        name
        for name in entry
        if name not in BY_NAME and not name.startswith("with") and name not in {*_PLAIN, *BESIDE}
    }
    if strange:
        raise ValueError(f"{key}: {', '.join(sorted(strange))} is no tool")
    return Concept(
        key=key,
        part=entry["part"],
        names=_names(said),
        labels=_labels(said, key),
        settings=settings,
        variants=variants,
        tags=frozenset(entry.get("tags", "").split()),
        bearer=entry.get("same", key) if entry.get("bearer") else None,
        wears=entry.get("wears"),
        colored=entry.get("colored", {}),
        removes=None if removes is None else _split(removes),
        without=entry.get("without", {}),
        clears=entry.get("clears", False),
        offered=entry.get("offered", False),
        rare=entry.get("rare", False),
        aims=entry.get("aims", False),
        stays=entry.get("stays", False),
    )


@cache
def _read(name: str) -> dict[str, Any]:
    text = (files("freckle.looks") / "lexicon" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every meaning by its key."""
    entries = ((key, e) for name in VOCABULARY for key, e in _read(name).items())
    return {key: _concept(key, entry) for key, entry in entries}


@cache
def styles() -> tuple[Concept, ...]:
    """Return the curated styles, in the order of the file."""
    return tuple(each for each in concepts().values() if each.part == "style")


@cache
def colors() -> tuple[Tint, ...]:
    """Return the named colors."""
    found = []
    for color, *names in _read("colors")["colors"]:
        label = _split(names[0])[0]
        said = _said("colors", label, dict(zip(BESIDE, names, strict=True)))
        found.append(Tint(color, label, _names(said)))
    return tuple(found)


@cache
def words_of(code: str) -> frozenset[str]:
    """Return all names in one language, of meanings, colors and grammar, folded."""
    said = grammar()
    meant = (name for concept in concepts().values() for name in concept.names[code])
    tinted = (name for tint in colors() for name in tint.names[code])
    return frozenset((*meant, *tinted, *said.words[code]))


@cache
def grammar() -> Grammar:
    """Return the words that bind others."""
    told: dict[str, set[str]] = {code: set() for code in LANGUAGES}

    def words(key: str, entry: Mapping[str, Any]) -> frozenset[str]:
        names = _names(_said("grammar", key, entry))
        for code, each in names.items():
            told[code].update(each)
        return frozenset(name for each in names.values() for name in each)

    read = _read("grammar")
    return Grammar(
        negations=words("negations", read["negations"]),
        strengths=tuple(
            Strength(each["by"], words(each["key"], each)) for each in read["strengths"]
        ),
        joins=words("joins", read["joins"]),
        fillers=words("fillers", read["fillers"]),
        less=words("less", read["less"]),
        eased=words("eased", read["eased"]),
        beyond=words("beyond", read["beyond"]),
        words={code: frozenset(each) for code, each in told.items()},
    )

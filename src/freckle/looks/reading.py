"""What words ask for: which tool, how strongly; what they rule out, and what nobody understood."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from freckle.looks import pigments
from freckle.looks.binding import Word, bound
from freckle.looks.company import STUDIO, together
from freckle.looks.concepts import Concept, Settings, Tint, concepts
from freckle.looks.heard import Heard, How
from freckle.looks.tokens import clauses
from freckle.looks.vocabulary import Nearest, items_of, language_of
from freckle.ops.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Asked:
    """Sliders that a word asks for, and with which weight."""

    settings: Settings
    weight: float
    source: str
    """The word, or the style, that asks."""
    style: bool = False
    tint: bool = False
    """Whether it is a color by its name, which no other word's color comes before."""


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

    @property
    def made_up(self) -> bool:
        """Whether somebody speaks of makeup."""
        return any(MAKEUP & each.settings.keys() for each in self.asked)

    @property
    def painted(self) -> frozenset[str]:
        """Tools of makeup that words name themselves, and no mood brings along."""
        named = (each.settings for each in self.heard if each.part in WORN)
        return frozenset(tool for settings in named for tool in settings) & MAKEUP

    @property
    def meanings(self) -> frozenset[str]:
        """What the words mean, by the keys of concepts and the names of colors."""
        return frozenset(each.meaning for each in self.heard if each.meaning)

    @property
    def lit(self) -> bool:
        """Whether the words name a light; a mood only suggests one."""
        return any("relight" in e.settings and e.part in LIGHTS for e in self.heard)

    def without(self, tools: Set[str]) -> tuple[Asked, ...]:
        """Return what is asked for without some tools, as the light that a mood suggests."""
        rest = ({t: v for t, v in e.settings.items() if t not in tools} for e in self.asked)
        return tuple(replace(e, settings=s) for e, s in zip(self.asked, rest, strict=True))

    @property
    def roomy(self) -> bool:
        """Whether a studio is asked for, and not which: any ground as bright will do."""
        grounds = {each.meaning for each in self.heard if "background" in each.settings}
        return grounds == {STUDIO}

    @property
    def sided(self) -> bool:
        """Whether the words say from which side light comes."""
        return bool(self.meanings & SIDES)


COLORS: Final = frozenset(
    {"palette", "split_toning", "lipstick", "eye_shadow", "blush", "bronzer", "background"}
)
"""Tools that black-and-white would make nothing of."""
MAKEUP: Final = frozenset(
    op.name for op in CATALOGUE if op.panel == "makeup" and op.name != "skin_finish"
)
"""Tools that paint a face; nobody wears unasked what these do."""
WORN: Final = ("makeup", "complexion", "color")
"""Parts of the lexicon that say what is worn."""
LIGHTS: Final = ("light", "time")
"""Parts of the lexicon that name a light."""
SIDES: Final = frozenset({"from_left", "from_right"})
"""Meanings that say from which side light comes."""


WEAKER: Final = 0.45
"""What is left of a tool of which less is wanted."""
TURNED: Final = 0.8
"""How far a tone goes the other way, of which less is wanted."""
EASED: Final = 0.3
"""The same of one that is only not to be overdone."""


def read(prompt: str, nearest: Nearest | None = None) -> Reading:
    """Read a prompt; `nearest` may find words by their meaning that are not in the lexicon."""
    heard: list[Heard] = []
    found = clauses(prompt)
    first = language_of(found)
    for clause in found:
        for words in bound(items_of(clause, nearest, first)):
            heard += [_heard(word) for word in words]
    heard = together(heard)
    asked = tuple(
        Asked(each.settings, abs(each.weight), each.text, tint=each.tint)
        for each in heard
        if each.settings
    )
    against = [w for w in heard if w.how == "without" or w.eased or w.turned]
    wanted = [w for w in heard if w.how in ("understood", "taken") and w not in against]
    tags = frozenset(tag for each in wanted for tag in _tags(each))
    return Reading(
        prompt,
        tuple(heard),
        asked,
        frozenset(tool for each in heard for tool in each.removes),
        tags,
        frozenset(tag for each in against for tag in _tags(each)) - tags,
    )


def _heard(word: Word) -> Heard:
    entry, item = word.item.entry, word.item
    how: How = "understood" if item.instead is None else "taken"
    together = word.bound or word.bearer is not None
    made = Heard(item.text, how, round(word.weight, 3), item.instead, beside=together)
    if entry.kind in ("unknown", "beyond"):
        return replace(made, how="beyond" if entry.kind == "beyond" else "unknown")
    if entry.tint is not None:
        return _tinted(made, word, entry.tint)
    concept = entry.concept
    if concept is None:
        return made
    made = replace(made, part=concept.part, meaning=concept.key)
    if word.negated:
        return replace(made, how="without", **_without(word, concept))
    removes = concept.taken if concept.clears else ()
    made = replace(made, removes=removes, settings=_settings(word, concept))
    return _weaker(made, word, concept) if word.less or word.eased else made


def _tinted(made: Heard, word: Word, tint: Tint) -> Heard:
    """Return a color, worn where it belongs, or on the tones of the whole picture."""
    made = replace(made, part="color", meaning=tint.label, tint=True)
    bearer = word.bearer.concept if word.bearer else None
    if word.negated:
        return replace(made, how="without", removes=bearer.taken if bearer else ())
    if bearer is None and (word.eased or word.less):
        return replace(made, eased=True)
    if bearer is not None and bearer.wears is None:
        return made  # its lamp has the color
    return replace(made, settings=_colored(tint.hex, bearer))


def _weaker(made: Heard, word: Word, concept: Concept) -> Heard:
    """Return a word of which less is wanted: a tone the other way round, a tool at half."""
    adjust = concept.settings.get("adjust")
    if word.bearer is not None or not adjust or concept.part in ("makeup", "complexion"):
        weight = round(made.weight * WEAKER, 3)
        return replace(made, weight=weight, eased=word.eased, lessened=word.less)
    by = TURNED if word.less else EASED
    opposite = {name: -by * value for name, value in adjust.items()}
    return replace(made, eased=word.eased, turned=word.less, settings={"adjust": opposite})


def _settings(word: Word, concept: Concept) -> Settings:
    """Return what a meaning asks for, beside its bearer if it has one."""
    if word.bearer is not None and word.bearer.holds is not None:
        return concept.variants[word.bearer.holds]
    if word.lamp is not None:
        return pigments.lit(concept.settings, word.lamp.hex)
    return {} if word.bound and not concept.stays else concept.settings


def _without(word: Word, concept: Concept) -> dict[str, Any]:
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


_TONED: Mapping[str, Any] = {"highlights": 26, "shadows": 42}


def _joined(switched: Settings, fields: Settings) -> Settings:
    """Join what is switched on with the fields that a color sets; a gray switches nothing on."""
    if set(fields) == {"adjust"}:
        return fields
    names = {**switched, **fields}
    return {tool: {**switched.get(tool, {}), **fields.get(tool, {})} for tool in names}


def _tags(word: Heard) -> frozenset[str]:
    """Return the traits of a word; beside lips or a ground it says nothing of the whole picture."""
    if word.tint and "split_toning" in word.settings:
        return _hued(float(word.settings["split_toning"].get("highlights_hue", 0)))
    concept = concepts().get(word.meaning or "")
    if concept is None or concept.part != word.part:
        return frozenset()
    local = word.beside and concept.variants and "relight" not in word.settings
    return frozenset() if local else concept.tags


def _hued(hue: float) -> frozenset[str]:
    """Return the traits of a color on the whole picture: blue speaks against an orange sunset."""
    warm, cool = hue <= WARM or hue >= ROSE, COOL[0] <= hue <= COOL[1]
    return frozenset({"hued"} | ({"warm"} if warm else set()) | ({"cool"} if cool else set()))


WARM: Final = 65.0
"""Hue of yellow, up to which colors are warm from red."""
ROSE: Final = 345.0
"""Hue from which they are so again."""
COOL: Final = (165.0, 265.0)
"""Hues that are cool."""

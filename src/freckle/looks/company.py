"""What words do to each other across a prompt: one says where the lamp of another stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from freckle.looks.concepts import OPPOSITES, Settings, colors, concepts
from freckle.looks.heard import Heard
from freckle.looks.pigments import put

TEMPERED: Final = 0.65
"""How strongly words still work that "not too …" holds back."""
TONING: Final = frozenset({"light", "time", "mood", "film", "color"})
"""Parts of the lexicon that it holds back."""
GELS: Final = frozenset({"neon", "neon_night"})
"""Meanings beside which colors are lamps."""
STUDIO: Final = "studio"
KEYED: Final = {"high_key": "white_ground", "low_key": "black_ground"}
"""Grounds of a studio beside words that say how bright all is."""
LESS: Final = 0.45
"""What is left of a tool of which another word asks for less."""


def together(heard: Sequence[Heard]) -> list[Heard]:
    """Return the words of a whole prompt after what they do to each other."""
    return _paired(_aimed(_lessened(_tempered(_once(_keyed(heard))))))


def _keyed(heard: Sequence[Heard]) -> list[Heard]:
    """Let a studio be white in high key and black in low key; alone it is gray."""
    keys = [KEYED[w.meaning] for w in heard if w.settings and w.meaning in KEYED]
    if len(set(keys)) != 1:
        return list(heard)
    ground = concepts()[keys[0]].settings
    return [replace(w, settings=ground) if w.meaning == STUDIO and w.settings else w for w in heard]


def _tempered(heard: Sequence[Heard]) -> list[Heard]:
    """Hold words back where another one like them is not to be overdone."""
    eased = [word for word in heard if word.eased and word.part in TONING]
    if not eased:
        return list(heard)
    others = [w for w in heard if not w.eased and w.how != "without" and w.part in TONING]
    like = {id(w): [each for each in eased if _alike(w, each)] for w in others}
    holding = {id(each) for found in like.values() for each in found}

    def held(word: Heard) -> Heard:
        if id(word) in holding:
            return replace(word, settings={})
        by = TEMPERED if like.get(id(word)) else 1
        return replace(word, weight=round(word.weight * by, 3))

    return [held(word) for word in heard]


def _alike(word: Heard, eased: Heard) -> bool:
    """Whether a word does what another one asks not to overdo: its traits, its tones, any color."""
    if eased.part == "color" and (eased.meaning or "") not in concepts():
        return "split_toning" in word.settings or "palette" in word.settings
    meant = concepts()[eased.meaning or ""]
    known = concepts().get(word.meaning or "")
    mine, theirs = word.settings.get("adjust", {}), meant.settings.get("adjust", {})
    same = sum(mine[name] * theirs[name] for name in mine.keys() & theirs.keys())
    return same > 0 or (known is not None and bool(known.tags & meant.tags & OPPOSITES.keys()))


def _once(heard: Sequence[Heard]) -> list[Heard]:
    """Let what is said twice be asked once, as strongly as it was said: "neon club" is neon."""
    words, first = list[Heard](), dict[object, int]()
    for word in heard:
        key = word.meaning, word.how, word.beside, word.lessened, word.eased
        at = first.get(key)
        if word.meaning is None or at is None or words[at].settings != word.settings:
            first.setdefault(key, len(words))
            words.append(word)
            continue
        heaviest = max(words[at].weight, word.weight)
        words[at] = replace(words[at], weight=heaviest)
        words.append(replace(word, settings={}, beside=True))
    return words


def _lessened(heard: Sequence[Heard]) -> list[Heard]:
    """Let "less grain" take from the grain of another word, and add none."""
    words = list(heard)
    for word in heard:
        others = [w for w in words if not w.lessened and word.settings.keys() & w.settings.keys()]
        if not word.lessened or not others:
            continue
        faint = {id(w): _fainter(w.settings, word.settings) for w in others}
        words = [replace(w, settings=faint.get(id(w), w.settings)) for w in words]
        words = [replace(w, settings={}) if w == word else w for w in words]
    return words


def _fainter(settings: Settings, tools: Settings) -> Settings:
    """Return settings with less of some tools."""
    return {
        tool: {
            name: LESS * value if tool in tools and name == "amount" else value
            for name, value in values.items()
        }
        for tool, values in settings.items()
    }


def _aimed(heard: Sequence[Heard]) -> list[Heard]:
    """Let "from the left" say only where the lamp of another word stands, and no other word."""
    lit = [word for word in heard if "relight" in word.settings]
    aims = [word for word in lit if word.meaning in _aiming()]
    if not aims or len(aims) == len(lit):
        return list(heard)

    def turned(word: Heard) -> Heard:
        if "relight" not in word.settings:
            return word
        lamp = word.settings["relight"]
        if word.meaning in _aiming():
            lamp = {"side": lamp["side"]}
        else:
            lamp = {name: value for name, value in lamp.items() if name != "side"}
        return replace(word, settings={**word.settings, "relight": lamp})

    return [turned(word) for word in heard]


def _aiming() -> frozenset[str]:
    return frozenset(key for key, concept in concepts().items() if concept.aims)


def _paired(heard: Sequence[Heard]) -> list[Heard]:
    """Give two colors of the whole picture a part of it each: lights and shadows, or two lamps."""
    loose = [w for w in heard if w.tint and "palette" in w.settings and not w.beside]
    gels = any(word.meaning in GELS and word.settings for word in heard)
    if len(loose) < 2 and not (loose and gels):
        return list(heard)
    ways = ("relight.color", "rim_light.color") if gels else ("first", "second")
    made = {id(word): _part(word, way) for word, way in zip(loose, ways, strict=False)}
    return [replace(word, settings=made.get(id(word), word.settings)) for word in heard]


def _part(word: Heard, way: str) -> Settings:
    """Return what a color asks for of its part."""
    color = next(tint.hex for tint in colors() if tint.label == word.meaning)
    if "." in way:
        tool, field = way.split(".")
        return {tool: {field: put(color, "relight.color")["relight"]["color"]}}
    end = "highlights" if way == "first" else "shadows"
    toned = word.settings["split_toning"]
    hue = put(color, "split_toning.hue")["split_toning"]["hue"]
    return {
        "palette": {"amount": word.settings["palette"]["amount"], way: color},
        "split_toning": {end: toned[end], f"{end}_hue": hue},
    }

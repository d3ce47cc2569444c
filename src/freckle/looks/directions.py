"""Directions in which words can be seen: a curated style, as it is, or in another light or tone."""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from freckle.looks.concepts import OPPOSITES, Concept, concepts, styles
from freckle.looks.reading import MAKEUP, Asked, Reading

FITS: Final = 4.0
"""How much likelier a direction gets with each trait that the words ask for, too."""
PLAIN: Final = 3.0
"""How much likelier a style is as it was curated than varied."""
BESIDE: Final = 0.9
"""How strongly a style works beside the words."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A style, what varies it (another light, or another tone), and from which side light comes."""

    style: Concept
    varied: Concept | None = None
    turned: bool = False

    @property
    def name(self) -> str:
        """The keys of what it is made of."""
        return self.style.key if self.varied is None else f"{self.style.key}+{self.varied.key}"

    @property
    def labels(self) -> Mapping[str, str]:
        """What it is called, by language."""
        if self.varied is None:
            return self.style.labels
        return {c: f"{name} · {self.varied.labels[c]}" for c, name in self.style.labels.items()}

    @property
    def tags(self) -> frozenset[str]:
        """What it is: warm, dark, soft and the like."""
        return self.style.tags | (self.varied.tags if self.varied else frozenset())

    @property
    def grounded(self) -> bool:
        """Whether it brings a ground of its own."""
        return any("background" in c.settings for c in (self.style, self.varied) if c is not None)

    @property
    def relit(self) -> bool:
        """Whether its light is not the style's own."""
        return self.varied is not None and "relight" in self.varied.settings

    def asked(self, *, makeup: bool, ground: bool, alone: bool) -> tuple[Asked, ...]:
        """Return what it asks for: makeup only if `makeup` is spoken of, a ground if it may."""
        gone = (frozenset() if makeup else MAKEUP) | (frozenset() if ground else {"background"})
        if self.varied is not None and "background" in self.varied.settings:
            gone |= {"background"}
        settings = {t: v for t, v in self.style.settings.items() if t not in gone}
        weight = 1.0 if alone else BESIDE
        if self.varied is None:
            return (Asked(settings, weight, self.style.key, style=True),)
        if self.relit:
            settings["relight"] = self.varied.settings["relight"]
            return (Asked(settings, weight, self.name, style=True),)
        tone = Asked(self.varied.settings, weight, self.varied.key, style=True)
        return Asked(settings, weight, self.style.key, style=True), tone


def alike(one: Direction, other: Direction) -> bool:
    """Whether two directions share a style or what varies it."""
    return one.style is other.style or (one.varied is not None and one.varied is other.varied)


def directions(reading: Reading, base: Concept | None, seed: int) -> list[Direction]:
    """Return the directions that do not speak against the words, as the seed shuffles them.

    Those that share traits with the words come sooner: a weighted shuffle (Efraimidis and
    Spirakis 2006). The words are part of what is shuffled by, so that other words at the same
    seed are seen in other ways. Where everything speaks against them, so does what is returned.
    """
    wants = reading.tags | (base.tags if base else frozenset())
    said = " ".join(sorted(reading.meanings))

    def place(each: Direction) -> float:
        drawn = hashlib.sha256(f"{seed} {said} {each.name} {each.turned}".encode()).digest()
        chance = (1 + int.from_bytes(drawn[:6])) / 2.0**48
        weight = (1 + FITS * len(each.tags & wants)) * (PLAIN if each.varied is None else 1)
        return -math.log(chance) / weight

    left = [s for s in styles() if s is not base and s.key not in reading.meanings]
    left = [s for s in left if not s.tags & reading.unwanted]
    fitting = [s for s in left if _fits(s, wants, reading)] or left
    return sorted((each for s in fitting for each in _varied(s, reading, wants)), key=place)


def _fits(style: Concept, wants: frozenset[str], reading: Reading) -> bool:
    """Whether a style does not speak against the words; a rare one must be called by them."""
    if reading.colored and "mono" in style.tags:
        return False  # words that ask for colors are not answered in black-and-white
    called = not style.rare or not reading.asked or bool((style.tags & wants) - OPPOSITES.keys())
    return called and not style.clashing & wants


def _fitting(ground: Concept, reading: Reading, wants: frozenset[str]) -> bool:
    """Whether a ground may stand for the studio that is asked for: one as bright."""
    return reading.roomy and wants & {"bright", "dark"} <= ground.tags


def _varied(style: Concept, reading: Reading, wants: frozenset[str]) -> Iterator[Direction]:
    """Yield a style by itself and varied, from each side that the words leave open."""
    sides = (False,) if reading.sided else (False, True)
    yield from (Direction(style, None, turned) for turned in sides)
    for each in concepts().values():
        taken = each.key in reading.meanings or (reading.lit and each.part == "light")
        taken = taken or (each.part == "ground" and not _fitting(each, reading, wants))
        taken = taken or ("mono" in each.tags and "mono" not in style.tags)
        if taken or not each.offered:
            continue
        if not each.clashing & (wants | style.tags) and not each.tags & reading.unwanted:
            yield from (Direction(style, each, turned) for turned in sides)

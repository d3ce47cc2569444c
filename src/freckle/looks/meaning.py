"""Words that are in no lexicon, taken for the nearest in meaning, where a network can tell."""

from functools import cache
from typing import Final

import numpy as np

from freckle.looks.concepts import concepts, grammar
from freckle.looks.folding import wide
from freckle.looks.vocabulary import Nearest
from freckle.pixels.color import Floats
from freckle.vision.sentences import Embed, embedder

LEAST: Final = 0.5
"""Cosine from which two words are taken for one."""


def by_meaning() -> Nearest | None:
    """Return what finds the nearest words of the lexicon; None without the extra `words`.

    English only: the network knows little of other languages.
    """
    embed = embedder()
    return None if embed is None else lambda word: _nearest(embed, word)


def _nearest(embed: Embed, word: str) -> list[tuple[str, float]]:
    if wide(word) or not word.isalpha():
        return []
    names, vectors = _known(embed)
    alike = vectors @ embed([word])[0]
    best = int(np.argmax(alike))
    # what a look does not change lies among them, so that "trousers" is not taken for a light
    told = alike[best] >= LEAST
    return [(names[best], float(alike[best]))] if told else []


@cache
def _known(embed: Embed) -> tuple[tuple[str, ...], Floats]:
    meanings = (c for c in concepts().values() if c.part != "style" and c.bearer is None)
    names = [name for concept in meanings for name in concept.names["en"][:3]]
    beyond = grammar().beyond & grammar().words["en"]  # the network knows English alone
    names += sorted(name for name in beyond if " " not in name)
    return tuple(names), embed(names)

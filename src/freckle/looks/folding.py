"""Text as the lexicon compares it: small letters without accents, and the stems of words."""

import re
import unicodedata
from typing import Final

WIDE: Final = re.compile(r"[\u3400-\u9fff]")
"""A Chinese character."""
_ELIDED: Final = re.compile(r"\b(?:[cdjlmnst]|qu)'(?=[^\W\d_])")
"""French articles before a vowel: l'ombre is ombre."""
_ENDINGS: Final = ("es", "s")


def folded(text: str) -> str:
    """Return text in small letters, without accents, with plain spaces and hyphens as spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    parts = unicodedata.normalize("NFD", plain)
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    plain = _ELIDED.sub("", bare.replace("’", "'"))
    return re.sub(r"[\s\-‐-―_]+", " ", plain).strip()


def stem(word: str) -> str:
    """Return a word without plural and gender: "rojas" and "rojo" become "roj"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) >= 4 and word[-1] in "aoe" else word


def stems(phrase: str) -> str:
    """Return the stems of a phrase's words."""
    return " ".join(stem(word) for word in phrase.split(" "))


def wide(text: str) -> bool:
    """Whether text has Chinese characters, which are written without spaces."""
    return WIDE.search(text) is not None

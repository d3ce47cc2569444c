"""What each word did, in short sentences for people."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from freckle.looks.heard import Heard
from freckle.looks.reading import Reading
from freckle.ops.catalogue import BY_NAME

FEW: Final = 2
"""Tools of which the sliders are told; of more only the names."""


def told(word: Heard) -> str:
    """Return what a word did: tools and sliders, or that nobody understood it."""
    if word.how == "unknown":
        return "not understood"
    if word.how == "beyond":
        return "no part of a look, which changes light, color, makeup and ground"
    said = [] if word.instead is None else [f"read as {word.instead!r}"]
    if word.removes:
        said.append("without " + ", ".join(BY_NAME[tool].label for tool in word.removes))
    if word.settings:
        strong = "" if word.weight == 1 else f" (× {word.weight:g})"
        said.append(_settings(word.settings) + strong)
    return "; ".join(said) or _silent(word)


def _silent(word: Heard) -> str:
    """Return why a word that is known did nothing by itself."""
    if word.how == "without":
        return "nothing to take away"
    if word.eased:
        return "holds back what is like it"
    return (
        "see beside it" if word.beside else "says where, not what: write a color or more beside it"
    )


def _settings(settings: Mapping[str, Mapping[str, Any]]) -> str:
    if len(settings) > FEW:
        return ", ".join(BY_NAME[tool].label for tool in settings)
    return ", ".join(f"{BY_NAME[tool].label} ({_sliders(v)})" for tool, v in settings.items())


def _sliders(values: Mapping[str, Any]) -> str:
    plain = {name: v for name, v in values.items() if not isinstance(v, list)}
    return ", ".join(
        f"{name.replace('_', ' ')} {f'{value:g}' if isinstance(value, float | int) else value}"
        for name, value in plain.items()
    )


def table(reading: Reading) -> list[tuple[str, str]]:
    """Return each word of a prompt and what it did."""
    return [(word.text, told(word)) for word in reading.heard]


def complaint(words: Sequence[str]) -> str | None:
    """Return one sentence on the words that nobody understood; None when there are none."""
    if not words:
        return None
    named = ", ".join(repr(word) for word in words)
    return f"Not understood: {named}. Everything else was."

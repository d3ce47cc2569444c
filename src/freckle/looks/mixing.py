"""What words and styles ask for, mixed into the steps of one recipe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from freckle.looks.reading import Asked
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.recipe.recipe import Step

USUAL: Final = 7.0
"""The prompt weight at which words mean what the lexicon says."""
LIGHTEST: Final = 1.0
HEAVIEST: Final = 20.0
BEND: Final = 0.6
"""Strengths go with the prompt weight to this power: from .31 at 1 to 1.88 at 20."""
WHOLE: Final = frozenset(
    {
        *("relight", "rim_light", "background", "curve", "palette", "skin_finish"),
        *("lipstick", "blush", "eye_shadow", "eyeliner"),
    }
)
"""Tools that one voice sets: a word's own setting takes the place of the style's."""
TONING: Final = frozenset({"split_toning", "palette"})
"""Tools that tone what is black-and-white."""
COLORLESS: Final = -95
"""Saturation from which somebody asks for black-and-white."""
MEANT: Final = frozenset({"softness", "height", "shadow", "width", "size", "skin", "blur", "wrap"})
"""Sliders of which the mean is taken; of all others the heaviest word decides."""
HUES: Final = frozenset(
    {"color", "crease", "first", "second", "third", "highlights_hue", "shadows_hue"}
)
"""Fields of colors, which a color by its name decides where there is one."""
_STRENGTHS: Final = frozenset(
    {
        *(("split_toning", "highlights"), ("split_toning", "shadows")),
        *(("lipstick", "liner"), ("smooth", "amount")),
    }
)


def factor(weight: float) -> float:
    """Return how strongly words work at a prompt weight of 1 to 20; 1 at 7."""
    return float((min(max(weight, LIGHTEST), HEAVIEST) / USUAL) ** BEND)


def strength(tool: str, field: str) -> bool:
    """Whether a slider says how strongly a tool works, so that weights scale it."""
    return field == "amount" or tool == "adjust" or (tool, field) in _STRENGTHS


def mixed(
    asked: Sequence[Asked], removed: frozenset[str] = frozenset(), by: float = 1.0
) -> tuple[Step, ...]:
    """Return the steps that come of what is asked, in the order in which the catalogue works.

    Strengths of light and color add up, amounts cover each other as layers do (1 − Π (1 − a));
    both are scaled by the words' weights and by `by`. What is `removed` no style brings back, nor
    a word that asks for many tools.
    """
    steps = []
    for op in CATALOGUE:
        voices = _voices(op.name, asked, gone=op.name in removed)
        values = _values(op.name, voices, by)
        if values:
            edit = op.params(**values)
            if not edit.neutral:
                steps.append(Step(edit=edit))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one word, or the style, asks of a tool."""

    values: Mapping[str, Any]
    weight: float
    style: bool
    tint: bool


def _voices(tool: str, asked: Sequence[Asked], *, gone: bool) -> list[_Voice]:
    """Return what is asked of a tool, and with which weights."""
    voices = [each for each in asked if tool in each.settings]
    if gone:
        voices = [each for each in voices if not each.style and _names(each, tool)]
    if tool in TONING and any(_mono(each) for each in asked):
        voices = [each for each in voices if _mono(each)]  # one print has one tone
    if tool in WHOLE and any(not each.style for each in voices):
        voices = [each for each in voices if not each.style]
    return [_Voice(each.settings[tool], each.weight, each.style, each.tint) for each in voices]


def _mono(asked: Asked) -> bool:
    """Whether somebody asks for black-and-white."""
    return float(asked.settings.get("adjust", {}).get("saturation", 0)) <= COLORLESS


def _names(asked: Asked, tool: str) -> bool:
    """Whether a word means just a tool, as "red lips" does after "no makeup"."""
    return len(asked.settings) <= _FEW and next(iter(asked.settings)) == tool


_FEW: Final = 2
"""Tools of a word that means the first of them."""


def _values(tool: str, voices: Sequence[_Voice], by: float) -> dict[str, Any]:
    values = {}
    for field in dict.fromkeys(name for voice in voices for name in voice.values):
        saying = [voice for voice in voices if field in voice.values]
        words = [voice for voice in saying if not voice.style]
        if strength(tool, field):
            values[field] = _strength(tool, field, _agreeing(field, saying, words), by)
            continue
        # where the words say something, a style says nothing
        words = [v for v in words if v.tint == (field in HUES)] or words
        told = [(each.values[field], each.weight) for each in words or saying]
        if field in MEANT:
            total = sum(weight for _, weight in told)
            mean = sum(float(v) * w for v, w in told) / total if total else float(told[-1][0])
            values[field] = round(mean, 1)
        else:
            # of equals the last word
            values[field] = max(enumerate(told), key=lambda e: (e[1][1], e[0]))[1][0]
    return values


def _agreeing(field: str, saying: Sequence[_Voice], words: Sequence[_Voice]) -> list[_Voice]:
    """Return the voices without a style's that takes back what the words ask for."""
    meant = sum(float(each.values[field]) * each.weight for each in words)
    return [each for each in saying if not each.style or meant * each.values[field] >= 0]


def _strength(tool: str, field: str, voices: Sequence[_Voice], by: float) -> float:
    low, high = _bounds(tool, field)
    told = [float(each.values[field]) for each in voices]
    parts = [value * each.weight * by for value, each in zip(told, voices, strict=True)]
    if field == "saturation" and any(value <= COLORLESS for value in told):
        return low  # half of black-and-white is gray skin
    if low < 0:
        return round(min(max(sum(parts), low), high), 1)
    left = 1.0
    for part in parts:
        left *= 1 - min(max(part, 0.0), high) / high
    return round(high * (1 - left), 1)


def _bounds(tool: str, field: str) -> tuple[float, float]:
    meta = BY_NAME[tool].params.model_fields[field].metadata
    low = next((m.ge for m in meta if hasattr(m, "ge")), 0.0)
    high = next((m.le for m in meta if hasattr(m, "le")), 100.0)
    return float(low), float(high)

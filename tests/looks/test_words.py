"""Prompts in five languages become the looks that they describe, part by part."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from freckle.looks.candidates import Wanted, answer
from freckle.looks.concepts import LANGUAGES, colors, concepts, styles
from freckle.looks.folding import folded
from freckle.looks.meaning import by_meaning
from freckle.looks.reading import read
from freckle.looks.tokens import clauses

TABLE = [
    line.split(" | ")
    for line in (Path(__file__).parent / "prompts.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SLIDER = re.compile(r"(\w+)\.(\w+)([=<>])(.+)")


def sliders(prompt: str, **asked: Any) -> dict[str, Any]:
    wanted = Wanted(prompt, lock=False, **asked)
    return {s.edit.op: s.edit for s in answer(wanted).candidates[0].recipe.steps}


def fails(expected: str, steps: dict[str, Any], heard: dict[str, str]) -> bool:
    """Whether one expectation of the table is not met."""
    kinds = {"?": "unknown", "^": "beyond", "~": "taken"}
    if expected[0] in kinds:
        return heard.get(expected[1:]) != kinds[expected[0]]
    if expected[0] == "!":
        return expected[1:] in steps
    found = SLIDER.fullmatch(expected)
    assert found, expected
    tool, name, sign, value = found.groups()
    if tool not in steps:
        return True
    have = getattr(steps[tool], name)
    if sign == "=":
        return str(have) != value and not (isinstance(have, float) and have == float(value))
    return not (have < float(value) if sign == "<" else have > float(value))


def test_there_are_enough_prompts() -> None:
    assert len(TABLE) >= 80
    assert sum(any("\u3400" < c < "\u9fff" for c in prompt) for prompt, _ in TABLE) >= 8


@pytest.mark.parametrize(("prompt", "expected"), TABLE, ids=[prompt for prompt, _ in TABLE])
def test_prompts_become_looks(prompt: str, expected: str) -> None:
    steps = sliders(prompt)
    heard = {word.text: word.how for word in read(prompt).heard}
    assert [e for e in expected.split(" ") if fails(e, steps, heard)] == [], steps
    if "?" not in expected:
        assert "unknown" not in heard.values()


def test_the_table_can_fail() -> None:
    steps, heard = sliders("warm, film"), {"warm": "understood"}
    wrong = ["!grain", "adjust.temperature<0", "lipstick.amount>1", "?warm", "grain.size=77"]
    assert [e for e in wrong if not fails(e, steps, heard)] == []


@pytest.mark.parametrize("prompt", ["golden hour, red lips, film", "noir", "low key, bridal"])
def test_the_prompt_weight_is_monotone(prompt: str) -> None:
    steps = [sliders(prompt, weight=w) for w in (1, 4, 7, 12, 20)]
    for weak, strong in pairwise(steps):
        for tool, edit in weak.items():
            for name in type(edit).model_fields:
                if name == "amount" or (tool == "adjust" and name not in ("op", "version")):
                    assert abs(getattr(edit, name)) <= abs(getattr(strong[tool], name))
    assert steps[0] != steps[2] != steps[4]


def test_scale_and_aspect_are_steps() -> None:
    sizes = [sliders("warm", scale=s).get("upscale") for s in (1, 1.5, 2, 4)]
    assert sizes[0] is None
    assert [size.amount for size in sizes if size is not None] == [50, 100, 300]
    assert sliders("warm", aspect="4:5")["crop"].ratio == "4:5"


def test_every_name_means_one_thing() -> None:
    for code in LANGUAGES:
        kinds = [c for c in concepts().values() if c.part != "style"]  # theirs come last
        names = [n for c in kinds for n in c.names[code]]
        names += [n for tint in colors() for n in tint.names[code]]
        assert {n for n in names if names.count(n) > 1} == set(), code


def test_styles_are_curated_and_valid() -> None:
    assert len(styles()) >= 16
    for style in styles():
        made = answer(Wanted("", style=style.key)).candidates[0].recipe
        assert len(made.steps) >= 4, style.key
        assert all(style.labels[code] for code in LANGUAGES)


def test_every_meaning_makes_valid_steps() -> None:
    for concept in concepts().values():
        name = concept.names["en"][0]
        for prompt in (name, f"no {name}", *(f"{name} {b}" for b in concept.variants)):
            answer(Wanted(prompt))


@pytest.mark.parametrize(
    "prompt", ["", "((((", "a:b)c:1.4", "(warm:9999999)", "🌅🌅, \x00 ,,;;", "(" * 900, "红" * 3000]
)
def test_odd_prompts_are_read_somehow(prompt: str) -> None:
    assert isinstance(clauses(prompt), tuple)
    answer(Wanted(prompt))


def test_accents_and_hyphens_do_not_matter() -> None:
    assert folded("Cálido  LOW-KEY") == "calido low key"
    assert sliders("luz cálida") == sliders("LUZ CALIDA")


def test_unknown_words_may_be_taken_by_their_meaning() -> None:
    (word,) = read("fuliginous", lambda _: [("dark", 0.7)]).heard
    assert (word.how, word.instead, word.meaning) == ("taken", "dark", "dark")
    (word,) = read("fuliginous", lambda _: []).heard
    assert word.how == "unknown"


def test_the_network_knows_what_words_mean() -> None:
    nearest = by_meaning()
    if nearest is None:
        pytest.skip("the extra `words` is not installed")
    taken = {w.text: w.meaning for w in read("eerie freezing spreadsheet", nearest).heard}
    assert taken == {"eerie": "mysterious", "freezing": "cool", "spreadsheet": None}

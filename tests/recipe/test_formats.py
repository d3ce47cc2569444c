"""Recipes of every release open, mean what they meant, and are written apart: style and photo."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from freckle.analysis.portrait import Portrait, analyze
from freckle.codec import load
from freckle.errors import RecipeError
from freckle.photo import Photo
from freckle.recipe.recipe import MOST_STEPS, Flip, Here, Own, Recipe, Step, Style
from freckle.render.render import render
from freckle.studio.recipes import DEEPEST, parse
from tests.golden.cases import ORIGINAL
from tests.recipe.making import painted, recipe, step

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.json"))
"""Recipes as releases wrote them, and what they meant when format 2 came. Never edited."""


@pytest.fixture(scope="module")
def photo() -> Photo:
    return load(ORIGINAL)


@pytest.fixture(scope="module")
def portrait(photo: Photo) -> Portrait:
    return analyze(photo)


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_what_a_release_wrote_opens_and_looks_the_same(
    path: Path, photo: Photo, portrait: Portrait
) -> None:
    text = path.read_text("utf-8").replace("48-35", portrait.keys[0])
    frozen: dict[str, Any] = json.loads(text)
    opened = Recipe.from_plain(frozen["stored"])
    assert opened == Recipe.from_plain(frozen["means"])
    assert opened.steps
    today = json.loads(opened.to_json())
    assert today["format"] == 2
    assert Recipe.from_plain(today) == opened
    before, after = (
        render(photo, portrait, each).photo.pixels
        for each in (Recipe.from_plain(frozen["means"]), Recipe.from_plain(today))
    )
    assert np.array_equal(before, after)
    assert not np.array_equal(after, photo.pixels)


def test_the_frozen_ones_are_of_every_kind() -> None:
    stored = [json.loads(path.read_text("utf-8"))["stored"] for path in FROZEN]
    steps = [step for each in stored for step in each["steps"]]
    assert {step["edit"]["version"] for step in steps} == {1, 2}
    assert any(step.get("person") for step in steps)
    assert any((step.get("mask") or {}).get("bitmap") for step in steps)
    assert any(each.get("flips") for each in stored)
    assert any(len(each["locks"]) == 2 for each in stored if "locks" in each)


MIXED = recipe(
    step("dodge", mask=painted("photo")),
    step("smooth"),
    step("smooth", 40, "48-35"),
    step("even_tone", mask=painted("face", base="auto")),
    step("redness"),
    step("grain"),
    amounts={"face": 70},
    flips=(Flip(x=0.5, y=0.25, action="keep"),),
    excluded=("10-20",),
    included=("30-20",),
    names={"48-35": "Anna"},
)


def test_what_belongs_to_the_photo_is_told_apart_from_the_style() -> None:
    plain = json.loads(MIXED.to_json())
    assert list(plain) == ["format", "style", "here"]
    assert [s["edit"]["op"] for s in plain["style"]["steps"]] == ["smooth", "redness", "grain"]
    own = [(s["edit"]["op"], s["after"]) for s in plain["here"]["steps"]]
    assert own == [("dodge", 0), ("smooth", 1), ("even_tone", 1)]
    assert plain["style"]["amounts"] == {"face": 70}
    assert plain["here"]["names"] == {"48-35": "Anna"}
    assert [plain["here"][name] for name in ("excluded", "included")] == [["10-20"], ["30-20"]]
    assert Recipe.from_plain(plain) == MIXED
    assert all(type(each) is Step for each in Recipe.from_plain(plain).steps)


KINDS = st.sampled_from([step("smooth"), step("smooth", 9, "1-2"), step("burn", mask=painted())])


@given(st.lists(KINDS, max_size=12))
def test_any_order_of_steps_comes_back(steps: list[Step]) -> None:
    made = recipe(*steps)
    assert Recipe.of(made.style, made.here) == made
    assert Recipe.parse(made.to_json()) == made


def test_a_place_beyond_a_shorter_style_is_its_end() -> None:
    own = Own(edit=step("burn").edit, mask=painted("photo"), after=7)
    made = Recipe.of(Style(steps=(step("smooth"),)), Here(steps=(own,)))
    assert [each.edit.op for each in made.steps] == ["smooth", "burn"]


def test_a_style_alone_is_a_recipe() -> None:
    style = {"steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}}]}
    made = Recipe.from_plain({"format": 2, "style": style})
    assert made.here == Here()
    assert made.steps[0].edit.version == 2
    assert Recipe.from_plain({"style": style}) == made
    assert Recipe.from_plain({}) == Recipe.from_plain({"format": 2}) == Recipe()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"format": 3}', "Update freckle"),
        ('{"format": "2"}', "Update freckle"),
        ('{"format": null}', "Update freckle"),
        ('{"format": 2, "steps": []}', "steps"),
        ('{"format": 1, "style": {}}', "style"),
        ('{"format": 2, "style": []}', "style"),
        ('{"format": 2, "style": {"flips": []}}', "style.flips"),
        ('{"format": 2, "style": {"steps": [{"edit": {"op": "melt"}}]}}', "melt"),
        ('{"format": 2, "here": {"steps": [{"edit": {"op": "smooth"}, "after": -1}]}}', "after"),
        ('{"format": 2, "here": {"names": {"1-2": ""}}}', "here.names"),
        ('{"format": 2, "here": {"names": ["Anna"]}}', "here.names"),
        ('{"format": 2, "here": {"steps": [{"edit": {"op": "smooth", "amount": 999}}]}}', "amount"),
    ],
)
def test_what_is_no_recipe_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(RecipeError) as refused:
        Recipe.parse(text)
    assert says in str(refused.value)


def test_both_halves_together_are_bounded() -> None:
    one = {"edit": {"op": "smooth", "version": 2}}
    half = MOST_STEPS // 2 + 1
    plain = {"style": {"steps": [one] * half}, "here": {"steps": [{**one, "person": "1"}] * half}}
    with pytest.raises(RecipeError, match="steps"):
        Recipe.from_plain(plain)


def test_the_deepest_recipe_passes_the_servers_bounds() -> None:
    deep = MIXED.model_dump(mode="json")
    assert parse(deep) == deep
    assert DEEPEST == 12

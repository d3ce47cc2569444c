"""Lit skin keeps its tone under looks while the lock is on; shade may be shade."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

import freckle
from freckle.looks.candidates import Wanted, answer
from freckle.looks.lit import shift
from freckle.looks.skin_tone import COLORED, LIGHTER, SKINS, TURNED, colorless, guessed, held
from freckle.recipe.recipe import Recipe

PROMPTS = ("low key", "neon", "night, teal", "candlelight, warm")
PORTRAITS = Path(
    os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[3] / "shared" / "portraits")
)
PEOPLE = ("man_dark_skin_frontal_01.jpg", "man_young_acne_frontal_01.jpg")
LARGEST = 1000
"""Pixels of a portrait's longer side: more than the small copy on which looks are measured."""
ROUNDED = 0.3
"""Degrees and ΔE by which the photo itself may differ from the small copy that was measured."""


def moved(photo: freckle.OpenedPhoto, prompt: str, *, lock: bool = True) -> float:
    """Return how far lit skin moves at most, as a share of what the lock allows."""
    made = freckle.look(photo, prompt, candidates=2, skin_lock=lock).candidates
    far = [
        max(abs(one.ita) / (TURNED + ROUNDED), (one.color or 0) / (COLORED + ROUNDED))
        for each in made
        for one in each.drift
        if one.ita is not None
    ]
    return max(far, default=0.0)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_lit_skin_keeps_its_tone(prompt: str, stand_in: freckle.OpenedPhoto) -> None:
    assert moved(stand_in, prompt) <= 1


@pytest.mark.parametrize("name", PEOPLE)
def test_dark_and_light_skin_alike(name: str) -> None:
    if not PORTRAITS.is_dir():
        pytest.skip("there is no folder of portraits")
    with Image.open(PORTRAITS / name) as found:
        photo = freckle.from_pillow(ImageOps.contain(found, (LARGEST, LARGEST)))
    assert moved(photo, "neon") <= 1
    assert moved(photo, "neon", lock=False) > 2  # what the lock holds is there without it


def test_a_dark_look_has_its_shade(stand_in: freckle.OpenedPhoto) -> None:
    photo = stand_in
    (look,) = freckle.look(photo, "low key").candidates
    before, after = (np.asarray(p.pixels, np.float32) for p in (photo.content, look.result.content))
    assert float(after.mean()) < 0.8 * float(before.mean())
    assert all(-18 <= one.lightness <= LIGHTER[0] for one in look.drift)


def test_black_and_white_is_whole_and_has_one_tone() -> None:
    for each in answer(Wanted("low key", style="film_noir", weight=3)).candidates:
        assert colorless(each.recipe.steps)
    mixed = answer(Wanted("film noir, cinematic", count=4)).candidates
    assert all(s.edit.op != "split_toning" for s in mixed[0].recipe.steps)
    styles = {c.name for s in range(2) for c in answer(Wanted("teal", count=3, seed=s)).candidates}
    assert not styles & {"film_noir", "silver_print", "warm_sepia"}


def test_tone_is_told_whatever_the_light() -> None:
    rng = np.random.default_rng(1)
    light = rng.uniform(30, 75, (500, 1))
    skin = np.concatenate([light, (light + 16) * [0.15, 0.2]], axis=1).astype(np.float32)
    level = np.float32([16, 0, 0])
    darker = (skin + level) * np.float32(0.6) - level
    same, cast = shift(skin, darker), shift(skin, skin + np.float32([0, 0, 4]))
    assert abs(same.ita) < 0.1 > same.color
    assert same.lightness < -20
    assert cast.ita < -3 < 3 < cast.color


@pytest.mark.parametrize("prompt", ["very warm, bright", "high key", "(cool:2), overcast", "night"])
def test_without_a_photo_skins_of_all_kinds_are_guessed(prompt: str) -> None:
    free = answer(Wanted(prompt, lock=False, weight=20)).candidates[0].recipe.steps
    kept = held(free)
    assert not colorless(kept)
    for now, was in zip(guessed(SKINS)(kept), guessed(SKINS)(free), strict=True):
        assert now.lightness <= LIGHTER[now.level <= 50]
        assert now.color <= max(5.0, 0.6 * was.color)
    assert Recipe.parse(Recipe(steps=kept).to_json()).steps == kept

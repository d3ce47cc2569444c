"""Lipstick: on the lips to their edge, in the color asked for, with the photo's own light."""

from typing import Any

import numpy as np
import pytest

from freckle.analysis.portrait import analyze
from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.pixels.pigment import Pigment
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.makeup.faces import OUTLINES, drawn, opening, painted, scene_of, without
from tests.ops.conftest import photo_of
from tests.studio.portraits import read

THIN = "woman_glasses_curly_hair_busy_background_01"
"""Lips so thin, and so near the skin's color, that hands do not agree about them either."""
SURE = [name for name in OUTLINES if name != THIN]
SMILES = ["woman_dark_skin_smile_teeth_01", THIN]
LEAST = {"woman_dark_skin_smile_teeth_01": 0.84, "man_curly_beard_frontal_01": 0.85}
"""Where thin corners or a moustache leave less than the .88 of the others."""


def overlap(one: Any, other: Any) -> float:
    return float(np.minimum(one, other).sum() / np.maximum(one, other).sum())


def lips_of(name: str, **values: Any) -> tuple[Any, Any, Any]:
    """Before and after in CIELAB, and the pixels that are lips for certain."""
    scene = scene_of(name)
    after = painted(scene, ("lipstick", values))
    return scene.frame.lab, after, scene.regions[Region.LIP_COLOR] > 0.99


@pytest.mark.parametrize("name", SURE)
def test_color_lies_where_a_hand_drew_the_lips(name: str) -> None:
    before, after, _ = lips_of(name, amount=60)
    moved = np.linalg.norm(after - before, axis=2)
    area = np.clip(moved / np.percentile(moved[moved > 0], 25), 0, 1)
    assert overlap(scene_of(name).regions[Region.LIP_COLOR], drawn(name)) >= LEAST.get(name, 0.88)
    assert overlap(area, drawn(name)) >= LEAST.get(name, 0.88) - 0.03


def test_the_mesh_alone_would_not_do() -> None:
    """Shows that the outlines can tell: moved lips fail."""
    name = "woman_red_curly_hair_frontal_01"
    moved = np.roll(scene_of(name).regions[Region.LIP_COLOR], 8, axis=0)
    assert overlap(moved, drawn(name)) < 0.88


@pytest.mark.parametrize("name", SURE[:4])
@pytest.mark.parametrize("color", ["#b0444f", "#7d1f38", "#c4767a"])
def test_full_satin_has_the_hue_of_the_color(name: str, color: str) -> None:
    _, after, lips = lips_of(name, amount=100, color=color, finish="satin")
    target = Pigment.of(color).chroma_at(after[..., 0])
    error = np.linalg.norm(after[..., 1:] - target, axis=2)[lips]
    assert np.median(error) <= 6


@pytest.mark.parametrize("name", SURE[:4])
@pytest.mark.parametrize("finish", ["sheer", "satin", "matte", "gloss"])
def test_cracks_and_gloss_stay(name: str, finish: str) -> None:
    before, after, lips = lips_of(name, amount=60, finish=finish)
    grain = [without(x[..., 0], 2.0)[lips] for x in (before, after)]
    assert np.corrcoef(*grain)[0, 1] >= 0.9


@pytest.mark.parametrize("name", SMILES)
def test_no_tooth_is_touched(name: str) -> None:
    photo = read(f"{name}.jpg")
    step = Step(edit=BY_NAME["lipstick"].params(amount=100, liner=100))
    result = render(photo, analyze(photo), Recipe(steps=(step,), locks=Locks(natural=False)))
    frame = scene_of(name).frame
    chroma = np.hypot(frame.lab[..., 1], frame.lab[..., 2])
    teeth = (opening(name) > 0.99) & (frame.lab[..., 0] > 55) & (chroma < 25)
    assert teeth.sum() > 500
    down, across = np.nonzero(teeth)
    there = np.column_stack([across + 0.5, down + 0.5]).astype(np.float32)
    x, y = np.floor(frame.to_photo(there)).astype(int).T
    moved = np.abs(result.photo.pixels[y, x].astype(int) - photo.pixels[y, x].astype(int))
    assert int((moved.max(axis=1) > 1).sum()) == 0


def test_finishes_differ_as_they_should() -> None:
    name = "woman_freckles_threequarter_01"
    light = {
        finish: lips_of(name, amount=100, finish=finish)[1][..., 0]
        for finish in ("satin", "matte", "gloss")
    }
    lips = scene_of(name).regions[Region.LIP_COLOR] > 0.99
    bright = {finish: np.percentile(values[lips], 98) for finish, values in light.items()}
    assert bright["matte"] < bright["satin"] - 1
    assert bright["gloss"] > bright["satin"] + 1
    before, sheer, _ = lips_of(name, amount=100, finish="sheer")
    satin = lips_of(name, amount=100)[1]
    assert np.abs(sheer - before)[lips].mean() < 0.7 * np.abs(satin - before)[lips].mean()


def test_liner_draws_the_rim_alone() -> None:
    before, after, lips = lips_of("woman_red_curly_hair_frontal_01", liner=80)
    moved = np.abs(after - before).max(axis=2)
    assert moved.max() > 3
    assert (moved[lips] < 0.5).mean() > 0.4


def test_a_gray_photo_gets_no_color() -> None:
    colored = read("astronaut").pixels
    gray = np.repeat(colored.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    photo = photo_of(np.ascontiguousarray(gray))
    step = Step(edit=BY_NAME["lipstick"].params(amount=100, color="#7d1f38"))
    after = render(photo, analyze(photo), Recipe(steps=(step,))).photo.pixels.astype(int)
    assert (after != gray).any()
    assert np.abs(after - after.mean(axis=2, keepdims=True)).max() <= 1

"""Lipstick: on the lips to their edge, in the color asked for, with the photo's own light."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.cast import lit
from freckle.analysis.portrait import analyze
from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.pixels.pigment import Pigment
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.makeup.faces import OUTLINES, drawn, opening, painted, scene_of, without
from tests.makeup.occluders import Face
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
    target = lit(Pigment.of(color), scene_of(name).regions.skin).chroma_at(after[..., 0])
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
    teeth &= frame.lab[..., 1] < 14  # gums, and pixels that are half lip, are redder
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


@pytest.mark.parametrize("name", ["woman_dark_skin_smile_teeth_01", "london_062_dark_loose_curls"])
def test_matte_covers_gloss_with_its_color(name: str) -> None:
    """No gray holes: where light glares off the lips, the color is there, and light is held."""
    path = name if name.startswith("woman") else f"more/{name}.jpg"
    before, after, lips = lips_of(path, amount=100, color="#7d1f38", finish="matte")
    wide = cv2.GaussianBlur(before[..., 0], (0, 0), 12)
    gloss = lips & (before[..., 0] > wide + 14)
    assert gloss.sum() > 30
    chroma = np.hypot(after[..., 1], after[..., 2])
    assert np.percentile(chroma[gloss], 5) > 0.75 * np.median(chroma[lips])
    usual = np.median(after[..., 0][lips])
    held = (after[..., 0][gloss] - usual) / (
        before[..., 0][gloss] - np.median(before[..., 0][lips])
    )
    assert np.median(held) < 0.7
    _, satin, _ = lips_of(path, amount=100, color="#7d1f38", finish="satin")
    assert satin[..., 0][gloss].mean() > after[..., 0][gloss].mean() + 2


def test_lips_with_a_dark_rim_become_even() -> None:
    name = "more/london_114_smile_dark.jpg"
    before, after, lips = lips_of(name, amount=100, color="#7d1f38", finish="satin")
    inside = cv2.distanceTransform(lips.astype(np.uint8), cv2.DIST_L2, 5) > 6
    tones = [cv2.GaussianBlur(x, (0, 0), 5)[inside] for x in (before, after)]
    spread = [tone[:, 1:].std(axis=0).max() for tone in tones]
    assert spread[1] < 0.5 * spread[0]
    assert tones[1][:, 0].std() < 0.95 * tones[0][:, 0].std()
    assert tones[1][:, 0].std() > 0.5 * tones[0][:, 0].std()  # round still


def test_the_far_end_of_turned_lips_is_where_the_face_ends() -> None:
    """The mesh's far half lies beyond the lips, before a hand."""
    name = "woman_acne_hand_on_cheek_01"
    scene = scene_of(name)
    before, after, _ = lips_of(name, amount=100, color="#7d1f38")
    moved = np.linalg.norm(after - before, axis=2)
    lips = scene.regions[Region.LIP_COLOR] > 0.5
    right = int(np.nonzero(lips.any(axis=0))[0].max())
    tip = scene.regions.points[[0, 13, 14, 17], 0].max()
    assert right < tip + 0.03 * scene.unit
    # what is painted is pink before, the hand and the cheek's shade beyond are not
    pink = before[..., 1] - 0.6 * before[..., 2]
    assert np.percentile(pink[moved > 15], 2) > np.percentile(pink[lips], 50) - 18


def test_a_tongue_that_is_out_is_no_lip() -> None:
    face = Face.of(read("woman_red_curly_hair_frontal_01.jpg"))
    photo, tongue = face.tongue()
    step = Step(edit=BY_NAME["lipstick"].params(amount=100, color="#7d1f38"))
    after = render(photo, analyze(photo), Recipe(steps=(step,))).photo.pixels
    moved = np.abs(after.astype(int) - photo.pixels.astype(int)).max(axis=2)
    assert (moved[tongue] > 12).mean() < 0.02
    assert (moved > 30).sum() > 500


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

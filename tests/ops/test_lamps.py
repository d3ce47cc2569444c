"""Lamps, finishes and color moods do what their sliders say, and spare what they must."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait
from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.pixels.color import lab, srgb_decode
from freckle.pixels.place import Place
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.layers import Layers
from freckle.render.tasks import Task


def worked(portrait: Portrait, name: str, **values: Any) -> tuple[Any, Any, Any]:
    """The face's L* before and after, and its scene."""
    scene = portrait.people[0].scene
    step = Recipe(steps=(Step(edit=BY_NAME[name].params(**values)),), locks=Locks()).steps[0]
    done = Layers(scene)
    done.add(Task(step, BY_NAME[name], 1.0, hold=False))  # type: ignore[arg-type]
    return scene.frame.lab, done.result(), scene


def halves(scene: Any) -> tuple[Any, Any]:
    """Skin on the picture's left and on its right half of the face."""
    skin = scene.regions[Region.SKIN] > 0.6
    across = np.arange(skin.shape[1]) - scene.regions.points[:468, 0].mean()
    return skin & (across < 0), skin & (across > 0)


def test_the_light_comes_from_where_the_lamp_stands(portrait: Portrait) -> None:
    gains = {}
    for side in (-80, 80):
        before, after, scene = worked(
            portrait, "relight", amount=80, side=side, height=20, softness=30
        )
        more = after[..., 0] - before[..., 0]
        left, right = halves(scene)
        gains[side] = float(more[left].mean() - more[right].mean())
    assert gains[-80] > gains[80] + 8


def test_a_high_lamp_throws_shadows_below_nose_and_chin(portrait: Portrait) -> None:
    lamp = {"amount": 90, "side": 0, "height": 85, "softness": 10}
    _, hard, scene = worked(portrait, "relight", shadow=100, **lamp)
    _, none, _ = worked(portrait, "relight", shadow=0, **lamp)
    darker = none[..., 0] - hard[..., 0]
    points = scene.regions.points
    # between the nose's base and the upper lip, and on the forehead
    x, y = ((points[2] + points[0]) / 2).astype(int)
    forehead = points[151].astype(int)
    assert darker[y, x] > darker[forehead[1], forehead[0]] + 3


@pytest.mark.parametrize("side", [-90, 0, 60])
def test_a_lamp_makes_nobody_fairer(portrait: Portrait, side: int) -> None:
    before, after, scene = worked(portrait, "relight", amount=100, side=side, height=40)
    skin = scene.regions[Region.SKIN] > 0.6
    light = [float(np.median(x[skin, 0])) for x in (before, after)]
    assert -9 < light[1] - light[0] < 1.5


def test_a_lamp_leaves_pores_their_contrast(portrait: Portrait) -> None:
    before, after, scene = worked(portrait, "relight", amount=80, side=-60)
    fine = [x[..., 0] - cv2.GaussianBlur(x[..., 0], (0, 0), 1.5) for x in (before, after)]
    skin = scene.regions[Region.SKIN] > 0.8
    ratio = fine[1][skin].std() / fine[0][skin].std()
    assert 0.85 < ratio < 1.2


def test_finishes_take_glare_off_or_add_it(portrait: Portrait) -> None:
    high = {}
    for finish in ("powder", "dewy", "glass"):
        before, after, scene = worked(portrait, "skin_finish", amount=80, finish=finish)
        skin = scene.regions[Region.SKIN] > 0.8
        most = [float(np.percentile(x[skin, 0], 99.5)) for x in (before, after)]
        high[finish] = most[1] - most[0]
    assert high["powder"] < -0.3
    assert 0.3 < high["dewy"] < high["glass"] < 12


COLORS = np.array([[[0.9, 0.2, 0.2], [0.2, 0.7, 0.3], [0.2, 0.3, 0.9]]], np.float32)
SKINS = np.array([[[0.93, 0.76, 0.66], [0.6, 0.42, 0.33], [0.3, 0.19, 0.15]]], np.float32)
GRAYS = np.array([[[0.08] * 3, [0.45] * 3, [0.92] * 3]], np.float32)
PLACE = Place((300, 200), (0, 0, 3, 1), (3, 1))


def moved(name: str, colors: Any, **values: Any) -> Any:
    op = BY_NAME[name]
    light = srgb_decode(colors)
    new = op.apply(light, op.params(**values), PLACE)  # type: ignore[union-attr]
    encoded = np.where(
        new > 0.0031308, 1.055 * np.maximum(new, 0) ** (1 / 2.4) - 0.055, 12.92 * new
    )
    return lab(encoded.astype(np.float32)) - lab(colors)


def test_split_toning_colors_lights_and_shadows_apart_and_keeps_skin() -> None:
    tones = {"highlights_hue": 45, "highlights": 80, "shadows_hue": 220, "shadows": 80}
    change = moved("split_toning", GRAYS, skin=0, **tones)[0]
    assert change[2, 2] > 4 > -2 > change[0, 2]
    assert np.abs(change[:, 0]).max() < 1.5
    skin = [np.abs(moved("split_toning", SKINS, skin=s, **tones)).mean() for s in (0, 100)]
    assert skin[1] < 0.35 * skin[0]


def test_a_palette_pulls_colors_and_leaves_grays_and_skin() -> None:
    palette = {"first": "#c8794a", "second": "#2f6f73", "third": "#d9c2a0"}
    assert np.abs(moved("palette", GRAYS, amount=100, **palette)).max() < 0.6
    strong, weak = (moved("palette", COLORS, amount=a, **palette) for a in (100, 40))
    assert np.abs(strong).mean() > 1.5 * np.abs(weak).mean() > 5
    skin = moved("palette", SKINS, amount=100, skin=100, **palette)
    assert np.abs(skin).mean() < 2


@pytest.mark.parametrize("size", [0, 100])
def test_bloom_spreads_light_beside_bright_places(size: int) -> None:
    op = BY_NAME["bloom"]
    place = Place((400, 300), (0, 0, 400, 300), (400, 300))
    light = np.full((300, 400, 3), 0.02, np.float32)
    light[120:180, 180:220] = 0.95
    added = op.gain(light, op.params(amount=100, size=size), place)  # type: ignore[union-attr]
    assert added[150, 221].min() > added[20, 20].max()
    assert float(added.min()) >= 0
    assert float((light + added).max()) <= 1

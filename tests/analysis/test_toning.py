"""Toned monochrome is told from color: curves of lightness from skin in any light."""

import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from freckle.analysis.portrait import analyze
from freckle.analysis.toning import strays
from freckle.codec import load
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render

FOLDER = Path(os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[3] / "shared/portraits"))
TONES = {
    "sepia": ((0, (13, 5, 0)), (0.5, (140, 115, 84)), (1, (255, 245, 224))),
    "cyanotype": ((0, (0, 13, 38)), (0.5, (38, 107, 158)), (1, (237, 250, 255))),
    "selenium": ((0, (13, 5, 15)), (0.5, (128, 117, 128)), (1, (255, 252, 250))),
    "split": (
        (0, (0, 10, 26)),
        (0.45, (97, 112, 128)),
        (0.55, (153, 140, 115)),
        (1, (255, 242, 204)),
    ),
    "duotone": ((0, (26, 0, 26)), (0.5, (204, 51, 77)), (1, (255, 242, 179))),
}


def photo_of(pixels: Any) -> Photo:
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest="0" * 64))


def toned(picture: Any, tone: str) -> Any:
    light = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    at = [place for place, _ in TONES[tone]]
    planes = [np.interp(light, at, [color[k] for _, color in TONES[tone]]) for k in range(3)]
    return np.rint(np.dstack(planes)).astype(np.uint8)


@pytest.fixture(scope="module")
def astronaut() -> Any:
    part = np.ascontiguousarray(data.astronaut()[:256, 100:340])
    return cv2.resize(part, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)


def colorless(picture: Any) -> bool:
    return bool(analyze(photo_of(picture)).people[0].regions.colorless)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("worn", ["clean", "compressed", "grainy"])
def test_toning_leaves_no_color(astronaut: Any, tone: str, worn: str) -> None:
    picture = toned(astronaut, tone)
    if worn == "compressed":
        coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
        picture = cv2.imdecode(coded, 1)[..., ::-1]
    if worn == "grainy":
        grain = np.random.default_rng(2).normal(0, 4, picture.shape)
        picture = np.clip(picture + grain, 0, 255).astype(np.uint8)
    assert colorless(picture)


@pytest.mark.parametrize(
    "gains", [(1, 1, 1), (1.25, 0.9, 0.6), (1.2, 0.85, 0.95), (0.7, 0.85, 1.2)]
)
def test_color_in_any_light_is_color(astronaut: Any, gains: tuple[float, ...]) -> None:
    assert not colorless(np.clip(astronaut * np.array(gains), 0, 255).astype(np.uint8))


def test_toned_photos_heal_nothing_and_gain_no_hue(astronaut: Any) -> None:
    photo = photo_of(toned(astronaut, "cyanotype"))
    found = analyze(photo)
    (done,) = render(photo, found, preset("teen").recipe).people
    assert done.scene.healed == frozenset()
    (step,) = (s for s in preset("classic_red").recipe.steps if s.edit.op == "lipstick")
    recipe = Recipe(steps=(Step(edit=step.edit),), locks=Locks(natural=False))
    (made_up,) = render(photo, found, recipe).people
    change = made_up.after - made_up.scene.frame.lab
    assert np.abs(change[..., 0]).max() > 2
    assert np.abs(change[..., 1:]).max() < 0.01


@pytest.mark.parametrize("op", ["iris_clarity", "eye_whites", "eye_veins"])
def test_tools_for_eyes_leave_the_toning(astronaut: Any, op: str) -> None:
    photo = photo_of(toned(astronaut, "sepia"))
    step = Step(edit=BY_NAME[op].params(amount=100))
    recipe = Recipe(steps=(step,), locks=Locks(natural=False))
    (done,) = render(photo, analyze(photo), recipe).people
    change = np.abs(done.after - done.scene.frame.lab)
    assert change[..., 1:].max() < 0.01


def test_nothing_strays_from_nothing() -> None:
    assert strays(np.zeros((0, 3), np.float32)) == 0
    assert strays(np.full((40, 3), 50, np.float32)) == 0


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no portraits at hand")
@pytest.mark.parametrize(
    "name",
    [
        *("man_lowlight_dusk_selfie_01.jpg", "man_young_acne_frontal_01.jpg"),
        *("woman_profile_glasses_lowkey_01.jpg", "more/fellow_warm_light.jpg"),
    ],
)
def test_portraits_in_strong_casts_are_color(name: str) -> None:
    if not (FOLDER / name).is_file():
        pytest.skip(f"{name} is not at hand")
    assert not analyze(load(FOLDER / name)).people[0].regions.colorless

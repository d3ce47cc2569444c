"""Shadows on a new ground: where they are asked for, on the ground alone, never on people."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.matte import PEAK, Matte
from freckle.analysis.portrait import Portrait
from freckle.ops.background import Background
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe, Step
from freckle.render.render import render
from tests.ops.conftest import photo_of

GRAY = "#b0b0b0"


def figure(*, standing: bool) -> tuple[Photo, Portrait]:
    """A figure with its feet in the picture, or the same cut by the lower edge."""
    body = np.zeros((480, 360), np.uint8)
    down = 0 if standing else 140
    cv2.ellipse(body, (180, 90 + down), (26, 34), 0, 0, 360, 255, -1)
    cv2.rectangle(body, (140, 120 + down), (220, 430 + down), 255, -1)
    alpha = cv2.GaussianBlur(body, (0, 0), 1.2).astype(np.uint16) * 257
    alpha[body == 255] = np.where(alpha[body == 255] > 0.97 * PEAK, PEAK, alpha[body == 255])
    pixels = np.full((480, 360, 3), 200, np.uint8)
    pixels[body > 0] = (120, 80, 60)
    photo = photo_of(pixels)
    found = Portrait((), photo)
    small = np.full((480, 360, 3), 0.5, np.float32)
    found.__dict__["matte"] = Matte(alpha, small, small)
    return photo, found


def drawn(photo: Photo, portrait: Portrait, **values: Any) -> Any:
    recipe = Recipe(steps=(Step(edit=Background(**{"mode": "color", "color": GRAY, **values})),))
    return render(photo, portrait, recipe).photo.pixels.astype(int)[..., 0]


@pytest.mark.parametrize("mode", ["color", "gradient"])
def test_people_stay_to_the_bit_and_the_ground_is_never_lighter(mode: str) -> None:
    photo, portrait = figure(standing=True)
    own = portrait.matte.alpha == PEAK
    plain = drawn(photo, portrait, mode=mode)
    dark = drawn(photo, portrait, mode=mode, shadow=80, contact=90)
    assert np.array_equal(dark[own], photo.pixels[own][:, 0])
    assert (dark <= plain).all()
    assert (plain - dark).max() > 60
    assert np.array_equal(drawn(photo, portrait, mode=mode, distance=90, spread=3), plain)


def test_it_falls_where_it_is_said_to_and_as_softly() -> None:
    photo, portrait = figure(standing=True)
    plain = drawn(photo, portrait)
    right, left = (
        plain - drawn(photo, portrait, shadow=100, distance=100, spread=10, fall=turn)
        for turn in (0, 180)
    )
    row = slice(200, 300)
    assert right[row, 230:250].min() > 100
    assert right[row, 60:128].max() < 5
    assert left[row, 110:130].min() > 100
    assert left[row, 232:300].max() < 5
    soft = plain - drawn(photo, portrait, shadow=100, distance=100, spread=100, fall=0)
    steps = [np.abs(np.diff(each[250, 228:])).max() for each in (right, soft)]
    assert steps[0] > 3 * steps[1]
    half = plain - drawn(photo, portrait, shadow=50, distance=100, spread=10, fall=0)
    assert half[row, 235:245].mean() == pytest.approx(0.5 * 0xB0, abs=3)


def test_feet_have_a_pool_and_a_bust_is_darker_toward_the_edge_that_cuts_it() -> None:
    photo, portrait = figure(standing=True)
    pool = drawn(photo, portrait) - drawn(photo, portrait, contact=100)
    assert pool[432:436, 160:200].mean() > 40
    assert pool[:380].max() <= 1, "beside the body, and at the head, nothing"
    photo, portrait = figure(standing=False)
    shade = drawn(photo, portrait) - drawn(photo, portrait, contact=100)
    beside = shade[:, 126:137].mean(axis=1)
    assert beside[470] > 30
    assert beside[:250].max() < 3
    assert shade[:210].max() <= 1


def test_no_shadow_falls_on_the_photos_own_ground_or_on_none() -> None:
    photo, portrait = figure(standing=True)
    for mode in ("blur", "remove"):
        values = {"mode": mode, "shadow": 0, "contact": 0}
        plain = drawn(photo, portrait, **values)
        assert np.array_equal(drawn(photo, portrait, **{**values, "shadow": 90}), plain)

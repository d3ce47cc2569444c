"""What belongs to the person: freckles too faint to be listed, and the creases of the nose."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.analysis.freckles import faint_freckles
from freckle.analysis.portrait import Portrait, analyze
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.render.marks import choose
from freckle.render.render import render
from tests.ops.conftest import photo_of

CHEEK = 50
"""A landmark in the middle of the right cheek."""


@pytest.fixture(scope="module")
def large(astronaut: Any) -> Any:
    return cv2.resize(astronaut, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)


@pytest.fixture(scope="module")
def plain(large: Any) -> Portrait:
    return analyze(photo_of(large))


def drawn(picture: Any, at: Any, radius: float, absorbed: tuple[float, float, float]) -> Any:
    """Draw a soft mark that takes light: −ln of linear R, G, B."""
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    away = np.hypot(columns - at[0], rows - at[1]) / radius
    mark = np.exp(-(away**2))[..., None]
    linear = (picture / 255.0) ** 2.2
    return np.rint(255 * (linear * np.exp(-mark * np.array(absorbed))) ** (1 / 2.2)).astype("uint8")


def at_cheek(portrait: Portrait) -> Any:
    return portrait.people[0].face.landmarks[CHEEK, :2]


def score(picture: Any, at: Any) -> float:
    """How surely a place is a freckle, in a portrait of its own."""
    scene = analyze(photo_of(picture)).people[0].scene
    inverse = scene.frame.to_photo.inverse()
    x, y = inverse(np.array([at], np.float32))[0] / scene.regions.factor
    around = faint_freckles(scene.regions)[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2]
    return float(around.max())


def test_a_faint_freckle_stays_and_a_shadow_does_not(large: Any, plain: Portrait) -> None:
    place = at_cheek(plain)
    radius = 0.008 * plain.people[0].scene.unit * plain.people[0].scene.frame.to_photo.scale
    freckle = drawn(large, place, radius, (0.12, 0.22, 0.45))
    shadow = drawn(large, place, radius, (0.25, 0.25, 0.25))
    assert score(freckle, place) > 0.6
    assert score(shadow, place) < 0.3


@pytest.mark.parametrize("name", ["even_tone", "redness"])
def test_a_patch_that_loses_its_red_gets_its_light_back(
    name: str, large: Any, plain: Portrait
) -> None:
    place = at_cheek(plain)
    radius = 0.035 * plain.people[0].scene.unit * plain.people[0].scene.frame.to_photo.scale
    patch = drawn(large, place, radius, (0.06, 0.16, 0.13))
    photo = photo_of(patch)
    recipe = Recipe(
        steps=(Step(edit=BY_NAME[name].params(amount=60)),),
        locks=Locks(natural=False, skin_tone=False),
    )
    after = render(photo, analyze(photo), recipe).photo.pixels
    box = (slice(int(place[1]) - 6, int(place[1]) + 7), slice(int(place[0]) - 6, int(place[0]) + 7))
    colors = [
        cv2.cvtColor(np.float32(picture[box] / 255.0), cv2.COLOR_RGB2Lab).mean((0, 1))
        for picture in (large, patch, np.asarray(after))
    ]
    bare, marked, evened = colors
    assert evened[1] < marked[1] - 1  # less red
    assert marked[0] + 0.1 < evened[0] <= bare[0] + 0.5  # and lighter, never lighter than before


def test_the_creases_beside_the_nose_are_no_marks(large: Any, plain: Portrait) -> None:
    mesh = plain.people[0].face.landmarks[:, :2]
    scale = plain.people[0].scene.frame.to_photo.scale
    radius = 0.012 * plain.people[0].scene.unit * scale
    place = mesh[lm.WING_CREASES[0][2]]
    scene = analyze(photo_of(drawn(large, place, radius, (0.1, 0.6, 0.55)))).people[0].scene
    away = [
        np.hypot(*(scene.frame.to_photo(np.array([[s.x, s.y]]))[0] - place)) for s in scene.spots
    ]
    assert min(away, default=np.inf) > radius


def test_a_mark_decided_by_hand_takes_no_neighbor_along(plain: Portrait) -> None:
    person = plain.people[0]
    spot = person.scene.spots[0]
    beside = replace(spot, x=spot.x + 1.6 * spot.radius)
    scene = replace(person.scene, spots=(spot, beside))
    photo = photo_of(np.zeros((1024, 1024, 3), np.uint8))
    for nudge, meant in ((0.0, {0}), (-1.2 * spot.radius, {0}), (0.8 * spot.radius, {0, 1})):
        x, y = scene.frame.to_photo(np.array([[spot.x + nudge, spot.y]]))[0]
        flip = Flip(x=x / photo.width, y=y / photo.height, action="heal")
        assert choose(photo, scene, Recipe(flips=(flip,)), ()).healed == meant

"""Spots that somebody adds where nothing is listed: grown to a border, healed like the others."""

from typing import Any

import cv2
import numpy as np
import pytest
from pydantic import ValidationError

from freckle.analysis.grown import USUAL
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.recipe.recipe import Flip, Recipe, Step
from freckle.render.pyramid import View
from freckle.render.render import Rendering, render
from freckle.report.measure import marks_of, report_of
from freckle.studio.studio import Studio
from tests.render.conftest import photo_of

CHEEK, OTHER_CHEEK = 205, 425
RADIUS = 0.013
"""Of the planted spot, in face widths."""


@pytest.fixture(scope="module")
def pale(photo: Photo) -> tuple[Studio, tuple[float, float], float]:
    """A pale spot on the cheek, which no detector looks for; its place and radius in pixels."""
    face = Studio(photo).portrait.people[0].face
    x, y = (float(value) for value in face.landmarks[CHEEK, :2])
    radius = RADIUS * face.scale
    rows, columns = np.mgrid[: photo.height, : photo.width].astype(np.float32) + np.float32(0.5)
    apart = np.minimum(np.hypot(columns - x, rows - y) / radius, 9)
    depth = 1 / (1 + np.exp((apart - 1) / 0.12))
    light = (photo.pixels / 255.0) ** 2.2 * np.exp(0.45 * depth[..., None])
    drawn = np.rint(255 * np.minimum(light, 1) ** (1 / 2.2)).astype(np.uint8)
    return Studio(photo_of(drawn)), (x, y), radius


def added(studio: Studio, x: float, y: float, radius: float) -> Recipe:
    photo = studio.photo
    longer = max(photo.width, photo.height)
    flip = Flip(x=x / photo.width, y=y / photo.height, action="heal", radius=radius / longer)
    return Recipe(flips=(flip,))


def rendered(studio: Studio, recipe: Recipe) -> Rendering:
    return render(studio.photo, studio.portrait, recipe)


def test_a_spot_is_grown_to_its_border_from_beside_its_middle(pale: Any) -> None:
    studio, (x, y), radius = pale
    assert not any(
        np.hypot(mark.x - x, mark.y - y) < radius
        for mark in marks_of(studio.portrait.people[0].scene)
    )
    found = studio.spot(x + 0.6 * radius, y - 0.4 * radius)
    assert found is not None
    assert np.hypot(found["x"] - x, found["y"] - y) < 0.35 * radius
    assert 0.75 * radius < found["radius"] < 1.3 * radius


def test_plain_skin_gives_the_usual_size_and_what_is_no_skin_none(pale: Any) -> None:
    studio, _, _ = pale
    face = studio.portrait.people[0].face
    blurred = Studio(photo_of(cv2.GaussianBlur(studio.photo.pixels, (0, 0), 4)))
    x, y = (float(value) for value in face.landmarks[OTHER_CHEEK, :2])
    plain = blurred.spot(x, y)
    assert plain is not None
    assert (plain["x"], plain["y"]) == pytest.approx((x, y), abs=0.1)
    assert plain["radius"] == pytest.approx(USUAL * face.scale, rel=0.05)
    assert studio.spot(3, 3) is None
    eye = face.landmarks[468, :2]
    assert studio.spot(float(eye[0]), float(eye[1])) is None


def test_it_is_healed_told_and_gone_again_with_its_flip(pale: Any, photo: Photo) -> None:
    studio, (x, y), radius = pale
    recipe = added(studio, x, y, radius)
    assert not recipe.faceless
    done = rendered(studio, Recipe.parse(recipe.to_json()))
    inside = np.s_[
        int(y - radius / 2) : int(y + radius / 2), int(x - radius / 2) : int(x + radius / 2)
    ]
    was, left = (
        np.abs(pixels[inside].astype(float) - photo.pixels[inside]).mean()
        for pixels in (studio.photo.pixels, done.photo.pixels)
    )
    assert left < 0.35 * was
    moved = np.argwhere((done.photo.pixels != studio.photo.pixels).any(axis=2))
    assert np.hypot(*(moved + 0.5 - (y, x)).T).max() < 2.3 * radius
    (face,) = report_of(studio.photo, studio.portrait, recipe, done.people).faces
    (mark,) = face.healed
    assert (mark.kind, face.counts["added"].healed) == ("added", 1)
    assert (mark.x, mark.y) == pytest.approx((x, y), abs=0.2)
    assert np.array_equal(rendered(studio, Recipe()).photo.pixels, studio.photo.pixels)


def test_the_screen_shows_what_is_saved_also_once_it_is_taken_back(pale: Any) -> None:
    studio, (x, y), radius = pale
    width, height = studio.photo.width, studio.photo.height
    view = View(0, 0, width, height, width, height)
    tone = Step(edit=BY_NAME["even_tone"].params(amount=40))
    one = added(studio, x, y, radius).model_copy(update={"steps": (tone,)})
    two = one.model_copy(
        update={"flips": (*one.flips, *added(studio, x, y + 5 * radius, radius).flips)}
    )
    for recipe in (one, two, one, Recipe(steps=(tone,))):
        shown = studio.draw(recipe, view, lambda: False).screen
        assert np.array_equal(shown, rendered(studio, recipe).photo.pixels)


def test_beside_the_skin_nothing_is_healed_and_nothing_added_is_kept(pale: Any) -> None:
    studio, _, radius = pale
    beside = rendered(studio, added(studio, 5, 5, radius))
    assert np.array_equal(beside.photo.pixels, studio.photo.pixels)
    with pytest.raises(ValidationError, match="never kept"):
        Flip(x=0.5, y=0.5, action="keep", radius=0.01)

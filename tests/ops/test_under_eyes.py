"""Circles end at the cheek's own color, bags fade by their shape, texture and light stay."""

from typing import Any

import cv2
import numpy as np
import pytest
from benchmarks.measures import blur, lab
from benchmarks.mesh import face_width

from benchmarks import creases_found as real
from benchmarks import creases_planted as planted
from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.ops.under_eyes import DarkCircles, dark_circles
from freckle.pixels.shade import moved, shares
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.ops.conftest import photo_of

OPEN = Locks(natural=False, skin_tone=False)


@pytest.fixture(scope="module")
def portrait_(plain: Any) -> Portrait:
    return analyze(photo_of(plain))


@pytest.fixture(scope="module")
def mesh(portrait_: Portrait) -> Any:
    return portrait_.people[0].face.landmarks.astype(np.float32)


@pytest.fixture(scope="module")
def tired(plain: Any, mesh: Any) -> Any:
    """The same face with a bluish circle under one eye and a brown one under the other."""
    return planted.draw_circles(plain, mesh, 4)


def colors(pixels: Any) -> Any:
    return lab(np.ascontiguousarray(pixels))


def retouched(pixels: Any, amount: float, name: str = "dark_circles") -> Any:
    step = Step(edit=BY_NAME[name].params(amount=amount))
    photo = photo_of(np.ascontiguousarray(pixels))
    return render(photo, analyze(photo), Recipe(steps=(step,), locks=OPEN)).photo.pixels


@pytest.mark.parametrize(
    ("amount", "low", "high"), [(30, 0.65, 0.85), (60, 0.4, 0.6), (100, 0.15, 0.45)]
)
def test_a_circle_loses_its_share_of_the_difference(
    tired: Any, mesh: Any, amount: float, low: float, high: float
) -> None:
    found = real.circles(colors(tired), colors(retouched(tired, amount)), mesh)
    assert len(found) == 2
    for eye in found:
        assert eye.before[0] > 5
        assert low <= eye.after[0] / eye.before[0] <= high
        assert eye.after[0] > 0  # never lighter than the cheek


def test_blue_and_brown_come_closer_to_the_cheeks_hue(tired: Any, mesh: Any) -> None:
    for eye in real.circles(colors(tired), colors(retouched(tired, 100)), mesh):
        assert eye.hue[1] < 0.7 * eye.hue[0]


def test_texture_stays(tired: Any, mesh: Any) -> None:
    before, after = colors(tired)[..., 0], colors(retouched(tired, 100))[..., 0]
    sigma = 0.004 * face_width(mesh)
    fine, still = (seen - blur(seen, sigma) for seen in (before, after))
    lifted = (after - before > 2).astype(np.uint8)
    zone = cv2.erode(lifted, np.ones((9, 9), np.uint8)) > 0
    assert zone.sum() > 300
    assert np.corrcoef(fine[zone], still[zone])[0, 1] > 0.96


def test_one_sided_light_is_not_evened(tired: Any, mesh: Any) -> None:
    """Half of the light on the left half of the face: its eye is compared with its own cheek."""
    across = np.arange(tired.shape[1]) - float(mesh[168, 0])
    factor = 1 - 0.5 / (1 + np.exp(-across / 12))
    shaded = planted.scaled(tired, np.tile(factor[None, :, None], (tired.shape[0], 1, 3)))
    found = real.circles(colors(shaded), colors(retouched(shaded, 100)), mesh)
    assert all(eye.after[0] > -0.5 for eye in found)
    change = colors(retouched(shaded, 100))[..., 0] - colors(shaded)[..., 0]
    right, left = (change[:, (across < 0) == side].max() for side in (True, False))
    assert 0.5 < left / right < 1.5


@pytest.mark.parametrize(("darker", "least", "most"), [(0, 0, 0.2), (1.2, 0, 0.4), (8, 3, 5)])
def test_only_what_is_darker_than_the_cheek_changes(
    portrait_: Portrait, darker: float, least: float, most: float
) -> None:
    scene = portrait_.people[0].scene
    zone = scene.regions.small(Region.UNDER_EYES)
    even = np.zeros((*zone.shape, 3), np.float32) + np.array([70, 12, 16], np.float32)
    even[..., 0] -= darker * zone
    after = dark_circles(even, DarkCircles(amount=60), scene)
    change = np.abs(after - even)[..., 0][zone > 0.9]
    assert least <= float(change.max()) <= most


def test_the_region_reaches_the_inner_corner_and_leaves_the_eye_alone(
    portrait_: Portrait,
) -> None:
    regions = portrait_.people[0].scene.regions
    zone = regions[Region.UNDER_EYES]
    for corner, below in ((133, 232), (362, 452)):
        x, y = (0.4 * regions.points[corner] + 0.6 * regions.points[below]).astype(int)
        assert zone[y, x] > 0.5
    assert float(zone[regions.open_eyes > 0.5].max()) < 0.01
    assert float(zone[regions[Region.BROWS] > 0].max()) == 0


def test_a_bag_fades_with_its_crease(plain: Any, mesh: Any) -> None:
    width = face_width(mesh)
    up = mesh[10, :2] - mesh[152, :2]
    shift = 0.02 * width * up / np.linalg.norm(up)
    curves = [mesh[list(planted.LIDS[0]), :2] + step for step in (0 * shift, -1.6 * shift)]
    crease = planted.Line("bag", curves[1].astype(np.float32), 0.013, 5.0)
    bulge = planted.Line("bag", curves[0].astype(np.float32), 0.015, -4.0)
    bagged = planted.draw_lines(plain, [crease, bulge], width)
    added = colors(bagged)[..., 0] - colors(plain)[..., 0]
    after, clean = (colors(retouched(p, 100, "eye_bags"))[..., 0] for p in (bagged, plain))
    for weight in (added < -1.5, added > 1.5):
        assert planted.left(added, clean, after, weight) < 0.75


def test_a_gray_photo_stays_gray(tired: Any) -> None:
    light = cv2.cvtColor(tired, cv2.COLOR_RGB2GRAY)
    gray = np.repeat(light[..., None], 3, axis=2)
    after = retouched(gray, 80)
    assert not np.array_equal(after, gray)
    assert int(np.ptp(after.astype(int), axis=2).max()) <= 1


def test_what_gets_lighter_keeps_its_chroma_in_light() -> None:
    skin = np.array([[[40, 12, 16]]], np.float32)
    lit = moved(skin, np.array([[[14, 0, 0]]], np.float32))
    assert np.allclose(shares(lit)[..., 1:], shares(skin)[..., 1:])
    assert np.array_equal(moved(skin, np.zeros_like(skin)), skin)


def test_recipes_of_the_first_version_open() -> None:
    for name in ("dark_circles", "eye_bags"):
        old = {"steps": [{"edit": {"op": name, "version": 1, "amount": 30}}]}
        edit = Recipe.from_plain(old).steps[0].edit
        assert (edit.version, edit.model_dump()["amount"]) == (2, 30)

"""Makeup ends where something lies before the face, and is left out where nothing is seen."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.codec import load_bytes
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.makeup.occluders import Face
from tests.studio.portraits import FOLDER, read

FACES = (
    "astronaut",
    "woman_red_curly_hair_frontal_01.jpg",
    "man_east_asian_frontal_01.jpg",
    "more/london_107_mature_freckles.jpg",
)
LIPS = (("lipstick", {"amount": 100, "color": "#7d1f38", "liner": 60}),)
EYES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("eye_shadow", {"amount": 100, "style": "smoky"}),
    ("eyeliner", {"amount": 100, "style": "wing"}),
    ("lashes", {"amount": 100}),
    ("iris_color", {"amount": 100, "hue": 120}),
    ("catch_light", {"amount": 100}),
    ("iris_clarity", {"amount": 100}),
)


def changed(photo: Photo, portrait: Portrait, steps: Any) -> Any:
    """How far each pixel moves in its strongest channel."""
    made = tuple(Step(edit=BY_NAME[name].params(**values)) for name, values in steps)
    recipe = Recipe(steps=made, locks=Locks(natural=False))
    after = render(photo, portrait, recipe).photo.pixels
    return np.abs(after.astype(int) - photo.pixels.astype(int)).max(axis=2)


def case(name: str) -> Photo:
    path = FOLDER.parent / "cases" / "files" / name
    if not path.is_file():
        pytest.skip(f"no {name} here")
    return load_bytes(path.read_bytes())


def test_a_face_mask_gets_no_lips() -> None:
    photo = case("02a_face_mask.jpg")
    portrait = analyze(photo)
    after = render(photo, portrait, preset("classic_red").recipe).photo.pixels
    mask = cv2.inRange(photo.pixels, (170, 195, 205), (245, 250, 255)) > 0
    lips = portrait.people[0].face.landmarks[[61, 291, 0, 17], :2].astype(int)
    (left, top), (right, bottom) = lips.min(axis=0), lips.max(axis=0)
    assert mask[top:bottom, left:right].mean() > 0.95
    moved = np.abs(after.astype(int) - photo.pixels.astype(int)).max(axis=2)
    assert moved[mask].max() <= 12
    assert moved[top:bottom, left:right].max() <= 2
    assert portrait.people[0].regions.seen.covered == ("lips",)


@pytest.mark.parametrize("op", ["preset", *(name for name, _ in EYES), "eye_whites"])
def test_dark_lenses_stay_as_they_are(op: str) -> None:
    photo = case("02c_sunglasses.jpg")
    portrait = analyze(photo)
    face = Face.of(photo)
    steps: Any = [(op, dict(EYES).get(op, {"amount": 100}))]
    if op == "preset":
        after = render(photo, portrait, preset("smoky_evening").recipe).photo.pixels
        moved = np.abs(after.astype(int) - photo.pixels.astype(int)).max(axis=2)
    else:
        moved = changed(photo, portrait, steps)
    gray = photo.pixels.astype(int)
    dark = (gray.max(axis=2) < 60) & (gray.max(axis=2) - gray.min(axis=2) < 14)
    near = np.zeros(dark.shape, np.uint8)
    for corner in ((33, 133), (263, 362)):
        x, y = face.points[list(corner)].mean(axis=0)
        cv2.circle(near, (round(x), round(y)), round(0.19 * face.unit), 1, -1)
    lenses = cv2.erode((dark & (near > 0)).astype(np.uint8), np.ones((3, 3))) > 0
    assert lenses.sum() > 5000
    assert moved[lenses].max() == 0
    assert set(portrait.people[0].regions.seen.covered) == {"right eye", "left eye"}


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("color", [(215, 228, 238), (120, 150, 190), (30, 30, 34)])
def test_lips_behind_a_mask_are_not_painted(name: str, color: tuple[int, int, int]) -> None:
    photo, mask = Face.of(read(name)).mask(color)
    portrait = analyze(photo)
    assert portrait.people[0].regions.seen["lips"] < 0.1
    assert changed(photo, portrait, LIPS)[mask].max() == 0


@pytest.mark.parametrize("name", FACES)
def test_a_ball_before_the_mouth_is_not_painted(name: str) -> None:
    photo, ball = Face.of(read(name)).ball()
    portrait = analyze(photo)
    assert portrait.people[0].regions.seen["lips"] < 1 / 3
    assert changed(photo, portrait, LIPS)[ball].max() <= 2


@pytest.mark.parametrize("name", FACES)
def test_lids_and_eyes_behind_dark_lenses_are_not_painted(name: str) -> None:
    photo, lenses = Face.of(read(name)).lenses()
    portrait = analyze(photo)
    seen = portrait.people[0].regions.seen
    assert max(seen["right eye"], seen["left eye"]) < 1 / 3
    assert seen["lips"] > 0.9
    assert changed(photo, portrait, EYES)[lenses].max() == 0


@pytest.mark.parametrize("name", FACES[1:])
def test_a_finger_before_the_lips_parts_them(name: str) -> None:
    photo, finger = Face.of(read(name)).finger()
    portrait = analyze(photo)
    assert 1 / 3 < portrait.people[0].regions.seen["lips"] < 0.9
    moved = changed(photo, portrait, LIPS)
    assert (moved[finger] > 12).mean() < 0.005
    assert (moved > 30).sum() > 300  # lips beside it are painted


@pytest.mark.parametrize("name", FACES[1:])
@pytest.mark.parametrize(("toward", "steps"), [(13, LIPS), (27, EYES[:1])])
def test_hairs_before_lips_and_lids_keep_their_color(name: str, toward: int, steps: Any) -> None:
    photo, hairs = Face.of(read(name)).strands(toward)
    moved = changed(photo, analyze(photo), steps)
    inner = cv2.erode(hairs.astype(np.uint8), np.ones((3, 3))) > 0
    beside = cv2.dilate(hairs.astype(np.uint8), np.ones((9, 9))) > 0
    assert moved[beside].max() > 5
    assert np.percentile(moved[inner], 95) <= 14


@pytest.mark.parametrize("name", FACES)
def test_all_of_a_free_face_is_seen(name: str) -> None:
    seen = analyze(read(name)).people[0].regions.seen
    assert set(seen) == {"lips", "right eye", "left eye"}
    assert min(seen.values()) > 0.95
    assert seen.covered == ()
    assert len(seen) == 3


def test_glasses_that_are_clear_leave_the_eyes_seen() -> None:
    """And where the mesh lays eyes on a cheek, as on a profile, there are none."""
    clear = analyze(read("woman_glasses_curly_hair_busy_background_01.jpg")).people[0].regions.seen
    assert min(clear.values()) > 0.6
    turned = analyze(read("woman_profile_glasses_lowkey_01.jpg")).people[0].regions.seen
    assert set(turned.covered) == {"right eye", "left eye"}

"""Makeup of eyes and brows: along the lids there are, off glasses, hair and eyeballs."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.lids import FINER, Eye, eyes, outward
from freckle.analysis.regions import Region
from freckle.ops.eye_makeup import lengthened
from freckle.recipe.recipe import Recipe
from tests.makeup.faces import painted, scene_of

GLASSES = "woman_glasses_curly_hair_busy_background_01"
REFLECTING = "elderly_woman_wrinkles_hat_glasses_01"
TURNED = "woman_acne_hand_on_cheek_01"
PLAIN = ("astronaut", "woman_red_curly_hair_frontal_01", "man_east_asian_frontal_01")


def change(name: str, op: str, **values: Any) -> Any:
    """How far an op moves each pixel of the frame, in CIELAB."""
    scene = scene_of(name)
    return np.linalg.norm(painted(scene, (op, values)) - scene.frame.lab, axis=2)


def mesh_eye(name: str) -> tuple[Any, float, tuple[int, int], Eye]:
    """Landmarks, unit and size of a frame, and the right eye where no picture moves it."""
    frame, mesh = scene_of(name).frame, scene_of(name).regions.mesh
    blank = np.full(frame.size, 70, np.float32)
    return mesh, frame.unit, frame.size, eyes(mesh, blank, frame.unit)[0]


def test_lids_stay_where_the_mesh_has_them_when_nothing_is_to_be_seen() -> None:
    mesh, unit, _, eye = mesh_eye("astronaut")
    assert np.abs(eye.upper[0] - mesh[33, :2]).max() < 0.003 * unit
    assert np.abs(eye.upper[4 * FINER] - mesh[159, :2]).max() < 0.003 * unit


@pytest.mark.parametrize("shift", [-0.008, 0.008])
def test_lids_move_to_the_dark_line_of_the_lashes(shift: float) -> None:
    mesh, unit, size, eye = mesh_eye("woman_red_curly_hair_frontal_01")
    drawn = eye.upper + outward(eye.upper, eye.lower) * shift * unit
    light = np.full(size, 70, np.float32)
    fixed = np.round((drawn - 0.5) * 16).astype(np.int32)
    cv2.polylines(light, [fixed], False, 20.0, max(2, round(0.005 * unit)), cv2.LINE_8, 4)
    found = eyes(mesh, light, unit)[0].upper
    middle = slice(len(drawn) // 4, -len(drawn) // 4)
    off = np.linalg.norm(found - drawn, axis=1)[middle].mean()
    assert off < 0.005 * unit
    assert off < 0.7 * np.linalg.norm(eye.upper - drawn, axis=1)[middle].mean()


@pytest.mark.parametrize("name", PLAIN)
def test_a_line_is_drawn_along_the_lashes_and_not_on_the_eyeball(name: str) -> None:
    scene = scene_of(name)
    moved = change(name, "eyeliner", amount=100, width=40)
    near = np.zeros(moved.shape, np.uint8)
    for eye in scene.regions.eyes:
        fixed = np.round((eye.upper - 0.5) * 16).astype(np.int32)
        cv2.polylines(near, [fixed], False, 1, round(0.05 * scene.unit), cv2.LINE_8, 4)
    assert moved.max() > 5
    assert moved[near == 0].max() < 0.5
    inner = cv2.erode(scene.regions.open_eyes, np.ones((round(0.025 * scene.unit),) * 2))
    assert moved[inner > 0.5].max() < 1


@pytest.mark.parametrize(("op", "style"), [("eye_shadow", "smoky"), ("eyeliner", "wing")])
def test_rims_of_glasses_stay(op: str, style: str) -> None:
    lab = scene_of(GLASSES).frame.lab
    rims = cv2.erode(
        (cv2.GaussianBlur(lab[..., 0], (0, 0), 2) < 14).astype(np.uint8), np.ones((9, 9))
    )
    assert rims.sum() > 1000
    assert change(GLASSES, op, amount=100, style=style)[rims > 0].max() < 2


@pytest.mark.parametrize(
    ("op", "values"),
    [("lashes", {}), ("eye_shadow", {"style": "smoky"}), ("eyeliner", {"style": "wing"})],
)
def test_reflections_on_glasses_stay(op: str, values: dict[str, Any]) -> None:
    scene = scene_of(REFLECTING)
    glare = scene.frame.lab[..., 0] > 85
    glare &= cv2.dilate(scene.regions[Region.EYES], np.ones((61, 61))) > 0
    glare = cv2.erode(glare.astype(np.uint8), np.ones((5, 5))) > 0
    assert glare.sum() > 100
    assert change(REFLECTING, op, amount=100, **values)[glare].max() < 3


def test_an_eye_seen_from_the_side_gets_no_line() -> None:
    far = scene_of(TURNED).regions.eyes[1]
    assert far.facing < 0.2 < scene_of(TURNED).regions.eyes[0].facing
    moved = change(TURNED, "eyeliner", amount=100, style="wing")
    left = int(far.upper[:, 0].min())
    assert moved[:, left:].max() < 1
    assert moved.max() > 5


@pytest.mark.parametrize("name", PLAIN)
def test_shadow_has_no_edges_but_that_of_the_eye(name: str) -> None:
    scene = scene_of(name)
    mask = scene.regions[Region.LIDS]
    steps = np.hypot(*np.gradient(mask)) * scene.unit
    off = cv2.dilate(scene.regions.open_eyes, np.ones((9, 9))) == 0
    assert steps[off].max() < 120  # from nothing to all within a hundred-and-twentieth of the face


@pytest.mark.parametrize("name", [*PLAIN, "woman_bartender_24mp_01"])
def test_brows_are_filled_between_hairs_and_nowhere_else(name: str) -> None:
    scene = scene_of(name)
    light = cv2.GaussianBlur(scene.frame.lab[..., 0], (0, 0), 0.008 * scene.unit)
    bare = light > scene.regions.skin.lab[0] - 3
    moved = change(name, "brow_fill", amount=100)
    assert moved[bare].max() < 6
    steps = np.hypot(*np.gradient(scene.regions[Region.BROW_HAIR])) * scene.unit
    assert steps.max() < 160


@pytest.mark.parametrize("name", PLAIN)
def test_lashes_get_darker_by_their_own_contrast_and_no_lid_between(name: str) -> None:
    scene = scene_of(name)
    before = scene.frame.lab[..., 0]
    after = painted(scene, ("lashes", {"amount": 100}))[..., 0]
    assert (after <= before + 0.01).all()
    here = scene.regions[Region.LASH_LINES] > 0.5
    assert (before - after).max() > 3
    assert after[here].min() >= min(before[here].min(), np.percentile(before[here], 2)) - 1
    assert ((before - after)[here] < 1).mean() > 0.25


@pytest.mark.parametrize("name", PLAIN)
def test_iris_color_stays_in_the_iris(name: str) -> None:
    scene = scene_of(name)
    moved = change(name, "iris_color", amount=100, hue=150)
    assert moved[scene.regions[Region.IRISES] == 0].max() < 0.01
    outside = cv2.dilate(scene.regions.open_eyes, np.ones((5, 5))) == 0
    assert moved[outside].max() < 1
    assert moved.max() > 2


@pytest.mark.parametrize(
    "name", [*PLAIN, "woman_mature_54_frontal_01", "woman_dark_skin_frontal_01"]
)
def test_lashes_are_seen_at_forty_and_grow_with_the_slider(name: str) -> None:
    here = scene_of(name).regions[Region.LASH_LINES] > 0.5
    at = [np.sort(change(name, "lashes", amount=a)[here])[-here.sum() // 10 :] for a in (40, 80)]
    assert at[0].mean() > 4
    assert at[1].mean() > 1.2 * at[0].mean()


def test_lashes_are_drawn_out_along_themselves() -> None:
    """A hair alone on a lid gets longer, little wider, and nothing comes where there is none."""
    dark = np.zeros((80, 80), np.float32)
    dark[30:50, 40] = 20
    longer = lengthened(dark, 576.0)
    assert longer[28, 40] > 4
    assert longer[22:].max() <= 20.01
    assert longer[:20].max() == 0
    assert longer[30:50, 46:].max() < 2


@pytest.mark.parametrize("name", [*PLAIN, "woman_dark_skin_frontal_01"])
def test_smoke_on_lids_is_dark_and_no_color(name: str) -> None:
    scene = scene_of(name)
    rise = scene.regions.lids.rise
    lids = (scene.regions[Region.LIDS] > 0.7) & (rise > 0) & (rise < 0.7)
    smoke = {"amount": 80, "style": "smoky", "color": "#5c504c", "crease": "#3c3634"}
    after = painted(scene, ("eye_shadow", smoke))
    moved = (after - scene.frame.lab)[lids]
    assert np.median(moved[:, 0]) < -3
    chroma = np.hypot(after[..., 1], after[..., 2])[lids]
    assert np.median(chroma) < np.median(np.hypot(*scene.frame.lab[lids][:, 1:].T))
    assert np.percentile(after[..., 2][lids], 5) > min(
        -3, float(np.percentile(scene.frame.lab[..., 2][lids], 5))
    )  # never blue


def test_lashes_of_older_recipes_look_as_strong_as_they_did() -> None:
    old = {"steps": [{"edit": {"op": "lashes", "version": 1, "amount": 50}}]}
    (step,) = Recipe.from_plain(old).steps
    assert (step.edit.version, step.edit.amount) == (2, 20)

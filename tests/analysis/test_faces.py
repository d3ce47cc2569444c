"""Faces of real portraits: as many as there are, none where there is none, the same every time."""

import os
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps
from skimage import data

from freckle.analysis import landmarks as names
from freckle.analysis.faces import find_faces
from freckle.geometry import Affine
from freckle.vision.detector import overlap

SIBLING = Path(__file__).parents[2].parent / "shared" / "portraits"
FOLDER = Path(os.environ.get("FRECKLE_PORTRAITS") or SIBLING)
portraits = pytest.mark.skipif(not FOLDER.is_dir(), reason="no portraits at hand")

ONE_FACE = (
    "baby_01.jpg",
    "elderly_woman_wrinkles_hat_glasses_01.jpg",
    "man_curly_beard_frontal_01.jpg",
    "man_dark_skin_frontal_01.jpg",
    "man_east_asian_frontal_01.jpg",
    "man_glasses_beard_3840px_01.jpg",
    "man_lowlight_dusk_selfie_01.jpg",
    "man_young_acne_frontal_01.jpg",
    "synthetic_woman_red_hair_01.png",
    "woman_acne_hand_on_cheek_01.jpg",
    "woman_bartender_24mp_01.jpg",
    "woman_bw_braids_hands_under_chin_01.jpg",
    "woman_dark_skin_frontal_01.jpg",
    "woman_dark_skin_smile_teeth_01.jpg",
    "woman_freckles_threequarter_01.jpg",
    "woman_glasses_curly_hair_busy_background_01.jpg",
    "woman_hat_scarf_makeup_01.png",
    "woman_mature_54_frontal_01.jpg",
    "woman_mature_makeup_4480px_01.jpg",
    "woman_red_curly_hair_frontal_01.jpg",
    "woman_south_asian_pigmentation_frontal_01.jpg",
)
TURNED = ("man_dark_skin_frontal_01.jpg", "woman_hat_scarf_makeup_01.png")


@cache
def portrait(name, longest=None):
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    with Image.open(path) as image:
        if longest and image.format == "JPEG":
            image.draft("RGB", (longest, longest))
        pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    if longest and max(pixels.shape) > longest:
        scale = longest / max(pixels.shape)
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return pixels


@pytest.fixture(scope="module")
def astronaut():
    return np.ascontiguousarray(data.astronaut())


@pytest.fixture(scope="module")
def her_face(astronaut):
    (face,) = find_faces(astronaut)
    return face


def corners(face):
    box = face.box
    return box.left, box.top, box.right, box.bottom


def turn(picture, degrees):
    """Turn a picture clockwise into a larger one; return it and the map of its pixels."""
    height, width = picture.shape[:2]
    side = int(np.hypot(height, width))
    angle = np.radians(degrees)
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = np.array([side / 2, side / 2]) - linear @ [width / 2, height / 2]
    there = Affine(np.column_stack([linear, shift]))
    return cv2.warpAffine(picture, there.pixel_matrix(), (side, side)), there


def distance(landmarks, face):
    """Mean distance of landmarks (… × 2) to those of a face, as a share of its width."""
    apart = np.linalg.norm(landmarks[:468, :2] - face.landmarks[:468, :2], axis=1)
    return float(apart.mean()) / face.scale


# The free photograph: needs no portraits.


def test_face_is_where_it_is(her_face):
    left, top, right, bottom = corners(her_face)
    assert overlap((left, top, right, bottom), (172, 62, 270, 186)) > 0.7
    assert her_face.landmarks.shape == (478, 3)
    assert her_face.landmarks.dtype == np.float32
    assert her_face.confidence > 0.8


def test_names_are_the_persons_sides(her_face):
    """Her right is the picture's left."""
    x, y = her_face.landmarks[:, 0], her_face.landmarks[:, 1]
    assert x[names.RIGHT_PUPIL] < x[names.NOSE_TIP] < x[names.LEFT_PUPIL]
    assert x[names.RIGHT_CHEEKBONE] < x[names.LEFT_CHEEKBONE]
    assert x[names.MOUTH_CORNERS[0]] < x[names.MOUTH_CORNERS[1]]
    assert y[names.FOREHEAD] < y[names.NOSE_TIP] < y[names.CHIN]
    for eye, iris in ((names.RIGHT_EYE, names.RIGHT_IRIS), (names.LEFT_EYE, names.LEFT_IRIS)):
        outline = her_face.landmarks[list(eye), :2]
        middle = her_face.landmarks[list(iris), :2].mean(axis=0)
        assert cv2.pointPolygonTest(outline, tuple(map(float, middle)), False) > 0


@pytest.mark.parametrize("outline", ["FACE_OVAL", "LIPS_OUTER", "LEFT_EYE", "NOSE"])
def test_outlines_do_not_cross_themselves(her_face, outline):
    """A simple polygon of a nearly convex thing covers most of its hull; a crossed one does not."""
    points = her_face.landmarks[list(getattr(names, outline)), :2]
    assert cv2.contourArea(points) > 0.6 * cv2.contourArea(cv2.convexHull(points))


def test_same_picture_same_bytes(astronaut, her_face):
    before = cv2.getNumThreads()
    try:
        for count in (1, 2):
            cv2.setNumThreads(count)
            (again,) = find_faces(astronaut.copy())
            assert again.landmarks.tobytes() == her_face.landmarks.tobytes()
            assert (again.confidence, again.pose) == (her_face.confidence, her_face.pose)
    finally:
        cv2.setNumThreads(before)


def test_picture_is_only_read(astronaut):
    frozen = astronaut.copy()
    frozen.flags.writeable = False
    find_faces(frozen)
    np.testing.assert_array_equal(frozen, astronaut)


def test_mirrored_face_is_the_mirror_image(astronaut, her_face):
    (mirrored,) = find_faces(np.ascontiguousarray(astronaut[:, ::-1]))
    left, top, right, bottom = corners(mirrored)
    width = astronaut.shape[1]
    assert overlap((width - right, top, width - left, bottom), corners(her_face)) > 0.9
    assert mirrored.pose.yaw == pytest.approx(-her_face.pose.yaw, abs=4)
    assert mirrored.pose.roll == pytest.approx(-her_face.pose.roll, abs=3)
    assert mirrored.pose.pitch == pytest.approx(her_face.pose.pitch, abs=4)


@pytest.mark.parametrize("factor", [0.3, 0.5, 2, 4])
def test_landmarks_scale_with_the_picture(astronaut, her_face, factor):
    kind = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    (face,) = find_faces(cv2.resize(astronaut, None, fx=factor, fy=factor, interpolation=kind))
    exact = astronaut.shape[1] * factor / round(astronaut.shape[1] * factor)
    assert distance(face.landmarks / factor * exact, her_face) < 0.02
    assert face.scale / factor == pytest.approx(her_face.scale, rel=0.03)


@pytest.mark.parametrize("degrees", [-150, -90, -60, -30, 30, 60, 90, 180])
def test_turned_head_is_found(astronaut, her_face, degrees):
    turned, there = turn(astronaut, degrees)
    (face,) = find_faces(turned)
    assert distance(there.inverse()(face.landmarks), her_face) < 0.015
    assert face.scale == pytest.approx(her_face.scale, rel=0.03)
    lean = (face.pose.roll - her_face.pose.roll - degrees + 180) % 360 - 180
    assert abs(lean) < 4
    assert face.pose.yaw == pytest.approx(her_face.pose.yaw, abs=4)


def test_face_that_fills_the_frame_is_found(astronaut, her_face):
    tight = np.ascontiguousarray(astronaut[her_face.box.slices])
    (face,) = find_faces(tight)
    there = face.landmarks + np.float32([her_face.box.left, her_face.box.top, 0])
    assert distance(there, her_face) < 0.03


@pytest.mark.parametrize("cut", ["left", "right", "bottom", "top"])
def test_face_cut_by_the_border_is_found(astronaut, her_face, cut):
    left, top, right, bottom = corners(her_face)
    width, height = right - left, bottom - top
    x = left + width // 4 if cut == "left" else 0
    y = top + height // 5 if cut == "top" else 0
    part = astronaut[
        y : bottom - height // 5 if cut == "bottom" else 512,
        x : right - width // 4 if cut == "right" else 512,
    ]
    (face,) = find_faces(np.ascontiguousarray(part))
    assert distance(face.landmarks + np.float32([x, y, 0]), her_face) < 0.05


def test_two_people_are_two_faces(astronaut):
    large = cv2.resize(astronaut, (768, 768), interpolation=cv2.INTER_CUBIC)
    pair = np.zeros((768, 1280, 3), np.uint8)
    pair[:, :768] = large
    pair[:512, 768:] = astronaut
    first, second = find_faces(pair)
    assert first.scale == pytest.approx(1.5 * second.scale, rel=0.05)


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (8, 8), (240, 320)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_plain_picture_has_no_face(shape, value):
    assert find_faces(np.full((*shape, 3), value, np.uint8)) == ()


@pytest.mark.parametrize("seed", range(4))
def test_noise_and_blobs_have_no_face(seed):
    noise = np.random.default_rng(seed).integers(0, 256, (300, 400, 3)).astype(np.uint8)
    assert find_faces(noise) == ()
    soft = cv2.GaussianBlur(noise, (0, 0), 3 + 4 * seed)
    assert find_faces(cv2.normalize(soft, None, 0, 255, cv2.NORM_MINMAX)) == ()


@pytest.mark.parametrize("thing", ["brick", "coffee", "grass", "gravel", "rocket", "chelsea"])
def test_things_and_a_cat_have_no_face(thing):
    picture = getattr(data, thing)()
    rgb = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2)
    assert find_faces(np.ascontiguousarray(rgb[..., :3])) == ()


# Open portraits.


@portraits
@pytest.mark.parametrize("name", ONE_FACE)
def test_portrait_has_one_face(name):
    picture = portrait(name, 1600)
    (face,) = find_faces(picture)
    assert face.confidence > 0.75
    box = face.box.clip(picture.shape[1], picture.shape[0])
    assert box.width * box.height > 0.85 * face.box.width * face.box.height
    assert abs(face.pose.roll) < 25


@portraits
def test_profile_is_found_and_says_so():
    (face,) = find_faces(portrait("woman_profile_glasses_lowkey_01.jpg"))
    assert face.pose.yaw > 35
    assert face.confidence < 0.6
    tip = face.landmarks[names.NOSE_TIP, :2]
    assert np.linalg.norm(tip - [1563, 815]) < 60


@portraits
def test_looks_of_known_portraits():
    assert find_faces(portrait("woman_acne_hand_on_cheek_01.jpg", 1600))[0].pose.yaw > 30
    assert find_faces(portrait("elderly_woman_wrinkles_hat_glasses_01.jpg", 1600))[0].pose.yaw < -8
    assert find_faces(portrait("woman_freckles_threequarter_01.jpg", 1600))[0].pose.pitch > 4
    assert find_faces(portrait("woman_hat_scarf_makeup_01.png"))[0].pose.pitch < -12


@portraits
def test_three_quarter_face_keeps_its_scale():
    """The oval of a turned head is narrower in the picture than the head is."""
    (face,) = find_faces(portrait("woman_acne_hand_on_cheek_01.jpg", 1600))
    assert face.scale > 1.1 * face.width


@portraits
def test_small_black_and_white_face_is_found():
    faces = find_faces(portrait("exif6_bw_couple_lab_01.jpg"))
    assert overlap(corners(faces[0]), (270, 174, 358, 284)) > 0.6


@portraits
def test_group_has_six_faces():
    faces = find_faces(portrait("group_six_faces_01.jpg"))
    assert len(faces) == 6
    assert [face.scale for face in faces] == sorted((face.scale for face in faces), reverse=True)
    assert min(face.confidence for face in faces) > 0.75


@portraits
def test_crowd_is_found_whole_and_once():
    """67 people stand there; the flowers, hands and stairs are none."""
    faces = find_faces(portrait("group_crowd_tiny_faces_01.jpg"))
    assert len(faces) == 67
    assert all(face.box.top < 720 for face in faces)
    pairs = [(a, b) for i, a in enumerate(faces) for b in faces[:i]]
    assert max(overlap(corners(a), corners(b)) for a, b in pairs) < 0.3


@portraits
@pytest.mark.parametrize("degrees", [-10, 15, 180])
def test_crowd_in_a_crooked_photo_is_found(degrees):
    """Small heads that all lean are looked at upright; flowers do not pass for heads that hang."""
    turned, _ = turn(portrait("group_crowd_tiny_faces_01.jpg"), degrees)
    faces = find_faces(turned)
    assert 65 <= len(faces) <= 67
    leans = [(face.pose.roll - degrees + 180) % 360 - 180 for face in faces]
    assert max(map(abs, leans)) < 45


def test_small_faces_that_all_lean_are_found(astronaut):
    """Twelve heads of 30 pixels in a photo that is turned by 15°."""
    head = cv2.resize(astronaut[:200, 100:340], (96, 80), interpolation=cv2.INTER_AREA)
    sheet = np.full((900, 1400, 3), 128, np.uint8)
    for k in range(12):
        y, x = 60 + 280 * (k // 4), 80 + 340 * (k % 4)
        sheet[y : y + 80, x : x + 96] = head
    assert len(find_faces(sheet)) == 12
    assert len(find_faces(turn(sheet, 15)[0])) == 12


@portraits
@pytest.mark.parametrize("quarter", range(4))
def test_cat_is_no_person(quarter):
    cat = np.rot90(portrait("cat_no_face_01.jpg", 1200), quarter)
    assert find_faces(np.ascontiguousarray(cat)) == ()


@portraits
@pytest.mark.parametrize("name", ONE_FACE[::4])
def test_nothing_is_found_where_the_face_is_blurred_away(name):
    picture = portrait(name, 1000).copy()
    (face,) = find_faces(picture)
    around = face.box.grow(int(face.scale / 2)).clip(picture.shape[1], picture.shape[0])
    wide = int(face.scale)
    blurred = cv2.blur(cv2.blur(picture, (wide, wide)), (wide, wide))
    picture[around.slices] = blurred[around.slices]
    assert find_faces(picture) == ()


@portraits
@pytest.mark.parametrize("degrees", [-120, -60, 60, 150])
@pytest.mark.parametrize("name", TURNED)
def test_turned_portrait_is_found(name, degrees):
    picture = portrait(name, 900)
    (upright,) = find_faces(picture)
    turned, there = turn(picture, degrees)
    (face,) = find_faces(turned)
    assert distance(there.inverse()(face.landmarks), upright) < 0.012

"""The measures say what they should of changes whose answer is known."""

import cv2
import numpy as np
import pytest
from benchmarks.harness import Subject
from benchmarks.leaks import leaks
from benchmarks.mesh import RGB8, Bools, Floats
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import measures

Scene = tuple[Floats, Bools, float]


@pytest.fixture(scope="module")
def scene(face: Subject) -> Scene:
    before = measures.lab(face.photo)
    return before, measures.measuring_skin(before, face.landmarks), face.width


def test_skin_is_inside_the_oval_and_free_of_features(scene: Scene, face: Subject) -> None:
    _, skin, width = scene
    assert 0.15 < skin.mean() < 0.35
    for index in (33, 263, 61, 291, 70, 300, 10, 152):
        x, y = face.landmarks[index, :2].astype(int)
        assert not skin[y - 3 : y + 4, x - 3 : x + 4].any()
    assert width == pytest.approx(400, abs=1)


def test_nothing_changed_measures_as_nothing(scene: Scene) -> None:
    before, skin, width = scene
    assert measures.texture(before, before, skin, width) == pytest.approx((1,) * 6)
    assert measures.honesty(before, before, skin, width) == pytest.approx(1)
    assert measures.blotch(before, before, skin, width) == pytest.approx((1, 1))
    assert measures.tone(before, before, skin) == measures.Tone(0, 0, 0)


@settings(max_examples=4, deadline=None)
@given(gain=st.floats(0.2, 1.5))
def test_energy_is_the_square_of_a_gain(scene: Scene, gain: float) -> None:
    before, skin, width = scene
    after = before * np.float32(gain)
    found = measures.texture(before, after, skin, width)
    assert found == pytest.approx((gain**2,) * 6, rel=1e-3)
    assert measures.honesty(before, after, skin, width) == pytest.approx(1, abs=1e-4)
    assert measures.blotch(before, after, skin, width) == pytest.approx((gain, gain), rel=1e-3)
    inside = measures.blotch_inside(before, after, skin, width)
    assert inside == pytest.approx((gain, gain), rel=1e-3)


def test_blotch_inside_does_not_see_the_surroundings(scene: Scene) -> None:
    before, skin, width = scene
    after = before.copy()
    after[~skin, 1] += 40
    assert measures.blotch(before, after, skin, width)[0] > 1.5
    assert measures.blotch_inside(before, after, skin, width)[0] == pytest.approx(1, abs=0.01)


def test_a_blur_takes_the_fine_bands_and_leaves_the_wide_ones(scene: Scene) -> None:
    before, skin, width = scene
    found = measures.texture(before, measures.blur(before, 4), skin, width)
    assert found[0] < 0.05
    assert found[1] < 0.15
    assert found[5] > 0.9
    assert list(found) == sorted(found)


def test_foreign_texture_of_the_same_energy_is_not_honest(scene: Scene) -> None:
    before, skin, width = scene
    fake = np.roll(before, 37, axis=0)
    assert measures.texture(before, fake, skin, width)[0] == pytest.approx(1, abs=0.1)
    assert abs(measures.honesty(before, fake, skin, width)) < 0.1


def test_reduced_bands_agree_with_full_ones(scene: Scene) -> None:
    before, _, _ = scene
    light = before[..., 0]
    exact = measures.blur(light, 16) - measures.blur(light, 32)
    small, factor = measures.band(light, 16, 32)
    large = cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    inner = slice(100, 500)
    error = large[inner, inner] - exact[: large.shape[0], : large.shape[1]][inner, inner]
    assert np.abs(error).max() < 0.03 * np.abs(exact).max()


def test_tone_is_the_shift_of_the_mean(scene: Scene) -> None:
    before, skin, _ = scene
    brighter = before + np.array([2, 0, 0], np.float32)
    found = measures.tone(before, brighter, skin)
    assert found.lightness == pytest.approx(2, abs=1e-3)
    assert found.hue == pytest.approx(0, abs=1e-3)
    assert found.ita > 1


def test_healed_places_are_left_out(scene: Scene) -> None:
    _, skin, _ = scene
    y, x = np.argwhere(skin)[len(np.argwhere(skin)) // 2]
    rest = measures.without(skin, [(float(x), float(y), 10.0)])
    assert not rest[y - 20 : y + 21, x].any()
    assert skin.sum() - rest.sum() <= np.pi * 26**2


def test_one_changed_background_pixel_is_a_leak(face: Subject) -> None:
    untouched = leaks(face.photo, face.photo, face.landmarks)
    assert untouched.beside == untouched.strongest == 0
    touched: RGB8 = face.photo.copy()
    touched[20, 20, 1] += 1
    found = leaks(face.photo, touched, face.landmarks)
    assert found.outside + found.beside == 1
    assert found.strongest_outside == 1


def test_change_of_skin_is_no_leak(face: Subject) -> None:
    touched: RGB8 = face.photo.copy()
    touched[300:340, 200:260] += 3
    found = leaks(face.photo, touched, face.landmarks)
    assert found.outside == found.beside == 0
    assert found.strongest == 3

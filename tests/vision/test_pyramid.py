"""Sampling: right place, right average, whatever the scale."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.geometry import Affine
from freckle.vision.pyramid import GRAY, Pyramid, upright


@pytest.fixture(scope="module")
def ramp():
    """A picture whose red tells x and whose green tells y (in quarters of a pixel value)."""
    y, x = np.mgrid[0:800, 0:1000]
    return np.stack([x // 4, y // 4, np.full_like(x, 7)], axis=-1).astype(np.uint8)


@settings(deadline=None, max_examples=25)
@given(
    x=st.floats(300, 700),
    y=st.floats(300, 500),
    angle=st.floats(-np.pi, np.pi),
    span=st.floats(20, 380),
)
def test_crop_shows_the_place_it_was_asked_for(ramp, x, y, angle, span):
    to_crop = upright(np.array([x, y], np.float32), angle, span, 64)
    there = to_crop.inverse()(np.array([[10.5, 20.5], [32.5, 32.5], [55.5, 40.5]], np.float32))
    for cut in (Pyramid(ramp).sample(to_crop, 64), Pyramid(ramp).sample_finely(to_crop, 64)):
        for (column, row), place in zip(((10, 20), (32, 32), (55, 40)), there, strict=True):
            expected = (place - 0.5) / 4 - 0.375
            assert np.abs(cut[row, column, :2] - expected).max() < 1.5


def test_checkerboard_becomes_its_mean():
    board = (np.indices((512, 512)).sum(axis=0) % 2 * 200).astype(np.uint8)
    picture = Pyramid(np.repeat(board[..., None], 3, axis=2))
    to_crop = upright(np.array([256, 256], np.float32), 0.3, 300, 40)
    assert np.abs(picture.sample_finely(to_crop, 40).astype(int) - 100).max() <= 2


def test_outside_is_gray_or_the_edge():
    picture = Pyramid(np.full((50, 50, 3), 10, np.uint8))
    far = upright(np.array([500, 500], np.float32), 0.0, 64, 64)
    assert (picture.sample(far, 64) == GRAY).all()
    assert (picture.sample_finely(far, 64) == 10).all()


def test_upright_turns_a_leaning_head_straight():
    """Eyes on a line that descends to the right by 30° become level, left stays left."""
    center = np.array([200, 100], np.float32)
    eyes = center + np.array([[-1, 0], [1, 0]]) * 40 @ [[0.866, 0.5], [-0.5, 0.866]]
    level = upright(center, np.radians(30), 160, 64)(eyes.astype(np.float32))
    np.testing.assert_allclose(level, [[16, 32], [48, 32]], atol=0.01)


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (3, 5)])
def test_tiny_pictures_are_sampled(shape):
    picture = Pyramid(np.full((*shape, 3), 90, np.uint8))
    to_crop = upright(np.array([shape[1] / 2, shape[0] / 2]), 0.0, max(shape), 32)
    assert picture.sample_finely(to_crop, 32).shape == (32, 32, 3)


def test_same_bytes_for_every_count_of_threads():
    noise = np.random.default_rng(1).integers(0, 256, (900, 1300, 3)).astype(np.uint8)
    to_crop = Affine(upright(np.array([600.0, 400.0]), 0.4, 700, 192).matrix)
    before = cv2.getNumThreads()
    try:
        cuts = []
        for count in (1, 2, 4):
            cv2.setNumThreads(count)
            cuts.append(Pyramid(noise).sample_finely(to_crop, 192))
    finally:
        cv2.setNumThreads(before)
    assert all(np.array_equal(cuts[0], cut) for cut in cuts[1:])

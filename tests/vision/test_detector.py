"""Boxes: overlap, choice of the best, and detection on a free photograph."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from freckle.vision.detector import (
    FULL_RANGE,
    SHORT_RANGE,
    Detection,
    best,
    inside,
    overlap,
)
from freckle.vision.pyramid import Pyramid, upright

number = st.integers(-100, 100)
size = st.integers(1, 100)
boxes = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), number, number, size, size)


def seen(x, y, side, score):
    return Detection(np.array([x, y], np.float32), side, np.zeros((6, 2), np.float32), score)


@given(one=boxes, other=boxes)
def test_overlap_is_a_symmetric_share(one, other):
    assert overlap(one, other) == overlap(other, one)
    assert 0 <= overlap(one, other) <= inside(one, other) <= 1


@given(box=boxes)
def test_box_overlaps_itself_wholly(box):
    assert overlap(box, box) == inside(box, box) == 1


def test_small_box_within_a_large_one_is_inside():
    assert inside((0, 0, 100, 100), (10, 10, 20, 20)) == 1
    assert overlap((0, 0, 100, 100), (10, 10, 20, 20)) == pytest.approx(0.01)


def test_best_keeps_one_of_each_face():
    found = [seen(10, 10, 20, 0.6), seen(12, 10, 20, 0.9), seen(90, 10, 20, 0.7)]
    assert [one.score for one in best(found)] == [0.9, 0.7]


@pytest.mark.parametrize("detector", [SHORT_RANGE, FULL_RANGE])
def test_detector_finds_the_astronaut(detector, astronaut):
    to_square = upright(np.array([256, 256], np.float32), 0.0, 512, detector.side)
    found = detector(Pyramid(astronaut), to_square, threshold=0.5)
    assert len(found) == 1
    x, y = found[0].center
    assert 190 < x < 255
    assert 80 < y < 150
    right_eye, left_eye, nose, mouth = found[0].keys[:4]
    assert right_eye[0] < nose[0] < left_eye[0]
    assert right_eye[1] < nose[1] < mouth[1]

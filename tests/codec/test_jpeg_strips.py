"""Strips coded side by side make the picture that one piece makes."""

import io

import cv2
import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from freckle.codec import jpeg_strips
from tests.codec import specimens

LAYOUTS = sorted(jpeg_strips.UNITS)


def picture(height: int, width: int, layout: str) -> np.ndarray:
    shape = (height, width) if layout == "Gray" else (height, width, 3)
    return cv2.blur(specimens.noise(shape, np.uint8), (5, 5))


def decoded(coded: bytes, layout: str) -> np.ndarray:
    return simplejpeg.decode_jpeg(coded, "GRAY" if layout == "Gray" else "RGB", strict=True)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=25, deadline=None)
@given(height=st.integers(1, 300), width=st.integers(1, 90), quality=st.integers(1, 100))
def test_the_pixels_are_those_of_one_piece(layout, height, width, quality):
    pixels = picture(height, width, layout)
    with pytest.MonkeyPatch.context() as patch:
        whole = jpeg_strips.encode(pixels, quality, layout)
        patch.setattr(jpeg_strips, "LARGE", 0)
        cut = jpeg_strips.encode(pixels, quality, layout)
    assert np.array_equal(decoded(cut, layout), decoded(whole, layout))
    with Image.open(io.BytesIO(cut)) as one, Image.open(io.BytesIO(whole)) as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))


def test_a_large_photo_has_restart_markers_and_a_small_one_none():
    pixels = picture(2100, 2000, "420")
    large, whole = jpeg_strips.encode(pixels, 92, "420"), jpeg_strips._encoded(pixels, 92, "420")
    small = jpeg_strips.encode(picture(210, 200, "420"), 92, "420")
    assert b"\xff\xdd\0\4" in large
    assert b"\xff\xdd\0\4" not in small
    assert abs(len(large) / len(whole) - 1) < 1e-3


def test_the_bytes_are_the_same_with_one_thread_and_with_two():
    pixels, usual = picture(2100, 2000, "444"), cv2.getNumThreads()
    try:
        found = set()
        for threads in (1, 2):
            cv2.setNumThreads(threads)
            found.add(jpeg_strips.encode(pixels, 90, "444"))
    finally:
        cv2.setNumThreads(usual)
    assert len(found) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
@given(height=st.integers(1, 65_500), width=st.integers(1, 65_500))
def test_every_interval_can_be_written(layout, height, width):
    units, rows = jpeg_strips._cut(height, width, layout)
    if rows < height:
        assert 0 < units <= jpeg_strips.LONGEST
        assert rows % jpeg_strips.UNITS[layout][1] == 0

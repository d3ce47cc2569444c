"""Levels of a photo line up with it, whatever its size."""

import cv2
import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.geometry import Box
from freckle.pixels.color import SRGB, RGBSpace, srgb_encode, to_srgb
from freckle.render.pyramid import Pyramid, View, resize
from freckle.studio.screen import ToScreen, jpeg, png

SIDES = st.integers(30, 1400)


def picture(width: int, height: int) -> np.ndarray:
    rows, columns = np.mgrid[0:height, 0:width]
    waves = 128 + 60 * np.sin(columns / 9) + 60 * np.cos(rows / 13)
    return np.repeat(waves[..., None], 3, axis=2).astype(np.uint8)


@settings(max_examples=40, deadline=None)
@given(SIDES, SIDES, st.floats(-50, 1400), st.floats(-50, 1400), st.data())
def test_a_cut_shows_what_it_says(width: int, height: int, x: float, y: float, data: st.DataObject):
    w, h = data.draw(st.floats(1, 1500)), data.draw(st.floats(1, 1500))
    out = data.draw(st.integers(1, 1600)), data.draw(st.integers(1, 1600))
    pyramid = Pyramid(picture(width, height))
    cut = pyramid.cut(View(x, y, w, h, *out))
    left, top, across, down = cut.region
    assert -1e-6 <= left < left + across <= width + 1e-6
    assert -1e-6 <= top < top + down <= height + 1e-6
    drawn = pyramid.picture(cut)
    assert drawn.shape[:2] == (cut.size[1], cut.size[0])
    assert cut.size[0] <= across + 1
    assert cut.size[1] <= down + 1


@pytest.mark.parametrize("size", [(1024, 768), (1001, 733), (1400, 1399)])
def test_every_level_is_the_whole_photo(size: tuple[int, int]):
    full = picture(*size)
    pyramid = Pyramid(full)
    for longest in (900, 450, 200, 90):
        scale = longest / max(size)
        out = round(size[0] * scale), round(size[1] * scale)
        drawn = pyramid.picture(pyramid.cut(View(0, 0, *size, *out)))
        direct = cv2.resize(full, out, interpolation=cv2.INTER_AREA)
        assert np.abs(drawn.astype(int) - direct).max() <= 6


@pytest.mark.parametrize("size", [(1024, 768), (1001, 733)])
def test_levels_follow_what_is_written(size: tuple[int, int]):
    changed = picture(*size)
    pyramid = Pyramid(changed.copy())
    pyramid.level(2)
    boxes = [Box(101, 77, 303, 155), Box(900, 700, *size)]
    for box in boxes:
        changed[box.slices] = 255 - changed[box.slices]
        pyramid.level(0)[box.slices] = changed[box.slices]
    pyramid.renew(boxes)
    fresh = Pyramid(changed)
    for number in range(3):
        assert np.array_equal(pyramid.level(number), fresh.level(number))


def test_a_whole_level_is_not_copied():
    full = picture(640, 480)
    assert resize(full, (640, 480)) is full


@pytest.mark.parametrize("peak", [255, 65535])
@pytest.mark.parametrize("space", ["srgb", "wide"])
def test_the_screen_gets_srgb(peak: int, space: str):
    matrix = np.array([[1.2, -0.2, 0], [-0.05, 1.05, 0], [0, -0.1, 1.1]], np.float32)
    curve = np.linspace(0, 1, 1024, dtype=np.float32) ** np.float32(2.2)
    used = SRGB if space == "srgb" else RGBSpace("wide", matrix, curve)
    kind = np.uint8 if peak == 255 else np.uint16
    pixels = np.random.default_rng(0).integers(0, peak, (64, 64, 3)).astype(kind)
    exact = np.clip(to_srgb(pixels.astype(np.float32) / np.float32(peak), used), 0, 1) * 255
    assert np.abs(ToScreen(used, peak)(pixels) - exact).max() <= 1.6


def test_a_picture_survives_the_way_to_the_screen():
    shown = picture(320, 200)
    shown[..., 1] //= 2
    back = simplejpeg.decode_jpeg(jpeg(shown, 92, sharp=True))
    assert np.abs(back.astype(int) - shown).mean() < 2
    exact = cv2.imdecode(np.frombuffer(png(shown), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert np.array_equal(exact, shown)
    assert srgb_encode(np.float32([1.0]))[0] == pytest.approx(1)

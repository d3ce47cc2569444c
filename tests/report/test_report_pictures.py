"""Before | after, and the heat map: true to the pixels, of any depth and profile."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.codec import load
from freckle.errors import OutputError
from freckle.photo import Photo
from freckle.report.compare import DIVIDER, compare
from freckle.report.heatmap import LEGEND, changed, difference, heatmap, legend
from freckle.report.pictures import MOST, fitting, write
from tests.report.conftest import Work, photo_of


def flat(width: int, height: int, value: int = 128) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def with_square(pixels: np.ndarray, box: tuple[int, int, int, int], value: int) -> np.ndarray:
    left, top, right, bottom = box
    changed = pixels.copy()
    changed[top:bottom, left:right] = value
    return changed


def test_compare_shows_both_and_a_line() -> None:
    picture = compare(photo_of(flat(40, 30, 50)), photo_of(flat(40, 30, 90)))
    assert picture.shape == (30, 80 + DIVIDER, 3)
    assert (picture[:, :40] == 50).all()
    assert (picture[:, 40:-40] == 255).all()
    assert (picture[:, -40:] == 90).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_pictures_fit_and_keep_their_shape(width: int, height: int) -> None:
    photo = photo_of(np.broadcast_to(np.uint8(0), (1, 1, 3)).copy())
    large = photo.with_pixels(np.lib.stride_tricks.as_strided(
        photo.pixels, (height, width, 3), (0, 0, 0), writeable=False
    ))  # fmt: skip
    small = fitting(large)
    assert 1 <= small[0] <= min(width, MOST[0])
    assert 1 <= small[1] <= min(height, MOST[1])
    if min(small) > 20:
        assert small[0] / small[1] == pytest.approx(width / height, rel=0.06)


def test_no_change_shows_no_heat() -> None:
    photo = photo_of(np.random.default_rng(0).integers(0, 256, (50, 70, 3)).astype(np.uint8))
    assert changed(photo, photo).empty
    assert not difference(photo, photo, (70, 50)).any()
    picture = heatmap(photo, photo)[:50]
    assert (picture == picture[..., :1]).all()


def test_heat_lies_where_the_change_is_and_is_as_large() -> None:
    before = flat(200, 120)
    after = with_square(before, (60, 30, 100, 70), 140)
    heat = difference(photo_of(before), photo_of(after), (200, 120))
    # gray 128 → 140: L* 53.59 → 58.28
    assert heat[35:65, 65:95] == pytest.approx(4.69, abs=0.05)
    heat[30:70, 60:100] = 0
    assert not heat.any()
    found = changed(photo_of(before), photo_of(after))
    assert (found.left, found.top, found.right, found.bottom) == (60, 30, 100, 70)


@pytest.mark.parametrize("size", [(3001, 2003), (4000, 130), (90, 2500)])
def test_large_and_odd_sizes(size: tuple[int, int]) -> None:
    width, height = size
    before = flat(width, height)
    box = (width // 3, height // 3, width // 2, height // 2)
    after = with_square(before, box, 160)
    small = fitting(photo_of(before))
    heat = difference(photo_of(before), photo_of(after), small)
    assert heat.shape == small[::-1]
    rows, columns = np.nonzero(heat > 3)
    scale = small[0] / width
    down = small[1] / height
    assert columns.min() == pytest.approx(box[0] * scale, abs=2)
    assert columns.max() + 1 == pytest.approx(box[2] * scale, abs=2)
    assert rows.min() == pytest.approx(box[1] * down, abs=2)
    assert rows.max() + 1 == pytest.approx(box[3] * down, abs=2)
    assert heatmap(photo_of(before), photo_of(after)).shape == (small[1] + LEGEND, small[0], 3)


def test_one_changed_pixel_in_the_last_corner_is_seen() -> None:
    before = flat(64, 48)
    after = before.copy()
    after[-1, -1, 2] += 40
    assert difference(photo_of(before), photo_of(after), (64, 48))[-1, -1] > 1


def test_sixteen_bits_and_eight_show_the_same() -> None:
    rng = np.random.default_rng(5)
    before = rng.integers(40, 200, (60, 80, 3)).astype(np.uint8)
    after = with_square(before, (10, 10, 50, 40), 120)
    deep = [photo_of(each.astype(np.uint16) * 257) for each in (before, after)]
    shown = [photo_of(before), photo_of(after)]
    assert np.abs(compare(*deep).astype(int) - compare(*shown)).max() <= 1
    assert np.abs(heatmap(*deep).astype(int) - heatmap(*shown)).max() <= 1


@pytest.mark.parametrize("width", [1, 2, 7, 40, 1600])
def test_the_legend_fits_any_width(width: int) -> None:
    strip = legend(width)
    assert strip.shape == (LEGEND, width, 3)
    if width > 200:
        ramp = strip[14, 60 : width - 30].astype(int).sum(axis=1)
        assert ramp[-1] > ramp[0] + 300


def test_pictures_are_written_as_png(work: Work, tmp_path: Path) -> None:
    path = tmp_path / "c.png"
    write(compare(work.photo, work.rendering.photo), path)
    opened: Photo = load(path)
    assert opened.source.format == "png"
    assert np.array_equal(opened.pixels[:, :240], work.photo.pixels)
    with pytest.raises(OutputError):
        write(compare(work.photo, work.photo), tmp_path / "nowhere" / "c.png")

"""The measures of lines and circles tell what they should, and can tell that nothing was done."""

import numpy as np
import pytest
from benchmarks.creases import Shares, pores
from benchmarks.measures import lab

from benchmarks import creases_found as real
from benchmarks import creases_planted as planted

WIDTH = 400.0
LINE = planted.Line(
    "forehead",
    np.column_stack([np.linspace(60, 340, 40), np.full(40, 100)]).astype(np.float32),
    0.006,
    6.0,
)


def skin() -> np.ndarray:
    """A plain picture with grain."""
    grain = np.random.default_rng(1).normal(0, 2, (200, 400, 1))
    return np.clip(np.array([190, 150, 130]) + grain, 0, 255).astype(np.uint8)


def test_a_drawn_line_is_as_deep_as_asked_and_ends_softly() -> None:
    shape = planted.relief(LINE, (200, 400), WIDTH)
    drawn = lab(planted.draw_lines(skin(), [LINE], WIDTH))[..., 0] - lab(skin())[..., 0]
    assert shape.min() == pytest.approx(-6, abs=0.5)
    assert drawn[98:102, 150:250].mean() == pytest.approx(shape[98:102, 150:250].mean(), abs=0.4)
    assert np.abs(drawn[shape == 0]).max() == 0
    assert abs(shape[100, 61]) < 1


@pytest.mark.parametrize("share", [1.0, 0.5, 0.0])
def test_the_share_that_is_left_is_told(share: float) -> None:
    shape = planted.relief(LINE, (200, 400), WIDTH)
    clean = np.zeros_like(shape)
    left = planted.left(shape, clean, share * shape, np.ones_like(shape))
    assert left == pytest.approx(share)


def test_the_contrast_of_a_crease_is_that_across_it() -> None:
    light = lab(planted.draw_lines(skin(), [LINE], WIDTH))[..., 0]
    across = np.tile(np.array([[0, 1]], np.float32), (40, 1))
    crease = real.Found("forehead", LINE.curve, across, 0.0)
    assert real.contrast(light, crease, WIDTH) == pytest.approx(7.5, abs=1.5)


def test_a_crease_stands_out_of_what_lies_beside_it() -> None:
    across = np.tile(np.array([[0, 1]], np.float32), (40, 1))
    drawn, bare = (lab(p)[..., 0] for p in (planted.draw_lines(skin(), [LINE], WIDTH), skin()))
    for light, expected in ((drawn, True), (bare, False)):
        crease = real.Found(
            "forehead", LINE.curve, across, real._contrast(light, LINE.curve, across, WIDTH)
        )
        assert real._alone(crease, light, WIDTH) is expected


def test_the_detector_follows_a_line_and_finds_none_in_grain() -> None:
    area = np.ones((200, 400), bool)
    for pixels, expected in ((planted.draw_lines(skin(), [LINE], WIDTH), 1), (skin(), 0)):
        response, angle = real._lines(lab(pixels)[..., 0], WIDTH)
        found = real._traced(response, angle, area, WIDTH)
        long = [curve for curve in found if np.ptp(curve[:, 0]) > 150]
        assert len(long) == expected


def test_pores_alone_are_kept_whole_and_a_blur_is_noticed() -> None:
    light = lab(skin())[..., 0]
    zone = np.ones(light.shape, bool)
    assert pores(light, light, zone, 600) == pytest.approx((1, 1))
    flat = np.full_like(light, light.mean())
    energy, _ = pores(light, 0.7 * light + 0.3 * flat, zone, 600)
    assert energy == pytest.approx(0.49, abs=0.02)


def test_shares_are_weighted_by_their_contrast() -> None:
    shares = Shares()
    shares.add("all", 60, 0.4, 9)
    shares.add("all", 60, 1.0, 1)
    shares.add("all", 60, float("nan"))
    assert shares.mean("all", 60) == pytest.approx(0.46)
    assert np.isnan(shares.mean("none", 60))

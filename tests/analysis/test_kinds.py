"""A mark is told by what it takes from light: blood, or the pigment of freckles and moles."""

import numpy as np
import pytest
from benchmarks.plant import NATURES

from freckle.analysis.blood import kind_of
from freckle.analysis.seeds import search
from freckle.analysis.spot import Spot

LIGHT, DARK = 66.0, 32.0
"""L* of the skin around."""


def mark(contrast, strength=5.0):
    return Spot(0, 0, 5, "brown", strength, tuple(contrast), 12.0, 0.5)


@pytest.mark.parametrize("amplitude", [0.8, 1.0, 1.2])
def test_planted_marks_are_what_they_are(amplitude):
    for kind, nature in NATURES.items():
        found = kind_of(mark(amplitude * np.array(nature.direction)), LIGHT)
        assert (found == "red") == (kind == "pimple"), kind


def test_a_pimple_stays_red_where_warm_light_leaves_little_blue():
    assert kind_of(mark((0.06, 0.37, 0.43)), LIGHT) == "red"
    assert kind_of(mark((0.14, 0.60, 0.63)), LIGHT) == "red"
    # as little redness in a mark as pigment has, and it is none
    assert kind_of(mark((0.06, 0.27, 0.31)), LIGHT) == "brown"


def test_what_acne_left_on_dark_skin_is_brown_and_a_pimple_red():
    """With little blue light, how red a mark is tells more than what blue loses."""
    left, pimple = mark((0.06, 0.27, 0.30)), mark((0.16, 0.52, 0.56))
    assert left.blood > pimple.blood
    assert kind_of(left, DARK) == "brown"
    assert kind_of(pimple, DARK) == "red"


def test_nothing_is_red_where_red_light_is_blown_out():
    """What is left of a mole or a freckle on overexposed skin is as bright in red as the skin."""
    clipped = mark((0.0, 0.30, 0.30), strength=250.0)
    assert kind_of(clipped, LIGHT) == "red"
    assert kind_of(clipped, LIGHT, blown=True) == "brown"


def test_skin_without_grain_has_no_marks_of_a_hundredth_of_a_percent():
    """Overexposed skin is one value; whatever JPEG left on it stood out by 200 deviations."""
    rng = np.random.default_rng(1)
    flat = np.zeros((160, 160, 3), np.float32)
    flat[60:64, 60:64, 1] = 0.004
    flat[..., 2] += rng.normal(0, 1e-4, (160, 160)).astype(np.float32)
    everywhere = np.ones((160, 160), np.float32)
    assert search(flat, everywhere, 160.0) == []
    flat[100:106, 100:106, 1] = 0.3  # what can be seen is still found
    found = {(seed.row // 8, seed.column // 8) for seed in search(flat, everywhere, 160.0)}
    assert (102 // 8, 102 // 8) in found

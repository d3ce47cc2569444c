"""A mark is told by what it takes from light: blood, or the pigment of freckles and moles."""

import numpy as np
import pytest
from benchmarks.plant import NATURES

from freckle.analysis.spot import Spot
from freckle.analysis.spots import BLOOD, _kind

LIGHT = BLOOD[1]


def mark(contrast, strength=5.0):
    return Spot(0, 0, 5, "brown", strength, tuple(contrast), 12.0, 0.5)


@pytest.mark.parametrize("amplitude", [0.8, 1.0, 1.2])
def test_planted_marks_are_what_they_are(amplitude):
    for kind, nature in NATURES.items():
        found = _kind(mark(amplitude * np.array(nature.direction)), LIGHT)
        assert (found == "red") == (kind == "pimple"), kind


def test_a_pimple_stays_red_where_warm_light_leaves_little_blue():
    assert _kind(mark((0.06, 0.37, 0.43)), LIGHT) == "red"
    assert _kind(mark((0.14, 0.60, 0.63)), LIGHT) == "red"
    # as little redness in a mark as pigment has, and it is none
    assert _kind(mark((0.06, 0.27, 0.31)), LIGHT) == "brown"

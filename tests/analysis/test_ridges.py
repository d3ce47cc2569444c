"""Lines before skin are found by their light and by their color."""

import cv2
import numpy as np

from freckle.analysis.ridges import ridges

UNIT = 200.0


def grain(seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=(200, 200)).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.0), np.float32)


def test_a_strand_as_light_as_the_skin_is_a_line_and_a_pimple_is_none():
    light, red = 60 + grain(1), 15 + grain(2)
    everywhere = np.ones_like(light)
    assert not ridges(light, red, everywhere, UNIT).any()
    pimple = cv2.circle(np.zeros_like(red), (150, 100), 3, 25.0, -1)
    red += cv2.GaussianBlur(pimple, (0, 0), 1.5)
    red[20:180, 60:63] = 4.0  # three steps wide, and olive
    found = ridges(light, red, everywhere, UNIT)
    assert found[30:170, 61].mean() > 0.9
    assert not found[:, 100:].any()
    assert not ridges(light, 15 + grain(2), everywhere, UNIT).any()

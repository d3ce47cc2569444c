"""Hair of the ground's own colors is the parser's to tell; edges are no haze; groups stay whole."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import trimap as looks
from freckle.analysis.alike import alike
from freckle.analysis.faces import Face
from freckle.analysis.matte import _cleared, _steep
from freckle.analysis.trimap import Trimap
from freckle.geometry import Box
from freckle.vision import parser

HAIR = np.array([0.12, 0.09, 0.07], np.float32)


def scene(ground: Any) -> tuple[Any, Trimap]:
    """Dark hair on the left of a ground of some color, both with grain."""
    rest = np.zeros((160, 160), np.float32)
    inside = np.zeros_like(rest)
    inside[:, :80] = 1
    known = np.full_like(rest, 0.5)
    known[:, :60], known[:, 100:] = 1, 0
    grain = np.random.default_rng(3).normal(0, 0.03, (160, 160, 1))
    picture = np.where(inside[..., None] > 0, HAIR, np.float32(ground)) + grain
    band = Trimap(known, inside, rest, known >= 0, inside > 0, inside < 0, 200.0)
    return np.asarray(picture, np.float32), band


def test_colors_that_cannot_be_told_apart_are_alike() -> None:
    picture, trimap = scene([0.11, 0.1, 0.06])
    same = alike(picture, trimap)
    assert same[:, 70:90].min() > 0.9
    assert same[:, :60].max() == 0, "what is known needs nobody's word"
    for ground in ([0.2, 0.35, 0.08], [0.7, 0.7, 0.75]):
        assert alike(*scene(ground)).max() < 0.01


def test_an_edge_keeps_its_own_pixels_and_haze_goes() -> None:
    alpha = np.zeros((400, 400), np.float32)
    alpha[:, :200] = 1
    alpha[:, 200] = 0.3
    alpha[:, 300:] = 0.2
    cleared = _cleared(alpha, _steep(alpha))
    assert cleared[200, 200] == pytest.approx(0.3, abs=0.05), "no stairs"
    assert cleared[:, 310:].max() < 0.02, "haze"
    assert _cleared(alpha, np.zeros_like(alpha))[200, 200] < 0.05


def test_a_close_look_loses_no_neighbor_whom_all_of_the_picture_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two stand side by side; from close only the head in the middle is seen."""
    whole = np.zeros((256, 256), np.float32)
    cv2.rectangle(whole, (20, 120), (236, 255), 1, -1)

    def seen(picture: Any, _looks: int) -> Any:
        height, width = picture.shape[:2]
        if (height, width) == whole.shape:
            people = whole
        else:
            people = np.zeros((height, width), np.float32)
            people[:, width // 2 - 12 : width // 2 + 12] = 1
        found = np.zeros((height, width, 6), np.float32)
        found[..., parser.BACKGROUND], found[..., parser.CLOTHES] = 1 - people, people
        return found

    class Somebody:
        def __init__(self, x: int) -> None:
            self.box, self.scale = Box(x - 20, 130, x + 20, 170), 40.0

    monkeypatch.setattr(looks, "_seen", seen)
    picture = np.full((256, 256, 3), 0.6, np.float32)
    pair: Any = [Somebody(90), Somebody(166)]
    faces: list[Face] = pair
    ground = looks.parsed(picture, faces, 1.0)[0][..., parser.BACKGROUND]
    assert ground[180, 128] < 0.1, "between both"
    alone = looks.parsed(picture, faces[:1], 1.0)[0][..., parser.BACKGROUND]
    assert alone[180, 128] > 0.9, "somebody alone is seen best from close"

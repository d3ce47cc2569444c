"""Colors that only hair or only the ground has hold the matte; a color of both tells nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from freckle.analysis.alike import alike
from freckle.analysis.hues import BLIND, FEWEST, told
from freckle.analysis.matte import EDGES
from freckle.analysis.trimap import Trimap

HAIR, SKY, LEAF = (0.1, 0.08, 0.07), (0.7, 0.8, 0.9), (0.2, 0.5, 0.1)
SIDE = 160
POCKET = slice(70, 90), slice(60, 80)
STRAND = slice(20, 24), slice(80, 110)


def scene() -> tuple[Any, Trimap]:
    """Hair to the left with a pocket of sky in it, sky to the right, a strand before it."""
    dice = np.random.default_rng(4)
    picture = np.zeros((SIDE, SIDE, 3), np.float32) + np.float32(SKY)
    picture[:, :80] = HAIR
    picture[POCKET], picture[STRAND] = SKY, HAIR
    picture += dice.normal(0, 0.01, picture.shape).astype(np.float32)
    known = np.full((SIDE, SIDE), 0.5, np.float32)
    known[:, :40], known[:, 120:] = 1, 0
    likely = np.full_like(known, 0.3)
    likely[:, :80], likely[:, 120:] = 1, 0
    likely[POCKET] = 0.05
    depth = np.zeros_like(known)
    return picture, Trimap(known, likely, depth, known >= 0, known == 1, known > 1, 200.0)


def asked(picture: Any, trimap: Trimap) -> tuple[Any, Any]:
    return told(picture, trimap, np.full_like(trimap.known, EDGES))


def test_colors_of_one_side_alone_are_held() -> None:
    picture, trimap = scene()
    likely, weight = asked(picture, trimap)
    inside = slice(74, 86), slice(64, 76)
    assert likely[inside].max() < 0.02
    assert weight[inside].min() > 5 * EDGES
    core = slice(21, 23), slice(84, 106)
    assert likely[core].min() > 0.9
    assert weight[core].min() > 5 * EDGES
    sky = slice(120, 150), slice(90, 115)
    assert likely[sky].max() < 0.2


def test_a_color_of_both_tells_nothing() -> None:
    picture, trimap = scene()
    picture[:, 120:140] = HAIR
    likely, weight = asked(picture, trimap)
    core = slice(21, 23), slice(84, 106)
    assert np.allclose(likely[core], trimap.likely[core])
    blind = alike(picture, trimap)[core]  # there the parser alone has the say
    assert np.allclose(weight[core], EDGES + BLIND * blind)


def test_shine_is_no_pocket() -> None:
    picture, trimap = scene()
    surely = np.where(trimap.likely == np.float32(0.05), 1, trimap.likely).astype(np.float32)
    likely, _ = asked(picture, replace(trimap, likely=surely))
    assert likely[POCKET].min() == pytest.approx(1)


def test_skin_clothes_and_the_bald_are_left_to_the_parser() -> None:
    picture, trimap = scene()
    picture[POCKET] = LEAF
    for other in (
        replace(trimap, other=trimap.known >= 0),
        replace(trimap, locks=np.arange(SIDE * SIDE).reshape(SIDE, SIDE) < FEWEST - 1),
    ):
        likely, weight = asked(picture, other)
        assert np.array_equal(likely, other.likely)
        assert np.allclose(weight, EDGES)

"""Where people surely are: dark clothes before a dark ground, hair of the ground's own color."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import trimap as looks
from freckle.analysis.matte import EDGES, _rounded, trust
from freckle.analysis.portrait import Portrait
from freckle.analysis.trimap import Trimap
from freckle.pixels.closed_form import closed_form
from freckle.vision import parser


def test_a_dark_square_is_looked_at_once_more_in_more_light(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def parse(square: Any) -> Any:
        """See people's clothes wherever it is bright enough."""
        asked.append(square)
        clothes = (square[..., 0] > 0.3).astype(np.float32)
        found = np.zeros((*square.shape[:2], 6), np.float32)
        found[..., parser.BACKGROUND], found[..., parser.CLOTHES] = 1 - clothes, clothes
        return found

    monkeypatch.setattr(parser, "parse", parse)
    picture = np.full((256, 256, 3), 0.15, np.float32)
    picture[:, 128:] = 0.01
    people = looks.parsed(picture, [], 1.0)[0][..., parser.CLOTHES]
    assert people[:, :110].min() > 0.99, "seen in more light"
    assert people[:, 150:].max() < 0.01, "nothing there in any light"
    assert len(asked) == 2
    looks.parsed(np.full_like(picture, 0.8), [], 1.0)
    assert len(asked) == 3, "what is bright needs one look"
    looks.parsed(picture, [], 1.0, looks=4)
    assert len(asked) == 7, "the fine matte looks at the mirrored square as well"
    assert np.array_equal(asked[5], asked[3][:, ::-1])


def test_heads_in_a_group_are_not_looked_at_from_too_close(
    portrait: Portrait, monkeypatch: pytest.MonkeyPatch
) -> None:
    face, head = portrait.people[0].face, looks._head
    asked: list[float] = []

    def counted(face: Any, scale: float, times: float) -> Any:
        asked.append(times)
        return head(face, scale, times)

    monkeypatch.setattr(looks, "_head", counted)
    picture = np.full((64, 64, 3), 0.7, np.float32)
    for people in ([face], [face, face]):
        looks.parsed(picture, people, 0.1, looks=4)
    assert asked == [looks.CLOSER, looks.CLOSE_UP, looks.CLOSE_UP]


def test_hair_of_the_grounds_own_color_has_no_hole() -> None:
    grain = np.random.default_rng(3).normal(0.1, 0.02, (200, 200, 3))
    picture = np.asarray(cv2.GaussianBlur(grain.astype(np.float32), (0, 0), 1), np.float32)
    away = np.hypot(*(np.mgrid[:200, :200] - 100.0))
    inside = (away < 70).astype(np.float32)
    known = np.where(away < 45, 1, np.where(away > 95, 0, 0.5)).astype(np.float32)
    depth = np.clip((70 - away) / 25, 0, 1).astype(np.float32)
    trimap = Trimap(known, inside, depth, away < 200, inside > 0, away < 0, 200.0)
    held = closed_form(picture, known, inside, trust(trimap))
    loose = closed_form(picture, known, inside, np.full_like(known, EDGES))
    deep = (away > 45) & (away < 54)
    assert (1 - held[deep]).mean() < 0.7 * (1 - loose[deep]).mean()
    assert held[deep].min() > 0.7


def test_clothes_leave_fewer_crumbs_than_hair_leaves_strands() -> None:
    found = np.zeros((400, 400), np.float32)
    found[:, :100] = 1
    found[:, 100] = 0.15
    found[10::20, 200:] = 0.15
    hair = np.zeros((400, 400), bool)
    cloth, strands = _rounded(found, hair), _rounded(found, ~hair)
    assert cloth[:, 200:].max() == 0, "crumbs"
    assert strands[10::20, 200:].min() > 0.1, "strands"
    assert cloth[15, 100] > 0.1, "an edge's own soft pixel is no crumb"
    assert np.array_equal(_rounded(found, None), strands)

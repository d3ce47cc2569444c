"""Looks: each is seen, each is another, none is a mask."""

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from freckle.analysis.regions import Region
from freckle.recipe.looks import LOOKS
from tests.makeup.faces import painted, scene_of

FACES = (
    "astronaut",
    "woman_red_curly_hair_frontal_01",
    "woman_dark_skin_frontal_01",
    "woman_mature_54_frontal_01",
)
NAMES = tuple(name for name, *_ in LOOKS)
SETTINGS = {name: settings for name, _, _, settings in LOOKS}


@cache
def worn(face: str, look: str) -> Any:
    return painted(scene_of(face), *((op, dict(values)) for op, values in SETTINGS[look].items()))


def made_up(face: str, look: str) -> Any:
    return np.linalg.norm(worn(face, look) - scene_of(face).frame.lab, axis=2)


@pytest.mark.parametrize("face", FACES)
def test_natural_makeup_is_seen_and_no_more(face: str) -> None:
    moved = made_up(face, "natural_makeup")
    assert 1.2 <= moved[moved > 0.3].mean() <= 3


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    ("look", "region", "least"),
    [
        ("classic_red", Region.LIP_COLOR, 15),
        ("berry", Region.LIP_COLOR, 15),
        ("smoky_evening", Region.LIDS, 4),
        ("soft_rose", Region.LIP_COLOR, 5),
        ("natural_makeup", Region.LIP_COLOR, 2),
    ],
)
def test_a_look_shows_where_its_name_says(
    face: str, look: str, region: Region, least: float
) -> None:
    there = scene_of(face).regions[region] > 0.5
    assert made_up(face, look)[there].mean() >= least


@pytest.mark.parametrize("face", FACES)
def test_no_two_looks_are_the_same(face: str) -> None:
    some = slice(None, None, 3), slice(None, None, 3)  # of the pixels: it is a mean
    moved = {name: made_up(face, name)[some] > 0.3 for name in NAMES}
    for one, other in combinations(NAMES, 2):
        apart = np.linalg.norm(worn(face, one)[some] - worn(face, other)[some], axis=2)
        assert apart[moved[one] | moved[other]].mean() > 0.4, (one, other)


def test_groomed_brings_no_color() -> None:
    assert set(SETTINGS["groomed"]) == {
        "foundation",
        "concealer",
        "brow_fill",
        "brow_definition",
    }

"""Reflections on glasses: part of a veil goes, only between the rims; eyes stay what they are."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.regions import Region
from tests.makeup.faces import scene_of
from tests.ops.lit import Case, added, blob, enlarged, moved
from tests.studio.portraits import read

GLASSES = "man_glasses_beard_3840px_01.jpg"


@pytest.fixture(scope="module")
def worn() -> Case:
    """A face with glasses, as wide as a frame."""
    pixels = read(GLASSES).pixels
    scale = 576 / scene_of(GLASSES).regions.frame.to_photo.scale / 576
    return Case.of(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def veiled(worn: Case) -> tuple[Case, Any]:
    """A soft reflection planted on the skin under one eye, and where it lies in the frame."""
    scene = worn.person.scene
    lens = scene.regions[Region.LENSES] * (scene.mask(Region.EYES) == 0)
    lower = lens * (cv2.dilate(scene.mask(Region.EYES), np.ones((31, 31))) == 0)
    rows, columns = np.nonzero(lower > 0.9)
    side = columns > np.median(columns)
    at = scene.frame.to_photo(
        np.array([[np.median(columns[side]), np.median(rows[side])]], np.float32)
    )[0]
    light = blob(worn.pixels.shape, at, 0.05 * worn.person.face.scale)
    case = Case.of(added(worn.pixels, 0.28 * light[..., None] * np.array([0.85, 0.95, 1.1])))
    place = scene.frame.to_photo.inverse()(at[None])[0]
    return case, place


def test_part_of_a_reflection_goes(worn: Case) -> None:
    """Of a planted veil at most .65 is left at the cap, and at least .2: it is not painted out."""
    case, (x, y) = veiled(worn)
    box = slice(int(y) - 6, int(y) + 7), slice(int(x) - 6, int(x) + 7)
    clean, veil, after = (
        lab[box].mean((0, 1)) for lab in (worn.lab, case.lab, case.after("glare", amount=60))
    )
    left = np.linalg.norm(after - clean) / np.linalg.norm(veil - clean)
    assert 0.2 < left < 0.65


def test_only_lenses_change(worn: Case) -> None:
    case, _ = veiled(worn)
    change = moved(case.lab, case.after("glare", amount=100))
    assert change[case.mask(Region.LENSES) == 0].max() == 0
    pupils = case.mask(Region.IRISES) > 0.8
    assert np.percentile(change[pupils], 95) < 4  # no eye is invented


def test_without_glasses_there_is_nothing_to_do(astronaut: Any) -> None:
    case = Case.of(enlarged(astronaut))
    assert case.mask(Region.LENSES).max() == 0
    assert np.array_equal(case.rendered("glare", amount=100), case.pixels)

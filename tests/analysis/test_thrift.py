"""What makes analysis fast changes nothing that it finds, and leaves nothing behind."""

import gc
import time
import weakref
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from freckle.analysis import scars
from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.regions import Region
from freckle.ops.blemishes import Blemishes, choose
from freckle.photo import Photo, Source
from freckle.pixels.filters import feathered, gaussian, layers, masked_gaussian, planes
from freckle.pixels.guided import Guide
from freckle.pixels.morphology import morph
from freckle.recipe.presets import preset
from freckle.render.render import render


def portrait() -> tuple[Photo, Portrait]:
    """Return the astronaut, and who is found there."""
    photo = Photo(np.ascontiguousarray(data.astronaut()[:320, 96:352]), Source("png", "0" * 64))
    return photo, analyze(photo)


def blots(size: tuple[int, int] = (90, 120)) -> Any:
    """Return a mask of some soft blots, one of them at the edge."""
    mask = np.zeros(size, np.uint8)
    for x, y, radius in ((30, 40, 9), (44, 52, 4), (119, 20, 12)):
        cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask.astype(np.float32) / 255


@pytest.mark.parametrize("reach", [1, 3, 5, 6, 9, 14])
@pytest.mark.parametrize(
    "way", [cv2.MORPH_DILATE, cv2.MORPH_ERODE, cv2.MORPH_OPEN, cv2.MORPH_CLOSE]
)
def test_masks_are_widened_and_narrowed_as_opencv_does(way: int, reach: int) -> None:
    mask = blots()
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    wanted = cv2.morphologyEx(np.rint(mask * 255).astype(np.uint8), way, disc)
    assert np.array_equal(np.rint(morph(mask, way, reach) * 255).astype(np.uint8), wanted)


def test_what_is_below_nothing_is_nothing() -> None:
    assert not morph(np.full((40, 40), -0.2, np.float32), cv2.MORPH_CLOSE, 4).any()
    assert not morph(np.zeros((40, 40), np.float32), cv2.MORPH_DILATE, 4).any()


@pytest.mark.parametrize("sigma", [0.2, 1.4, 5.9, 11.0])
def test_a_small_mask_is_feathered_as_all_of_a_picture(sigma: float) -> None:
    assert np.allclose(feathered(blots(), sigma), gaussian(blots(), sigma), atol=1e-6)
    assert not feathered(np.zeros((30, 30), np.float32), sigma).any()


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("sigma", [0.2, 1.4, 11.0])
def test_averages_under_a_mask_are_worked_out_in_place_and_spare_what_is_given(
    depth: int, sigma: float
) -> None:
    mask, picture = blots(), np.random.default_rng(3).random((90, 120, depth), np.float32)
    given = picture.copy(), mask.copy()
    total = np.maximum(gaussian(mask, sigma), np.float32(1e-3))
    wanted = [gaussian(picture[..., k] * mask, sigma) / total for k in range(depth)]
    found = masked_gaussian(picture if depth > 1 else picture[..., 0], mask, sigma)
    assert np.allclose(np.moveaxis(np.atleast_3d(found), 2, 0), wanted, rtol=0, atol=1e-6)
    assert np.array_equal(picture, given[0])
    assert np.array_equal(mask, given[1])


def test_planes_are_all_that_is_in_a_picture_whatever_it_is_a_part_of() -> None:
    whole = np.random.default_rng(4).random((40, 60, 3), np.float32)
    for picture in (whole, whole[3:31, 5:44], whole[::2, ::3], whole[..., :2]):
        assert np.array_equal(np.stack(planes(picture), axis=2), picture)
    assert np.array_equal(layers(whole[..., 1]), np.repeat(whole[..., 1:2], 3, axis=2))


def test_all_is_freed_with_the_portrait() -> None:
    gc.collect()
    gc.disable()
    try:
        photo, found = portrait()
        done = render(photo, found, preset("natural").recipe)
        regions = found.people[0].regions
        kept = [weakref.ref(x) for x in (regions, regions.map, regions.seen, regions.lab)]
        kept.append(weakref.ref(regions.small(Region.FLESH)))
        del photo, found, done, regions
        until = time.monotonic() + 10  # work that was begun ahead and given up is let go of soon
        while any(each() is not None for each in kept) and time.monotonic() < until:
            time.sleep(0.01)
        assert [each() for each in kept] == [None] * len(kept)
    finally:
        gc.enable()


def test_scars_are_looked_for_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(scars, "find_scars", lambda _, known: asked.append(len(known)) or ())
    scene = portrait()[1].people[0].scene
    assert scene.kept_small.shape == scene.regions.size
    assert set(choose(Blemishes(amount=100), scene)) <= set(range(len(scene.marks)))
    assert scene.numbered(range(len(scene.marks))) == scene.marks
    assert not asked
    assert scene.spots == scene.marks
    assert asked == [len(scene.marks)]


def test_answers_share_a_guide():
    """What a guide keeps for the next answer says nothing of the one before."""
    picture = np.random.default_rng(4).uniform(0, 100, (40, 50, 3)).astype(np.float32)
    first, second = blots((40, 50)), 1 - blots((40, 50))
    shared = Guide(picture, 4, 3.0)
    for answer in (first, second, first):
        alone = Guide(picture, 4, 3.0).guided(answer)
        np.testing.assert_array_equal(shared.guided(answer), alone)

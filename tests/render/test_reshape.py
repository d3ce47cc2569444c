"""Reshape: strips join, nothing folds, every control keeps what it states."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.shape import Shape
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render import reshape
from freckle.render.reshape import Warp, apply, warp_of

FREE = Locks(natural=False, identity=False)


def warp(shape: Shape, op: str, amount: float, locks: Locks = FREE) -> Warp:
    edit = BY_NAME[op].params.model_validate({"amount": amount})
    recipe = Recipe(steps=(Step(edit=edit),), locks=locks)  # type: ignore[arg-type]
    found = warp_of(shape, recipe.steps, recipe)
    assert found is not None
    return found


def applied(photo: Photo, moved: Warp) -> Any:
    pixels = photo.pixels.copy()
    apply(pixels, moved)
    return pixels


@pytest.mark.parametrize("op", ["head_size", "brow_height"])
@pytest.mark.parametrize("rows", [4, 37])
def test_strips_join_without_a_seam(
    photo: Photo, shape: Shape, monkeypatch: pytest.MonkeyPatch, op: str, rows: int
) -> None:
    moved = warp(shape, op, 60)
    monkeypatch.setattr(reshape, "STRIP", 100_000)
    whole = applied(photo, moved)
    monkeypatch.setattr(reshape, "STRIP", rows)
    apart = np.abs(applied(photo, moved).astype(int) - whole.astype(int))
    assert apart.max() <= 6  # OpenCV counts places in 32nds of a pixel
    assert apart.mean() < 0.02


def test_pixels_come_from_where_the_field_says(photo: Photo, shape: Shape) -> None:
    moved = warp(shape, "head_size", 60)
    box = moved.box
    smooth = cv2.GaussianBlur(photo.pixels, (0, 0), 6)
    pixels = smooth.copy()
    apply(pixels, moved)
    ys, xs = np.mgrid[box.top + 20 : box.bottom - 20 : 13, box.left + 20 : box.right - 20 : 13]
    places = np.dstack([xs, ys]).astype(np.float32)
    there = moved.origin(places + 0.5) - 0.5
    expected = cv2.remap(smooth, there, None, cv2.INTER_LINEAR)  # type: ignore[call-overload]
    difference = np.abs(pixels[ys, xs].astype(float) - expected.astype(float))
    assert difference.max() < 4

"""Reshape: strips join, nothing folds, every control keeps what it states."""

from typing import Any

import cv2
import numpy as np
import pytest
from benchmarks.shapes import CONTROLS, FEATURES, Control, face_units
from benchmarks.straight import bends, planted

from freckle.analysis import landmarks as lm
from freckle.analysis.shape import Shape
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.pixels.warp import AREAS, areas, bell, unfolded
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render import resample, reshape
from freckle.render.picture import Picture, opened
from freckle.render.pyramid import Pyramid
from freckle.render.resample import apply
from freckle.render.reshape import Warp, warp_of
from tests.render.conftest import photo_of

THIN = {"brow_thickness"}
"""Grows by a share of its own at most, so that nothing folds: thin ones fall short."""
FREE = Locks(natural=False, identity=False)


def warp(shape: Shape, op: str, amount: float, locks: Locks = FREE) -> Warp:
    edit = BY_NAME[op].params.model_validate({"amount": amount})
    recipe = Recipe(steps=(Step(edit=edit),), locks=locks)  # type: ignore[arg-type]
    found = warp_of(shape, recipe.steps, recipe)
    assert found is not None
    return found


def whole(photo: Photo, pixels: Any) -> Picture:
    pyramid = Pyramid(photo.pixels)
    return opened(photo, pyramid, pyramid.whole, pixels)


def applied(photo: Photo, moved: Warp) -> Any:
    picture = whole(photo, photo.pixels.copy())
    apply(picture, moved)
    return picture.pixels


@pytest.mark.parametrize("op", ["head_size", "brow_height"])
@pytest.mark.parametrize("nodes", [4, 37])
def test_blocks_join_without_a_seam(
    photo: Photo, shape: Shape, monkeypatch: pytest.MonkeyPatch, op: str, nodes: int
) -> None:
    moved = warp(shape, op, 60)
    monkeypatch.setattr(resample, "BLOCK", 100_000)
    at_once = applied(photo, moved)
    monkeypatch.setattr(resample, "BLOCK", nodes)
    apart = np.abs(applied(photo, moved).astype(int) - at_once.astype(int))
    assert apart.max() <= 6  # enlarging rounds by where a block begins
    assert apart.mean() < 0.02


def test_pixels_come_from_where_the_field_says(photo: Photo, shape: Shape) -> None:
    moved = warp(shape, "head_size", 60)
    box = moved.box
    smooth = cv2.GaussianBlur(photo.pixels, (0, 0), 6)
    picture = whole(photo, smooth.copy())
    apply(picture, moved)
    pixels = picture.pixels
    ys, xs = np.mgrid[box.top + 20 : box.bottom - 20 : 13, box.left + 20 : box.right - 20 : 13]
    places = np.dstack([xs, ys]).astype(np.float32)
    there = moved.origin(places + 0.5) - 0.5
    expected = cv2.remap(smooth, there, None, cv2.INTER_LINEAR)  # type: ignore[call-overload]
    difference = np.abs(pixels[ys, xs].astype(float) - expected.astype(float))
    assert difference.max() < 4


def _ids(control: Control) -> str:
    return control.op


@pytest.mark.parametrize("control", CONTROLS, ids=_ids)
def test_a_control_moves_what_it_states_and_nothing_else(shape: Shape, control: Control) -> None:
    points = shape.face.landmarks[:, :2]
    still = sorted({k for n in FEATURES if n not in control.moves for k in FEATURES[n]})
    for amount in control.extremes:
        moved = warp(shape, control.op, amount)
        after = moved.moved(points)
        if control.length is not None:
            change = control.length(face_units(shape, after)) - control.length(shape.points)
            assert np.sign(change) == np.sign(amount)
            within = 0.15 if control.op in THIN else 0.1
            assert abs(change) == pytest.approx(control.stated(shape.points), rel=within)
        if still:
            apart = np.linalg.norm(after - points, axis=1)[still] / shape.face.scale
            assert apart.max() < 0.007
        assert areas(moved.forward).min() > 0.3  # below 0 it would fold


def test_the_identity_guard_stops_every_landmark(shape: Shape) -> None:
    guard = Locks(natural=False)
    for control in CONTROLS:
        moved = warp(shape, control.op, control.extremes[0], guard)
        points = shape.face.landmarks[:, :2]
        apart = np.linalg.norm(moved.moved(points) - points, axis=1) / shape.face.scale
        assert apart.max() < reshape.FARTHEST + 1e-4, control.op


@pytest.mark.parametrize("op", ["face_width", "jawline", "head_size", "forehead"])
def test_lines_beside_the_head_stay_straight(photo: Photo, shape: Shape, op: str) -> None:
    drawn, lines = planted(photo.pixels, shape.face)  # type: ignore[arg-type]
    lined = Shape.of(photo_of(drawn), shape.face)
    guarded = warp(lined, op, -8)
    assert max(bends(guarded, lines)) < 0.5
    unguarded = warp(lined, op, -100, FREE.model_copy(update={"straight_lines": False}))
    assert max(bends(unguarded, lines)) > 1  # the measure can fail


def test_strands_and_contours_are_no_lines(photo: Photo, shape: Shape) -> None:
    oval = shape.face.landmarks[list(lm.FACE_OVAL), :2]
    middle, right = oval.mean(0), oval[:, 0].max()
    size = shape.face.scale
    drawn = np.full(photo.pixels.shape, 90, np.uint8)
    x, y = int(right + 0.12 * size), int(middle[1])
    cv2.line(drawn, (x, y - int(0.3 * size)), (x, y + int(0.3 * size)), (255, 255, 255), 3)
    assert not Shape.of(photo_of(drawn.copy()), shape.face).lines
    cv2.line(drawn, (x, y - int(0.6 * size)), (x, y + int(0.6 * size)), (255, 255, 255), 3)
    assert Shape.of(photo_of(drawn), shape.face).lines


def test_a_place_too_steep_is_damped_there_and_not_everywhere() -> None:
    field = np.zeros((120, 120, 2), np.float32)
    field[:, 60:, 0] = -6 * bell(0, 6, np.arange(120) - 60)[None, 60:]  # folds at x = 60
    field[:, :, 1] += 3 * bell(6, 14, np.arange(120) - 20)[None, :]
    damped = unfolded(field, 3)
    assert areas(damped).min() >= AREAS[0] - 1e-3
    assert np.array_equal(damped[:, :20], field[:, :20])

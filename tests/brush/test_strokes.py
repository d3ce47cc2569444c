"""A stroke covers the same place at every size, and strokes add up as paint does."""

import json

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.errors import RecipeError
from freckle.geometry import Affine, Box
from freckle.pixels.color import Floats
from freckle.recipe.recipe import MOST_POINTS, Recipe
from freckle.recipe.strokes import MOST_POINTS as MOST_OF_ONE
from freckle.recipe.strokes import Mask, Stroke
from freckle.render import strokes as drawing
from freckle.render.strokes import Sheet, bounds, coverage, draw, drawn, lines

SHAPE = ((0.2, 0.3), (0.5, 0.55), (0.45, 0.7), (0.8, 0.4))


def sheet_of(width: int, height: int, picture: Floats | None = None) -> Sheet:
    """A photo of this size, seen whole, with a face as wide as a third of it in the middle."""
    unit = width / 3
    face = Affine(np.array([[unit, 0, width / 2], [0, unit, height / 2]]))

    def cut(box: Box, size: tuple[int, int]) -> Floats:
        assert picture is not None
        part = np.ascontiguousarray(picture[box.slices])
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.float32)

    same = Affine(np.eye(2, 3))
    return Sheet((height, width), same, (width, height), (face,), cut)


def painted(mask: Mask, width: int, height: int) -> Floats:
    sheet = sheet_of(width, height)
    return draw(mask, sheet, sheet.box).over(None, sheet.box)


def one(**values: object) -> Mask:
    stroke = Stroke.model_validate({"points": SHAPE, "size": 0.1, "space": "photo", **values})
    return Mask(base="empty", strokes=(stroke,))


@pytest.mark.parametrize("size", [0.006, 0.03, 0.12, 0.3])
@pytest.mark.parametrize("feather", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("space", ["photo", "face"])
def test_the_mask_is_the_same_at_every_size(size: float, feather: float, space: str) -> None:
    if space == "face":
        points = tuple((3 * (x - 0.5), 2 * (y - 0.5)) for x, y in SHAPE)
        mask = one(space="face", points=points, size=3 * size, feather=feather)
    else:
        mask = one(size=size, feather=feather)
    large, small = painted(mask, 1920, 1280), painted(mask, 480, 320)
    shrunk = cv2.resize(large, (480, 320), interpolation=cv2.INTER_AREA)
    fade = max(1.0, feather * size * 480 / 2)
    # a shift of the edge by one pixel changes a smooth step by at most 1.5 / width
    assert np.abs(shrunk - small).max() <= min(1.5 / fade, 0.4)
    assert np.abs(shrunk - small).mean() < 0.002


def test_a_stroke_is_whole_inside_and_gone_at_its_radius() -> None:
    mask = painted(one(points=((0.5, 0.5),), size=0.5, feather=0.4), 200, 200)
    down, across = np.mgrid[:200, :200] + 0.5
    apart = np.hypot(down - 100, across - 100)
    assert (mask[apart < 0.6 * 50] == 1).all()
    assert (mask[apart > 50] == 0).all()
    assert mask[100, 140] == pytest.approx(0.5, abs=0.05)


def test_strength_scales_and_paint_on_paint_is_the_larger() -> None:
    weak, whole = one(strength=0.4), one()
    twice = Mask(base="empty", strokes=weak.strokes * 2)
    assert np.allclose(painted(weak, 200, 150), 0.4 * painted(whole, 200, 150), atol=1e-6)
    assert np.array_equal(painted(twice, 200, 150), painted(weak, 200, 150))


def test_taking_out_scales_what_is_there_and_order_matters() -> None:
    add = Stroke(points=((0.3, 0.5), (0.7, 0.5)), size=0.2, space="photo")
    out = add.model_copy(update={"mode": "remove", "points": ((0.5, 0.5),)})
    there = painted(Mask(base="empty", strokes=(add, out)), 300, 200)
    assert there[100, 150] == 0
    assert there[100, 80] > 0.9
    again = painted(Mask(base="empty", strokes=(add, out, add)), 300, 200)
    assert np.array_equal(again, painted(Mask(base="empty", strokes=(add,)), 300, 200))


strokes = st.builds(
    Stroke,
    mode=st.sampled_from(["add", "remove"]),
    points=st.lists(
        st.tuples(st.floats(-0.3, 1.3), st.floats(-0.3, 1.3)), min_size=1, max_size=6
    ).map(tuple),
    size=st.floats(0.005, 0.6),
    feather=st.floats(0, 1),
    strength=st.floats(0, 1),
    space=st.sampled_from(["face", "photo"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(strokes, max_size=5), st.floats(0, 1))
def test_any_row_of_strokes_is_one_product_and_one_maximum(row: list[Stroke], base: float) -> None:
    sheet = sheet_of(90, 60)
    expected = np.full(sheet.size, base, np.float32)
    for stroke in row:
        for line in lines(stroke, sheet):
            cover = np.float32(stroke.strength) * coverage(line, sheet.box)
            if stroke.mode == "add":
                expected = np.maximum(expected, cover)
            else:
                expected = expected * (1 - cover)
    start = np.full(sheet.size, base, np.float32)
    found = drawn(Mask(strokes=tuple(row)), sheet).over(start, sheet.box)
    assert np.allclose(found, expected, atol=1e-5)
    assert found.min() >= 0
    assert found.max() <= 1
    box = bounds(Mask(base="empty", strokes=tuple(row)), sheet)
    outside = painted(Mask(base="empty", strokes=tuple(row)), 90, 60)
    outside[box.slices] = 0
    assert not outside.any()


def test_a_growing_stroke_is_drawn_as_if_at_once() -> None:
    sheet, fresh = sheet_of(240, 160), sheet_of(240, 160)
    first = Stroke(points=SHAPE, size=0.2, space="photo")
    for count in range(1, 5):
        grown = first.model_copy(update={"points": SHAPE[:count], "size": 0.1})
        now = drawn(Mask(strokes=(first, grown)), sheet)
    assert np.array_equal(now.add, draw(Mask(strokes=(first, grown)), fresh, fresh.box).add)


def test_a_scribble_is_drawn_in_bounded_time_and_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    points = tuple(map(tuple, random.random((60, 2)).tolist()))
    mask = one(points=points, size=0.1)
    exact = painted(mask, 300, 200)
    monkeypatch.setattr(drawing, "MOST_WORK", 0)
    quick = painted(mask, 300, 200)
    assert 0 < np.abs(quick - exact).max() < 1.5 / 7.5  # one pixel of the fade


def test_parts_of_a_grid_agree_with_the_whole() -> None:
    sheet, mask = sheet_of(600, 400), one(size=0.4, feather=0.9)
    whole = draw(mask, sheet, sheet.box).add
    part = Box(123, 77, 411, 322)
    assert np.allclose(draw(mask, sheet, part).add, whole[part.slices], atol=1e-6)


def picture_of_two_halves(width: int, height: int) -> Floats:
    random = np.random.default_rng(2)
    lab = np.zeros((height, width, 3), np.float32)
    lab[:, : width // 2] = (65, 18, 20)
    lab[:, width // 2 :] = (48, 12, 8)
    return np.asarray(lab + random.normal(0, 1.5, lab.shape), np.float32)


@pytest.mark.parametrize("width", [300, 900])
def test_a_stroke_stays_inside_the_edge_where_it_began(width: int) -> None:
    height = width * 2 // 3
    sheet = sheet_of(width, height, picture_of_two_halves(width, height))
    across = ((0.4, 0.5), (0.55, 0.5))
    free, kept = one(points=across, size=0.2), one(points=across, size=0.2, edge=True)
    before = draw(free, sheet, sheet.box).add
    after = draw(kept, sheet, sheet.box).add
    margin = width // 100
    near, beyond = after[:, : width // 2 - margin], after[:, width // 2 + margin :]
    assert before[:, width // 2 + margin :].sum() > 0.2 * before.sum()
    assert beyond.sum() < 0.03 * before[:, width // 2 + margin :].sum()
    assert near.sum() > 0.93 * before[:, : width // 2 - margin].sum()


def recipe_with(stroke: dict[str, object], count: int = 1) -> str:
    mask = {"base": "empty", "strokes": [stroke] * count}
    return json.dumps({"steps": [{"edit": {"op": "dodge"}, "mask": mask}]})


GOOD: dict[str, object] = {"points": [[0, 0]], "size": 0.1}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"points": []}, "points"),
        ({"points": [[0, 0]] * (MOST_OF_ONE + 1)}, "at most 4000"),
        ({"points": [[0, 0, 0]]}, "points"),
        ({"points": [[0, 99]]}, "50"),
        ({"size": 0}, "greater than 0"),
        ({"size": 11}, "10"),
        ({"feather": 1.2}, "feather"),
        ({"strength": -1}, "strength"),
        ({"mode": "erase"}, "mode"),
        ({"space": "screen"}, "space"),
        ({"colour": 1}, "colour"),
    ],
)
def test_strokes_that_make_no_sense_are_refused(change: dict[str, object], says: str) -> None:
    assert Recipe.parse(recipe_with(GOOD)).steps[0].mask is not None
    with pytest.raises(RecipeError, match=says):
        Recipe.parse(recipe_with(GOOD | change))


def test_all_strokes_of_a_recipe_are_bounded() -> None:
    many = {"points": [[0, 0]] * 3000, "size": 0.1}
    with pytest.raises(RecipeError, match=str(MOST_POINTS)):
        Recipe.parse(recipe_with(many, MOST_POINTS // 3000 + 1))


def test_strokes_survive_json() -> None:
    recipe = Recipe.parse(recipe_with(GOOD | {"edge": True, "mode": "remove"}))
    assert Recipe.parse(recipe.to_json()) == recipe

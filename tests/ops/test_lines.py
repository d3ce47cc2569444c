"""Lines soften with their ridges, folds stay, and what only looks like a line is left alone."""

from typing import Any, NamedTuple

import cv2
import numpy as np
import pytest
from benchmarks.creases import pores
from benchmarks.measures import lab
from benchmarks.mesh import face_width

from benchmarks import creases_planted as planted
from freckle.analysis.creases import creases, strands
from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.render import render
from tests.ops.conftest import photo_of

OPEN = Locks(natural=False)
LINES = ("forehead_lines", "frown_lines", "crows_feet", "under_eye_lines", "smile_lines")
CHEEK = (117, 207)
"""Between these landmarks a line lies on a flat cheek."""


class Drawn(NamedTuple):
    """A portrait with lines drawn on it, and what was drawn."""

    pixels: Any
    portrait: Portrait
    lines: list[planted.Line]
    shapes: list[Any]
    width: float


@pytest.fixture(scope="module")
def mesh(plain: Any) -> Any:
    return analyze(photo_of(plain)).people[0].face.landmarks.astype(np.float32)


@pytest.fixture(scope="module")
def drawn(plain: Any, mesh: Any) -> Drawn:
    width = face_width(mesh)
    curve = np.linspace(*mesh[list(CHEEK), :2], 40).astype(np.float32)
    lines = [planted.Line("cheek", curve, 0.006, 6.0)]
    shapes = [planted.relief(line, plain.shape[:2], width) for line in lines]
    pixels = planted.draw_lines(plain, lines, width)
    return Drawn(pixels, analyze(photo_of(pixels)), lines, shapes, width)


def retouched(pixels: Any, portrait: Portrait, amount: float) -> Any:
    """Soften what lines there are on the cheek: the brush says where, whatever the region."""
    height, width = pixels.shape[:2]
    ends = portrait.people[0].face.landmarks[list(CHEEK), :2] / [width, height]
    points = tuple((float(x), float(y)) for x, y in ends)
    stroke = Stroke(points=points, size=0.14, feather=0.2, space="photo")
    return softened(pixels, portrait, amount, Mask(base="empty", strokes=(stroke,)))


def softened(pixels: Any, portrait: Portrait, amount: float, mask: Mask | None = None) -> Any:
    step = Step(edit=BY_NAME["smile_lines"].params(amount=amount), mask=mask)
    return render(photo_of(pixels), portrait, Recipe(steps=(step,), locks=OPEN)).photo.pixels


def light(pixels: Any) -> Any:
    return lab(np.ascontiguousarray(pixels))[..., 0]


def left(drawn: Drawn, plain: Any, amount: float) -> float:
    """Share of the drawn line that is still there."""
    before = light(retouched(plain, analyze(photo_of(plain)), amount))
    after = light(retouched(drawn.pixels, drawn.portrait, amount))
    added = light(drawn.pixels) - light(plain)
    return planted.left(added, before, after, np.abs(drawn.shapes[0]) > 0.3)


@pytest.mark.parametrize(
    ("amount", "low", "high"), [(15, 0.8, 0.95), (60, 0.35, 0.6), (100, 0.02, 0.32)]
)
def test_a_line_fades_with_its_slider(
    drawn: Drawn, plain: Any, amount: float, low: float, high: float
) -> None:
    assert low <= left(drawn, plain, amount) <= high


def test_valley_and_ridges_fade_together(drawn: Drawn) -> None:
    moved = light(retouched(drawn.pixels, drawn.portrait, 60)) - light(drawn.pixels)
    shape = drawn.shapes[0]
    assert moved[shape < -4].mean() > 1.0
    assert moved[shape > 1.2].mean() < -0.2


def test_a_line_stays_where_it_is(drawn: Drawn) -> None:
    after = light(retouched(drawn.pixels, drawn.portrait, 60))
    curve = drawn.lines[0].curve[10:30]
    run = curve[-1] - curve[0]
    across = np.array([-run[1], run[0]]) / np.linalg.norm(run)
    at = curve[:, None] + np.arange(-8, 9)[:, None] * across
    x, y = (np.ascontiguousarray(at[..., k], np.float32) - 0.5 for k in (0, 1))
    profiles = [
        cv2.remap(seen, x, y, cv2.INTER_LINEAR).mean(axis=0)
        for seen in (light(drawn.pixels), after)
    ]
    assert abs(int(profiles[0].argmin()) - int(profiles[1].argmin())) <= 1


def test_pores_run_across(drawn: Drawn, plain: Any) -> None:
    after = light(retouched(drawn.pixels, drawn.portrait, 60))
    share = left(drawn, plain, 60)
    zone = np.abs(drawn.shapes[0]) > 0.3
    energy, likeness = pores(light(plain), after - share * drawn.shapes[0], zone, drawn.width)
    assert 0.9 <= energy <= 1.1
    assert likeness >= 0.97


@pytest.mark.parametrize(("turn", "low", "high"), [(0.0, -0.2, 0.7), (1.57, 0.85, 1.1)])
def test_what_crosses_the_fold_is_no_line(
    plain: Any, mesh: Any, turn: float, low: float, high: float
) -> None:
    width = face_width(mesh)
    middle = (mesh[205, :2] + mesh[36, :2]) / 2
    run = mesh[212, :2] - mesh[129, :2]
    way = np.cos(turn) * run + np.sin(turn) * np.array([-run[1], run[0]])
    curve = middle + np.linspace(-0.25, 0.25, 40)[:, None] * way
    line = planted.Line("hair or fold", curve.astype(np.float32), 0.005, 6.0)
    pixels = planted.draw_lines(plain, [line], width)
    after = light(softened(pixels, analyze(photo_of(pixels)), 100))
    clean = light(softened(plain, analyze(photo_of(plain)), 100))
    zone = np.abs(planted.relief(line, plain.shape[:2], width)) > 0.3
    assert low <= planted.left(light(pixels) - light(plain), clean, after, zone) <= high


def test_a_mole_keeps_its_contrast(plain: Any, drawn: Drawn) -> None:
    center = drawn.lines[0].curve[20]
    rows, columns = np.mgrid[: plain.shape[0], : plain.shape[1]]
    away = np.hypot(columns - center[0], rows - center[1]) / (0.008 * drawn.width)
    taken = np.exp(-np.exp(-(away**2))[..., None] * np.array([0.75, 0.95, 1.05]))
    pixels = planted.scaled(plain, taken.astype(np.float32))
    after = light(retouched(pixels, analyze(photo_of(pixels)), 100))
    place = away < 0.6
    ring = (away > 2) & (away < 3)
    contrasts = [p[ring].mean() - p[place].mean() for p in (light(pixels), after)]
    assert contrasts[1] > 0.93 * contrasts[0]


def test_nothing_beside_the_skin_is_touched(drawn: Drawn) -> None:
    scene = drawn.portrait.people[0].scene
    eyes, lips = scene.regions[Region.EYES], scene.regions[Region.LIPS]
    places = np.maximum(eyes, lips) > 0.5
    for region in ("forehead", "frown", "crows_feet", "smile_lines", "under_eyes"):
        assert float(scene.regions[Region(region)][places].max()) < 0.01, region


def picture(size: int = 120) -> Any:
    return np.full((size, size), 60, np.float32)


def crossed(values: Any, at: tuple[int, int], slope: float, depth: float) -> Any:
    """Draw a soft valley through a place; `slope` in radians."""
    rows, columns = np.mgrid[: values.shape[0], : values.shape[1]]
    away = (rows - at[0]) * np.cos(slope) - (columns - at[1]) * np.sin(slope)
    return np.asarray(values - depth * np.exp(-0.5 * (away / 1.5) ** 2), np.float32)


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.2, 2.6])
def test_a_valley_is_found_with_its_direction(slope: float) -> None:
    found = creases(crossed(picture(), (60, 60), slope, 6), np.ones((120, 120), np.float32), 288)
    fine = found[-1]
    assert fine.depth[60, 60] > 1.5
    expected = np.array([np.cos(2 * slope), np.sin(2 * slope)])
    assert float(fine.flow[60, 60] @ expected) > 0.95


def test_a_dot_and_a_bright_line_are_no_creases() -> None:
    skin = np.ones((120, 120), np.float32)
    rows, columns = np.mgrid[:120, :120]
    dot = picture() - 12 * np.exp(-0.5 * ((rows - 60) ** 2 + (columns - 60) ** 2) / 2.0**2)
    ridge = crossed(picture(), (60, 60), 0.4, -6)
    for values in (np.asarray(dot, np.float32), ridge):
        assert creases(values, skin, 288)[-1].depth[60, 60] < 0.5


def test_a_gray_dark_line_is_a_strand_and_a_red_one_is_a_fold() -> None:
    skin = np.ones((120, 120), np.float32)
    light_ = crossed(picture(), (60, 60), 0.4, 33)
    share = (light_ + 16) / 76
    fold = np.dstack([light_, 16 * share * 1.5, 18 * share * 1.3]).astype(np.float32)
    hair = np.dstack([light_, 16 * share**3, 18 * share**3]).astype(np.float32)
    assert strands(fold, skin, 288)[60, 60] < 0.2
    assert strands(hair, skin, 288)[60, 60] > 0.8


def test_recipes_of_the_first_version_open() -> None:
    for name in LINES:
        old = {"steps": [{"edit": {"op": name, "version": 1, "amount": 30}}]}
        edit = Recipe.from_plain(old).steps[0].edit
        assert (edit.version, edit.model_dump()["amount"]) == (2, 30)

"""Red eyes: lit pupils become dark, whatever their size; nothing else changes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.analysis.portrait import analyze
from freckle.codec import load
from freckle.ops.eyes import EyeVeins, EyeWhites, IrisClarity
from freckle.ops.op import Params
from freckle.ops.red_eye import RedEye
from freckle.pixels.color import lab
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.render import render
from tests.ops.conftest import photo_of

FOLDER = Path(os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[3] / "shared/portraits"))
BOTH = ("right", "left")
RED = (165, 30, 30)
EYES = {
    "right": (lm.RIGHT_PUPIL, lm.RIGHT_IRIS, lm.RIGHT_EYE),
    "left": (lm.LEFT_PUPIL, lm.LEFT_IRIS, lm.LEFT_EYE),
}
Lit = Callable[..., tuple[Any, dict[str, Any]]]


@pytest.fixture(scope="module")
def large(astronaut: Any) -> Any:
    return cv2.resize(astronaut, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)


def lit(picture: Any, eyes: Any = BOTH, *, size: float = 0.6, color: Any = RED) -> Any:
    """Light pupils up, `size` in radii of the iris; return picture, their discs and glints."""
    points = analyze(photo_of(picture)).people[0].face.landmarks[:, :2]
    out, discs = picture.astype(np.float32), {}
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    for name in eyes:
        pupil, rim, lids = EYES[name]
        x, y = points[pupil]
        radius = float(np.linalg.norm(points[list(rim)] - [x, y], axis=1).mean())
        away = np.hypot(columns + 0.5 - x, rows + 0.5 - y)
        opening = np.zeros(picture.shape[:2], np.float32)
        cv2.fillPoly(opening, [np.round(points[list(lids)]).astype(np.int32)], 1.0)
        cover = np.clip((size * radius - away) / max(0.1 * radius, 1) + 0.5, 0, 1) * opening
        out += (0.94 * cover)[..., None] * (np.array(color, np.float32) - out)
        glint = np.hypot(columns + 0.5 - x, rows + 0.5 - y + 0.3 * radius) < 0.12 * radius
        out[glint] = 250
        discs[name] = (away < 0.7 * size * radius) & (opening > 0) & ~glint, glint
    return np.rint(np.clip(out, 0, 255)).astype(np.uint8), discs


def after(picture: Any, *edits: Params) -> Any:
    photo = photo_of(picture)
    steps = tuple(Step(edit=edit) for edit in edits or (RedEye(amount=100),))
    recipe = Recipe(steps=steps, locks=Locks(natural=False))
    return render(photo, analyze(photo), recipe).photo.pixels


def colors(pixels: Any) -> Any:
    return lab(pixels.astype(np.float32) / np.float32(255))


@pytest.mark.parametrize("size", [0.35, 0.6, 0.9])
@pytest.mark.parametrize("color", [RED, (95, 14, 16), (225, 70, 55), (205, 85, 85)])
def test_lit_pupils_become_dark(large: Any, size: float, color: Any) -> None:
    red, discs = lit(large, size=size, color=color)
    seen = colors(after(red))
    for disc, glint in discs.values():
        assert seen[disc][:, 1].mean() < 8
        assert np.percentile(seen[disc][:, 1], 95) < 15
        assert seen[disc][:, 0].mean() < 25
        assert seen[glint][:, 0].max() > 80  # the catch light stays


def test_one_eye_alone_is_found(large: Any) -> None:
    red, discs = lit(large, ["left"])
    seen = colors(after(red))
    assert np.percentile(seen[discs["left"][0]][:, 1], 95) < 15
    there = discs["left"][0]
    columns = np.flatnonzero(there.any(axis=0))
    changed = (after(red) != red).any(axis=2)
    assert not changed[:, : columns[0] - 60].any()


def test_small_faces_are_looked_at(astronaut: Any) -> None:
    red, discs = lit(astronaut, size=0.9)
    before, seen = colors(red), colors(after(red))
    for disc, _ in discs.values():
        assert before[disc][:, 1].mean() > 30
        assert seen[disc][:, 1].mean() < 15


def test_the_iris_around_keeps_its_color(large: Any) -> None:
    red, discs = lit(large, size=0.4)
    seen, before = colors(after(red)), colors(large)
    for disc, _ in discs.values():
        wide = cv2.dilate(disc.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=9) > 0
        near = cv2.dilate(disc.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=7) > 0
        ring = wide & ~near
        assert np.linalg.norm(seen[ring] - before[ring], axis=1).mean() < 2


def test_half_the_amount_is_half_the_change(large: Any) -> None:
    red, discs = lit(large)
    disc = discs["right"][0]
    a = [colors(x)[disc][:, 1].mean() for x in (red, after(red, RedEye(amount=50)), after(red))]
    assert a[0] > a[1] + 10 > a[2] + 20


def test_other_eyes_stay_to_the_bit(large: Any) -> None:
    assert (after(large) == large).all()


@pytest.mark.parametrize("gains", [(1.25, 0.95, 0.7), (1.25, 0.85, 0.95), (1.1, 1.0, 0.5)])
def test_warm_light_lights_no_pupil(large: Any, gains: tuple[float, float, float]) -> None:
    cast = np.clip(large * np.array(gains), 0, 255).astype(np.uint8)
    assert (after(cast) == cast).all()


def test_red_lids_and_tears_light_no_pupil(large: Any) -> None:
    points = analyze(photo_of(large)).people[0].face.landmarks[:, :2]
    rim = np.zeros(large.shape[:2], np.float32)
    for _, _, lids in EYES.values():
        cv2.polylines(rim, [np.round(points[list(lids)]).astype(np.int32)], True, 1.0, 5)
    rim = cv2.GaussianBlur(rim, (0, 0), 2)[..., None]
    sore = np.rint(large + 0.6 * rim * (np.array([190, 60, 60]) - large)).astype(np.uint8)
    assert (after(sore) == sore).all()


@pytest.mark.parametrize(
    "edit", [IrisClarity(amount=100), EyeVeins(amount=100), EyeWhites(amount=100)]
)
def test_no_other_tool_for_eyes_makes_lit_pupils_redder(large: Any, edit: Params) -> None:
    red, discs = lit(large)
    before, seen = colors(red), colors(after(red, edit))
    for disc, _ in discs.values():
        assert (seen[disc][:, 1] - before[disc][:, 1]).mean() < 0.2


def test_presets_for_eyes_bring_it_along() -> None:
    whole = [p.name for p in PRESETS if any(s.edit.op == "red_eye" for s in p.recipe.steps)]
    assert {"natural", "headshot", "beauty", "mature", "outdoor"} <= set(whole)
    (step,) = (s for s in preset("natural").recipe.steps if s.edit.op == "red_eye")
    assert step.edit == RedEye(amount=100)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no portraits at hand")
@pytest.mark.parametrize(
    "name",
    [
        *("man_lowlight_dusk_selfie_01.jpg", "man_young_acne_frontal_01.jpg", "baby_01.jpg"),
        *("woman_acne_hand_on_cheek_01.jpg", "group_six_faces_01.jpg", "more/london_135_kohl.jpg"),
    ],
)
def test_eyes_of_portraits_stay_to_the_bit(name: str) -> None:
    if not (FOLDER / name).is_file():
        pytest.skip(f"{name} is not at hand")
    photo = load(FOLDER / name)
    done = render(photo, analyze(photo), Recipe(steps=(Step(edit=RedEye(amount=100)),))).photo
    assert (done.pixels == photo.pixels).all()

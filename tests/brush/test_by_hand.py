"""Dodge, burn, heal and restore: where they are painted, and nowhere else."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.ops.dodge_burn import Burn, Dodge
from freckle.ops.heal_brush import HealBrush
from freckle.ops.restore import Restore
from freckle.photo import Photo
from freckle.pixels.color import SRGB, lab
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.hand import relight, sheet_of
from freckle.render.render import render
from freckle.render.strokes import draw
from tests.brush.conftest import photo_of

TOOLS = (Dodge, Burn, HealBrush, Restore)
CHEEK = Stroke(points=((-0.28, -0.05), (-0.22, 0.1)), size=0.12)
CORNER = Stroke(points=((0.05, 0.06), (0.1, 0.3)), size=0.08, space="photo")
BEAUTY = preset("beauty").recipe


def by_hand(edit: Any, *strokes: Stroke, below: Recipe | None = None) -> Recipe:
    step = Step(edit=edit, mask=Mask(base="empty", strokes=strokes))
    base = below or Recipe()
    return base.model_copy(update={"steps": (*base.steps, step)})


def covered(photo: Photo, portrait: Portrait, *strokes: Stroke) -> Any:
    sheet = sheet_of(photo, portrait.people)
    return draw(Mask(base="empty", strokes=strokes), sheet, sheet.box).over(None, sheet.box)


@pytest.mark.parametrize("tool", TOOLS)
def test_at_nothing_and_without_a_mask_nothing_happens(
    tool: Any, photo: Photo, portrait: Portrait
) -> None:
    for recipe in (by_hand(tool(amount=0), CHEEK), Recipe(steps=(Step(edit=tool(amount=100)),))):
        assert np.array_equal(render(photo, portrait, recipe).photo.pixels, photo.pixels)


@pytest.mark.parametrize("tool", [Dodge, Burn, HealBrush])
def test_only_what_is_painted_changes(tool: Any, photo: Photo, portrait: Portrait) -> None:
    recipe = by_hand(tool(amount=80), CHEEK, CORNER)
    after = render(photo, portrait, recipe).photo.pixels
    changed = (after != photo.pixels).any(axis=2)
    mask = covered(photo, portrait, CHEEK, CORNER)
    assert not changed[mask == 0].any()
    assert changed[mask > 0.9].mean() > 0.5


@pytest.mark.parametrize(("tool", "sign"), [(Dodge, 1), (Burn, -1)])
def test_light_follows_the_slider_and_hue_stays(
    tool: Any, sign: int, photo: Photo, portrait: Portrait
) -> None:
    whole = covered(photo, portrait, CHEEK) > 0.99
    before = lab(photo.pixels.astype(np.float32) / 255)[whole]
    moved = [0.0]
    for amount in (20, 50, 100):
        pixels = render(photo, portrait, by_hand(tool(amount=amount), CHEEK)).photo.pixels
        after = lab(pixels.astype(np.float32) / 255)[whole]
        moved.append(sign * float((after[:, 0] - before[:, 0]).mean()))
    assert moved == sorted(moved)
    assert moved[-1] > 5
    hues = [np.degrees(np.arctan2(x[:, 2].mean(), x[:, 1].mean())) for x in (before, after)]
    assert abs(hues[1] - hues[0]) < 3


def test_texture_is_kept_in_the_ratio_of_light() -> None:
    random = np.random.default_rng(1)
    part = np.clip(110 + random.normal(0, 6, (64, 64, 1)), 0, 255).repeat(3, 2).astype(np.uint8)
    lit = part.copy()
    relight(lit, np.full((64, 64), 0.5, np.float32), SRGB)
    before, after = (np.log(x[..., 0].astype(float)).std() for x in (part, lit))
    assert after / before > 0.8
    assert np.corrcoef(part[..., 0].ravel(), lit[..., 0].ravel())[0, 1] > 0.99


def test_light_never_turns_round() -> None:
    ramp = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    for stops in (-1.0, -0.3, 0.4, 1.0):
        lit = ramp.copy()
        relight(lit, np.full((1, 256), stops, np.float32), SRGB)
        assert (np.diff(lit[0, :, 0].astype(int)) >= 0).all()
        assert lit[0, 0, 0] == 0


def test_what_is_restored_is_the_original_to_the_bit(photo: Photo, portrait: Portrait) -> None:
    changed = render(photo, portrait, BEAUTY).photo.pixels
    kept = render(photo, portrait, by_hand(Restore(), CHEEK, below=BEAUTY)).photo.pixels
    mask = covered(photo, portrait, CHEEK)
    assert (changed[mask == 1] != photo.pixels[mask == 1]).any()
    assert np.array_equal(kept[mask == 1], photo.pixels[mask == 1])
    assert np.array_equal(kept[mask == 0], changed[mask == 0])


def scratched(photo: Photo) -> Any:
    pixels = photo.pixels.copy()
    line = np.array([[[98, 128]], [[112, 150]], [[106, 170]]])
    cv2.polylines(pixels, [line], isClosed=False, color=(240, 240, 235), thickness=2)
    cv2.line(pixels, (6, 20), (26, 80), (40, 40, 60), 2)
    return pixels


def test_a_scratch_goes_on_the_face_and_beside_it(photo: Photo) -> None:
    broken = photo_of(scratched(photo))
    size = np.array([photo.width, photo.height])
    paths = ([(98, 128), (112, 150), (106, 170)], [(6, 20), (26, 80)])
    strokes = [
        Stroke(points=tuple(map(tuple, (np.array(p) / size).tolist())), size=0.035, space="photo")
        for p in paths
    ]
    healed = render(broken, analyze(broken), by_hand(HealBrush(), *strokes)).photo.pixels
    was = (broken.pixels != photo.pixels).any(axis=2)
    wrong, left = (
        np.abs(x[was].astype(int) - photo.pixels[was]).mean() for x in (broken.pixels, healed)
    )
    assert left < 0.25 * wrong


def test_work_by_hand_needs_no_face() -> None:
    random = np.random.default_rng(3)
    empty = photo_of(random.integers(90, 110, (120, 160, 3)).astype(np.uint8))
    for tool in (Dodge, Burn, HealBrush):
        done = render(empty, analyze(empty), by_hand(tool(amount=100), CORNER)).photo
        assert not np.array_equal(done.pixels, empty.pixels)
    face_only = render(empty, analyze(empty), by_hand(Dodge(amount=100), CHEEK)).photo
    assert np.array_equal(face_only.pixels, empty.pixels)


def test_the_same_strokes_give_the_same_bytes(photo: Photo, portrait: Portrait) -> None:
    edge = CHEEK.model_copy(update={"edge": True})
    recipe = by_hand(Dodge(amount=40), edge, CORNER, below=by_hand(HealBrush(), CORNER, CHEEK))
    again = Recipe.parse(recipe.to_json())
    threads = cv2.getNumThreads()
    found = []
    try:
        for count in (1, 2):
            cv2.setNumThreads(count)
            found.append(render(photo, analyze(photo), again).photo.pixels.tobytes())
    finally:
        cv2.setNumThreads(threads)
    assert found[0] == found[1] == render(photo, portrait, recipe).photo.pixels.tobytes()


def test_sixteen_bits_and_gray_stay_what_they_are(photo: Photo) -> None:
    deep = photo_of(photo.pixels.astype(np.uint16) * 257)
    recipe = by_hand(Dodge(amount=50), CHEEK, below=by_hand(HealBrush(), CORNER))
    lit = render(deep, analyze(deep), recipe).photo.pixels
    assert lit.dtype == np.uint16
    assert np.unique(lit[(lit != deep.pixels).any(axis=2)] % 257).size > 50
    light = cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY)[..., None].repeat(3, axis=2)
    gray = photo_of(light, gray=True)
    done = render(gray, analyze(gray), recipe).photo.pixels
    assert not np.array_equal(done, gray.pixels)
    assert (done[..., 0] == done[..., 1]).all()
    assert (done[..., 0] == done[..., 2]).all()


def test_opacity_and_panel_fade_work_by_hand(photo: Photo, portrait: Portrait) -> None:
    recipe = by_hand(Dodge(amount=80), CHEEK)
    full = render(photo, portrait, recipe).photo.pixels.astype(int)
    half = recipe.model_copy(update={"amounts": {"brush": 50.0}})
    none = recipe.model_copy(update={"amounts": {"brush": 0.0}})
    some = render(photo, portrait, half).photo.pixels.astype(int)
    before = photo.pixels.astype(int)
    assert 0 < (some - before).sum() < (full - before).sum()
    assert np.array_equal(render(photo, portrait, none).photo.pixels, photo.pixels)


def test_a_mark_under_the_healing_brush_counts_as_healed(photo: Photo, portrait: Portrait) -> None:
    spots = portrait.people[0].scene.spots
    if not spots:
        pytest.skip("no mark was found")
    frame = portrait.people[0].scene.frame
    x, y = frame.to_photo(np.array([[spots[0].x, spots[0].y]], np.float32))[0].tolist()
    dab = Stroke(points=((x / photo.width, y / photo.height),), size=0.06, space="photo")
    (done,) = render(photo, portrait, by_hand(HealBrush(), dab)).people
    assert 0 in done.scene.healed

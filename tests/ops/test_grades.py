"""The laws of tools for the whole picture, with and without a face in it."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait
from freckle.errors import RecipeError
from freckle.ops.adjust import STOPS, Adjust
from freckle.ops.catalogue import CATALOGUE
from freckle.ops.curve import Curve
from freckle.ops.grain import Grain
from freckle.ops.op import Grade
from freckle.ops.vignette import Vignette
from freckle.photo import Photo
from freckle.pixels.color import RGBSpace, lab, srgb_decode
from freckle.pixels.splines import monotone
from freckle.pixels.tone import KNEE, rolled
from freckle.pixels.white import XYZ, adapted, daylight
from freckle.recipe.recipe import Recipe, Step
from freckle.render import grade
from freckle.render.pyramid import View
from freckle.render.render import render
from freckle.studio.studio import Studio
from tests.golden.cases import GRADES
from tests.ops.conftest import photo_of

NOBODY = Portrait(())
OPS = [op for op in CATALOGUE if isinstance(op, Grade)]
ALL = [op.params(**GRADES[op.name]) for op in OPS]
ADOBE = RGBSpace(
    name="Adobe RGB",
    to_srgb=np.array(
        [[1.39836, -0.39836, 0], [0, 1, 0], [0, -0.04293, 1.04293]],
        np.float32,
    ),
    curve=(np.linspace(0, 1, 4096) ** 2.19921875).astype(np.float32),
)
"""Linear Adobe RGB (1998) in linear sRGB, and its gamma."""


def graded(photo: Photo, *edits: Any) -> Any:
    return render(photo, NOBODY, Recipe(steps=tuple(Step(edit=e) for e in edits))).photo.pixels


def scene(depth: int = 8, height: int = 700, width: int = 500) -> Photo:
    """Smooth light and color, edges and fine noise."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    down, across = down / height, across / width
    tones = [across, 0.5 + 0.5 * np.sin(9 * down), (across + down) / 2]
    tones = [t + 0.3 * ((down > 0.4) & (across > 0.3)) - 0.2 * (across > 0.8) for t in tones]
    noise = np.random.default_rng(1).normal(0, 0.02, (height, width, 3))
    values = np.clip(np.dstack(tones) + noise, 0, 1)
    peak = 2**depth - 1
    return photo_of(np.rint(values * peak).astype(np.uint8 if depth == 8 else np.uint16))


def exact_lab(light: Any) -> Any:
    """CIELAB of linear sRGB in double precision; OpenCV's is off by up to .5."""
    share = light.astype(float) @ (XYZ / XYZ.sum(axis=1, keepdims=True)).T
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_a_grade_at_rest_gives_the_very_photo(op: Grade[Any]) -> None:
    photo = scene()
    assert render(photo, NOBODY, Recipe(steps=(Step(edit=op.params()),))).photo is photo


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.op)
def test_a_photo_without_a_face_is_changed_all_over(edit: Any) -> None:
    photo = scene()
    done = render(photo, NOBODY, Recipe(steps=(Step(edit=edit),)))
    assert (done.photo.pixels != photo.pixels).any(axis=2).mean() > 0.3
    assert [deed.op for deed in done.deeds] == [edit.op]
    assert done.people == ()


def test_exposure_is_a_factor_of_light() -> None:
    photo = scene(16)
    light = srgb_decode(photo.pixels.astype(np.float32) / 65535)
    for amount in (-60, -20, 10, 20, 40):
        after = graded(photo, Adjust(exposure=amount)).astype(np.float32) / 65535
        meant = light * 2 ** (STOPS * amount / 100)
        below = (meant < 1).all(axis=2)
        apart = np.linalg.norm(exact_lab(srgb_decode(after)) - exact_lab(meant), axis=2)
        assert 0.05 < below.mean() < 1.1
        assert apart[below].max() <= 0.5
        assert apart[(meant <= KNEE).all(axis=2)].max() <= 0.05


def test_the_shoulder_keeps_order_and_white() -> None:
    gray = np.linspace(0, 4, 4001, dtype=np.float32)
    light = np.repeat(gray[None, :, None], 3, axis=2)
    out = rolled(light, 4.0)[0, :, 0]
    assert (np.diff(out) >= 0).all()
    assert out[-1] == pytest.approx(1)
    assert np.array_equal(out[gray <= KNEE], gray[gray <= KNEE])


SLIDERS = [name for name in Adjust.model_fields if name not in ("op", "version")]


@pytest.mark.parametrize("name", SLIDERS)
@pytest.mark.parametrize("amount", [-100, -40, 40, 100])
def test_a_gradient_of_16_bits_shows_no_steps_and_no_turn(name: str, amount: float) -> None:
    """Gray from dark to light: neighbors stay neighbors, and no tone overtakes another."""
    ramp = np.linspace(2000, 63000, 6000).astype(np.uint16)
    photo = photo_of(np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (24, 6000, 3))))
    after = graded(photo, Adjust(**{name: amount}))[12].astype(int)
    steps = np.diff(after, axis=0)
    usual = np.diff(ramp.astype(int)).max()
    most = {"exposure": 40, "shadows": 6, "highlights": 6}.get(name, 3)
    assert steps.max() <= most * usual + 2
    assert steps.min() >= -1
    if name not in ("temperature", "tint"):
        assert np.ptp(after, axis=1).max() <= 2  # gray stays gray


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.op)
def test_the_same_bytes_with_any_number_of_threads(edit: Any) -> None:
    photo, before = scene(), cv2.getNumThreads()
    try:
        found = []
        for threads in (1, 2, 4):
            cv2.setNumThreads(threads)
            found.append(graded(photo, edit).tobytes())
    finally:
        cv2.setNumThreads(before)
    assert len(set(found)) == 1


def test_tiles_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    """What clarity does near the border of two tiles, it does in a picture of one tile, too."""
    photo = scene(16)
    edit = Adjust(clarity=80, shadows=60, highlights=-60)
    whole = graded(photo, edit).astype(int)
    monkeypatch.setattr(grade, "TILE", 150)
    assert np.abs(graded(photo, edit) - whole).max() <= 1


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("wide", [False, True])
def test_the_screen_shows_the_file(depth: int, wide: bool) -> None:
    photo = scene(depth)
    photo = replace(photo, space=ADOBE) if wide else photo
    studio = Studio(photo)
    recipe = Recipe(steps=tuple(Step(edit=edit) for edit in ALL))
    saved = studio._to_screen(render(photo, NOBODY, recipe).photo.pixels).astype(int)
    whole = View(0, 0, 500, 700, 500, 700)
    part = View(150, 200, 200, 180, 200, 180)
    assert np.array_equal(studio.draw(recipe, whole, lambda: False).screen, saved)
    shown = studio.draw(recipe, part, lambda: False).screen.astype(int)
    assert np.abs(shown - saved[200:380, 150:350]).max() <= 1
    assert np.mean(shown != saved[200:380, 150:350]) < 0.002


def test_the_screen_shows_the_file_after_work_on_a_face(photo: Photo, portrait: Portrait) -> None:
    steps = (
        Step(edit=CATALOGUE_BY["smooth"](amount=60)),
        Step(edit=Adjust(exposure=10, contrast=20, clarity=20)),
    )
    studio = Studio(photo)
    recipe = Recipe(steps=steps)
    shown = studio.draw(recipe, View(0, 0, 280, 300, 280, 300), lambda: False).screen.astype(int)
    saved = render(photo, studio.portrait, recipe).photo.pixels.astype(int)
    off = np.abs(shown - saved)
    assert off.max() <= 4
    assert np.mean(off > 1) < 0.01
    assert portrait.people


CATALOGUE_BY = {op.name: op.params for op in CATALOGUE}


def test_wide_gamut_and_depth_are_kept() -> None:
    photo = replace(scene(16), space=ADOBE)
    green = np.zeros((40, 40, 3), np.uint16)
    green[..., 1] = np.linspace(20000, 60000, 40).astype(np.uint16)[None, :]
    vivid = replace(photo_of(green), space=ADOBE)
    after = graded(vivid, Adjust(exposure=-20))
    assert after.dtype == np.uint16
    assert after[..., 0].max() == after[..., 2].max() == 0  # as saturated as before
    assert np.unique(after[..., 1]).size == 40
    assert np.unique(graded(photo, Adjust(exposure=-2)) % 257).size == 257


def test_gray_files_stay_gray() -> None:
    light = scene().pixels[..., 0]
    gray = photo_of(np.repeat(light[..., None], 3, axis=2), gray=True)
    after = graded(gray, Adjust(temperature=60, exposure=10), Grain(amount=30))
    assert np.array_equal(after[..., 0], after[..., 1])
    assert np.array_equal(after[..., 0], after[..., 2])


def test_temperature_follows_daylight_and_gray_keeps_its_light() -> None:
    assert daylight(6504) == pytest.approx((0.3127, 0.3291), abs=2e-4)  # D65 (CIE 15)
    assert daylight(5003) == pytest.approx((0.3457, 0.3586), abs=2e-4)  # D50
    space = RGBSpace()
    assert adapted(0, 0, space) == pytest.approx(np.eye(3), abs=1e-6)
    for mired, duv, brighter, darker in ((-40, 0, 0, 2), (40, 0, 2, 0), (0, 0.01, 0, 1)):
        gray = adapted(mired, duv, space) @ np.ones(3, np.float32)
        assert gray @ [0.2126, 0.7152, 0.0722] == pytest.approx(1, abs=1e-3)
        assert gray[brighter] > gray[darker]


def test_vibrance_spares_skin() -> None:
    skin, sky = (0.80, 0.60, 0.50), (0.50, 0.60, 0.75)
    photo = photo_of(
        np.rint(65535 * np.array([[skin, sky]] * 8).repeat(8, axis=1)).astype(np.uint16)
    )
    after = lab((graded(photo, Adjust(vibrance=100)) / 65535).astype(np.float32))
    before = lab((photo.pixels / 65535).astype(np.float32))
    gain = np.hypot(*after[0, :, 1:].T) / np.hypot(*before[0, :, 1:].T)
    assert gain[0] < 1.3
    assert gain[-1] > 1.6


def test_clarity_makes_no_halos() -> None:
    step = np.full((400, 400, 3), 60, np.uint8)
    step[:, 200:] = 190
    after = graded(photo_of(step), Adjust(clarity=100)).astype(int)[200, :, 0]
    assert np.abs(after[:190] - 60).max() <= 4
    assert np.abs(after[210:] - 190).max() <= 4


def test_a_vignette_leaves_the_middle_and_is_even() -> None:
    flat = photo_of(np.full((300, 400, 3), 128, np.uint8))
    after = graded(flat, Vignette(amount=-80)).astype(int)
    assert np.array_equal(after[140:160, 180:220], flat.pixels[140:160, 180:220])
    assert after[0, 0, 0] < 100
    assert np.abs(after - after[::-1, ::-1]).max() <= 1


def test_grain_belongs_to_the_picture_and_has_no_mean() -> None:
    flat = photo_of(np.full((600, 800, 3), 128, np.uint8))
    after = graded(flat, Grain(amount=100, size=100)).astype(float)
    assert np.array_equal(after[..., 0], after[..., 1])
    assert after.mean() == pytest.approx(128, abs=1.5)
    assert 4 < after[..., 0].std() < 20


def test_a_curve_goes_through_its_points_and_keeps_order() -> None:
    points = ((0.0, 0.0), (0.25, 0.15), (0.3, 0.6), (1.0, 1.0))
    values = np.linspace(0, 1, 1001, dtype=np.float32)
    curve = monotone(points, values)
    assert (np.diff(curve) >= -1e-6).all()
    assert monotone(points, np.array([x for x, _ in points], np.float32)) == pytest.approx(
        [y for _, y in points], abs=1e-6
    )
    gray = photo_of(np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2))
    after = graded(gray, Curve(points=points))[0, :, 0].astype(int)
    assert after == pytest.approx(255 * monotone(points, np.arange(256) / np.float32(255)), abs=1)


def test_settings_survive_json_and_are_for_the_whole_picture_only() -> None:
    recipe = Recipe(steps=tuple(Step(edit=edit) for edit in ALL))
    assert Recipe.parse(recipe.to_json()) == recipe
    for bad in (
        '{"steps":[{"edit":{"op":"adjust","exposure":20},"person":"40-40"}]}',
        '{"steps":[{"edit":{"op":"adjust","exposure":20},"mask":{"base":"empty"}}]}',
        '{"steps":[{"edit":{"op":"curve","points":[[0,0],[0,1]]}}]}',
        '{"steps":[{"edit":{"op":"curve","points":[[0,0]]}}]}',
    ):
        with pytest.raises(RecipeError):
            Recipe.parse(bad)


def test_an_excluded_person_is_graded_with_the_picture(photo: Photo, portrait: Portrait) -> None:
    step = Step(edit=Adjust(exposure=20))
    one = render(photo, portrait, Recipe(steps=(step,)))
    other = render(photo, portrait, Recipe(steps=(step,), excluded=portrait.keys))
    assert np.array_equal(one.photo.pixels, other.photo.pixels)


def test_the_panels_amount_fades_grades() -> None:
    photo = scene()
    step = Step(edit=Adjust(exposure=-20))
    none = Recipe(steps=(step,), amounts={"adjust": 0})
    half = Recipe(steps=(step,), amounts={"adjust": 50})
    assert render(photo, NOBODY, none).photo is photo
    whole, some = graded(photo, Adjust(exposure=-20)), render(photo, NOBODY, half).photo.pixels
    assert whole.mean() < some.mean() < photo.pixels.mean()

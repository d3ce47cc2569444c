"""Crop: the frame is where the sliders say, nothing is resampled without need, nothing is empty."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.analysis.portrait import Portrait
from freckle.errors import RecipeError
from freckle.geometry import Box
from freckle.ops.crop import Crop, frame
from freckle.photo import Photo
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.settings import with_setting
from freckle.render.render import render
from tests.ops.conftest import photo_of

EMPTY = Portrait(())


def cropped(photo: Photo, portrait: Portrait = EMPTY, **values: Any) -> Photo:
    recipe = Recipe(steps=(Step(edit=Crop(**values)),))
    return render(photo, portrait, recipe).photo


def noise(width: int = 60, height: int = 41) -> Photo:
    return photo_of(np.random.default_rng(5).integers(0, 255, (height, width, 3), np.uint8))


def test_turns_and_mirrors_move_whole_pixels() -> None:
    photo = noise()
    for turn, code in (("90", cv2.ROTATE_90_CLOCKWISE), ("180", cv2.ROTATE_180)):
        assert np.array_equal(cropped(photo, turn=turn).pixels, cv2.rotate(photo.pixels, code))
    assert np.array_equal(cropped(photo, mirror=True).pixels, photo.pixels[:, ::-1])
    both = cropped(photo, flip=True, turn="270").pixels
    turned = cv2.rotate(photo.pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    assert np.array_equal(both, turned[::-1])


def test_a_cut_is_the_pixels_themselves() -> None:
    photo = noise()
    out = cropped(photo, left=0.25, top=0.2, width=0.5, height=0.6)
    assert out.pixels.shape == (25, 30, 3)
    assert np.array_equal(out.pixels, photo.pixels[8:33, 15:45])


@settings(max_examples=120, deadline=None)
@given(
    st.tuples(st.integers(20, 900), st.integers(20, 900)),
    st.floats(-45, 45),
    st.sampled_from(["0", "90", "180", "270"]),
    st.tuples(*[st.floats(0.0, 1.0)] * 4),
    st.sampled_from(["free", "original", "1:1", "4:5", "16:9", "35:45"]),
    st.sampled_from([0, 40, 80]),
)
def test_no_corner_is_ever_beside_the_picture(
    size: tuple[int, int],
    angle: float,
    turn: Any,
    cut: tuple[float, ...],
    ratio: str,
    head: float,
) -> None:
    left, top = cut[0] * 0.9, cut[1] * 0.9
    params = Crop(
        left=left,
        top=top,
        width=max(0.05, cut[2]),
        height=max(0.05, cut[3]),
        angle=angle,
        turn=turn,
        ratio=ratio,
        head=head,
    )
    found = frame(params, size, [Box(size[0] // 3, size[1] // 4, size[0] // 2, size[1] // 2)])
    width, height = found.size
    assert width >= 1
    assert height >= 1
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64)
    seen = corners @ found.to_source.matrix[:, :2].T + found.to_source.matrix[:, 2]
    assert seen.min() >= -1.5  # rounding to whole pixels
    assert (seen <= np.array(size) + 1.5).all()


@pytest.mark.parametrize("ratio", ["1:1", "4:5", "16:9", "35:45"])
def test_a_ratio_is_kept_whatever_the_angle(ratio: str) -> None:
    wide, _, tall = ratio.partition(":")
    for angle in (0.0, 4.0, -20.0):
        width, height = frame(Crop(ratio=ratio, angle=angle), (3000, 2000)).size
        assert width / height == pytest.approx(float(wide) / float(tall), rel=0.002)


def test_straightening_turns_the_picture_clockwise_around_its_middle() -> None:
    pixels = np.zeros((201, 301, 3), np.uint8)
    pixels[98:103, 150:290] = 255  # a bar to the right of the middle
    out = cropped(photo_of(pixels), angle=10)
    height, width = out.pixels.shape[:2]
    rows, columns = np.nonzero(out.pixels[..., 0] > 128)
    slope = np.polyfit(columns, rows, 1)[0]
    assert np.degrees(np.arctan(slope)) == pytest.approx(10, abs=0.3)
    assert (width / 2 - columns.min()) < 4  # it still begins in the middle
    assert abs(rows[columns.argmin()] - height / 2) < 4


def test_the_head_comes_to_its_place(photo: Photo, portrait: Portrait) -> None:
    recipe = with_setting(with_setting(Recipe(), "crop.ratio", "35:45"), "crop.head", "70")
    done = render(photo, portrait, recipe)
    box = portrait.people[0].face.box
    assert done.framing is not None
    x, y, w, h = done.framing.placed((box.left, box.top, box.width, box.height))
    width, height = done.framing.size
    assert x > 0
    assert y > 0
    assert x + w < width
    assert y + h < height
    assert 0.35 < h / height < 0.75
    assert abs(x + w / 2 - width / 2) < 0.1 * width


def test_work_on_people_is_the_same_in_every_frame(photo: Photo, portrait: Portrait) -> None:
    natural = preset("natural").recipe
    whole = render(photo, portrait, natural).photo.pixels
    crop = Crop(left=0.2, top=0.1, width=0.6, height=0.5, turn="90")
    step = Step(edit=crop)
    done = render(photo, portrait, natural.model_copy(update={"steps": (*natural.steps, step)}))
    turned = cv2.rotate(whole, cv2.ROTATE_90_CLOCKWISE)
    height, width = turned.shape[:2]
    top, left = round(0.1 * height), round(0.2 * width)
    part = turned[top:, left:][: done.photo.height, : done.photo.width]
    assert np.array_equal(done.photo.pixels, part)
    assert [deed.op for deed in done.deeds] == ["crop"]
    before = done.before(photo)
    assert before.pixels.shape == done.photo.pixels.shape


def test_transparency_goes_along() -> None:
    photo = noise()
    alpha = np.arange(60 * 41, dtype=np.uint8).reshape(41, 60)
    out = cropped(replace(photo, alpha=alpha), turn="90", mirror=True)
    assert out.alpha is not None
    assert np.array_equal(out.alpha, cv2.rotate(alpha, cv2.ROTATE_90_CLOCKWISE)[:, ::-1])


def test_a_frame_at_rest_changes_nothing() -> None:
    photo = noise()
    assert cropped(photo) is photo
    assert cropped(photo, ratio="original") is photo


@pytest.mark.parametrize("text", ["4x5", "0:1", "1:0", "-1:2", "a:b", "1:", "9" * 9 + ":1"])
def test_what_is_no_ratio_is_refused(text: str) -> None:
    with pytest.raises(RecipeError, match="ratio"):
        with_setting(Recipe(), "crop.ratio", text)


def test_a_frame_is_for_the_whole_picture() -> None:
    with pytest.raises(RecipeError, match="whole picture"):
        with_setting(Recipe(), "crop.angle", 3, "48-35")
    with pytest.raises(ValueError, match="whole picture"):
        Step(edit=Crop(angle=3), person="48-35")


def test_files_have_the_size_of_their_frame(tmp_path: Path) -> None:
    import freckle  # noqa: PLC0415 - as a program would

    photo = freckle.from_array(noise(90, 60).pixels)
    result = freckle.retouch(photo, crop={"ratio": "1:1"})
    assert result.to_array().shape == (60, 60, 3)
    result.save(tmp_path / "square.png")
    again = freckle.open(tmp_path / "square.png")
    assert (again.content.width, again.content.height) == (60, 60)
    assert result.comparison().shape[1] >= 120
    assert result.heatmap().shape[1] == 60

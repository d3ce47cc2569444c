"""People before another background: they stay as they are, hair mixes in linear light."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.matte import PEAK, Matte
from freckle.analysis.portrait import Portrait, analyze
from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import OutputError, RecipeError
from freckle.ops.background import Background
from freckle.photo import Photo
from freckle.pixels.closed_form import closed_form
from freckle.pixels.foreground import colors
from freckle.recipe.recipe import Recipe, Step
from freckle.render.finish import check_holds
from freckle.render.ground import pack
from freckle.render.render import render
from tests.ops.conftest import photo_of

GROUNDS: list[dict[str, Any]] = [
    {"mode": "color", "color": "#00b140"},
    {"mode": "gradient", "angle": 30},
    {"mode": "gradient", "shape": "radial"},
    {"mode": "blur", "blur": 60},
]


def recipe(**values: Any) -> Recipe:
    return Recipe(steps=(Step(edit=Background(**values)),))


def finished(photo: Photo, portrait: Portrait, **values: Any) -> Photo:
    return render(photo, portrait, recipe(**values)).photo


def strands(seed: int = 1) -> tuple[Any, Any, Any]:
    """A dark disc with drawn hairs before a busy, lighter ground; the alpha it was made with."""
    dice = np.random.default_rng(seed)
    large = np.zeros((960, 960), np.uint8)
    cv2.circle(large, (480, 520), 260, 255, -1)
    for turn in dice.uniform(0, 2 * np.pi, 60):
        root = np.array([480, 520]) + 240 * np.array([np.cos(turn), np.sin(turn)])
        tip = np.array([480, 520]) + dice.uniform(300, 380) * np.array([np.cos(turn), np.sin(turn)])
        ends = [tuple(np.rint(end).astype(int).tolist()) for end in (root, tip)]
        cv2.line(large, ends[0], ends[1], 255, 5, cv2.LINE_AA)
    alpha = cv2.resize(large, (320, 320), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    noise = cv2.GaussianBlur(dice.random((320, 320, 3)).astype(np.float32), (0, 0), 12)
    ground = 0.6 + 2.0 * (noise - 0.5)
    front = np.full((320, 320, 3), (0.2, 0.13, 0.1), np.float32)
    picture = alpha[..., None] * front + (1 - alpha[..., None]) * ground
    return picture.astype(np.float32), alpha, ground


def test_drawn_hairs_are_found_with_their_alpha() -> None:
    picture, alpha, _ = strands()
    known = np.full(alpha.shape, 0.5, np.float32)
    middle = np.hypot(*(np.mgrid[:320, :320] - np.array([173, 160])[:, None, None]))
    known[middle < 72], known[middle > 135] = 1, 0
    found = closed_form(picture, known, (middle < 87).astype(np.float32), np.full_like(alpha, 3e-4))
    band = known == 0.5
    assert np.abs(found - alpha)[band].mean() < 0.03
    assert np.array_equal(found[~band], known[~band])


def test_colors_of_both_are_told_apart() -> None:
    picture, alpha, ground = strands(2)
    front, back = colors(picture, alpha)
    mixed = (alpha > 0.2) & (alpha < 0.8)
    assert np.abs(front - (0.2, 0.13, 0.1))[mixed].mean() < 0.03
    assert np.abs(back - ground)[mixed].mean() < 0.05


def test_a_person_is_cut_out_and_the_wall_is_not(photo: Photo, portrait: Portrait) -> None:
    matte = portrait.matte
    assert matte.alpha.shape == (photo.height, photo.width)
    box = portrait.people[0].face.box.grow(-12)
    assert (matte.alpha[box.slices] == PEAK).mean() > 0.97
    assert (matte.alpha == 0).mean() > 0.1
    assert portrait.quick_matte is matte, "the fine one is known"
    fresh = Portrait(portrait.people, photo)
    rough = fresh.quick_matte
    assert rough is fresh.quick_matte
    assert fresh.matte is fresh.quick_matte
    assert np.abs(rough.alpha.astype(float) - matte.alpha).mean() < 0.06 * PEAK


def test_the_same_bytes_with_any_number_of_threads(photo: Photo) -> None:
    threads, found = cv2.getNumThreads(), []
    try:
        for count in (1, 2):
            cv2.setNumThreads(count)
            done = finished(photo, analyze(photo), mode="blur", blur=70, softness=30)
            found.append(done.pixels.tobytes())
    finally:
        cv2.setNumThreads(threads)
    assert found[0] == found[1]


@pytest.mark.parametrize("values", GROUNDS, ids=lambda v: "-".join(map(str, v.values())))
def test_what_is_wholly_the_persons_stays_to_the_bit(
    values: dict[str, Any], photo: Photo, portrait: Portrait
) -> None:
    own = portrait.matte.alpha == PEAK
    done = finished(photo, portrait, **values)
    assert np.array_equal(done.pixels[own], photo.pixels[own])
    assert not np.array_equal(done.pixels[~own], photo.pixels[~own])
    assert done.alpha is None


@pytest.mark.parametrize("values", [{"mode": "keep", "softness": 50}, {"mode": "blur", "blur": 0}])
def test_an_untouched_background_leaves_the_very_photo(
    values: dict[str, Any], photo: Photo, portrait: Portrait
) -> None:
    assert finished(photo, portrait, **values) is photo


def test_a_brand_color_is_that_very_color(photo: Photo, portrait: Portrait) -> None:
    done = finished(photo, portrait, mode="color", color="#3a7d44")
    away = portrait.matte.alpha == 0
    assert (done.pixels[away] == (0x3A, 0x7D, 0x44)).all()


def test_a_gradient_has_no_bands(photo: Photo, portrait: Portrait) -> None:
    """Steps of 8 bits are hidden in noise below them; a gray ground stays gray."""
    asked = {"mode": "gradient", "angle": 0, "color": "#202020", "second": "#282828"}
    done = finished(photo, portrait, **asked).pixels
    away = portrait.matte.alpha == 0
    assert (done[away] == done[away][:, :1]).all()
    wanted = 32 + 8 * (np.arange(photo.width) + 0.5) / photo.width
    off = np.where(away, done[..., 0] - wanted, np.nan)
    assert np.nanmax(np.abs(off)) < 1.05, "no pixel is farther off than a step"
    tall = away.sum(axis=0) > photo.height // 2
    assert tall.sum() > 20
    assert np.abs(np.nanmean(off[:, tall], axis=0)).max() < 0.15, "the mean climbs in no steps"
    assert np.array_equal(finished(photo, portrait, **asked).pixels, done)


def test_sixteen_bits_stay_sixteen(photo: Photo) -> None:
    deep = photo_of(photo.pixels.astype(np.uint16) * 257)
    portrait = analyze(deep)
    done = finished(deep, portrait, mode="color", color="#3a7d44")
    away = portrait.matte.alpha == 0
    assert done.pixels.dtype == np.uint16
    assert (done.pixels[away] == np.array([0x3A, 0x7D, 0x44]) * 257).all()


def test_the_old_ground_put_back_gives_about_the_old_picture() -> None:
    picture, alpha, ground = strands(4)
    photo = photo_of(np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8))
    front, back = colors(picture, alpha)
    matte = Matte(np.rint(alpha * PEAK).astype(np.uint16), front, back)
    portrait = Portrait((), photo)
    portrait.__dict__["matte"] = matte
    old = photo_of(np.rint(np.clip(ground, 0, 1) * 255).astype(np.uint8))
    image = pack(encode(old, SaveOptions(format="png")))
    done = finished(photo, portrait, mode="image", image=image)
    assert np.abs(done.pixels.astype(float) - photo.pixels).mean() < 1.0


def test_blur_does_not_bring_the_person_into_the_ground() -> None:
    pixels = np.full((240, 240, 3), 200, np.uint8)
    alpha = np.zeros((240, 240), np.uint16)
    pixels[60:180, 60:180], alpha[60:180, 60:180] = 20, PEAK
    photo, small = photo_of(pixels), np.full((240, 240, 3), 0.5, np.float32)
    portrait = Portrait((), photo)
    portrait.__dict__["matte"] = Matte(alpha, small, small)
    done = finished(photo, portrait, mode="blur", blur=100)
    assert np.abs(done.pixels[alpha == 0].astype(int) - 200).max() <= 1, "a dark rim"
    assert (done.pixels[alpha == PEAK] == 20).all()


@pytest.mark.parametrize("name", ["png", "webp", "tiff", "avif"])
def test_a_removed_background_is_transparent_in_the_file(
    name: Any, photo: Photo, portrait: Portrait
) -> None:
    done = finished(photo, portrait, mode="remove")
    again = load_bytes(encode(done, SaveOptions(format=name, quality=90)))
    assert again.alpha is not None
    # AVIF's alpha is lossy, as its colors are
    assert np.percentile(again.alpha[portrait.matte.alpha == 0], 98) <= 2
    assert np.percentile(again.alpha[portrait.matte.alpha == PEAK], 2) >= 253
    gone = portrait.matte.alpha == 0
    assert not np.array_equal(done.pixels[gone], photo.pixels[gone]), "it is still in the file"


def test_jpeg_without_a_background_is_refused_with_a_remedy() -> None:
    with pytest.raises(OutputError, match="PNG, WebP, TIFF or AVIF"):
        check_holds(recipe(mode="remove"), "jpeg")
    check_holds(recipe(mode="remove"), "png")
    check_holds(recipe(mode="color"), "jpeg")


def test_reshaped_people_are_cut_out_as_they_are_then(photo: Photo, portrait: Portrait) -> None:
    from freckle.ops.face_shape import HEAD_SIZE  # noqa: PLC0415

    steps = (
        Step(edit=HEAD_SIZE.params(amount=-100)),
        Step(edit=Background(mode="color", color="#00ff00")),
    )
    done = render(photo, portrait, Recipe(steps=steps)).photo
    green = (done.pixels == (0, 255, 0)).all(axis=2)
    assert green.sum() != (portrait.matte.alpha == 0).sum()


def test_a_picture_that_is_none_is_refused(photo: Photo, portrait: Portrait) -> None:
    with pytest.raises(RecipeError, match="cannot be opened"):
        finished(photo, portrait, mode="image", image="AAAA")


def test_a_gray_photo_gets_a_ground_in_color(photo: Photo) -> None:
    level = cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY)
    gray = photo_of(np.dstack([level] * 3), gray=True)
    portrait = analyze(gray)
    done = finished(gray, portrait, mode="color", color="#3a7d44")
    again = load_bytes(encode(done, SaveOptions(format="png")))
    away = portrait.matte.alpha == 0
    assert away.any()
    assert (again.pixels[away] == (0x3A, 0x7D, 0x44)).all()
    assert finished(gray, portrait, mode="color", color="#808080").source.gray

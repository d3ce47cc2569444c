"""A real studio ground, evened and cleaned: light, creases and dust go, grain and people stay."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.backdrop import Backdrop
from freckle.analysis.matte import PEAK, Matte
from freckle.analysis.portrait import Portrait
from freckle.ops.background import Background
from freckle.ops.vignette import VIGNETTE
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe, Step
from freckle.render.render import Rendering, render
from freckle.report.measure import report_of
from tests.ops.conftest import photo_of

SIDE = 720


def band(plane: Any, fine: float, wide: float) -> Any:
    return cv2.GaussianBlur(plane, (0, 0), fine) - cv2.GaussianBlur(plane, (0, 0), wide)


class Studio:
    """A dark disc as the person, on gray paper with grain, and what is wrong with the paper."""

    def __init__(self) -> None:
        dice = np.random.default_rng(7)
        down, across = np.mgrid[:SIDE, :SIDE].astype(np.float32)
        grain = dice.normal(0, 1.6 / 255, (SIDE, SIDE, 3)).astype(np.float32)
        self.light = 0.10 * (across / SIDE - 0.5) - 0.16 * (down / SIDE - 0.5) ** 2
        turned = 0.8 * across - 0.6 * down + 8 * np.sin(down / 60)
        fold = np.exp(-(((turned - 60) / 4) ** 2)) - 0.7 * np.exp(-(((turned - 70) / 5) ** 2))
        self.dust = np.zeros((SIDE, SIDE), np.float32)
        for x, y in dice.integers(20, SIDE - 20, (30, 2)).tolist():
            cv2.circle(self.dust, (x, y), 2, 1.0, -1, cv2.LINE_AA)
        alpha = np.zeros((SIDE, SIDE), np.float32)
        cv2.circle(alpha, (SIDE // 2, SIDE // 2 + 60), 190, 1.0, -1)
        alpha = cv2.GaussianBlur(alpha, (0, 0), 1.0)
        self.alpha = np.rint(alpha * PEAK).astype(np.uint16)
        self.own = self.alpha == PEAK
        ground = 0.66 + self.light + 0.07 * fold - 0.12 * self.dust
        wide = alpha[..., None]
        picture = wide * 0.25 + (1 - wide) * ground[..., None] + grain
        self.photo = photo_of(np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8))
        self.away = cv2.distanceTransform((self.alpha == 0).astype(np.uint8), cv2.DIST_L2, 3) > 40

    def portrait(self, photo: Photo | None = None) -> Portrait:
        photo = photo or self.photo
        small = np.full((*photo.pixels.shape[:2], 3), 0.5, np.float32)
        found = Portrait((), photo)
        found.__dict__["matte"] = Matte(self.alpha, small, small)
        return found

    def cleaned(self, *more: Step, **values: float) -> Rendering:
        steps = (*more, Step(edit=Background(mode="clean", **values)))
        return render(self.photo, self.portrait(), Recipe(steps=steps))

    def level(self, pixels: Any) -> Any:
        return pixels.astype(np.float32).mean(axis=2)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


def test_light_creases_and_dust_go_and_the_grain_stays(studio: Studio) -> None:
    before = studio.level(studio.photo.pixels)
    after = studio.level(studio.cleaned(marks=100, even=100).photo.pixels)
    away = studio.away

    def left(fine: float, wide: float, where: Any = away) -> float:
        old, new = (band(each, fine, wide)[where].std() for each in (before, after))
        return float(new / old)

    assert left(5, 12) < 0.35, "the fold"
    wide = [cv2.GaussianBlur(each, (0, 0), 25)[away].std() for each in (before, after)]
    assert wide[1] < 0.35 * wide[0], "the light"
    specks = cv2.dilate(studio.dust, np.ones((3, 3))) > 0.9
    dusty = [abs(band(each, 1, 6)[away & specks].mean()) for each in (before, after)]
    assert dusty[1] < 0.3 * dusty[0], "dust"
    untouched = away & (cv2.dilate(studio.dust, np.ones((15, 15))) == 0)
    fine = [each - cv2.GaussianBlur(each, (0, 0), 0.8) for each in (before, after)]
    assert fine[1][untouched].std() == pytest.approx(fine[0][untouched].std(), rel=0.05), "grain"
    assert np.corrcoef(fine[0][untouched], fine[1][untouched])[0, 1] > 0.95, "the same grain"


def test_what_is_wholly_the_persons_keeps_every_bit_and_the_report_counts_it(
    studio: Studio,
) -> None:
    done = studio.cleaned(marks=100, even=100)
    assert np.array_equal(done.photo.pixels[studio.own], studio.photo.pixels[studio.own])
    assert done.cleaned is not None
    assert (done.cleaned.people, done.cleaned.changed) == (int(studio.own.sum()), 0)
    portrait = studio.portrait()
    report = report_of(studio.photo, portrait, Recipe(), (), done.deeds, done.cleaned)
    assert report.to_plain()["cleaned"]["changed"] == 0
    assert report.disclosure == "background cleaned; shape unchanged"


def test_each_slider_does_its_own_part(studio: Studio) -> None:
    before = studio.level(studio.photo.pixels)
    marks, even = (
        studio.level(studio.cleaned(**{"marks": 0, "even": 0, one: 100}).photo.pixels)
        for one in ("marks", "even")
    )

    def fold(plane: Any) -> float:
        return float(band(plane, 5, 12)[studio.away].std())

    def light(plane: Any) -> float:
        return float(cv2.GaussianBlur(plane, (0, 0), 25)[studio.away].std())

    assert fold(marks) < 0.35 * fold(before) < 0.9 * fold(even) * 0.5
    assert light(even) < 0.4 * light(before) < 0.5 * light(marks)


def test_a_vignette_of_the_look_is_no_uneven_light(studio: Studio) -> None:
    vignette = Step(edit=VIGNETTE.params(amount=-60))
    plain = studio.level(studio.cleaned(marks=0, even=100).photo.pixels)
    dark = studio.level(studio.cleaned(vignette, marks=0, even=100).photo.pixels)
    assert plain[:40, :40].mean() - dark[:40, :40].mean() > 25


def test_a_busy_ground_stays_to_the_bit_and_a_sentence_says_so(studio: Studio) -> None:
    dice = np.random.default_rng(3)
    tiles = np.kron(dice.integers(30, 230, (24, 24, 3)), np.ones((30, 30, 1)))
    photo = photo_of(np.where(studio.own[..., None], 60, tiles).astype(np.uint8))
    recipe = Recipe(steps=(Step(edit=Background(mode="clean", marks=100, even=100)),))
    done = render(photo, studio.portrait(photo), recipe)
    assert np.array_equal(done.photo.pixels, photo.pixels)
    assert done.cleaned is not None
    assert "no plain backdrop" in done.cleaned.sentence


def test_thin_strands_beside_hair_are_not_taken_for_creases(studio: Studio) -> None:
    pixels, alpha = studio.photo.pixels.copy(), studio.alpha.copy()
    hair = np.zeros((SIDE, SIDE), np.uint8)
    for turn in np.linspace(np.pi, 2 * np.pi, 60):  # hair that the matte knows, one longer strand
        way = np.array([np.cos(turn), np.sin(turn)])
        ends = [np.rint(np.array([360, 420]) + r * way).astype(int).tolist() for r in (185, 215)]
        cv2.line(hair, ends[0], ends[1], 255, 2, cv2.LINE_AA)
    alpha = np.maximum(alpha, hair.astype(np.uint16) * 200)
    strand = np.zeros((SIDE, SIDE), np.uint8)
    cv2.line(strand, (360, 205), (366, 192), 255, 1)
    pixels[strand > 0] = 120
    photo = photo_of(pixels)
    small = np.full((SIDE, SIDE, 3), 0.5, np.float32)
    found = Backdrop.of(photo, Matte(alpha, small, small))
    assert np.abs(found.cleaning[strand > 0]).max() < 0.2 * (170 - 120) / 255

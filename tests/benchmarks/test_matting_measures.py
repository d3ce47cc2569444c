"""The matting benchmark finds the truth perfect, and each fault raises the figure named for it."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.cutouts import Cutout
from benchmarks.grounds import GROUNDS, ground
from benchmarks.harness import Subject
from benchmarks.matting import Figures, compared, composed, held
from benchmarks.mesh import Floats
from benchmarks.strands import Hair, drawn

from benchmarks import matting

BLACK = Hair((0.1, 0.08, 0.07), seed=2, loose=120)


@pytest.fixture(scope="module")
def person(face: Subject) -> Cutout:
    shape = face.photo.shape[0], face.photo.shape[1]
    front, alpha = drawn(face.landmarks, face.width, shape, BLACK)
    return Cutout("drawn", front, alpha, np.array(BLACK.color, np.float32), shape[0])


def figures(person: Cutout, front: Floats, alpha: Floats) -> Figures:
    return compared("it", person, front, alpha, 0.0)[0]


def test_drawn_hair_has_strands_of_every_alpha_and_the_same_each_time(
    person: Cutout, face: Subject
) -> None:
    mixed = (person.alpha > 0.1) & (person.alpha < 0.9)
    assert 0.01 < mixed.mean() < 0.3
    assert (person.alpha > 0.99).mean() > 0.03
    assert person.front[mixed].mean() < 0.2
    again = drawn(face.landmarks, face.width, person.alpha.shape, BLACK)[1]
    assert np.array_equal(again, person.alpha)


def test_the_truth_is_perfect_and_each_fault_has_its_figure(person: Cutout) -> None:
    right = figures(person, person.front, person.alpha)
    assert (right.mad, right.band, right.gradient, right.delta, right.rim) == (0,) * 5
    grayer = figures(person, np.clip(person.front + 0.15, 0, 1), person.alpha)
    assert grayer.mad == 0
    assert grayer.rim > 2
    thicker = figures(person, person.front, np.sqrt(person.alpha))
    assert thicker.band > 0.02
    assert thicker.band > 2 * thicker.mad
    assert thicker.gradient > 0
    nobody = figures(person, person.front, np.zeros_like(person.alpha))
    assert not any(held([nobody]).values())
    assert all(held([right]).values())


def test_a_composite_is_the_mixture_with_grain(person: Cutout) -> None:
    where = ground("seamless", person.alpha.shape, person.hair)
    values = composed(person, where).pixels / 255
    share = person.alpha[..., None]
    apart = values - (share * person.front + (1 - share) * where)
    assert abs(apart.mean()) < 0.002
    assert 0.003 < apart.std() < 0.007


def test_nobody_and_no_ground_is_both_tuned_on_and_judged() -> None:
    people = [{plan[0] for plan in plans} for plans in (matting.JUDGED, matting.TUNING)]
    grounds = [
        {name for plan in plans for name in plan[2]} for plans in (matting.JUDGED, matting.TUNING)
    ]
    assert not people[0] & people[1]
    assert not grounds[0] & grounds[1]
    assert grounds[0] | grounds[1] == set(GROUNDS)


def test_a_mean_beyond_its_bar_is_missed() -> None:
    good = Figures("a", 0.01, 0.09, 0.0, 3.9, 1.0, 0.0, 1.0)
    assert all(held([good]).values())
    assert held([replace(good, band=0.2)])["band"] is False

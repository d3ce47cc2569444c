"""Planted marks are where and what they claim, and their fate is read right."""

import numpy as np
import pytest
from benchmarks.harness import Subject, judge, prepare
from benchmarks.marks import Pictures, Window, fates
from benchmarks.measures import Circle
from benchmarks.mesh import RGB8
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import measures, plant


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_marks_follow_their_nature(face: Subject, seed: int) -> None:
    picture = measures.lab(face.photo)
    calm = plant.calm_skin(picture, face.landmarks)
    marks = plant.choose(picture, face.landmarks, plant.MIXED, seed)
    assert 30 <= len(marks) <= 40
    for mark in marks:
        nature = plant.NATURES[mark.kind]
        low, high = nature.radius
        assert low <= mark.radius / face.width <= high
        assert nature.amplitude[0] <= mark.amplitude <= nature.amplitude[1]
        assert calm[int(mark.y), int(mark.x)]
    assert marks == plant.choose(picture, face.landmarks, plant.MIXED, seed)


def test_separated_marks_stay_out_of_each_others_rings(face: Subject) -> None:
    marks = plant.choose(measures.lab(face.photo), face.landmarks, plant.PIMPLES, 3)
    for one in marks:
        for other in marks:
            if one is not other:
                distance = np.hypot(one.x - other.x, one.y - other.y)
                assert distance >= 2.8 * max(one.radius, other.radius)


def test_touching_marks_touch(face: Subject) -> None:
    marks = plant.choose(measures.lab(face.photo), face.landmarks, plant.TOUCHING, 3)
    near = [
        any(
            np.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius for b in marks if a is not b
        )
        for a in marks
    ]  # fmt: skip
    assert np.mean(near) > 0.7


def test_drawing_leaves_the_rest_alone(face: Subject) -> None:
    marks = plant.choose(measures.lab(face.photo), face.landmarks, plant.MIXED, 5)
    drawn = plant.draw(face.photo, marks)
    changed = (drawn != face.photo).any(axis=-1)
    y, x = np.nonzero(changed)
    distance = [np.min([np.hypot(a - m.x, b - m.y) / m.radius for m in marks])
                for a, b in zip(x[::7], y[::7], strict=True)]  # fmt: skip
    assert max(distance) < 2.3
    assert not np.shares_memory(drawn, face.photo)


def test_colors_are_those_of_their_kind(face: Subject) -> None:
    picture = measures.lab(face.photo)
    marks = plant.choose(picture, face.landmarks, plant.MIXED, 1)
    drawn = measures.lab(plant.draw(face.photo, marks))
    added: dict[str, list[plant.Floats]] = {}
    for mark in marks:
        window = Window.around(mark, marks, face.photo.shape[:2])
        change = window.contrast(drawn) - window.contrast(picture)
        added.setdefault(mark.kind, []).append(change)
    mean = {kind: np.mean(changes, axis=0) for kind, changes in added.items()}
    assert mean["pimple"][1] > 3 * abs(mean["pimple"][2])  # red
    assert mean["freckle"][2] > 2 * mean["freckle"][1] - 1  # brown
    assert mean["mole"][0] < mean["freckle"][0] < mean["pimple"][0] < 0  # darker and darker


def _pictures(face: Subject, after: RGB8) -> tuple[Pictures, list[plant.Mark]]:
    clean = measures.lab(face.photo)
    photo, marks = plant.planted(face.photo, face.landmarks, plant.MIXED, 2)
    planted = measures.lab(photo)
    return Pictures(clean, planted, clean, measures.lab(after), face.landmarks), marks


def test_the_fate_of_untouched_and_of_undone_marks(face: Subject) -> None:
    photo, _ = plant.planted(face.photo, face.landmarks, plant.MIXED, 2)
    pictures, marks = _pictures(face, photo)
    for fate in fates(pictures, marks):
        assert fate.left == pytest.approx(1)
        assert fate.kept
        assert not fate.gone
    pictures, marks = _pictures(face, face.photo)
    for fate in fates(pictures, marks):
        assert fate.left == pytest.approx(0, abs=1e-6)
        assert fate.gone
        assert fate.pores == pytest.approx(fate.pores_before)


def test_a_healed_place_without_pores_is_seen(face: Subject) -> None:
    flat = face.photo.copy()
    _, marks = plant.planted(face.photo, face.landmarks, plant.MIXED, 2)
    for mark in marks:
        r, x, y = int(1.4 * mark.radius) + 2, int(mark.x), int(mark.y)
        part = flat[y - r : y + r + 1, x - r : x + r + 1]
        part[:] = part.mean(axis=(0, 1))
    pictures, _ = _pictures(face, flat)
    assert np.median([fate.pores for fate in fates(pictures, marks)]) < 0.2


def test_an_oracle_passes_the_marks(face: Subject) -> None:
    trial = prepare(face, (plant.MIXED,))
    _, marks = trial.variants["mixed"]
    pimples = [m for m in marks if m.kind == "pimple"]
    rest = [m for m in marks if m.kind != "pimple"]
    rows, columns = face.window((0.12,) * 4)

    def oracle(photo: RGB8) -> tuple[RGB8, list[Circle]]:
        if np.array_equal(photo, face.photo):
            return photo, []
        answer = face.photo.copy()
        answer[rows, columns] = plant.draw(np.ascontiguousarray(answer[rows, columns]), rest)
        return answer, [(m.x, m.y, m.radius) for m in pimples]

    result = judge(trial, oracle)
    assert all(f.gone for f in result.marks("pimple"))
    assert all(f.kept for f in [*result.marks("freckle"), *result.marks("mole")])
    assert result.healed_clean == ()

"""A report of a real retouch: sane, in agreement with the pixels, and stable in its names."""

import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Person, analyze
from freckle.analysis.scene import Scene
from freckle.codec import load
from freckle.pixels.color import Floats, lab
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.render.deeds import Deed
from freckle.render.render import render
from freckle.report.figures import Report
from freckle.report.measure import report_of, stops
from freckle.report.text import readable
from tests.report.conftest import Work

PORTRAITS = Path(
    os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[3] / "shared" / "portraits")
)


@dataclass(frozen=True)
class Pretended:
    """Someone's retouch, real or made up."""

    person: Person
    scene: Scene
    after: Floats
    deeds: tuple[Deed, ...] = ()


def report(work: Work, after: Floats | None = None) -> Report:
    done = [
        Pretended(each.person, each.scene, each.after if after is None else after)
        for each in work.rendering.people
    ]
    return report_of(work.photo, work.portrait, work.recipe, done)


def names(plain: Any) -> Any:
    """Return the field names of a JSON value, lists by their first item."""
    if isinstance(plain, dict):
        return {name: names(value) for name, value in plain.items()}
    if isinstance(plain, list) and plain:
        return [names(plain[0])]
    return None


def test_field_names_are_stable(work: Work) -> None:
    plain = json.loads(json.dumps(report(work).to_plain(), allow_nan=False))
    plain["recipe"] = {}
    face = plain["faces"][0]
    mark = dict.fromkeys(("kind", "x", "y", "radius", "confidence", "healed"))
    assert face["healed"] or face["kept"]
    for found in (*face.pop("healed"), *face.pop("kept")):
        assert set(found) == set(mark)
    count = {"healed": None, "kept": None}
    assert names(plain) == {
        "width": None,
        "height": None,
        "digest": None,
        "disclosure": None,
        "cleaned": None,
        "natural_lock": None,
        "skin_tone_lock": None,
        "stopped": None,
        "faces": [
            {
                "key": None,
                "box": [None],
                "retouched": None,
                "texture": {
                    "kept": None,
                    "least": None,
                    "least_where": None,
                    "honesty": None,
                    "bands": [{"sigma": None, "energy": None}],
                },
                "tone": {"lightness": None, "hue": None, "ita": None},
                "blotch": {"a": None, "b": None, "reduction": None},
                "counts": dict.fromkeys(("red", "brown", "mole", "scar", "added"), count),
                "strongest": {"x": None, "y": None, "delta_e": None, "where": None},
                "changed": None,
                "verdict": None,
                "unpainted": None,
            }
        ],
        "recipe": {},
        "notices": None,
        "changed": None,
        "format": None,
    }


def test_natural_is_told_as_what_it_is(work: Work) -> None:
    (face,) = report(work).faces
    assert face.retouched
    assert face.texture.kept is not None
    assert 75 < face.texture.kept <= 100
    assert face.texture.least is not None
    assert face.texture.least <= face.texture.kept
    assert 0.9 < (face.texture.honesty or 0) <= 1
    assert abs(face.tone.lightness or 9) < 1
    assert 0 < (face.blotch.reduction or 0) < 25  # a person keeps her colors
    assert face.strongest is not None
    assert face.strongest.delta_e > 1


def test_the_strongest_change_is_where_the_pixels_moved(work: Work) -> None:
    (face,) = report(work).faces
    assert face.strongest is not None
    old, new = (
        lab(each.pixels.astype(np.float32) / 255) for each in (work.photo, work.rendering.photo)
    )
    moved = cv2.GaussianBlur(np.linalg.norm(new - old, axis=2), (3, 3), 0)
    x, y = round(face.strongest.x), round(face.strongest.y)
    near = moved[y - 2 : y + 3, x - 2 : x + 3].max()
    assert near > 0.6 * moved.max()


def test_marks_are_those_of_the_scene(work: Work) -> None:
    (face,), (done,) = report(work).faces, work.rendering.people
    assert len(face.healed) == len(done.scene.healed)
    assert len(face.healed) + len(face.kept) == len(done.scene.spots)
    assert sum(count.healed for count in face.counts.values()) == len(face.healed)
    assert all(mark.healed for mark in face.healed)
    assert not any(mark.healed for mark in face.kept)
    x, y, width, height = face.box
    for mark in (*face.healed, *face.kept):
        assert x - 20 < mark.x < x + width + 20
        assert y - 40 < mark.y < y + height + 20


def test_a_blurred_face_is_told_as_texture_lost(work: Work) -> None:
    (true,) = report(work).faces
    unit = work.rendering.people[0].scene.unit
    blurred = cv2.GaussianBlur(work.rendering.people[0].after, (0, 0), 0.006 * unit)
    (told,) = report(work, blurred).faces
    assert told.texture.kept is not None
    assert true.texture.kept is not None
    assert told.texture.kept < 40 < true.texture.kept
    assert (told.texture.bands[0].energy or 1) < 0.2


def test_an_untouched_face_is_told_as_unchanged(work: Work) -> None:
    before = [
        Pretended(each.person, each.person.scene, each.person.scene.frame.lab)
        for each in work.rendering.people
    ]
    (face,) = report_of(work.photo, work.portrait, work.recipe, before).faces
    assert not face.retouched
    assert (face.texture.kept, face.texture.least, face.texture.least_where) == (100, 100, None)
    assert face.strongest is None
    (absent,) = report_of(work.photo, work.portrait, work.recipe, ()).faces
    assert absent == replace(face, counts=absent.counts, kept=())


def test_the_table_is_aligned_and_says_the_headline(work: Work) -> None:
    text = readable(report(work))
    lines = text.splitlines()
    (kept,) = (line for line in lines if "texture kept" in line)
    assert " %" in kept
    starts = {len(line) - len(line[2:].split("  ", 1)[1].lstrip()) for line in lines[1:-1]}
    assert len(starts) == 1
    assert readable(report_of(work.photo, replace(work.portrait, people=()), work.recipe, ()))


def test_stops_name_asked_and_held() -> None:
    plain = {
        "steps": [
            {"edit": {"op": "smooth", "amount": 90, "texture": 20}},
            {"edit": {"op": "shine", "amount": -100}},
            {"edit": {"op": "redness", "amount": 60}},
        ]
    }
    found = [(s.op, s.param, s.asked, s.held) for s in stops(Recipe.from_plain(plain))]
    assert found == [
        ("smooth", "amount", 90, 75),
        ("smooth", "texture", 20, 70),
        ("shine", "amount", -100, -60),
    ]
    assert stops(Recipe.from_plain({**plain, "locks": {"natural": False}})) == ()


@pytest.mark.skipif(not PORTRAITS.is_dir(), reason="no portraits here")
@pytest.mark.parametrize("name", ["woman_dark_skin_frontal_01", "man_glasses_beard_3840px_01"])
def test_real_portraits_are_measured_fast_and_sanely(name: str) -> None:
    photo = load(PORTRAITS / f"{name}.jpg")
    portrait, recipe = analyze(photo), preset("natural").recipe
    started = time.process_time()
    rendering = render(photo, portrait, recipe)
    drawn = time.process_time()
    found = report_of(photo, portrait, recipe, rendering.people)
    measured = time.process_time()
    face = found.faces[0]
    assert 70 < (face.texture.kept or 0) <= 100
    assert abs(face.tone.lightness or 9) < 2
    assert measured - drawn < 0.5 * (drawn - started)  # 0.11 to 0.15 of what it measures

"""Which meshes lie on a human face: people are faces, and what is none is left alone."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from freckle.analysis.faces import SURE, Face
from freckle.analysis.portrait import Person, Portrait, analyze
from freckle.analysis.pose import pose_of
from freckle.analysis.verdict import STEADY, Verdict
from freckle.photo import Photo, Source
from freckle.recipe.persons import concerns
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe, Step
from freckle.render.render import render
from freckle.vision import mesh
from freckle.vision.pyramid import Pyramid, upright
from tests.analysis.test_faces import ONE_FACE, portrait, portraits


def photo_of(pixels: Any) -> Photo:
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest="0" * 64))


@pytest.fixture(scope="module")
def astronaut() -> Any:
    return np.ascontiguousarray(data.astronaut()[:256, 100:340])


@pytest.fixture(scope="module")
def cat() -> Person:
    """A mesh laid on the face of a cat (chelsea, CC0), as sure as the surest animal was."""
    picture = np.ascontiguousarray(data.chelsea())
    return placed(picture, (230, 130), 190, 0.0, confidence=0.74)


def placed(
    picture: Any, at: tuple[float, float], span: float, roll: float, *, confidence: float
) -> Person:
    """A person where the mesh network was told that there is one."""
    pyramid = Pyramid(picture)
    center = np.array(at, np.float32)
    first = mesh.place(pyramid, upright(center, roll, span, mesh.SIDE)).points
    again = mesh.place(pyramid, mesh.around(first)).points
    away = np.linalg.norm(again[:468, :2] - first[:468, :2], axis=1).mean()
    face = Face(first, confidence, pose_of(first))
    return Person("1-1", replace(face, wander=float(away) / face.scale), photo_of(picture))


def test_an_astronaut_is_a_face(astronaut: Any) -> None:
    (person,) = analyze(photo_of(astronaut)).people
    assert person.verdict is Verdict.FACE
    assert person.face.wander == 0


def test_a_sure_face_is_not_looked_at_again(astronaut: Any) -> None:
    """The network that parses takes some 50 ms; nobody pays them for a verdict that is clear."""
    (person,) = analyze(photo_of(astronaut)).people
    assert person.face.confidence >= SURE
    assert person.editable
    assert "regions" not in vars(person)


def test_a_doubted_human_face_is_found_to_be_one(astronaut: Any) -> None:
    (person,) = analyze(photo_of(astronaut)).people
    doubted = replace(person.face, confidence=0.72, wander=0.5 * STEADY)
    assert Person("1-1", doubted, person.photo).verdict is Verdict.FACE


def test_a_cat_is_no_face(cat: Person) -> None:
    assert cat.face.scale > 60
    assert cat.verdict in (Verdict.NOT_HUMAN, Verdict.UNCLEAR)
    assert cat.verdict.reason


@pytest.mark.parametrize("roll", [0.0, np.pi / 2, np.pi])
@pytest.mark.parametrize("at", [(120, 80), (300, 200)])
def test_a_mesh_in_fur_is_no_human(roll: float, at: tuple[float, float]) -> None:
    fur = placed(np.ascontiguousarray(data.chelsea()), at, 150, roll, confidence=0.74)
    assert fur.verdict is not Verdict.FACE


def test_a_drawn_face_of_plush_is_no_human() -> None:
    """Two dark discs, a nose and fur: the mesh believes in it, the other witnesses do not."""
    rng = np.random.default_rng(4)
    fur = cv2.GaussianBlur(rng.normal(0, 60, (300, 300)).astype(np.float32), (0, 0), 1.5)
    picture = np.clip(np.array([150, 105, 70]) + 2 * fur[..., None], 0, 255)
    for x in (110, 190):
        cv2.circle(picture, (x, 120), 14, (20, 18, 18), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 165), (18, 12), 0, 0, 360, (30, 22, 22), -1, cv2.LINE_AA)
    toy = placed(np.ascontiguousarray(picture.astype(np.uint8)), (150, 150), 260, 0, confidence=0.7)
    assert toy.verdict is not Verdict.FACE


def test_a_tiny_face_is_too_small(astronaut: Any) -> None:
    small = cv2.resize(astronaut, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    (person,) = analyze(photo_of(small)).people
    assert person.verdict is Verdict.TOO_SMALL
    assert not person.editable


def test_a_recipe_leaves_the_cat_alone_until_it_is_named(cat: Person) -> None:
    recipe = preset("natural").recipe
    both = Portrait((cat,))
    assert not concerns(recipe, cat)
    assert render(cat.photo, both, recipe).people == ()
    named = recipe.model_copy(update={"included": (cat.key,)})
    assert concerns(named, cat)
    (done,) = render(cat.photo, both, named).people
    assert done.deeds
    assert not concerns(named.model_copy(update={"excluded": (cat.key,)}), cat)


def test_a_tiny_face_can_be_named(astronaut: Any) -> None:
    small = photo_of(cv2.resize(astronaut, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA))
    found = analyze(small)
    recipe = Recipe(steps=tuple(preset("natural").recipe.steps), included=found.keys)
    after = render(small, found, recipe).photo
    assert (after.pixels != small.pixels).any()


@portraits
@pytest.mark.parametrize("name", [*ONE_FACE, "woman_profile_glasses_lowkey_01.jpg"])
def test_portraits_are_faces(name: str) -> None:
    found = analyze(photo_of(portrait(name, 1600))).people
    assert [person.verdict for person in found] == [Verdict.FACE]


@portraits
@pytest.mark.parametrize("name", ["group_crowd_tiny_faces_01.jpg", "group_six_faces_01.jpg"])
def test_everybody_of_a_group_who_is_large_enough_is_a_face(name: str) -> None:
    large = [person for person in analyze(photo_of(portrait(name))).people if person.large]
    assert len(large) in (6, 58)
    assert all(person.verdict is Verdict.FACE for person in large)


def test_an_old_recipe_knows_no_list_of_names() -> None:
    plain = Recipe(steps=(Step(edit=preset("natural").recipe.steps[0].edit),)).model_dump()
    del plain["here"]["included"]
    assert Recipe.from_plain(plain).included == ()

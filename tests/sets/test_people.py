"""People are told apart, get one color in all photos, and keep what was decided of a mark."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from freckle.analysis.faces import Face
from freckle.analysis.portrait import eight_bit
from freckle.api.photos import open_photo
from freckle.batch.planning import Looked, Seen, Wanted, planned
from freckle.batch.sources import source_at
from freckle.batch.suggestions import suggestions
from freckle.codec import load_bytes
from freckle.pixels.color import SRGB
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.sets.contact import contact
from freckle.sets.groups import grouped
from freckle.sets.looking import FIVE
from freckle.sets.meshed import off_mesh, on_mesh
from freckle.sets.planned import by_plan
from freckle.sets.tones import balance
from freckle.vision.people import identifier


def test_faces_are_grouped_by_likeness_and_never_two_of_one_photo() -> None:
    rng = np.random.default_rng(1)
    people = rng.normal(size=(5, 128))
    photos = [k for k in range(12) for _ in range(5)]
    faces = np.tile(people, (12, 1)) + 0.45 * rng.normal(size=(60, 128))
    faces = (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32)
    assert grouped(faces, photos) == [0, 1, 2, 3, 4] * 12
    twins = np.stack([faces[0], faces[0], faces[1]])
    assert grouped(twins, [0, 0, 1]) == [0, 1, 2]
    assert grouped(twins, [0, 1, 1]) == [0, 0, 1]


@pytest.mark.parametrize("color", [(60, 18, 20), (35, 16, 14), (72, 8, 6)])
def test_a_balance_reaches_the_color_and_leaves_the_lightness(color: Any) -> None:
    found = balance(color, (0.19, 0.2), SRGB)
    assert found.before > 3
    assert found.after < 0.6
    assert abs(found.settings["exposure"]) < 5
    assert (
        balance(color, (color[1] / (color[0] + 16), color[2] / (color[0] + 16)), SRGB).settings
        == {}
    )


def test_a_place_on_a_mesh_follows_the_face(roomy: Path) -> None:
    face = open_photo(roomy).portrait.people[0].face
    turn = np.array([[1.7, 0.3, 0], [-0.3, 1.7, 0], [0, 0, 1.7]], np.float32)
    moved = Face(face.landmarks @ turn.T + np.float32(11), 1.0, face.pose)
    for point in face.landmarks[[50, 280, 199, 151], :2] + 1.5:
        place = on_mesh(face, *point)
        assert place is not None
        assert np.allclose(off_mesh(face, place), point, atol=0.01)
        assert np.allclose(off_mesh(moved, place), turn[:2, :2] @ point + 11, atol=0.05)
    assert on_mesh(face, 1, 1) is None


def test_a_mark_decided_elsewhere_is_decided_here(roomy: Path) -> None:
    photo = open_photo(roomy)
    person = photo.portrait.people[0]
    spots = person.scene.spots
    inside = [
        (k, place)
        for k, at in enumerate(person.scene.frame.to_photo(_places(spots)).tolist())
        if (place := on_mesh(person.face, *at)) is not None
    ]
    k, place = inside[0]
    plan = {"marks": [{"key": person.key, "place": place, "action": "heal"}]}
    result, told = by_plan(photo, Recipe(), Selection(), plan)
    assert k in result.rendering.people[0].scene.healed
    assert "1 decisions" in told[0]
    plan["marks"][0]["action"] = "keep"
    assert by_plan(photo, Recipe(), Selection(), plan)[0].unchanged


def _places(spots: Any) -> Any:
    return np.array([[spot.x, spot.y] for spot in spots], np.float32)


def test_the_network_knows_a_face_in_other_light(roomy: Path) -> None:
    identify = identifier()
    if identify is None:
        pytest.skip("the extra `people` is not installed")
    photo = open_photo(roomy)
    points = photo.portrait.people[0].face.landmarks[list(FIVE), :2]
    picture = eight_bit(photo.content)
    other = np.clip(255 * (picture / 255.0) ** 1.5 * (1.2, 1, 0.7), 0, 255).astype(np.uint8)
    one, same = identify(picture, points), identify(other, points)
    stranger = identify(np.ascontiguousarray(other[::-1]), points)
    assert float(one @ same) > 0.9
    assert float(one @ stranger) < 0.5


def seen(name: str, number: int, person: str, **face: Any) -> Seen:
    plain = {"key": "50-50", "color": [60, 15, 15], "sharp": 0.2, "eyes": 0.3, "cut": False}
    source = source_at(Path("/photos") / name)
    return Seen(source, number, {**plain, "marks": [], **face}, person)


def test_plans_and_suggestions_name_what_stands_out() -> None:
    mark = [[1, 2, 3], [0.2, 0.3, 0.5], "keep", None]
    faces = [
        seen("a.jpg", 0, "Ann", marks=[mark]),
        seen("b.jpg", 1, "Ann", color=[60, 25, 15], sharp=0.05),
        seen("c.jpg", 2, "Ann", eyes=0.05, cut=True),
        seen("d.jpg", 3, "Bob"),
    ]
    prints = {one.source.id: f"{(1 << (9 * k)) - 1:016x}" for k, one in enumerate(faces)}
    prints[faces[3].source.id] = prints[faces[2].source.id]
    found = Looked(faces, prints, {}, [])
    said = {name[-5:]: words for name, words in suggestions(found).items()}
    assert said == {
        "b.jpg": ["soft focus", "other light"],
        "c.jpg": ["eyes closed", "head cut", "like d.jpg"],
        "d.jpg": ["best of those alike"],
    }
    plans = planned([one.source for one in faces], Wanted(match=True, decided=True), found)
    assert [('"tones"' in one.plan, '"marks"' in one.plan) for one in plans] == [
        (True, False),
        (True, True),
        (True, True),
        (False, False),
    ]
    assert [one.person for one in plans] == ["Ann", "Ann", "Ann", "Bob"]
    sheet = load_bytes(contact({"Ann": [("a.jpg", b"", ["soft focus"])]}))
    assert sheet.pixels.std() > 5
    assert Recipe().neutral

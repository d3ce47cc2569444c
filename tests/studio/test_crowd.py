"""Many people in one photo: nobody is looked at closely unasked, and they are told in parts."""

import pytest

from freckle.recipe.recipe import Recipe
from freckle.render.painting import Stopped
from freckle.render.pyramid import View
from freckle.studio import describe
from freckle.studio.studio import Studio
from tests.studio.portraits import open_portrait
from tests.studio.test_studio import NATURAL, never


@pytest.fixture(scope="module")
def crowd() -> Studio:
    return open_portrait("group_six_faces_01.jpg")


def looked_at(studio: Studio) -> int:
    return sum("scene" in person.__dict__ for person in studio.portrait.people)


def test_people_are_looked_at_when_something_is_done_to_them(crowd: Studio):
    view = View(0, 0, crowd.photo.width, crowd.photo.height, 300, 200)
    crowd.draw(Recipe(), view, never)
    assert crowd.analysis(quick=True)["people"] == 6
    assert looked_at(crowd) == 0
    turns = iter([False, False, True])
    with pytest.raises(Stopped):  # somebody left: what was found until then is kept
        crowd.draw(NATURAL, view, lambda: next(turns))
    assert looked_at(crowd) == 2


def test_a_crowd_is_told_in_parts_largest_first(crowd: Studio, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(describe, "PART_S", 0.0)
    whole = crowd.analysis()["faces"]
    parts = []
    while len(parts) < len(whole):
        part = crowd.analysis(known=len(parts))
        assert (len(part["faces"]), part["people"]) == (1, 6)
        parts += part["faces"]
    assert parts == whole
    assert all(face["skin"] for face in parts)
    assert crowd.analysis(known=6)["faces"] == []

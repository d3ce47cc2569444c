"""The first picture of a cut-out is a rough one; the fine one replaces it, and files are fine."""

import time
from typing import Any

import numpy as np
import pytest

from freckle.analysis.matte import Matte
from freckle.analysis.portrait import Portrait
from freckle.ops.background import Background
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe, Step
from freckle.render.painting import Stopped
from freckle.render.pyramid import View
from freckle.render.render import render
from freckle.server.tasks import preview
from freckle.studio.studio import Studio
from tests.studio.portraits import read
from tests.studio.test_studio import never

GREEN = Recipe(steps=(Step(edit=Background(mode="color", color="#00b140")),))
VIEW = View(60, 20, 300, 240, 300, 240)
ASKED = {"recipe": GREEN, "view": {"x": 60, "y": 20, "w": 300, "h": 240}, "quality": 92}
HEAD = {**ASKED, "view": {**ASKED["view"], "width": 300, "height": 240}}  # type: ignore[dict-item]


@pytest.fixture
def studio() -> Studio:
    opened = Studio(read("astronaut"))
    _ = opened.portrait
    return opened


def test_first_rough_then_fine_and_the_screen_is_the_file(studio: Studio) -> None:
    assert studio.rough(GREEN)
    first = preview(studio, {**HEAD, "first": True}, never)
    assert first.head["rough"]
    assert not studio.portrait.cut_out, "nobody waited for the fine one"
    then = preview(studio, HEAD, never)
    assert not then.head["rough"]
    assert studio.portrait.cut_out
    assert not preview(studio, {**HEAD, "first": True}, never).head["rough"], "it is there now"
    saved = render(studio.photo, studio.portrait, GREEN).photo.pixels[20:260, 60:360]
    assert np.array_equal(studio.draw(GREEN, VIEW, never).screen, saved)


def test_a_rough_picture_is_like_the_fine_one(studio: Studio) -> None:
    rough = studio.draw(GREEN, VIEW, never, quick=True).screen.astype(int)
    fine = studio.draw(GREEN, VIEW, never).screen.astype(int)
    away = (np.abs(rough - fine).max(axis=2) > 40).mean()
    assert 0 < away < 0.05


def test_a_cut_out_that_is_given_up_goes_on_beside_what_comes_next(studio: Studio) -> None:
    with pytest.raises(Stopped):
        studio.draw(GREEN, VIEW, lambda: True)
    _ = studio.draw(GREEN, VIEW, never, quick=True)
    end = time.monotonic() + 60
    while not studio.portrait.cut_out and time.monotonic() < end:
        time.sleep(0.02)
    assert studio.portrait.cut_out
    assert studio.portrait.quick_matte is studio.portrait.matte


def test_a_file_never_has_the_rough_one(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    made = Matte.of

    def counted(photo: Photo, faces: Any, *, quick: bool = False, **more: Any) -> Matte:
        asked.append(quick)
        return made(photo, faces, quick=quick, **more)

    monkeypatch.setattr(Matte, "of", counted)
    render(studio.photo, Portrait(studio.portrait.people, studio.photo), GREEN)
    assert asked == [False]

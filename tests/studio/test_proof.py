"""How far a look moves skin is told by the picture that was drawn for people to see."""

import pytest

from freckle.ops.adjust import Adjust
from freckle.recipe.recipe import Recipe, Step
from freckle.render.pyramid import View
from freckle.studio.proof import Proof
from freckle.studio.studio import Studio


def test_skin_is_looked_at_on_the_picture_that_is_drawn(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(steps=(Step(edit=Adjust(tint=25)),))
    width, height = studio.photo.width, studio.photo.height
    screen = studio.draw(recipe, View(0, 0, width, height, width, height), lambda: False).screen
    again = studio.drift(recipe)
    monkeypatch.delattr(Proof, "drawn")
    for mine, other in zip(again, studio.drift(recipe, screen), strict=True):
        assert mine.ita is not None
        assert abs(mine.ita) > 1
        assert other.ita == pytest.approx(mine.ita, abs=0.3)
        assert other.lightness == pytest.approx(mine.lightness, abs=0.5)

"""All settings, one panel or one slider go to another photo, which keeps what is its own."""

import pytest

from freckle.errors import RecipeError
from freckle.recipe.recipe import Flip, Recipe
from freckle.recipe.transfer import transferred
from tests.recipe.making import painted, recipe, step, told

SOURCE = recipe(
    step("smooth", 30),
    step("lipstick", 40),
    step("dodge", mask=painted("photo")),
    flips=(Flip(x=0.1, y=0.1, action="heal"),),
    amounts={"makeup": 50},
)
ONTO = recipe(
    step("smooth", 10),
    step("pores", 20),
    step("lipstick", 5, "1-2"),
    step("burn", mask=painted("photo")),
    flips=(Flip(x=0.5, y=0.5, action="keep"),),
    amounts={"face": 80},
)


def test_one_panel_changes_no_other_and_nothing_that_belongs_to_the_photo() -> None:
    made = transferred(SOURCE, ONTO, panels=["makeup"])
    assert told(made) == [
        ("smooth", 10, None),
        ("pores", 20, None),
        ("lipstick", 40, None),
        ("lipstick", 5, "1-2"),
        ("burn", 20, None),
    ]
    assert (made.flips, made.amounts) == (ONTO.flips, {"face": 80, "makeup": 50})
    face = transferred(SOURCE, ONTO, panels=["face"])
    assert [each for each in told(face) if each[0] in {"smooth", "pores"}] == [("smooth", 30, None)]
    assert face.amounts == {}


def test_one_slider_changes_nothing_else() -> None:
    made = transferred(SOURCE, ONTO, setting="face.smooth.amount")
    assert told(made) == [("smooth", 30, None), *told(ONTO)[1:]]
    back = transferred(Recipe(), ONTO, setting="face.pores.amount")
    assert ("pores", 0, None) in told(back)
    new = transferred(SOURCE, Recipe(), setting="face.smooth.amount")
    assert told(new) == [("smooth", 30, None)]


def test_the_natural_lock_of_the_other_photo_holds() -> None:
    open_one = recipe(
        step("pores", 100), locks=Recipe().locks.model_copy(update={"natural": False})
    )
    (only,) = transferred(open_one, Recipe(), setting="face.pores.amount").steps
    assert only.edit.amount == 40  # the cap


@pytest.mark.parametrize("name", ["face.smooth.op", "face.nothing.amount", "neck.crop.angle", "x"])
def test_a_setting_that_there_is_none_of_is_refused(name: str) -> None:
    with pytest.raises(RecipeError):
        transferred(SOURCE, ONTO, setting=name)

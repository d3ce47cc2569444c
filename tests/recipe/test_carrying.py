"""A style goes to another photo; marks, hand work and people stay where they belong."""

from freckle.recipe.carrying import carried, portable
from freckle.recipe.recipe import Flip, Here, Locks, Recipe
from tests.recipe.making import painted, recipe, step, told

HERE = {
    "flips": (Flip(x=0.5, y=0.5, action="heal"),),
    "excluded": ("3-4",),
    "included": ("5-6",),
    "names": {"1-2": "Anna", "3-4": "Ben"},
}
STYLED = recipe(
    step("smooth", 30),
    step("lipstick", 40),
    step("lipstick", 60, "1-2"),
    step("dodge", mask=painted("photo", "face")),
    step("burn", mask=painted("photo")),
    amounts={"makeup": 50},
    locks=Locks(skin_tone=False),
    **HERE,
)


def test_the_style_is_all_that_can_be_used_anywhere() -> None:
    kept = portable(STYLED)
    assert kept.here == Here()
    assert kept.style == STYLED.style
    assert carried(STYLED, Recipe()) == kept


def test_what_is_painted_on_the_face_may_go_along() -> None:
    kept = portable(STYLED, strokes=True)
    assert told(kept) == [("smooth", 30, None), ("lipstick", 40, None), ("dodge", 20, None)]
    assert kept.steps[2].mask == painted("face")
    auto = recipe(step("smooth", mask=painted("photo", base="auto")))
    assert portable(auto, strokes=True).steps == (step("smooth"),)
    imported = painted("face").model_copy(update={"bitmap": "AAAA"})
    (dodged,) = portable(recipe(step("dodge", mask=imported)), strokes=True).steps
    assert dodged.mask == painted("face")


def test_the_other_photo_keeps_what_is_its_own() -> None:
    flips = (Flip(x=0.1, y=0.1, action="keep"),)
    other = recipe(
        step("redness", 90),
        step("burn", mask=painted("photo")),
        step("blush", 9, "7-7"),
        flips=flips,
        excluded=("8-8",),
        names={"7-7": "Cleo"},
    )
    found = carried(STYLED, other)
    assert told(found) == [
        ("smooth", 30, None), ("blush", 9, "7-7"), ("lipstick", 40, None), ("burn", 20, None),
    ]  # fmt: skip
    assert (found.amounts, found.locks) == (STYLED.amounts, STYLED.locks)
    assert (found.flips, found.excluded, found.names) == (flips, ("8-8",), {"7-7": "Cleo"})
    assert found.included == ()


def test_what_is_for_one_person_follows_the_name_and_not_the_place() -> None:
    other = recipe(
        step("lipstick", 5, "7-7"), step("blush", 5, "1-2"), names={"7-7": "Anna", "1-2": "Cleo"}
    )
    found = carried(STYLED, other)
    assert ("lipstick", 60, "7-7") in told(found)
    assert ("lipstick", 5, "7-7") not in told(found)
    assert ("blush", 5, "1-2") in told(found)
    assert found.names == other.names
    nobody = carried(STYLED, Recipe(names={"1-2": "Cleo"}))
    assert all(s.person is None for s in nobody.steps)

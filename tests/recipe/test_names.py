"""People are called by names, which belong to the keys of one photo."""

import pytest

from freckle.errors import RecipeError
from freckle.recipe.persons import assigned, named, settled
from freckle.recipe.presets import preset
from freckle.recipe.recipe import LONGEST_NAME, Recipe
from freckle.recipe.selection import OwnSetting, Selection, for_people
from tests.recipe.making import recipe, step, told

KEYS = ("40-50", "70-50")


def test_a_name_does_wherever_a_number_or_key_does() -> None:
    selection = Selection(
        names={"1": "Anna", "70-50": " Ben "},
        exclude=["ben"],
        include=["Anna"],
        settings=[OwnSetting("Anna", "smooth.amount", 20)],
    )
    found = for_people(Recipe(), selection, KEYS)
    assert found.names == {"40-50": "Anna", "70-50": "Ben"}
    assert told(found) == [("smooth", 20, "40-50")]
    assert (found.excluded, found.included) == (("70-50",), ("40-50",))
    again = for_people(found, Selection(only=["Ben"]), KEYS)
    assert again.excluded == ("70-50", "40-50")


@pytest.mark.parametrize(
    ("selection", "says"),
    [
        (Selection(only=["Cleo"], names={"1": "Anna"}), r"1 \(40-50, Anna\), 2 \(70-50\)"),
        (Selection(only=["Anna"], names={"1": "Anna", "2": "anna"}), "two people named"),
        (Selection(names={"1": "x" * (LONGEST_NAME + 1)}), "at most"),
        (Selection(names={"1": "  "}), "no name"),
        (Selection(names={"Anna": "Ben"}), "no person 'Anna'"),
    ],
)
def test_who_cannot_be_meant_is_refused(selection: Selection, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        for_people(Recipe(), selection, KEYS)


def test_what_is_for_a_namesake_in_another_photo_is_theirs() -> None:
    theirs = recipe(step("smooth", 30, "10-10"), names={"10-10": "Anna", "20-20": "Ben"})
    found = for_people(theirs, Selection(names={"2": "Anna"}), KEYS)
    assert told(found) == [("smooth", 30, "70-50")]
    assert found.names == {"70-50": "Anna", "20-20": "Ben"}
    by_hand = for_people(theirs, Selection(assign={"Anna": "1"}), KEYS)
    assert told(by_hand) == [("smooth", 30, "40-50")]
    assert by_hand.names["40-50"] == "Anna"
    assert told(for_people(theirs, Selection(), KEYS)) == [("smooth", 30, "10-10")]


def test_of_a_style_only_namesakes_are_left() -> None:
    theirs = recipe(
        step("smooth"), step("smooth", 30, "10-10"), step("smooth", 50, "40-50"),
        excluded=("70-50",), names={"10-10": "Anna"},
    )  # fmt: skip
    found = for_people(theirs, Selection(style_only=True), KEYS)
    assert found == recipe(step("smooth"))
    found = for_people(theirs, Selection(style_only=True, names={"2": "Anna"}), KEYS)
    assert told(found) == [("smooth", 20, None), ("smooth", 30, "70-50")]
    assert found.names == {"70-50": "Anna"}


def test_names_move_with_keys_and_are_in_no_preset() -> None:
    mine = named(recipe(step("smooth", 30, "10-10")), {"10-10": "Anna"})
    assert assigned(mine, {"10-10": "40-50"}).names == {"40-50": "Anna"}
    assert settled(mine, ("11-10",)).names == {"11-10": "Anna"}
    alone = named(Recipe(), {"10-10": "Anna"})
    assert settled(alone, ("11-10",)).names == {"11-10": "Anna"}
    assert preset("natural").recipe.names == {}

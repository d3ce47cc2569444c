"""A preset over a recipe sets its own panels, and nothing of the photo's own."""

from freckle.ops.catalogue import BY_NAME
from freckle.recipe.merging import merged, panels_of
from freckle.recipe.persons import steps_of
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Flip, Locks, Recipe
from freckle.recipe.sources import recipe_of
from tests.recipe.making import painted, recipe, step, told

ROSY = recipe(step("lipstick", 30), amounts={"makeup": 80})
FLIPS = (Flip(x=0.5, y=0.5, action="keep"),)


def test_a_preset_speaks_of_its_own_panels_only() -> None:
    assert panels_of(ROSY) == ("makeup",)
    assert panels_of(recipe(step("lipstick"), step("smooth"))) == ("face", "makeup")
    mine = recipe(step("smooth"), step("lipstick", 5), step("grain", 9), amounts={"face": 50})
    worn = merged(mine, ROSY)
    assert told(worn) == [("smooth", 20, None), ("lipstick", 30, None), ("grain", 9, None)]
    assert worn.amounts == {"face": 50, "makeup": 80}
    assert merged(worn, ROSY) == worn


def test_for_everyone_it_replaces_what_single_people_had() -> None:
    mine = recipe(step("smooth", 9, "1-2"), step("lipstick", 5), step("lipstick", 50, "1-2"))
    assert told(merged(mine, ROSY)) == [("smooth", 9, "1-2"), ("lipstick", 30, None)]


def test_for_one_person_it_leaves_everybody_else() -> None:
    mine = recipe(step("smooth"), step("blush", 40), step("lipstick", 5), amounts={"makeup": 10})
    worn = merged(mine, ROSY, person="1-2")
    assert [s for s in worn.steps if s.person is None] == list(mine.steps)
    assert worn.amounts == {"makeup": 10}
    theirs = {s.edit.op: s for s in steps_of(worn, "1-2")}
    assert theirs["lipstick"].edit == step("lipstick", 30).edit
    assert theirs["blush"].edit == BY_NAME["blush"].params()
    assert theirs["smooth"].edit == step("smooth").edit
    bare = merged(mine, Recipe(), person="1-2", panels=["makeup"])
    assert told(bare)[1:] == [
        ("blush", 40, None), ("blush", 0, "1-2"), ("lipstick", 5, None), ("lipstick", 0, "1-2"),
    ]  # fmt: skip


def test_what_one_person_has_like_everyone_is_no_step_of_theirs() -> None:
    mine = recipe(step("lipstick", 30), step("lipstick", 50, "1-2"))
    assert told(merged(mine, ROSY, person="1-2")) == [("lipstick", 30, None)]


def test_tools_for_the_whole_picture_are_for_everyone() -> None:
    assert told(merged(Recipe(), recipe(step("grain", 30)), person="1-2")) == [("grain", 30, None)]


def test_hand_work_marks_people_names_and_locks_stay_the_photos() -> None:
    own = {"flips": FLIPS, "excluded": ("3-4",), "included": ("5-6",), "names": {"1-2": "Anna"}}
    mine = recipe(step("dodge", mask=painted("photo")), **own)
    strange = {"flips": (), "excluded": ("9-9",), "names": {"1-2": "Ben"}, "included": ("7-7",)}
    other = recipe(step("smooth", 90), step("redness", 30, "8-8"), **strange)
    worn = merged(mine, other.model_copy(update={"locks": Locks(natural=False)}))
    assert told(worn) == [("smooth", 75, None), ("dodge", 20, None)]  # stopped by the lock
    assert worn.here.model_copy(update={"steps": ()}) == mine.here.model_copy(update={"steps": ()})
    assert worn.locks == Locks()
    free = merged(Recipe(locks=Locks(natural=False)), other)
    assert told(free) == [("smooth", 90, None)]


def test_alone_every_preset_is_what_it_was() -> None:
    for each in PRESETS:
        assert merged(Recipe(), each.recipe) == each.recipe


def test_several_sources_are_merged_in_order() -> None:
    both = recipe_of(["natural", "soft_rose"])
    assert both == merged(preset("natural").recipe, preset("soft_rose").recipe)
    assert panels_of(both) == ("face", "makeup")
    mine = recipe(step("smooth"), step("dodge", mask=painted("photo")), flips=FLIPS)
    assert recipe_of([mine]) == mine
    assert recipe_of([mine, "none"]) == recipe(mine.steps[1], flips=FLIPS)

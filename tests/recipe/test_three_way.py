"""Two people change one recipe: both keep what they did, whichever came first."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.recipe.three_way import reverted, three_way
from tests.recipe.making import painted, recipe, step, told

Facts = dict[tuple[Any, ...], Any]
"""Each value that is away from where it rests, by what it is."""

ANNA = "48-35"
LOCKS = tuple(Locks.model_fields)
SLIDERS = {
    "smooth": ("amount", "scale", "texture"),
    "grain": ("amount", "size"),
    "adjust": ("exposure", "contrast", "tint"),
}


def stroke(number: int) -> Stroke:
    return Stroke(points=((number / 100, 0.1),), size=0.1)


def built(facts: Facts) -> Recipe:
    """Make a recipe that says these things, as the editor makes it: what rests is no step."""
    steps: list[Step] = []
    for op in [op for op in BY_NAME if op in (*SLIDERS, "dodge")]:
        for person in (None, ANNA) if op == "smooth" else (None,):
            own = {at[3]: value for at, value in facts.items() if at[:3] == ("set", op, person)}
            strokes = tuple(at[3] for at in facts if at[:3] == ("stroke", op, person))
            opacity = facts.get(("opacity", op, person), 1)
            if own or strokes or opacity != 1:
                mask = Mask(base="empty", strokes=strokes) if strokes else None
                edit = BY_NAME[op].params(**own)
                steps.append(Step(edit=edit, person=person, mask=mask, opacity=opacity))
    return Recipe(
        steps=tuple(steps),
        amounts={at[1]: value for at, value in facts.items() if at[0] == "panel"},
        locks=Locks(**{at[1]: value for at, value in facts.items() if at[0] == "lock"}),
        flips=tuple(
            Flip(x=at[1], y=at[2], action=value) for at, value in facts.items() if at[0] == "flip"
        ),
        excluded=tuple(at[1] for at in facts if at[0] == "excluded"),
        names={at[1]: value for at, value in facts.items() if at[0] == "name"},
    )


def said(made: Recipe) -> Facts:
    """Read the same things out of a recipe again."""
    facts: Facts = {}
    for each in made.steps:
        who = each.edit.op, each.person
        for name, field in type(each.edit).model_fields.items():
            if getattr(each.edit, name) != field.default:
                facts["set", *who, name] = getattr(each.edit, name)
        for one in each.mask.strokes if each.mask else ():
            facts["stroke", *who, one] = True
        if each.opacity != 1:
            facts["opacity", *who] = each.opacity
    facts |= {("panel", panel): amount for panel, amount in made.amounts.items()}
    facts |= {("lock", lock): False for lock in LOCKS if not getattr(made.locks, lock)}
    facts |= {("flip", flip.x, flip.y): flip.action for flip in made.flips}
    facts |= {("excluded", key): True for key in made.excluded}
    return facts | {("name", key): name for key, name in made.names.items()}


PATHS = (
    *(("set", op, None, name) for op, names in SLIDERS.items() for name in names),
    *(("set", "smooth", ANNA, name) for name in SLIDERS["smooth"]),
    *(("opacity", op, None) for op in SLIDERS),
    *(("stroke", op, None, stroke(k)) for op in ("dodge", "smooth") for k in range(4)),
    *(("panel", panel) for panel in ("face", "makeup")),
    *(("lock", lock) for lock in LOCKS),
    *(("flip", x / 10, 0.5) for x in range(4)),
    *((kind, key) for kind in ("excluded", "name") for key in "abc"),
)
Changes = dict[tuple[Any, ...], Any]
"""What somebody sets, or (None) puts back to where it rests."""


def value_of(kind: str, number: int) -> Any:
    if number % 4 == 0:
        return None
    named = {
        "set": number + 0.5,  # never where a slider rests
        "panel": number,
        "lock": False,
        "flip": ("heal", "keep")[number % 2],
        "name": ("Anna", "Ben")[number % 2],
        "opacity": (0.0, 0.5)[number % 2],
    }
    return named.get(kind, True)


def changes() -> st.SearchStrategy[Changes]:
    some = st.dictionaries(st.sampled_from(PATHS), st.integers(1, 49), max_size=8)
    return some.map(
        lambda drawn: {at: value_of(str(at[0]), number) for at, number in drawn.items()}
    )


def changed(facts: Facts, by: Changes) -> Facts:
    return {at: value for at, value in (facts | by).items() if value is not None}


# a person's own step is there from the beginning: without one everyone's stands for them
BASES = changes().map(lambda made: changed({("set", "smooth", ANNA, "scale"): 7}, made))


def kept(facts: Facts) -> Facts:
    return facts | {
        ("set", "smooth", ANNA, "scale"): facts.get(("set", "smooth", ANNA, "scale"), 9)
    }


@settings(deadline=None, max_examples=50)
@given(BASES, changes(), changes())
def test_each_value_is_the_last_ones_who_changed_it(
    start: Facts, by_them: Changes, by_me: Changes
) -> None:
    base, theirs, mine = (kept(changed(start, by)) for by in ({}, by_them, by_me))
    merged = three_way(built(base), built(theirs), built(mine))
    for at in {*base, *theirs, *mine}:
        own = mine.get(at) != base.get(at)
        assert said(merged).get(at) == (mine if own else theirs).get(at), at
    assert said(merged).keys() <= {*base, *theirs, *mine}


@settings(deadline=None, max_examples=50)
@given(BASES, changes(), changes())
def test_changes_of_different_values_are_merged_in_either_order(
    start: Facts, by_them: Changes, by_me: Changes
) -> None:
    by_me = {at: value for at, value in by_me.items() if at not in by_them}
    base, theirs, mine = (built(kept(changed(start, by))) for by in ({}, by_them, by_me))
    assert said(three_way(base, theirs, mine)) == said(three_way(base, mine, theirs))


@settings(deadline=None, max_examples=50)
@given(BASES, changes(), changes())
def test_what_is_merged_once_stays_when_it_comes_again(
    start: Facts, by_them: Changes, by_me: Changes
) -> None:
    base, theirs, mine = (built(kept(changed(start, by))) for by in ({}, by_them, by_me))
    merged = three_way(base, theirs, mine)
    assert said(three_way(base, merged, mine)) == said(merged)
    assert three_way(base, base, mine) == mine
    assert three_way(base, theirs, base) == theirs
    assert Recipe.from_plain(merged.model_dump(mode="json")) == merged


@settings(deadline=None, max_examples=50)
@given(BASES, changes(), changes())
def test_a_step_taken_back_leaves_what_others_did(
    start: Facts, by_me: Changes, by_them: Changes
) -> None:
    before, after = (kept(changed(start, by)) for by in ({}, by_me))
    now = kept(changed(after, by_them))
    back = said(reverted(built(before), built(after), built(now)))
    for at in {*before, *after, *now}:
        touched = now.get(at) != after.get(at)
        assert back.get(at) == (now if touched else before).get(at), at


def test_a_tool_at_rest_for_one_keeps_the_sliders_that_the_other_moved() -> None:
    smooth = BY_NAME["smooth"].params
    base = recipe(Step(edit=smooth(amount=30)))
    theirs = recipe(Step(edit=smooth(amount=30, scale=80)))
    (left,) = three_way(base, theirs, Recipe()).steps
    assert left.edit == smooth(scale=80)
    assert three_way(base, Recipe(), theirs) == three_way(base, theirs, Recipe())


def test_a_new_step_stands_where_the_catalogue_has_it() -> None:
    base = recipe(step("smooth"), step("vignette"))
    theirs, mine = recipe(*base.steps, step("grain")), recipe(step("redness"), *base.steps)
    order = [op for op, _, _ in told(three_way(base, theirs, mine))]
    assert order == [op for op, _, _ in told(three_way(base, mine, theirs))]
    assert order == [op for op in BY_NAME if op in order]


def test_strokes_of_both_are_kept_and_one_that_is_deleted_goes() -> None:
    def dodged(*numbers: int) -> Recipe:
        strokes = tuple(stroke(number) for number in numbers)
        return recipe(step("dodge", mask=Mask(base="empty", strokes=strokes)))

    assert three_way(dodged(1, 2), dodged(1, 2, 3), dodged(2, 4)) == dodged(2, 3, 4)
    assert three_way(dodged(1), dodged(1, 2), Recipe()) == dodged(2)
    assert three_way(Recipe(), dodged(1, 1), dodged(1)) == dodged(1, 1)


def test_same_as_everyone_goes_with_everyone() -> None:
    base = recipe(step("smooth", 10), step("smooth", 50, ANNA))
    theirs = recipe(step("smooth", 20), step("smooth", 50, ANNA))
    mine = recipe(step("smooth", 10))
    assert told(three_way(base, theirs, mine)) == [("smooth", 20, None)]
    for_her = recipe(step("smooth", 10), step("smooth", 60, ANNA))
    assert told(three_way(base, theirs, for_her)) == [("smooth", 20, None), ("smooth", 60, ANNA)]


def test_a_frame_is_one_value() -> None:
    crop = BY_NAME["crop"].params
    theirs, mine = (
        recipe(Step(edit=crop(**cut))) for cut in ({"left": 0.5, "width": 0.5}, {"top": 0.1})
    )
    assert three_way(Recipe(), theirs, mine) == mine


def test_steps_of_one_tool_that_nothing_tells_apart_are_counted() -> None:
    twice = recipe(step("smooth", 5), step("smooth", 6))
    mine = recipe(step("smooth", 5), step("smooth", 7))
    theirs = recipe(step("smooth", 4), step("smooth", 6))
    assert [amount for _, amount, _ in told(three_way(twice, theirs, mine))] == [4, 7]


def test_too_much_together_is_refused_in_a_sentence() -> None:
    def many(shift: float) -> Recipe:
        points = tuple((k / 4000, shift) for k in range(4000))
        strokes = tuple(Stroke(points=points, size=0.1 + k / 100) for k in range(9))
        return recipe(step("dodge", mask=Mask(base="empty", strokes=strokes)))

    with pytest.raises(RecipeError, match=r"do not go together: .*72000 points"):
        three_way(recipe(step("burn", mask=painted("face"))), many(0.1), many(0.2))

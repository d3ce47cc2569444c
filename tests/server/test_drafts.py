"""Recipes come whole once, and then as what changed in them."""

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freckle.errors import RecipeError
from freckle.server.drafts import KEPT, WINDOWS, Drafts, UnknownError
from freckle.server.patches import MOST_CHANGES, UnfitError, patched

STEP = {"edit": {"op": "dodge", "amount": 60}}
WHOLE = {"steps": [STEP, STEP]}


def add(path: str, value: Any) -> dict[str, Any]:
    return {"op": "add", "path": path, "value": value}


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def remove(path: str) -> dict[str, Any]:
    return {"op": "remove", "path": path}


@pytest.mark.parametrize(
    ("document", "changes", "expected"),
    [
        ({"a": 1}, [], {"a": 1}),
        ({"a": 1}, [add("/b", 2)], {"a": 1, "b": 2}),
        ({"a": 1}, [replace("/a", 2)], {"a": 2}),
        ({"a": 1}, [replace("", [3])], [3]),
        ({"a": 1}, [add("", None)], None),
        ({"a": 1, "b": 2}, [remove("/a")], {"b": 2}),
        ({"a": [1, 2]}, [add("/a/-", 3), add("/a/-", 4)], {"a": [1, 2, 3, 4]}),
        ({"a": [1, 2]}, [add("/a/0", 0), add("/a/3", 3)], {"a": [0, 1, 2, 3]}),
        ({"a": [1, 2]}, [remove("/a/0"), replace("/a/0", 5)], {"a": [5]}),
        ({"a/b": {"~": 1, "": 2}}, [replace("/a~1b/~0", 3), remove("/a~1b/")], {"a/b": {"~": 3}}),
        ([[1], [1]], [add("/0/-", 2)], [[1, 2], [1]]),
        (
            {"a": {"b": 1}},
            [add("/c", {"d": []}), add("/c/d/-", 1)],
            {"a": {"b": 1}, "c": {"d": [1]}},
        ),
    ],
)
def test_changes_do_what_the_standard_says(document: Any, changes: Any, expected: Any):
    before = copy.deepcopy(document)
    assert patched(document, changes) == expected
    assert document == before


def test_what_did_not_change_is_shared():
    document = {"a": [[1], [2]], "b": {"c": [3]}}
    after = patched(document, [add("/a/0/-", 9)])
    assert after["b"] is document["b"]
    assert after["a"][1] is document["a"][1]
    assert after["a"][0] is not document["a"][0]


@pytest.mark.parametrize(
    "changes",
    [
        *({}, None, "x", [1], [{}], [{"op": "add", "path": "/b"}], [{"op": "move", "path": "/a"}]),
        *([remove("")], [remove("/x")], [remove("/a/2")], [remove("/a/-")], [replace("/x", 1)]),
        *([replace("/a/2", 1)], [replace("/a/-", 1)], [add("/a/3", 1)], [add("/a/-1", 1)]),
        *([add("/a/1e0", 1)], [add("/a/²", 1)], [add("a", 1)], [add("/x/y", 1)], [add("/n/y", 1)]),
        *([add("/a/0/y", 1)], [add("/a/99999999999999999999", 1)], [{**add("/b", 1), "from": ""}]),
        *([{"op": "add", "path": 1, "value": 1}], [remove("/a")] * (MOST_CHANGES + 1)),
    ],
)
def test_what_does_not_fit_is_refused(changes: Any):
    document = {"a": [1, 2], "n": None}
    with pytest.raises(UnfitError):
        patched(document, changes)
    assert document == {"a": [1, 2], "n": None}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=6,
)
OPS = st.sampled_from(["add", "replace", "remove", "test", ""])
PATHS = st.lists(st.sampled_from(["a", "0", "1", "-", "", "~0"]), max_size=3).map(
    lambda steps: "".join(f"/{step}" for step in steps)
)

CHANGES = st.fixed_dictionaries({"op": OPS, "path": PATHS}, optional={"value": JSON})


@given(
    JSON,
    st.lists(
        st.fixed_dictionaries({"op": OPS, "path": PATHS}, optional={"value": JSON}), max_size=4
    ),
)
def test_garbage_is_refused_or_done_and_never_harms_the_document(document: Any, changes: Any):
    before = copy.deepcopy(document)
    with contextlib.suppress(UnfitError):
        patched(document, changes)
    assert document == before


def test_many_changes_of_a_long_list_cost_one_copy_of_it():
    points = [[k, k] for k in range(100_000)]
    changes = [add("/points/-", [k, k]) for k in range(MOST_CHANGES)]
    assert len(patched({"points": points}, changes)["points"]) == 120_000


def told(drafts: Drafts, number: int, base: int | None, what: Any, window: str = "w") -> Any:
    named = {"window": window, "number": number, "base": base}
    text = b"" if what is None else json.dumps(what).encode()
    return drafts.recipe(named, text).model_dump(mode="json")["style"]["steps"]


def amounts(steps: Any) -> list[float]:
    return [step["edit"]["amount"] for step in steps]


def amount(step: int, value: float) -> list[Any]:
    return [replace(f"/steps/{step}/edit/amount", value)]


def test_changes_refer_to_any_number_that_is_kept():
    drafts = Drafts()
    assert amounts(told(drafts, 1, None, WHOLE)) == [60, 60]
    assert amounts(told(drafts, 5, 1, amount(0, 10))) == [10, 60]
    assert amounts(told(drafts, 6, 1, amount(1, 20))) == [60, 20]
    assert amounts(told(drafts, 7, 5, amount(1, 30))) == [10, 30]
    assert amounts(told(drafts, 7, None, None)) == [10, 30]
    assert amounts(told(drafts, 3, 7, [])) == [10, 30]  # numbers need not rise


def test_a_base_that_is_not_here_is_said():
    drafts = Drafts()
    for what in (amount(0, 1), [], None):
        with pytest.raises(UnknownError):
            told(drafts, 2, 1, what)
    told(drafts, 2, None, WHOLE)
    with pytest.raises(UnknownError):
        told(drafts, 3, 2, [], window="another")


def test_the_base_in_use_is_kept_and_the_rest_is_bounded():
    drafts = Drafts()
    told(drafts, 0, None, WHOLE)
    for number in range(1, 50):
        told(drafts, number, 0, amount(0, number))
    with pytest.raises(UnknownError):
        told(drafts, 99, 50 - KEPT, [])
    for window in range(WINDOWS):
        told(drafts, 1, None, WHOLE, window=str(window))
    with pytest.raises(UnknownError):
        told(drafts, 99, 0, [])


@pytest.mark.parametrize(
    "what",
    [
        *(amount(0, 1000), amount(7, 1), [remove("/steps/0/edit")], [add("/x", 1)], {}, "x"),
        *([replace("", [])], amount(0, float("nan")), [add("/steps/0/mask", {"strokes": [[]]})]),
    ],
)
def test_changes_that_make_no_recipe_are_refused_and_the_base_stays(what: Any):
    drafts = Drafts()
    told(drafts, 1, None, WHOLE)
    with pytest.raises(RecipeError):
        told(drafts, 2, 1, what)
    assert amounts(told(drafts, 3, 1, amount(0, 5))) == [5, 60]
    with pytest.raises(UnknownError):
        told(drafts, 4, 2, [])


@pytest.mark.parametrize(
    "text", [b"{", b"[" * 100_000, b"\xff", b"NaN", b'{"steps": 1e999}', b"null"]
)
def test_what_is_no_json_is_refused(text: bytes):
    with pytest.raises(RecipeError):
        Drafts().recipe({"window": "w", "number": 1, "base": None}, text)

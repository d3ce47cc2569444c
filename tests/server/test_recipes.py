"""Recipes over HTTP: merged and carried by the engine's own functions, and lifted when opened."""

import httpx
import pytest

from freckle.recipe.carrying import carried
from freckle.recipe.merging import merged
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.server.store import LOCAL
from tests.recipe.making import painted, recipe, step
from tests.server.serving import Running, visitor

MINE = recipe(
    step("smooth"), step("lipstick", 50, "1-2"), step("dodge", mask=painted("face", "photo"))
)
ROSE = preset("soft_rose").recipe
OLD = {
    "format": 1,
    "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}],
    "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}],
}


def asked(client: httpx.Client, what: str, **body: object) -> Recipe:
    answer = client.post(f"/api/recipes/{what}", json=body)
    assert answer.status_code == 200, answer.text
    return Recipe.from_plain(answer.json()["recipe"])


def plain(made: Recipe) -> object:
    return made.model_dump(mode="json")


def test_merging_and_carrying_are_those_of_python(client: httpx.Client):
    both = {"recipe": plain(MINE), "preset": plain(ROSE)}
    assert asked(client, "merge", **both) == merged(MINE, ROSE)
    assert asked(client, "merge", **both, person="1-2") == merged(MINE, ROSE, person="1-2")
    bare = asked(client, "merge", recipe=plain(MINE), preset={}, panels=["face"])
    assert bare == merged(MINE, Recipe(), panels=["face"])
    other = recipe(step("redness", 9, "7-7"), names={"7-7": "Anna"})
    assert asked(client, "carry", recipe=plain(MINE), onto=plain(other)) == carried(MINE, other)
    alone = asked(client, "carry", recipe=plain(MINE), strokes=True)
    assert alone == carried(MINE, Recipe(), strokes=True)
    assert alone != asked(client, "carry", recipe=plain(MINE))


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("merge", {"recipe": {}}),
        ("merge", {"recipe": {}, "preset": {"format": 9}}),
        ("merge", {"recipe": {}, "preset": {}, "panels": ["attic"]}),
        ("merge", {"recipe": {}, "preset": {}, "person": "x" * 65}),
        ("merge", {"recipe": {"steps": [{"edit": {"op": "melt"}}]}, "preset": {}}),
        ("carry", {"recipe": {"here": {"names": dict.fromkeys(map(str, range(300)), "A")}}}),
        ("carry", {"recipe": {}, "onto": [[[[]]]]}),
        ("carry", {"recipe": {"a": [0] * 250_000}}),
    ],
)
def test_what_is_no_recipe_is_refused(client: httpx.Client, what: str, body: object):
    answer = client.post(f"/api/recipes/{what}", json=body)
    assert answer.status_code in (400, 413, 422), answer.text
    assert answer.json()["remedy"]


def test_strangers_are_not_served(running: Running):
    with visitor(running.url) as nobody:
        answer = nobody.post("/api/recipes/merge", json={"recipe": {}, "preset": {}})
    assert answer.status_code == 401


def test_projects_of_older_releases_open_in_todays_form(
    running: Running, client: httpx.Client, photo: str
):
    store = running.app.state.house.store
    owner = client.get("/api/session").json()
    user = type(LOCAL)(owner["user"], owner["workspace"])
    old = store.create_project(user, photo, "Old", OLD)
    today = Recipe.from_plain(OLD).model_dump(mode="json")
    assert today["format"] == 2
    assert client.get(f"/api/projects/{old.id}").json()["recipe"] == today
    (entry,) = client.get(f"/api/projects/{old.id}/history").json()
    assert entry["recipe"] == today
    listed = client.get("/api/projects").json()
    assert next(p for p in listed if p["id"] == old.id)["recipe"] == today
    step_of = {"base": 0, "label": "again", "recipe": OLD}
    assert client.post(f"/api/projects/{old.id}/history", json=step_of).status_code == 201
    assert store.project(user, old.id).recipe == today

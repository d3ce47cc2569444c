"""Presets that people save: theirs on every browser, nobody else's; files in and out."""

import json
from typing import Any

import httpx
import pytest

from freckle.recipe.recipe import Recipe
from freckle.server.store import LOCAL, User
from tests.recipe.making import recipe, step
from tests.server.serving import Running

SOFT = recipe(step("smooth", 22)).model_dump(mode="json")
PAIR = recipe(step("smooth", 10), step("redness", 40, "1-2")).model_dump(mode="json")
URL = "/api/presets/own"


def keep(client: httpx.Client, *names: str, plain: Any = SOFT, taken: str = "replace") -> list[Any]:
    presets = [{"name": name, "recipe": plain} for name in names]
    answer = client.post(URL, json={"presets": presets, "taken": taken})
    assert answer.status_code == 200, answer.text
    listed: list[Any] = answer.json()
    return listed


def names(client: httpx.Client) -> list[str]:
    return [each["name"] for each in client.get(URL).json()]


def test_presets_follow_their_person_and_nobody_else(running: Running):
    me = User("pia", "one")
    with running.client(me) as desk, running.client(User("pia", "two")) as phone:
        keep(desk, "Soft", "Pair", plain=PAIR)
        assert names(phone) == ["Soft", "Pair"]
        kept = Recipe.from_plain(phone.get(URL).json()[1]["recipe"])
        assert [s.edit.op for s in kept.steps] == ["smooth"]  # what was one person's stays behind
        with running.client(User("quin", "one")) as other:
            assert names(other) == []
            mine = phone.get(URL).json()[0]["id"]
            for refused in (
                other.patch(f"{URL}/{mine}", json={"name": "Mine"}),
                other.delete(f"{URL}/{mine}"),
            ):
                assert refused.status_code == 404
            other.put(f"{URL}/order", json={"order": [mine]})
        assert names(desk) == ["Soft", "Pair"]


def test_names_are_replaced_numbered_or_refused(client: httpx.Client):
    first = keep(client, "A", "B")
    assert keep(client, "A", plain=PAIR)[0]["id"] == first[0]["id"]
    assert client.get(URL).json()[0]["recipe"] != SOFT
    keep(client, "A", "B", taken="number")
    assert names(client) == ["A", "B", "A 2"]  # B was there as it is
    keep(client, "A" * 80)
    keep(client, "A" * 80, plain=PAIR, taken="number")
    assert names(client)[-1] == "A" * 78 + " 2"
    answer = client.patch(f"{URL}/{first[1]['id']}", json={"name": "A"})
    assert (answer.status_code, answer.json()["code"]) == (409, "taken")
    star = client.patch(f"{URL}/{first[1]['id']}", json={"name": "Bee", "favourite": True}).json()
    assert (star["name"], star["favourite"]) == ("Bee", True)


def test_the_order_is_kept_and_what_is_deleted_comes_back_at_its_place(client: httpx.Client):
    ids = [each["id"] for each in keep(client, "A", "B", "C")]
    order = {"order": [ids[2], "nobody's", ids[0]]}
    assert [each["name"] for each in client.put(f"{URL}/order", json=order).json()] == list("CAB")
    assert client.delete(f"{URL}/{ids[0]}").status_code == 204
    assert client.delete(f"{URL}/{ids[0]}").status_code == 404
    back = keep(client, "A")[-1]["id"]
    client.put(f"{URL}/order", json={"order": [ids[2], back, ids[1]]})
    assert names(client) == list("CAB")


def test_a_file_brings_everything_to_another_person(client: httpx.Client, running: Running):
    keep(client, "Soft", "Ünï ‘quoted’", plain=PAIR)
    answer = client.get(f"{URL}/file")
    assert "freckle-presets.json" in answer.headers["Content-Disposition"]
    with running.client() as other:
        for added in (2, 0):  # a second time nothing is new
            read = other.post(f"{URL}/file?name=x.json", content=answer.content).json()
            assert (read["added"], read["left"]) == (added, [])
        assert names(other) == ["Soft", "Ünï ‘quoted’"]
        recipe_file = other.post(f"{URL}/file?name=My%20look.json", content=json.dumps(SOFT))
        assert recipe_file.json()["presets"][-1]["name"] == "My look"


CUBE = "LUT_3D_SIZE 2\n" + "\n".join(
    f"{r} {g} {b * 0.5}" for b in (0, 1) for g in (0, 1) for r in (0, 1)
)


def test_presets_of_other_programs_are_taken(client: httpx.Client):
    read = client.post(f"{URL}/file?name=Blue%20hour.cube", content=CUBE).json()
    made = Recipe.from_plain(read["presets"][0]["recipe"])
    assert (read["presets"][0]["name"], made.steps[0].edit.op) == ("Blue hour", "reference")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\x00", b"[1]", b'{"a": 1}', b"[" * 90_000, b'{"file": "freckle presets"}',
     b'{"file": "freckle presets", "format": 1, "presets": [{"name": "x"}]}',
     b'{"steps": [{"edit": {"op": "nothing"}}]}', b'{"style": {"steps": 7}}'],
)  # fmt: skip
def test_a_file_without_presets_is_refused_in_one_sentence(client: httpx.Client, content: bytes):
    for name in ("x.json", "x.cube", "x.xmp", "x"):
        answer = client.post(f"{URL}/file", params={"name": name}, content=content)
        assert 400 <= answer.status_code < 500, (name, answer.text)
        assert answer.json()["message"].endswith(".")
    assert names(client) == []


def test_the_first_account_has_what_was_saved_before_accounts(running: Running):
    with running.client(LOCAL) as client:
        keep(client, "Mine")
        assert "Mine" in names(client)

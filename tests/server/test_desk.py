"""Home: projects are found, sorted, copied; a page of a list goes on where the last one ended."""

from typing import Any

import httpx
import pytest

from freckle.server.store import User
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running


def named(client: httpx.Client, photo: str, *names: str) -> list[str]:
    made = [client.post("/api/projects", json={"photo": photo, "name": name}) for name in names]
    return [answer.json()["id"] for answer in made]


def listed(client: httpx.Client, **asked: Any) -> list[str]:
    found: list[str] = []
    while True:
        answer = client.get("/api/projects", params={"limit": 2, **asked})
        assert answer.status_code == 200, answer.text
        found += [each["name"] for each in answer.json()]
        if "X-Freckle-Next" not in answer.headers:
            return found
        asked["cursor"] = answer.headers["X-Freckle-Next"]


def test_projects_are_found_and_sorted(client: httpx.Client, photo: str):
    ids = named(client, photo, "émile", "Anna 100%", "Éva", "bea", "Zoé_1")
    assert listed(client) == ["Zoé_1", "bea", "Éva", "Anna 100%", "émile"]
    assert listed(client, sort="name") == ["Anna 100%", "bea", "Zoé_1", "émile", "Éva"]
    assert listed(client, search="É", sort="name") == ["Zoé_1", "émile", "Éva"]
    assert listed(client, search="0%") == ["Anna 100%"]
    assert listed(client, search="_") == ["Zoé_1"]
    assert listed(client, search="nobody") == []
    assert client.post(f"/api/projects/{ids[2]}/opened").status_code == 204
    assert listed(client, sort="opened")[0] == "Éva"
    assert listed(client)[0] == "Zoé_1"  # looking changes nothing
    assert client.get("/api/projects", params={"sort": "size"}).status_code == 400


@pytest.mark.parametrize("sort", ["name", "opened"])
def test_a_cursor_of_another_order_is_refused_or_harmless(
    client: httpx.Client, photo: str, sort: str
):
    named(client, photo, "A", "B", "C")
    cursor = client.get("/api/projects", params={"limit": 1}).headers["X-Freckle-Next"]
    answer = client.get("/api/projects", params={"sort": sort, "cursor": cursor})
    assert answer.status_code in {200, 400}


def test_a_copy_has_the_whole_history_and_a_life_of_its_own(
    running: Running, client: httpx.Client, project: str
):
    url = f"/api/projects/{project}"
    client.post(f"{url}/history", json={"base": 0, "label": "One", "recipe": NOTHING})
    copy = client.post(f"{url}/copies", json={"name": "Another"}).json()
    assert (copy["name"], copy["revision"]) == ("Another", 1)
    mine = f"/api/projects/{copy['id']}"
    assert [each["label"] for each in client.get(f"{mine}/history").json()] == ["Opened", "One"]
    client.post(f"{mine}/history", json={"base": 1, "label": "Two", "recipe": NOTHING})
    assert client.get(url).json()["revision"] == 1
    assert client.delete(url).status_code == 204
    assert client.get(mine).json()["revision"] == 2
    with running.client(User("stranger", "elsewhere")) as stranger:
        assert stranger.post(f"{mine}/copies", json={"name": "Mine"}).status_code == 404

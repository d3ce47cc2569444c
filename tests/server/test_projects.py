"""Projects and history: nobody else's, never stale, never lost."""

import uuid

import httpx
import pytest

from freckle.studio.recipes import NOTHING
from tests.server.serving import Running, upload
from tests.server.serving import make_jpeg as jpeg


def step(client: httpx.Client, project: str, base: int, label: str = "Step") -> httpx.Response:
    return client.post(
        f"/api/projects/{project}/history", json={"base": base, "label": label, "recipe": NOTHING}
    )


def taken_back(client: httpx.Client, project: str, revision: int) -> httpx.Response:
    body = {"base": revision, "label": "undo", "recipe": None}
    return client.post(f"/api/projects/{project}/history", json=body)


def test_a_project_starts_at_revision_0(client: httpx.Client, project: str, photo: str):
    found = client.get(f"/api/projects/{project}").json()
    assert (found["revision"], found["photo"], found["name"]) == (0, photo, "portrait.jpg")
    assert found["recipe"] == NOTHING
    (first,) = client.get(f"/api/projects/{project}/history").json()
    assert (first["revision"], first["recipe"]) == (0, NOTHING)


def test_history_only_grows(client: httpx.Client, project: str):
    for number in range(3):
        done = step(client, project, number, f"Step {number}")
        assert (done.status_code, done.json()["revision"]) == (201, number + 1)
    entries = client.get(f"/api/projects/{project}/history").json()
    assert [e["revision"] for e in entries] == [0, 1, 2, 3]
    assert [e["label"] for e in entries][1:] == ["Step 0", "Step 1", "Step 2"]
    assert client.get(f"/api/projects/{project}").json()["revision"] == 3


def test_a_step_from_a_state_that_never_was_is_refused(client: httpx.Client, project: str):
    assert step(client, project, 0).status_code == 201
    for late in (step(client, project, 5), taken_back(client, project, 0)):
        assert (late.status_code, late.json()["code"], late.json()["revision"]) == (409, "stale", 1)
    assert len(client.get(f"/api/projects/{project}/history").json()) == 2


def test_projects_are_listed_newest_first_and_can_be_renamed(client: httpx.Client, photo: str):
    ids = [
        client.post("/api/projects", json={"photo": photo, "name": name}).json()["id"]
        for name in "abc"
    ]
    step(client, ids[0], 0)
    listed = client.get("/api/projects").json()
    assert listed[0]["id"] == ids[0]
    assert {p["id"] for p in listed} == set(ids)
    client.patch(f"/api/projects/{ids[1]}", json={"name": "Ben"})
    assert client.get(f"/api/projects/{ids[1]}").json()["name"] == "Ben"
    assert client.delete(f"/api/projects/{ids[1]}").status_code == 204
    assert client.get(f"/api/projects/{ids[1]}").status_code == 404
    assert client.get(f"/api/photos/{photo}").status_code == 200


def test_long_lists_come_in_pages(client: httpx.Client, photo: str, project: str):
    made = [project]
    for name in "abcd":
        body = {"photo": photo, "name": name}
        made.append(client.post("/api/projects", json=body).json()["id"])
        step(client, project, len(made) - 2)

    def walked(path: str) -> list[dict[str, object]]:
        found, cursor, pages = [], None, 0
        while pages == 0 or cursor:
            answer = client.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})})
            assert len(answer.json()) <= 2
            found += answer.json()
            cursor, pages = answer.headers.get("x-freckle-next"), pages + 1
        assert pages == (len(found) + 1) // 2
        return found

    assert walked("/api/projects") == client.get("/api/projects").json()
    history = f"/api/projects/{project}/history"
    assert walked(history) == client.get(history).json()
    assert len(walked(history)) == 5
    for odd in ("x", "W10", "WyJhIl0", "W10=", "é"):
        assert client.get("/api/projects", params={"cursor": odd}).status_code == 400
    assert client.get("/api/projects", params={"limit": 0}).status_code == 400


def test_a_project_holds_several_pictures_and_stays_that_of_its_first(
    client: httpx.Client, photo: str, project: str
):
    others = [upload(client, jpeg(seed)).json()["id"] for seed in (60, 61)]
    place = f"/api/projects/{project}/pictures"
    for other in others:
        added = client.post(place, json={"photo": other})
        assert (added.status_code, added.json()["revision"]) == (201, 0)
    assert [p["photo"] for p in client.get(place).json()] == [photo, *others]
    assert client.post(place, json={"photo": "0" * 64}).status_code == 404
    found = client.get(f"/api/projects/{project}").json()
    assert (found["photo"], found["pictures"]) == (photo, 3)
    assert step(client, project, 0).status_code == 201
    assert client.delete(f"/api/photos/{photo}").status_code == 204
    left = client.get(f"/api/projects/{project}").json()
    assert (left["photo"], left["pictures"], left["revision"]) == (others[0], 2, 0)
    for other in others:
        client.delete(f"/api/photos/{other}")
    assert client.get(f"/api/projects/{project}").status_code == 404


def everything(project: str, photo: str) -> list[tuple[str, str, object]]:
    recipe = {"base": 0, "label": "x", "recipe": NOTHING}
    view = {"x": 0, "y": 0, "w": 10, "h": 10, "width": 10, "height": 10}
    return [
        ("GET", f"/api/photos/{photo}", None),
        ("DELETE", f"/api/photos/{photo}", None),
        ("GET", f"/api/photos/{photo}/original", None),
        ("GET", f"/api/photos/{photo}/thumb", None),
        ("POST", "/api/projects", {"photo": photo}),
        ("GET", f"/api/projects/{project}", None),
        ("PATCH", f"/api/projects/{project}", {"name": "mine"}),
        ("DELETE", f"/api/projects/{project}", None),
        ("GET", f"/api/projects/{project}/history", None),
        ("GET", f"/api/projects/{project}/pictures", None),
        ("POST", f"/api/projects/{project}/pictures", {"photo": photo}),
        ("POST", f"/api/projects/{project}/history", recipe),
        ("GET", f"/api/projects/{project}/analysis", None),
        ("GET", f"/api/projects/{project}/presets/natural/thumb", None),
        ("POST", f"/api/projects/{project}/presets/thumb", {"recipe": NOTHING}),
        ("GET", f"/api/projects/{project}/thumb", None),
        ("GET", f"/api/projects/{project}/report", None),
        ("GET", f"/api/projects/{project}/heatmap", None),
        ("GET", f"/api/projects/{project}/export", None),
        ("POST", f"/api/projects/{project}/export", {}),
        ("POST", f"/api/projects/{project}/export/size", {}),
        ("POST", f"/api/projects/{project}/mask/export", {"recipe": NOTHING, "step": 1}),
        ("POST", f"/api/projects/{project}/mask/import", {}),
        ("POST", f"/api/projects/{project}/preview", {"recipe": NOTHING, "view": view}),
    ]


def test_what_is_not_yours_answers_as_if_it_were_not_there(
    running: Running, project: str, photo: str
):
    with running.client() as stranger:
        nobody = "0" * 64, uuid.uuid4().hex
        theirs = everything(project, photo)
        absent = everything(nobody[1], nobody[0])
        for (method, path, body), (_, other, other_body) in zip(theirs, absent, strict=True):
            mine = stranger.request(method, path, json=body)
            none = stranger.request(method, other, json=other_body)
            assert mine.status_code == none.status_code == 404, path
            assert mine.content == none.content, path
        assert stranger.get("/api/projects").json() == []


@pytest.mark.parametrize(
    "body",
    [
        {"base": 0, "label": "x"},
        {"base": -1, "label": "x", "recipe": NOTHING},
        {"base": 0, "label": "x" * 500, "recipe": NOTHING},
        {"base": 0, "label": "a\0b", "recipe": NOTHING},
        {"base": 0, "label": "x", "recipe": NOTHING, "owner": "ben"},
        {"base": 0, "label": "x", "recipe": [1]},
    ],
)
def test_a_malformed_step_is_refused(client: httpx.Client, project: str, body: object):
    answer = client.post(f"/api/projects/{project}/history", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_huge_or_deep_recipe_is_refused(client: httpx.Client, project: str):
    deep: dict[str, object] = {}
    for _ in range(60):
        deep = {"steps": [deep]}
    for recipe in (deep, {"steps": list(range(300_000))}):
        answer = client.post(
            f"/api/projects/{project}/history", json={"base": 0, "label": "x", "recipe": recipe}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    large = b'{"base":0,"label":"x","recipe":{"a":"' + b"a" * (5 << 20) + b'"}}'
    answer = client.post(f"/api/projects/{project}/history", content=large)
    assert answer.status_code == 413

"""Sets: who is in them, in which order, with which marks, and one look for all of them."""

import asyncio
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import httpx

from freckle.server.settings import Settings
from freckle.server.users import User
from tests.server.conftest import started
from tests.server.serving import Running, make_jpeg, upload

SMOOTH = {"steps": [{"edit": {"op": "smooth", "version": 1, "amount": 20}}]}
GRADED = {"steps": [{"edit": {"op": "adjust", "version": 1, "exposure": 30}}]}


def project(client: httpx.Client, seed: int, name: str, **more: object) -> str:
    photo = upload(client, make_jpeg(seed, 96, 64), f"{name}.jpg").json()["id"]
    answer = client.post("/api/projects", json={"photo": photo, "name": name, **more})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


def make_set(client: httpx.Client, *projects: str, name: str = "Shoot") -> str:
    answer = client.post("/api/sets", json={"name": name, "projects": list(projects)})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


def photos(client: httpx.Client, photo_set: str, **query: object) -> list[dict[str, object]]:
    answer = client.get(f"/api/sets/{photo_set}/photos", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def order(client: httpx.Client, photo_set: str) -> list[object]:
    return [each["project"] for each in photos(client, photo_set)]


def test_photos_stand_where_they_are_put_whenever_they_come(client: httpx.Client):
    shoot = make_set(client, name="Empty")
    third = project(client, 3, "c", set=shoot, place=2)
    first = project(client, 1, "a", set=shoot, place=0)
    second = project(client, 2, "b", set=shoot, place=1)
    last = project(client, 4, "d", set=shoot)
    assert order(client, shoot) == [first, second, third, last]
    url = f"/api/sets/{shoot}"
    assert client.post(
        f"{url}/order", json={"projects": [last, third], "before": second}
    ).is_success
    assert order(client, shoot) == [first, last, third, second]
    assert client.post(f"{url}/order", json={"projects": [first]}).is_success
    assert order(client, shoot) == [last, third, second, first]
    strange = client.post(f"{url}/order", json={"projects": ["0" * 32]})
    assert strange.status_code == 404
    found = client.get(url).json()
    assert (found["name"], found["photos"], found["role"]) == ("Empty", 4, "admin")
    assert [each["project"] for each in found["cover"]] == [last, third, second, first]


def test_a_project_is_in_one_set_and_survives_it(client: httpx.Client):
    mine = project(client, 11, "mine")
    other = project(client, 12, "other")
    first, second = make_set(client, mine, other), make_set(client, mine, name="Second")
    assert order(client, first) == [other]
    assert client.get(f"/api/projects/{mine}").json()["set"] == second
    loose = [each["id"] for each in client.get("/api/projects?loose=true").json()]
    assert loose == []
    assert client.delete(f"/api/sets/{second}").status_code == 204
    assert client.get(f"/api/projects/{mine}").json()["set"] is None
    assert client.delete(f"/api/sets/{first}?photos=true").status_code == 204
    assert client.get(f"/api/projects/{other}").status_code == 404
    assert [each["id"] for each in client.get("/api/projects").json()] == [mine]
    assert client.get("/api/sets").json() == []


def test_what_is_erased_leaves_its_set(client: httpx.Client):
    one, two = project(client, 13, "one"), project(client, 14, "two")
    shoot = make_set(client, one, two)
    assert client.delete(f"/api/projects/{one}").status_code == 204
    photo = client.get(f"/api/projects/{two}").json()["photo"]
    assert client.delete(f"/api/photos/{photo}").status_code == 204
    assert photos(client, shoot) == []


def test_stars_and_flags_are_kept_and_pages_go_on(client: httpx.Client):
    some = [project(client, 20 + k, f"p{k}") for k in range(3)]
    shoot = make_set(client, *some)
    url = f"/api/sets/{shoot}/photos"
    assert client.patch(url, json={"projects": some[:2], "stars": 4}).status_code == 204
    assert client.patch(url, json={"projects": some[1:], "flag": -1}).status_code == 204
    seen = [(each["stars"], each["flag"]) for each in photos(client, shoot)]
    assert seen == [(4, 0), (4, -1), (0, -1)]
    for wrong in ({"stars": 6}, {"flag": 2}, {}):
        assert client.patch(url, json={"projects": some, **wrong}).status_code == 400
    first = client.get(url, params={"limit": 2})
    rest = photos(client, shoot, cursor=first.headers["X-Freckle-Next"])
    assert [each["project"] for each in [*first.json(), *rest]] == some
    assert client.post(f"{url}/out", json={"projects": some[:1]}).status_code == 204
    assert order(client, shoot) == some[1:]


def test_settings_go_to_photos_as_one_step_each(client: httpx.Client):
    some = [project(client, 30 + k, f"p{k}") for k in range(3)]
    shoot = make_set(client, *some[:2])
    own = {"base": 0, "label": "mine", "recipe": GRADED}
    assert client.post(f"/api/projects/{some[1]}/history", json=own).status_code == 201
    body = {"projects": some, "recipe": SMOOTH, "panels": ["face"], "label": "paste"}
    done = client.post(f"/api/sets/{shoot}/apply", json=body).json()
    assert done["changed"] == some[:2]
    assert [each["project"] for each in done["failed"]] == [some[2]]
    log = client.get(f"/api/projects/{some[1]}/history").json()
    assert [each["label"] for each in log] == ["Opened", "mine", "paste"]
    kept = [step["edit"]["op"] for step in log[-1]["recipe"]["style"]["steps"]]
    assert kept == ["smooth", "adjust"]
    again = client.post(f"/api/sets/{shoot}/apply", json=body).json()
    assert (again["changed"], again["same"]) == ([], some[:2])
    assert [each["edited"] for each in photos(client, shoot)] == [True, True]
    wrong = {**body, "panels": None, "setting": "face.nothing.amount"}
    assert client.post(f"/api/sets/{shoot}/apply", json=wrong).status_code == 400


def test_a_set_outlives_the_server(tmp_path: Path, settings: Settings):
    own = replace(settings, folder=tmp_path, workers=1, eager=False)
    user = User("anna", "studio")
    with started(own) as running, running.client(user) as client:
        some = [project(client, 40 + k, f"p{k}") for k in range(2)]
        shoot = make_set(client, *some, name="Wedding")
        client.patch(f"/api/sets/{shoot}/photos", json={"projects": some[:1], "stars": 5})
    with started(own) as running, running.client(user) as client:
        assert [each["name"] for each in client.get("/api/sets").json()] == ["Wedding"]
        assert [each["stars"] for each in photos(client, shoot)] == [5, 0]


def test_colleagues_share_sets_and_strangers_see_none(running: Running, client: httpx.Client):
    shoot = make_set(client, project(client, 50, "p"))
    with running.client() as stranger:
        assert stranger.get("/api/sets").json() == []
        other = make_set(stranger, project(stranger, 50, "p"))
        theirs = order(stranger, other)
        assert stranger.get(f"/api/sets/{shoot}").status_code == 404
    taken = client.post(f"/api/sets/{shoot}/photos", json={"projects": theirs})
    assert taken.status_code == 404


def fetched(client: httpx.Client, photo_set: str, **body: object) -> zipfile.ZipFile:
    begun = client.post(f"/api/sets/{photo_set}/exports", json=body)
    assert begun.status_code == 201, begun.text
    url = f"/api/sets/{photo_set}/exports/{begun.json()['id']}"
    answer = client.get(f"{url}/file")
    assert answer.headers["content-type"] == "application/zip"
    state = client.get(url).json()
    assert (state["state"], state["done"]) == ("done", state["total"])
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_all_photos_come_in_one_archive_under_their_own_names(client: httpx.Client):
    some = [project(client, 60, "a"), project(client, 61, "A"), project(client, 62, "b/ü.jpg")]
    shoot = make_set(client, *some)
    archive = fetched(client, shoot, projects=some, settings={"format": "png", "sidecar": True})
    assert archive.testzip() is None
    pictures = [name for name in archive.namelist() if name.endswith(".png")]
    assert pictures == ["a.png", "A-2.png", "b_ü.png"]
    assert archive.read("a.png")[:4] == b"\x89PNG"
    assert archive.namelist()[1] == "a.freckle.json"
    two = fetched(client, shoot, projects=some[:1], settings={"presets": ["web", "linkedin"]})
    assert two.namelist() == ["web/a.jpg", "linkedin/a.jpg"]
    assert client.post(f"/api/sets/{shoot}/exports", json={"projects": []}).status_code == 404


def test_a_photo_that_cannot_be_written_is_named_and_stops_no_other(
    running: Running, client: httpx.Client
):
    some = [project(client, 70 + k, f"p{k}") for k in range(3)]
    shoot = make_set(client, *some)
    digest = client.get(f"/api/projects/{some[1]}").json()["photo"]
    broken = running.house.originals.path(digest)
    broken.chmod(0o644)
    broken.write_bytes(b"no picture")
    forget = running.house.ask(digest, {"do": "forget"})  # the worker has it open
    asyncio.run_coroutine_threadsafe(forget, running.loop).result(20)
    archive = fetched(client, shoot, projects=some)
    assert archive.namelist() == ["p0.jpg", "p2.jpg", "Not exported.txt"]
    assert "p1: " in archive.read("Not exported.txt").decode()


def test_an_archive_that_is_stopped_holds_what_was_done(client: httpx.Client):
    some = [project(client, 80 + k, f"p{k}") for k in range(16)]
    shoot = make_set(client, *some)
    begun = client.post(f"/api/sets/{shoot}/exports", json={"projects": some}).json()
    url = f"/api/sets/{shoot}/exports/{begun['id']}"
    received = b""
    with client.stream("GET", f"{url}/file") as answer:
        for piece in answer.iter_bytes():
            if not received:
                assert client.delete(url).status_code == 204
            received += piece
    archive = zipfile.ZipFile(io.BytesIO(received))
    assert "Not exported.txt" in archive.namelist()
    assert client.get(url).json()["state"] == "stopped"
    assert archive.testzip() is None

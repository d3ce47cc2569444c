"""Suggestions for sets: looked for once asked, kept, gone on with after a restart."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import simplejpeg

from freckle.server.settings import Settings
from freckle.server.users import LOCAL, User
from tests.server.conftest import started
from tests.server.serving import Running, make_jpeg, upload
from tests.server.test_sets import make_set


def project(client: httpx.Client, data: bytes, name: str) -> str:
    photo = upload(client, data, f"{name}.jpg")
    assert photo.status_code == 201, photo.text
    answer = client.post("/api/projects", json={"photo": photo.json()["id"], "name": name})
    made: str = answer.json()["id"]
    return made


def twice(seed: int) -> tuple[bytes, bytes]:
    """Return a picture in two files, as a burst has it."""
    data = make_jpeg(seed, 96, 64)
    return data, bytes(simplejpeg.encode_jpeg(simplejpeg.decode_jpeg(data), quality=70))


def checks(seed: int) -> bytes:
    """Return a picture that is like no other."""
    tiles = np.random.default_rng(seed).integers(0, 255, (8, 9, 3), np.uint8)
    return bytes(simplejpeg.encode_jpeg(tiles.repeat(8, axis=0).repeat(8, axis=1)))


def found(client: httpx.Client, photo_set: str) -> dict[str, Any]:
    """Wait until all photos are looked at, as the page does."""
    deadline = time.monotonic() + 300
    while True:
        answer = client.get(f"/api/sets/{photo_set}/suggestions")
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        if not said["running"]:
            return said
        assert time.monotonic() < deadline, said
        time.sleep(0.05)


def test_photos_are_looked_at_when_somebody_asks_and_nothing_is_marked(client: httpx.Client):
    first, again = twice(51)
    some = [project(client, first, "first"), project(client, again, "again")]
    alone = project(client, checks(50), "alone")
    shoot = make_set(client, *some, alone)
    url = f"/api/sets/{shoot}/suggestions"
    nothing = {"running": False, "photos": 3, "seen": 0, "failed": [], "suggestions": []}
    assert found(client, shoot) == nothing
    assert client.post(url).status_code == 202
    said = found(client, shoot)
    assert (said["seen"], said["failed"]) == (3, [])
    alike = {"project": some[1], "kind": "alike", "other": some[0]}
    assert said["suggestions"] == [alike]
    marks = client.get(f"/api/sets/{shoot}/photos").json()
    assert {(each["flag"], each["stars"]) for each in marks} == {(0, 0)}


def test_what_is_waved_aside_stays_away_until_it_is_wanted_again(client: httpx.Client):
    first, again = twice(52)
    one, other = project(client, first, "one"), project(client, again, "other")
    shoot = make_set(client, one, other)
    url = f"/api/sets/{shoot}/suggestions"
    client.post(url)
    assert len(found(client, shoot)["suggestions"]) == 1
    waved = {"projects": [one, other], "kinds": ["alike", "soft"]}
    assert client.post(f"{url}/dismissed", json=waved).status_code == 204
    assert found(client, shoot)["suggestions"] == []
    client.post(url)
    assert found(client, shoot)["suggestions"] == []
    back = {"projects": [other], "kinds": ["alike"], "dismissed": False}
    assert client.post(f"{url}/dismissed", json=back).status_code == 204
    assert len(found(client, shoot)["suggestions"]) == 1
    assert (
        client.post(f"{url}/dismissed", json={"projects": [], "kinds": ["odd"]}).status_code == 400
    )


def test_a_photo_that_cannot_be_opened_is_named_and_tried_again(
    running: Running, client: httpx.Client
):
    data = make_jpeg(53, 96, 64)
    one = project(client, data, "one")
    shoot = make_set(client, one)
    digest = client.get(f"/api/projects/{one}").json()["photo"]
    path = running.house.originals.path(digest)
    mode = path.stat().st_mode
    path.chmod(0o600)
    path.write_bytes(data[:-9])
    forget = running.house.ask(digest, {"do": "forget"}, priority=0)
    asyncio.run_coroutine_threadsafe(forget, running.loop).result(60)
    client.post(f"/api/sets/{shoot}/suggestions")
    said = found(client, shoot)
    assert (said["seen"], said["failed"]) == (1, [one])
    path.write_bytes(data)
    path.chmod(mode)
    client.post(f"/api/sets/{shoot}/suggestions")
    said = found(client, shoot)
    assert (said["seen"], said["failed"]) == (1, [])


def test_a_server_that_starts_goes_on_where_another_one_ended(tmp_path: Path):
    settings = Settings(folder=tmp_path / "data", workers=1, eager=False)
    with started(settings) as running, running.client(LOCAL) as client:
        first, again = twice(54)
        shoot = make_set(client, project(client, first, "a"), project(client, again, "b"))
        running.house.store.begin_look_through(LOCAL, shoot)  # and it ends before any photo
        assert client.get(f"/api/sets/{shoot}").status_code == 200
    with started(settings) as running, running.client(LOCAL) as client:
        deadline = time.monotonic() + 300
        while running.house.store.being_looked_through(shoot):  # nobody asks it to
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert found(client, shoot)["seen"] == 2
        # What was seen belongs to the photo, and goes with it.
        photo = client.get(f"/api/sets/{shoot}/photos").json()[0]["photo"]
        assert client.delete(f"/api/photos/{photo}").status_code == 204
        assert found(client, shoot)["photos"] == 1


def test_of_two_servers_one_looks_and_a_silent_one_is_relieved(
    running: Running, client: httpx.Client
):
    store = running.house.store
    shoot = make_set(client, project(client, make_jpeg(55, 96, 64), "one"))
    stored = client.get(f"/api/sets/{shoot}").json()
    me = User(stored["owner"], stored["workspace"])
    store.begin_look_through(me, shoot)
    assert store.orphans()[shoot].id == me.id
    assert shoot not in store.orphans()  # somebody works on it
    assert shoot in store.orphans(0)
    assert client.delete(f"/api/sets/{shoot}/suggestions").status_code == 204
    assert not store.being_looked_through(shoot)
    assert not store.keep_sight(shoot, "0" * 32, {})

"""What is erased is gone, what somebody else has stays, and what the disk changed is not served."""

import httpx
import pytest

from freckle.errors import Refusal
from freckle.server.worker import Bench
from tests.server.serving import Running, make_jpeg, upload


def with_everything(client: httpx.Client, data: bytes, name: str) -> tuple[str, str]:
    photo = upload(client, data, f"{name}.jpg").json()["id"]
    project = client.post("/api/projects", json={"photo": photo, "name": name}).json()["id"]
    client.get(f"/api/projects/{project}/thumb").raise_for_status()
    client.post(f"/api/projects/{project}/export", json={"format": "png"}).raise_for_status()
    return photo, project


def traces(running: Running, photo: str, name: str) -> list[str]:
    """Where on the disk a photo or its name can still be found."""
    folder = running.settings.folder
    files = [str(path) for path in folder.rglob(f"{photo}*")]
    database = [p.name for p in folder.glob("freckle.sqlite*") if name.encode() in p.read_bytes()]
    return files + database


def test_an_erased_photo_leaves_nothing(running: Running, client: httpx.Client):
    name = "Unmistakable Nomenclature"
    photo, project = with_everything(client, make_jpeg(50), name)
    kept, _ = with_everything(client, make_jpeg(51), "another")
    assert len(traces(running, photo, name)) >= 4
    assert client.delete(f"/api/photos/{photo}").status_code == 204
    assert traces(running, photo, name) == []
    for path in (f"photos/{photo}", f"photos/{photo}/original", f"projects/{project}"):
        assert client.get(f"/api/{path}").status_code == 404
    assert client.delete(f"/api/photos/{photo}").status_code == 404
    assert client.get(f"/api/photos/{kept}/original").status_code == 200
    again, _ = with_everything(client, make_jpeg(50), name)
    assert again == photo


def test_what_somebody_else_has_too_stays_theirs(running: Running):
    with running.client() as anna, running.client() as ben:
        photo, _ = with_everything(anna, make_jpeg(52), "Anna")
        _, project = with_everything(ben, make_jpeg(52), "Ben")
        assert anna.delete(f"/api/photos/{photo}").status_code == 204
        assert anna.get(f"/api/photos/{photo}").status_code == 404
        assert ben.get(f"/api/photos/{photo}/original").status_code == 200
        assert ben.get(f"/api/projects/{project}").status_code == 200
        assert ben.delete(f"/api/photos/{photo}").status_code == 204
        assert not running.house.originals.path(photo).exists()


def test_a_flipped_bit_is_noticed(running: Running, client: httpx.Client):
    photo = upload(client, make_jpeg(53)).json()["id"]
    path = running.house.originals.path(photo)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    answer = client.get(f"/api/photos/{photo}/original")
    assert (answer.status_code, answer.json()["code"]) == (422, "damaged")
    with pytest.raises(Refusal, match="no longer what was uploaded"):
        Bench(1 << 30).studio(path, photo)
    path.write_bytes(whole)
    assert Bench(1 << 30).studio(path, photo).photo.width == 640


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'


@pytest.mark.parametrize("way", ["project", "photo", "set"])
def test_files_of_posters_go_with_their_project(running: Running, client: httpx.Client, way: str):
    photo, project = with_everything(client, make_jpeg(58), "Poster")
    sent = client.post(f"/api/projects/{project}/posters/files", content=LOGO)
    assert sent.status_code == 201, sent.text
    folder = running.settings.folder
    assert [path for path in folder.rglob("*") if project in path.parts]
    shoot = client.post("/api/sets", json={"name": "S", "projects": [project]}).json()["id"]
    ways = {"project": f"projects/{project}", "photo": f"photos/{photo}"}
    url = ways.get(way, f"sets/{shoot}?photos=true")
    assert client.delete(f"/api/{url}").status_code == 204
    assert not [path for path in folder.rglob("*") if project in path.parts]

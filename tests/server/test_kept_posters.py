"""A project's poster is on the server; nobody writes over another's unseen."""

import httpx
import pytest

from tests.server.serving import Running

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'


@pytest.fixture
def poster() -> dict:
    return {"template": "launch", "content": {"headline": "Hello"}}


def put(client: httpx.Client, project: str, base: int, poster: dict) -> httpx.Response:
    return client.put(f"/api/projects/{project}/poster", json={"base": base, "poster": poster})


def test_a_poster_is_kept_and_never_written_over_unseen(
    client: httpx.Client, portrait_project: str, poster: dict
) -> None:
    path = f"/api/projects/{portrait_project}/poster"
    assert client.get(path).json() == {"revision": 0, "poster": None}
    first = put(client, portrait_project, 0, poster).json()
    assert first["revision"] == 1
    assert client.get(path).json() == first
    assert first["poster"]["content"]["headline"] == "Hello"
    assert put(client, portrait_project, 0, poster).json() == first, "sent twice is kept once"
    other = {**poster, "content": {"headline": "Good evening"}}
    refused = put(client, portrait_project, 0, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    assert client.get(path).json() == first
    assert put(client, portrait_project, 1, other).json()["revision"] == 2
    wrong = put(client, portrait_project, 2, {**poster, "sizes": [3]})
    assert wrong.status_code == 400
    assert client.get(path).json()["revision"] == 2


def test_a_copy_has_the_poster_and_its_files_and_erasing_takes_both(
    client: httpx.Client, running: Running, portrait_project: str, poster: dict
) -> None:
    files = f"/api/projects/{portrait_project}/posters/files"
    logo = client.post(files, content=LOGO, params={"label": "logo.svg"}).json()["name"]
    with_logo = {**poster, "brand": {"logo": logo}}
    put(client, portrait_project, 0, with_logo).raise_for_status()
    copied = client.post(f"/api/projects/{portrait_project}/copies", json={"name": "Again"}).json()
    kept = client.get(f"/api/projects/{copied['id']}/poster").json()
    assert kept["poster"]["brand"]["logo"] == logo
    assert [
        each["name"] for each in client.get(files.replace(portrait_project, copied["id"])).json()
    ]
    asked = {"poster": kept["poster"], "size": "post", "longer": 128}
    shown = client.post(f"/api/projects/{copied['id']}/posters/preview", json=asked)
    assert shown.status_code == 200, shown.text
    assert client.delete(f"/api/projects/{copied['id']}").status_code == 204
    assert not (running.settings.folder / "posters" / copied["id"]).exists()
    assert client.get(f"/api/projects/{portrait_project}/poster").json()["revision"] == 1

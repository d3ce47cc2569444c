"""Who changed what in a workspace: told with what was done, or not at all, and never changed."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from freckle.server.settings import Settings
from freckle.server.users import User
from tests.server.serving import Running, make_jpeg, upload, visitor
from tests.server.serving_accounts import browser, somebody, with_accounts


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("events")
    with with_accounts(Settings(folder=folder)) as running:
        yield running


def events(client: httpx.Client, boss: User) -> list[tuple[str, str, str, str]]:
    found = client.get(f"/api/workspaces/{boss.workspace}/events")
    assert found.status_code == 200, found.text
    return [(e["who"], e["what"], e["subject"], e["detail"]) for e in found.json()][::-1]


def test_what_is_done_is_told_once_and_what_is_refused_is_not(server: Running) -> None:
    boss = somebody(server, uuid.uuid4().hex, "admin")
    editor = somebody(server, boss.workspace, "editor")
    place = f"/api/workspaces/{boss.workspace}"
    with browser(server, boss) as client, browser(server, editor) as theirs:
        photo = upload(theirs, make_jpeg(1), "anna.jpg").json()["id"]
        project = theirs.post("/api/projects", json={"photo": photo}).json()["id"]
        assert theirs.patch(f"/api/projects/{project}", json={"name": "Anna"}).is_success
        made = theirs.post("/api/shares", json={"projects": [project], "guest": "Gina"}).json()
        with visitor(server.url) as guest:
            guest.post("/api/shared", json={"secret": made["secret"]})
            start = f"/api/shared/{made['id']}"
            assert guest.put(f"{start}/decisions/0", json={"decision": "approved"}).is_success
            assert guest.post(f"{start}/confirm", json={"name": "Gina G"}).is_success
        for _ in range(2):  # the second time there is nothing to revoke
            assert theirs.delete(f"/api/shares/{made['id']}").is_success
        assert theirs.delete(f"/api/projects/{project}").is_success
        role = client.patch(f"{place}/members/{editor.id}", json={"role": "viewer"})
        assert role.is_success
        last = client.patch(f"{place}/members/{boss.id}", json={"role": "viewer"})
        assert last.status_code == 409
        refused = theirs.post(f"{place}/invitations", json={"role": "admin"})
        assert refused.status_code == 403
        assert theirs.get(f"{place}/events").status_code == 403
        assert events(client, boss) == [
            ("the editor", "project_made", "anna.jpg", ""),
            ("the editor", "project_renamed", "anna.jpg", "Anna"),
            ("the editor", "shared", "Gina", ""),
            ("Gina", "share_confirmed", "", ""),
            ("the editor", "share_revoked", "Gina", ""),
            ("the editor", "project_deleted", "Anna", ""),
            ("the admin", "role_changed", "the editor", "viewer"),
        ]


def test_the_list_comes_in_pages(server: Running) -> None:
    boss = somebody(server, uuid.uuid4().hex, "admin")
    place = f"/api/workspaces/{boss.workspace}"
    with browser(server, boss) as client:
        for number in range(5):
            assert client.patch(place, json={"name": f"Name {number}"}).is_success
        names, cursor = list[str](), ""
        while True:
            page = client.get(f"{place}/events?limit=2{cursor}")
            names += [event["subject"] for event in page.json()]
            if "X-Freckle-Next" not in page.headers:
                break
            cursor = f"&cursor={page.headers['X-Freckle-Next']}"
        assert names == [f"Name {number}" for number in range(4, -1, -1)]

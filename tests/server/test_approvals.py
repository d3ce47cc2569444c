"""An approver calls a picture finished; what is changed afterwards is not what was approved."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from freckle.server.settings import Settings
from freckle.server.users import User
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running, make_jpeg, upload
from tests.server.serving_accounts import browser, somebody, with_accounts

SMOOTH = {"steps": [{"edit": {"op": "smooth", "amount": 30}}]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("approvals")
    with with_accounts(Settings(folder=folder)) as running:
        yield running


def edited(client: httpx.Client, start: str, base: int, recipe: dict[str, Any]) -> None:
    step = {"base": base, "label": "Step", "recipe": recipe}
    assert client.post(f"{start}/history", json=step).is_success


def test_an_approval_is_of_what_was_looked_at(server: Running) -> None:
    boss = somebody(server, uuid.uuid4().hex, "approver")
    editor = somebody(server, boss.workspace, "editor")
    with browser(server, boss) as client, browser(server, editor) as theirs:
        photo = upload(theirs, make_jpeg(1), "anna.jpg").json()["id"]
        project = theirs.post("/api/projects", json={"photo": photo}).json()
        assert project["approval"] is None
        start = f"/api/projects/{project['id']}"
        assert theirs.put(f"{start}/approval", json={"revision": 0}).status_code == 403
        assert theirs.get(start).json()["approval"] is None
        for _ in range(2):  # the second time nothing is written
            approval = client.put(f"{start}/approval", json={"revision": 0}).json()["approval"]
        assert approval.items() >= {"by": "the approver", "revision": 0, "current": True}.items()
        edited(theirs, start, 0, SMOOTH)
        later = theirs.get("/api/projects").json()[0]["approval"]
        assert later == {**approval, "current": False}
        stale = client.put(f"{start}/approval", json={"revision": 0})
        assert (stale.status_code, stale.json()["revision"]) == (409, 1)
        assert client.put(f"{start}/approval", json={"revision": 1}).json()["approval"]["current"]
    assert told(server, boss) == ["approved", "approved"]


def test_an_approval_is_taken_back_and_goes_with_its_project(server: Running) -> None:
    boss = somebody(server, uuid.uuid4().hex, "approver")
    editor = somebody(server, boss.workspace, "editor")
    with browser(server, boss) as client, browser(server, editor) as theirs:
        photo = upload(theirs, make_jpeg(1), "anna.jpg").json()["id"]
        start = f"/api/projects/{theirs.post('/api/projects', json={'photo': photo}).json()['id']}"
        assert client.put(f"{start}/approval", json={"revision": 0}).is_success
        assert theirs.delete(f"{start}/approval").status_code == 403
        for _ in range(2):
            assert client.delete(f"{start}/approval").json()["approval"] is None
        assert client.put(f"{start}/approval", json={"revision": 0}).is_success
        copy = theirs.post(f"{start}/copies", json={"name": "Another"}).json()
        assert copy["approval"] is None, "a copy is somebody's new work"
        edited(theirs, start, 0, NOTHING)
        assert theirs.delete(start).is_success
    assert told(server, boss) == ["approved", "approval_withdrawn", "approved"]


def told(server: Running, boss: User) -> list[str]:
    admin = somebody(server, boss.workspace, "admin")
    with browser(server, admin) as client:
        found = client.get(f"/api/workspaces/{boss.workspace}/events").json()
    return [event["what"] for event in found if event["who"] == boss.name][::-1]

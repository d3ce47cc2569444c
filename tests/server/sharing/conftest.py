"""A server whose editor makes links."""

import uuid
from collections.abc import Iterator

import pytest

from freckle.server.settings import Settings
from tests.server.serving import upload
from tests.server.serving_accounts import browser, somebody, with_accounts
from tests.server.sharing.world import LIGHTER, Studio, tagged


@pytest.fixture(scope="package")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("sharing")
    with with_accounts(Settings(folder=folder)) as running:
        owner = somebody(running, uuid.uuid4().hex, "editor")
        with browser(running, owner) as client:
            projects = []
            for seed in (1, 2):
                photo = upload(client, tagged(seed), f"portrait {seed}.jpg").json()["id"]
                project = client.post("/api/projects", json={"photo": photo}).json()["id"]
                step = {"base": 0, "label": "Lighter", "recipe": LIGHTER}
                assert client.post(f"/api/projects/{project}/history", json=step).is_success
                projects.append(project)
            yield Studio(running, owner, client, projects)

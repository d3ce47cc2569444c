"""A real server on a free port, and a fresh user for every test."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files

import httpx
import pytest
from fastapi import FastAPI

from freckle.server.serve import listen, make_server
from freckle.server.settings import Settings
from tests.server import postgres
from tests.server.serving import Running, make_jpeg, upload


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(folder=tmp_path_factory.mktemp("data"), upload_bytes=3 << 20)


@pytest.fixture(scope="session", autouse=True)
def postgresql() -> Iterator[None]:
    """End the one that tests shared, if any was started."""
    yield
    postgres.RUNNING.close()


@contextmanager
def started(settings: Settings, port: int = 0) -> Iterator[Running]:
    """A server in a thread, on a free port unless one is given."""
    with listen("127.0.0.1", port) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        server = make_server(settings)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(
            target=lambda: loop.run_until_complete(server.serve(sockets=[listening]))
        )
        thread.start()
        while not server.started:
            assert thread.is_alive()
            thread.join(0.02)
        app = server.config.app
        assert isinstance(app, FastAPI)
        yield Running(settings, app, loop)
        server.should_exit = True
        thread.join(20)
        loop.close()


@pytest.fixture(scope="session")
def running(settings: Settings) -> Iterator[Running]:
    with started(settings) as running:
        yield running


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with running.client() as client:
        yield client


@pytest.fixture
def photo(client: httpx.Client) -> str:
    response = upload(client, make_jpeg())
    assert response.status_code == 201, response.text
    identifier: str = response.json()["id"]
    return identifier


@pytest.fixture
def project(client: httpx.Client, photo: str) -> str:
    response = client.post("/api/projects", json={"photo": photo})
    assert response.status_code == 201, response.text
    identifier: str = response.json()["id"]
    return identifier


@pytest.fixture
def portrait_project(client: httpx.Client) -> str:
    """A project with a face: NASA's free portrait of an astronaut, 512 × 512."""
    data = (files("skimage") / "data" / "astronaut.png").read_bytes()
    photo = upload(client, data)
    assert photo.status_code == 201, photo.text
    response = client.post("/api/projects", json={"photo": photo.json()["id"]})
    assert response.status_code == 201, response.text
    identifier: str = response.json()["id"]
    return identifier

"""Pictures by an image generator: a real server of the protocol, a real process in between."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from freckle.generate.choosing import RemoteChoice
from freckle.recipe.recipe import Recipe
from freckle.server.settings import Settings
from tests.server.conftest import started
from tests.server.serving import Running, make_jpeg, upload

SERVER = Path(__file__).parents[1] / "generate" / "images_server.py"
KEY = "right"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, url: str) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("made")
    choice = RemoteChoice(url=url, model="fine", key=KEY)
    with started(Settings(folder=folder, generator=choice, eager=False)) as running:
        yield running


@pytest.fixture
def there(house: Running) -> Iterator[tuple[httpx.Client, str]]:
    """Somebody, and where the generations of their project are."""
    with house.client() as client:
        photo = upload(client, make_jpeg(5, 64, 80)).json()["id"]
        project = client.post("/api/projects", json={"photo": photo}).json()["id"]
        yield client, f"/api/projects/{project}/generations"


def use(house: Running, url: str, **change: Any) -> None:
    """Set another generator up."""
    given = {"url": url, "model": "fine", "key": KEY, **change}
    house.house.workshop.choice = RemoteChoice(**given)


def until(client: httpx.Client, where: str, *states: str, share: float = 0) -> dict[str, Any]:
    """Ask until the work is in one of some states, and so far at least."""
    for _ in range(600):
        said: dict[str, Any] = client.get(where).json()
        if said["state"] in states and said["share"] >= share:
            return said
        time.sleep(0.05)
    raise AssertionError(said)


def makers() -> set[str]:
    """Which processes make pictures for this one: those that hold their memory still."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = stat.read_text().rpartition(")")[2].split()[1]
            command = stat.with_name("cmdline").read_bytes()
            if parent == str(os.getpid()) and b"generator_process" in command:
                found.add(stat.parent.name)
    return found


def test_words_become_pictures_and_nothing_else_is_told(
    house: Running, url: str, there: tuple[httpx.Client, str]
) -> None:
    use(house, url)
    client, where = there
    told = client.get("/api/generator")
    assert told.json() == {"name": url.removeprefix("http://").removesuffix("/v1")}
    begun = client.post(where, json={"prompt": "a quiet studio", "candidates": 2, "seed": 3})
    assert begun.status_code == 202
    one = f"{where}/{begun.json()['id']}"
    done = until(client, one, "done", "failed")
    assert (done["trouble"], done["pictures"], done["share"]) == (None, 2, 1)
    pictures = [client.get(f"{one}/pictures/{k}").content for k in (0, 1)]
    assert all(each.startswith(b"\xff\xd8") for each in pictures)
    assert pictures[0] != pictures[1]
    assert client.get(f"{one}/pictures/2").status_code == 404
    assert KEY not in f"{told.text}{begun.text}{done}{house.settings!r}"
    with house.client() as somebody:
        assert somebody.get(one).status_code == 404
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_a_picture_that_was_made_lends_its_direction(
    house: Running, url: str, there: tuple[httpx.Client, str]
) -> None:
    use(house, url)
    client, where = there
    begun = client.post(where, json={"prompt": "gold", "candidates": 1}).json()["id"]
    until(client, f"{where}/{begun}", "done")
    made = client.get(f"{where}/{begun}/pictures/0").content
    lend = where.replace("generations", "looks/reference")
    lent = client.post(lend, content=made)
    assert "reference" in {step.edit.op for step in Recipe.from_plain(lent.json()["look"]).steps}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "wrong"}, "does not accept the key"),
        ({"model": "policy"}, "refuses this prompt"),
        ({"model": "full"}, "not enough memory"),
        ({"model": "slow", "patience": 0.3}, "did not answer"),
        ({"url": "http://127.0.0.1:9/v1"}, "cannot be reached"),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence(
    house: Running, url: str, there: tuple[httpx.Client, str], change: Any, said: str
) -> None:
    use(house, **{"url": url, **change})
    client, where = there
    begun = client.post(where, json={"prompt": "x"}).json()["id"]
    trouble = until(client, f"{where}/{begun}", "failed", "done")["trouble"]
    assert said in trouble["message"]
    assert trouble["remedy"]
    assert KEY not in str(trouble)


def test_a_cancel_ends_the_work_and_the_next_wish_follows(
    house: Running, url: str, there: tuple[httpx.Client, str]
) -> None:
    use(house, url, model="slow")
    client, where = there
    slow = client.post(where, json={"prompt": "x"}).json()["id"]
    until(client, f"{where}/{slow}", "working", share=0.01)  # the engine has been asked
    use(house, url)
    (worker,) = makers()
    started_at = time.monotonic()
    assert client.delete(f"{where}/{slow}").status_code == 204
    while worker in makers():
        assert time.monotonic() - started_at < 15  # thirty seconds, had it not been ended
        time.sleep(0.01)
    fine = client.post(where, json={"prompt": "x", "candidates": 1}).json()["id"]
    assert until(client, f"{where}/{fine}", "done")["pictures"] == 1


def test_without_a_generator_nothing_is_asked(running: Running, project: str) -> None:
    with running.client() as client:
        assert client.get("/api/generator").json() == {"name": None}
    assert running.house.workshop.choice is None
    assert project


def test_bad_wishes_are_refused(there: tuple[httpx.Client, str]) -> None:
    client, where = there
    for body in ({"prompt": ""}, {"prompt": " "}, {"prompt": "x", "candidates": 9}, {}):
        assert client.post(where, json=body).status_code in (400, 422)
    assert client.post(where, json={"prompt": "x", "aspect": "wide"}).status_code == 400

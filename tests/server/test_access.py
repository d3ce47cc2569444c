"""Every route × everybody: the table is compared with the app's, so no route can be forgotten."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from freckle.server.settings import Settings
from freckle.server.store import StoredPhoto
from freckle.server.strangers import OPEN
from freckle.server.users import ROLES, User
from freckle.studio.recipes import NOTHING
from tests.server.access_table import PNG, POSTER, TABLE
from tests.server.serving import Running, make_jpeg, upload
from tests.server.serving_accounts import browser, sign_in, somebody, with_accounts
from tests.server.sharing_routes import confirmed

FRESH = re.compile(r"\{(\w+)\}")
WHO = ("no session", "stranger", "other admin", *ROLES)
REFUSED_ALIKE = {
    "POST /api/projects/{project}/mask/import",
    "DELETE /api/projects/{project}/posters/files/{name}",
    "POST /api/projects/{project}/generations",
    "POST /api/sets/{photo_set}/style",
}
"""Let in, and then told that this is no mask, or that there is no such file, generator or guide."""


@dataclass
class World:
    """A workspace with a photo and a project of a colleague's, and another workspace beside it."""

    running: Running
    workspace: str
    colleague: User
    photo: str
    people: dict[str, User | None]
    inside: str = ""
    """A project in the set that was asked for last."""

    def fresh(self, what: str) -> str:
        """Something new to ask for, so that one request finds nothing changed by another."""
        store, boss = self.running.house.store, self.people["admin"]
        assert boss
        if what == "erased":
            digest = (uuid.uuid4().hex * 2)[:64]
            facts = {"name": "x", "format": "jpeg", "width": 1, "height": 1, "bytes": 1}
            store.add_photo(self.colleague, StoredPhoto(digest=digest, warnings=(), **facts))
            return digest
        if what == "project":
            return store.create_project(self.colleague, self.photo, "Theirs", NOTHING).id
        if what == "photo_set":
            self.inside = self.fresh("project")
            return store.create_set(self.colleague, "Theirs", [self.inside]).id
        if what == "member":
            return somebody(self.running, self.workspace, "viewer").id
        if what == "invitation":
            store.invite(boss, self.workspace, "viewer", "somebody")
            return store.invitation_page(boss, self.workspace, 200).items[-1].id
        known = {"workspace": self.workspace, "photo": self.photo, "name": "natural"}
        known |= {"place": "0", "side": "after"}
        if what == "share":
            known[what] = confirmed(store, self.colleague, self.fresh("project"))
        return known.get(what, "0" * 32)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("access")
    sample = folder / "sample.jpg"
    sample.write_bytes(make_jpeg(2, 64, 48))
    with with_accounts(Settings(folder=folder / "data", sample=sample)) as running:
        here, there = uuid.uuid4().hex, uuid.uuid4().hex
        colleague = somebody(running, here, "editor")
        with browser(running, colleague) as client:
            photo = upload(client, make_jpeg(1, 64, 48)).json()["id"]
        people: dict[str, User | None] = {role: somebody(running, here, role) for role in ROLES}
        people["no session"] = None
        people["stranger"] = somebody(running, there, "viewer")
        people["other admin"] = somebody(running, there, "admin")
        yield World(running, here, colleague, photo, people)


def routes(running: Running) -> set[str]:
    """What the app itself has, in the order of its own table."""
    found = set()
    for each in iter_route_contexts(running.app.routes):
        path, methods = each.path or "", each.methods
        if path.startswith("/api/"):
            found |= {f"{method} {path}" for method in methods or ("WS",)}
    return found


def test_no_route_is_without_an_entry(world: World) -> None:
    erasing = {"DELETE /api/photos/{photo}"}
    assert (set(TABLE) - {"DELETE /api/photos/{erased}"}) | erasing == routes(world.running)
    opened = {f"{method} {path}" for method, path in OPEN}
    assert {route for route in TABLE if expected(route, "no session") != 401} == opened


def expected(route: str, who: str) -> int | str:
    """The status that somebody gets, "2xx" for success, "refused" for whatever else."""
    least, _ = TABLE[route]
    if least == "all":
        return "2xx"
    if tuple(route.split(" ", 1)) in OPEN:
        return "refused"
    if who == "no session":
        return 401
    simple = {"nobody": "refused", "session": "2xx"}
    return simple.get(least) or _by_role(route, who)


def _by_role(route: str, who: str) -> int | str:
    least, _ = TABLE[route]
    if least == "own editor":  # strangers are viewers where they are
        return 403 if who in {"viewer", "stranger"} else "2xx"
    if who not in ROLES:
        return 404
    if ROLES.index(who) < ROLES.index(least):  # type: ignore[arg-type]
        return 403
    return "refused" if route in REFUSED_ALIKE else "2xx"


def asked(world: World, client: httpx.Client, route: str) -> int:
    method, path = route.split(" ", 1)
    _, body = TABLE[route]
    if "/posters/" in path:
        path = path.replace("{name}", POSTER["template"])
    path = FRESH.sub(lambda found: world.fresh(found[1]), path)
    if method == "WS":
        return socket(world, client, path)
    if body == "file":
        return upload(client, make_jpeg(3, 64, 48)).status_code
    origin = f"http://localhost:{world.running.settings.port}"
    headers = {"Origin": origin, "Host": origin.removeprefix("http://")}
    if body == "png":
        return client.request(method, path, content=PNG, headers=headers).status_code
    if isinstance(body, dict):
        known = {"{workspace}": world.workspace, "{photo}": world.photo}
        body = {k: known.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
        if body.get("projects") == ["{inside}"]:
            body = {**body, "projects": [world.inside]}
        if body.get("projects") == ["{project}"]:
            body = {**body, "projects": [world.fresh("project")]}
    return client.request(method, path, json=body, headers=headers).status_code


def socket(world: World, client: httpx.Client, path: str) -> int:
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = world.running.url.replace("http", "ws") + path
    try:
        with connect(address, additional_headers={"Cookie": cookies}, proxy=None):
            return 200
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(world: World, who: str) -> None:
    wrong = []
    with browser(world.running, None) as client:
        for route in TABLE:
            sign_in(world.running, client, world.people[who])  # the last may have signed out
            wrong += check(world, client, route, who)
    assert wrong == []


def check(world: World, client: httpx.Client, route: str, who: str) -> list[str]:
    status, wanted = asked(world, client, route), expected(route, who)
    good = {"2xx": 200 <= status < 300, "refused": 300 <= status < 500}
    fitting = good.get(str(wanted), status == wanted)
    return [] if fitting else [f"{route}: {status} instead of {wanted}"]


def test_a_server_of_one_user_has_no_accounts(client: httpx.Client) -> None:
    assert client.get("/api/entrance").json() == {
        "accounts": False,
        "first": False,
        "provider": None,
    }
    for route in TABLE:
        method, path = route.split(" ", 1)
        if path.startswith(("/api/account", "/api/workspaces", "/api/invitations", "/api/sign-in")):
            body = {"workspace": "local", "member": "local", "invitation": "x"}
            where = path.format(**body, session="x", passkey="x")
            assert client.request(method, where, json=TABLE[route][1]).status_code == 404, route

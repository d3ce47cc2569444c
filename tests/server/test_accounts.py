"""Signing in, invitations, roles and signing out, over HTTP."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from freckle.server.gate import cookie_name
from freckle.server.rooms import members, trials
from freckle.server.serve import address
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, Store, StoredPhoto
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running
from tests.server.serving_accounts import PASSWORD, browser, somebody, with_accounts

ANNA = {"name": "Anna", "login": "Anna@Example.org", "password": PASSWORD}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One that had a single user before, with a project; and Anna, who took their place."""
    folder = tmp_path_factory.mktemp("accounts")
    settings = Settings(folder=folder)
    store = Store(settings.database_url)
    store.add_photo(LOCAL, photo("a" * 64))
    store.create_project(LOCAL, "a" * 64, "From before", NOTHING)
    store.close()
    with with_accounts(settings) as running:
        with browser(running, None) as client:
            assert client.get("/api/entrance").json()["first"]
            body = {**ANNA, "token": running.settings.token, "workspace": "Studio"}
            wrong = client.post("/api/entrance/first", json={**body, "token": "guess"})
            assert wrong.status_code == 401
            short = client.post("/api/entrance/first", json={**body, "password": "short"})
            assert short.status_code == 400
            assert client.post("/api/entrance/first", json=body).status_code == 201
            assert [p["name"] for p in client.get("/api/projects").json()] == ["From before"]
            again = client.post("/api/entrance/first", json={**body, "login": "ben"})
            assert (again.status_code, again.json()["code"]) == (409, "taken")
            assert not client.get("/api/entrance").json()["first"]
        yield running


def photo(digest: str) -> StoredPhoto:
    return StoredPhoto(
        digest=digest, name="a.jpg", format="jpeg", width=6, height=4, bytes=9, warnings=()
    )


@pytest.fixture
def anna(server: Running) -> Iterator[httpx.Client]:
    with browser(server, None) as client:
        signed = client.post(
            "/api/sign-in", json={"login": "anna@example.ORG", "password": PASSWORD}
        )
        assert signed.status_code == 200, signed.text
        yield client


def read_on(page: ClientConnection) -> None:
    while True:
        page.recv(timeout=15)


def workspace(client: httpx.Client) -> str:
    return str(client.get("/api/session").json()["workspace"])


def invited(client: httpx.Client, role: str = "editor") -> str:
    place = f"/api/workspaces/{workspace(client)}/invitations"
    return str(client.post(place, json={"role": role, "note": "Ben"}).json()["secret"])


@contextmanager
def joined(server: Running, secret: str) -> Iterator[httpx.Client]:
    with browser(server, None) as client:
        login = f"ben-{uuid.uuid4().hex}"
        body = {"secret": secret, "name": "Ben", "login": login, "password": PASSWORD}
        answer = client.post("/api/invitations/accept", json=body)
        assert answer.status_code == 201, answer.text
        yield client


def test_the_start_token_opens_nothing_where_people_sign_in(server: Running):
    token = server.settings.token
    with browser(server, None) as client:
        assert client.post("/api/session", json={"token": token}).status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert client.get("/api/projects", headers=bearer).status_code == 401
    assert token not in address(server.settings)


def test_a_wrong_password_and_an_unknown_name_answer_alike(server: Running):
    with browser(server, None) as client:
        answers = [
            client.post("/api/sign-in", json={"login": login, "password": "not this one"})
            for login in (ANNA["login"], "nobody@example.org")
        ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_guessing_is_slowed_down_and_somebody_elsewhere_still_gets_in(
    server: Running, monkeypatch: pytest.MonkeyPatch
):
    body = {"login": "guessed@example.org", "password": "x"}
    with browser(server, None) as client:
        codes = [client.post("/api/sign-in", json=body).status_code for _ in range(12)]
        assert codes == [401] * trials.MOST_HERE + [429] * 2
        server.house.store.may_try(body["login"], "192.0.2.1")
        monkeypatch.setattr(trials, "WINDOW_MS", 0)
        assert client.post("/api/sign-in", json=body).status_code == 401


def test_an_invitation_is_good_once(server: Running, anna: httpx.Client):
    secret = invited(anna)
    look = {"secret": secret}
    with browser(server, None) as nobody:
        seen = nobody.post("/api/invitations/look", json=look)
        assert seen.json() == {"workspace": "Studio", "author": "Anna", "role": "editor"}
    with joined(server, secret) as ben:
        me = ben.get("/api/session").json()
        assert (me["name"], me["role"], me["workspace"]) == ("Ben", "editor", workspace(anna))
        assert not me["administrator"]
        assert ben.post("/api/workspaces", json={"name": "Mine"}).status_code == 403
        assert "From before" in {p["name"] for p in ben.get("/api/projects").json()}
    with browser(server, None) as late:
        body = {"secret": secret, "name": "C", "login": "c", "password": PASSWORD}
        assert late.post("/api/invitations/accept", json=body).status_code == 404


def test_an_invitation_can_be_withdrawn_and_grows_old(
    anna: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    place = f"/api/workspaces/{workspace(anna)}/invitations"
    secret = invited(anna)
    for entry in anna.get(place).json():
        assert anna.delete(f"{place}/{entry['id']}").status_code == 204
    assert anna.post("/api/invitations/look", json={"secret": secret}).status_code == 404
    monkeypatch.setattr(members, "INVITATION_MS", -1)
    assert anna.post("/api/invitations/look", json={"secret": invited(anna)}).status_code == 404


def test_a_name_that_is_taken_spends_no_invitation(server: Running, anna: httpx.Client):
    secret = invited(anna)
    with browser(server, None) as client:
        body = {"secret": secret, **ANNA}
        assert client.post("/api/invitations/accept", json=body).status_code == 409
        assert client.post("/api/invitations/look", json={"secret": secret}).status_code == 200


def test_whoever_has_an_account_joins_with_it(server: Running, anna: httpx.Client):
    other = anna.post("/api/workspaces", json={"name": "Second"}).json()["id"]
    with joined(server, invited(anna, "viewer")) as ben:
        first = workspace(ben)
        link = anna.post(f"/api/workspaces/{other}/invitations", json={"role": "editor"}).json()
        now = ben.post("/api/invitations/join", json=link).json()
        assert (now["workspace"], now["role"], now["workspace_name"]) == (other, "editor", "Second")
        assert {w["name"] for w in ben.get("/api/workspaces").json()} == {"Second", "Studio"}
        back = ben.patch("/api/session", json={"workspace": first}).json()
        assert (back["workspace"], back["role"]) == (first, "viewer")


def test_a_role_counts_from_the_moment_it_is_given(server: Running, anna: httpx.Client):
    here = workspace(anna)
    with joined(server, invited(anna, "viewer")) as ben:
        who = ben.get("/api/session").json()["user"]
        new = {"photo": "a" * 64}
        assert ben.post("/api/projects", json=new).status_code == 403
        member = f"/api/workspaces/{here}/members/{who}"
        assert anna.patch(member, json={"role": "editor"}).status_code == 204
        made = ben.post("/api/projects", json=new)
        assert made.status_code == 201
        assert anna.get(f"/api/projects/{made.json()['id']}").json()["owner_name"] == "Ben"
        assert anna.delete(member).status_code == 204
        assert ben.get("/api/projects").status_code == 401


def test_what_destroys_is_for_whoever_made_it_and_for_admins(server: Running, anna: httpx.Client):
    with joined(server, invited(anna)) as ben, joined(server, invited(anna)) as cleo:
        new = {"photo": "a" * 64}
        mine, theirs = (ben.post("/api/projects", json=new).json()["id"] for _ in range(2))
        assert cleo.patch(f"/api/projects/{mine}", json={"name": "Seen"}).status_code == 200
        assert cleo.delete(f"/api/projects/{mine}").status_code == 403
        assert ben.delete(f"/api/projects/{mine}").status_code == 204
        assert anna.delete(f"/api/projects/{theirs}").status_code == 204
        assert ben.delete(f"/api/photos/{'a' * 64}").status_code == 403


def test_a_workspace_keeps_an_admin_and_members_may_leave(server: Running, anna: httpx.Client):
    here = workspace(anna)
    me = f"/api/workspaces/{here}/members/{anna.get('/api/session').json()['user']}"
    assert anna.patch(me, json={"role": "viewer"}).status_code == 409
    assert anna.delete(me).status_code == 409
    assert anna.get("/api/session").json()["role"] == "admin"
    with joined(server, invited(anna, "viewer")) as ben:
        who = ben.get("/api/session").json()["user"]
        assert ben.delete(f"/api/workspaces/{here}/members/{who}").status_code == 204


def test_members_are_listed_in_pages(server: Running, anna: httpx.Client):
    here = workspace(anna)
    place = f"/api/workspaces/{here}/members"
    for _ in range(4):
        somebody(server, here, "viewer")
    whole, found, cursor = anna.get(place).json(), [], None
    while not found or cursor:
        answer = anna.get(place, params={"limit": 3, **({"cursor": cursor} if cursor else {})})
        found += answer.json()
        cursor = answer.headers.get("x-freckle-next")
    assert found == whole


def test_signing_out_everywhere_ends_every_session_and_open_pages(
    server: Running, anna: httpx.Client
):
    project = anna.get("/api/projects").json()[0]["id"]
    with browser(server, None) as other:
        body = {"login": ANNA["login"], "password": PASSWORD}
        other.post("/api/sign-in", json=body).raise_for_status()
        listed = other.get("/api/account/sessions").json()
        assert len(listed) >= 2
        assert [entry["here"] for entry in listed].count(True) == 1
        name = cookie_name(server.settings)
        with connect(
            server.url.replace("http", "ws") + f"/api/projects/{project}/live",
            additional_headers={"Cookie": f"{name}={other.cookies[name]}"},
            proxy=None,
        ) as page:
            ended = anna.delete("/api/account/sessions")
            assert (ended.status_code, ended.headers["clear-site-data"]) == (204, '"cache"')
            with pytest.raises(ConnectionClosed) as closed:
                read_on(page)
            assert closed.value.rcvd
            assert closed.value.rcvd.code == 4401
        assert other.get("/api/session").status_code == 401
        assert anna.get("/api/session").status_code == 401


def test_a_new_password_ends_the_other_sessions(server: Running, anna: httpx.Client):
    with joined(server, invited(anna)) as ben, browser(server, None) as other:
        login = ben.get("/api/account").json()["login"]
        other.post("/api/sign-in", json={"login": login, "password": PASSWORD}).raise_for_status()
        new = {"old": "not the old one", "new": "another long password"}
        assert ben.put("/api/account/password", json=new).status_code == 403
        assert ben.put("/api/account/password", json={**new, "old": PASSWORD}).status_code == 204
        assert ben.get("/api/session").status_code == 200
        assert other.get("/api/session").status_code == 401
        old = other.post("/api/sign-in", json={"login": login, "password": PASSWORD})
        fresh = other.post("/api/sign-in", json={"login": login, "password": new["new"]})
        assert (old.status_code, fresh.status_code) == (401, 200)


def test_no_secret_lies_on_the_disk(server: Running, anna: httpx.Client):
    secret = invited(anna)
    cookie = anna.cookies[cookie_name(server.settings)]
    kept = b"".join(path.read_bytes() for path in Path(server.settings.folder).glob("*.sqlite*"))
    assert b"anna@example.org" in kept
    assert b"$argon2id$" in kept
    for hidden in (secret, cookie, PASSWORD, server.settings.token):
        assert hidden.encode() not in kept


def test_another_site_can_neither_sign_in_nor_out(server: Running, anna: httpx.Client):
    evil = {"Origin": "https://evil.example"}
    body = {"login": ANNA["login"], "password": PASSWORD}
    assert anna.post("/api/sign-in", json=body, headers=evil).status_code == 401
    assert anna.delete("/api/account/sessions", headers=evil).status_code == 401
    assert anna.get("/api/session").status_code == 200
    with browser(server, None) as nobody:
        signed = nobody.post("/api/sign-in", json=body)
        assert "samesite=strict" in signed.headers["set-cookie"].lower()
        huge = nobody.post("/api/sign-in", content=b"x" * 5000)
        assert huge.status_code == 413

"""What share links open to nobody: guesses, old links, others' passes, tricks: 0 successes."""

import json
import time
import uuid
from typing import Any

import httpx
import pytest

from freckle.server.rooms import guests as room
from freckle.server.rooms import trials
from tests.server.serving_accounts import browser, somebody
from tests.server.sharing.world import Studio, addresses

SESAME = "open sesame"


def test_a_revoked_link_is_dead_at_once_also_its_pictures(studio: Studio):
    made, other = studio.make(), studio.make()
    with studio.inside(made) as guest, studio.inside(other) as neighbor:
        paths = addresses(made)[:-1]
        assert [guest.get(path).status_code for path in paths] == [200] * len(paths)
        cookie = dict(guest.cookies)
        started = time.monotonic()
        assert studio.client.delete(f"/api/shares/{made['id']}").status_code == 204
        with studio.guest() as fresh:
            for client in (guest, fresh):
                client.cookies.update(cookie)
                assert [client.get(path).status_code for path in paths] == [404] * len(paths)
            again = fresh.post("/api/shared", json={"secret": made["secret"]})
            assert again.status_code == 404
        assert time.monotonic() - started < 20  # not some cache that ran out
        start = f"/api/shared/{made['id']}"
        assert guest.put(f"{start}/decisions/0", json={"decision": "approved"}).status_code == 404
        assert guest.post(f"{start}/comments", json={"place": 0, "text": "x"}).status_code == 404
        assert neighbor.get(f"/api/shared/{other['id']}").status_code == 200
    entries = studio.client.get(f"/api/projects/{studio.projects[0]}/shares").json()
    assert next(e for e in entries if e["id"] == made["id"])["revoked"]


def test_an_old_link_and_an_old_visit_open_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch):
    made, lasting = studio.make(days=1), studio.make(days=None)
    with studio.inside(made) as guest, studio.inside(lasting) as other:
        assert guest.get(f"/api/shared/{made['id']}").status_code == 200
        moment = room.now()
        monkeypatch.setattr(room, "now", lambda: moment + room.VISIT_MS + 1)
        assert other.get(f"/api/shared/{lasting['id']}").status_code == 404
        monkeypatch.setattr(room, "now", lambda: moment + 24 * 3600 * 1000 + 1)
        for path in addresses(made):
            assert guest.get(path).status_code == 404
        assert guest.post("/api/shared", json={"secret": made["secret"]}).status_code == 404
        assert other.post("/api/shared", json={"secret": lasting["secret"]}).status_code == 200


def test_a_password_is_asked_for_and_tries_are_counted(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    made = studio.make(password=SESAME)
    monkeypatch.setattr(trials, "MOST_HERE", 3)
    with studio.guest() as guest:
        asked = guest.post("/api/shared", json={"secret": made["secret"]})
        assert (asked.json(), dict(asked.cookies)) == ({"share": None}, {})
        right = {"secret": made["secret"], "password": SESAME}
        for _ in range(3):
            wrong = guest.post("/api/shared", json={**right, "password": "guess"})
            assert (wrong.status_code, dict(wrong.cookies)) == (403, {})
        assert guest.post("/api/shared", json=right).status_code == 429
        assert guest.get(f"/api/shared/{made['id']}").status_code == 404
        monkeypatch.setattr(trials, "MOST_HERE", 4)
        assert guest.post("/api/shared", json=right).json() == {"share": made["id"]}
        again = guest.post("/api/shared", json={"secret": made["secret"]})
        assert again.json() == {"share": made["id"]}  # the browser is known
        assert guest.get(f"/api/shared/{made['id']}").status_code == 200
    detail = studio.client.get(f"/api/shares/{made['id']}").json()
    assert len(detail["visits"]) == 1
    assert "sesame" not in json.dumps(detail)
    assert made["secret"] not in json.dumps(detail)


Try = tuple[httpx.Client, str, str, dict[str, Any]]
"""Who, with which method, where, and what of httpx."""


def successes(tries: list[Try]) -> list[str]:
    found = []
    for client, method, path, given in tries:
        status = client.request(method, path, **given).status_code
        if not 400 <= status < 500:
            found.append(f"{method} {path} {given}: {status}")
    return found


def test_guesses_and_passes_of_others_open_nothing(studio: Studio):
    made, other = studio.make(), studio.make()
    with studio.guest() as nobody, studio.inside(other) as neighbor:
        secret = made["secret"]
        guesses = (secret[:-1], secret.swapcase(), secret + "A", "", "%", "0" * 22, made["id"])
        tries: list[Try] = [
            (nobody, "POST", "/api/shared", {"json": {"secret": guess}}) for guess in guesses
        ]
        name, value = next(iter(neighbor.cookies.items()))
        moved = {"headers": {"Cookie": f"{name.replace(other['id'], made['id'])}={value}"}}
        for path in addresses(made):
            tries += [(who, "GET", path, {}) for who in (nobody, neighbor, studio.client)]
            tries.append((nobody, "GET", path, moved))
        assert successes(tries) == []


def test_a_guest_gets_no_more_than_the_link_allows(studio: Studio):
    made = studio.make(terms={"compare": False, "report": False, "comments": False})
    start = f"/api/shared/{made['id']}"
    tricks = (
        *("2/after", "-1/after", "0/original", "0/..", "0/%2e%2e%2fafter", "0/before"),
        *("0x0/after", "0/after/../../../../photos", "0/after?size=99999999"),
        *("0/after?file=true", "0/before?file=true"),
    )
    places = [f"{start}/pictures/{trick}" for trick in tricks]
    inside = ("projects", f"projects/{studio.projects[0]}", f"shares/{made['id']}", "session")
    places += [f"{start}/{rest}" for rest in ("reports/0", "receipt", "%2e%2e/session")]
    foreign = {"json": {"name": "x"}, "headers": {"Origin": "https://evil.example"}}
    with studio.inside(made) as guest:
        tries: list[Try] = [(guest, "GET", path, {}) for path in places]
        tries += [(guest, "GET", f"/api/{path}", {}) for path in inside]
        for decision in ({"decision": "chosen"}, {"decision": "admin"}, {}):
            tries.append((guest, "PUT", f"{start}/decisions/0", {"json": decision}))
        tries.append((guest, "PUT", f"{start}/decisions/7", {"json": {"decision": "approved"}}))
        said = {"json": {"place": 0, "text": "Hello"}}
        tries += [(guest, "POST", f"{start}/comments", said)]
        tries += [(guest, "POST", f"{start}/confirm", foreign)]
        assert successes(tries) == []
        assert guest.get(start).headers["x-robots-tag"].startswith("noindex")


def test_other_workspaces_know_nothing_of_a_link(studio: Studio):
    made = studio.make()
    stranger = somebody(studio.running, uuid.uuid4().hex, "admin")
    theirs = {"json": {"projects": studio.projects, "guest": "x"}}
    with browser(studio.running, stranger) as foreign:
        place = f"/api/shares/{made['id']}"
        tries: list[Try] = [(foreign, "POST", "/api/shares", theirs)]
        tries += [(foreign, "GET", path, {}) for path in (place, f"{place}/receipt")]
        tries += [(foreign, "GET", f"/api/projects/{studio.projects[0]}/shares", {})]
        tries += [(foreign, "POST", f"{place}/comments", {"json": {"place": 0, "text": "x"}})]
        tries += [(foreign, "DELETE", place, {})]
        assert successes(tries) == []
    assert studio.client.get(f"/api/shares/{made['id']}").json()["share"]["revoked"] is None

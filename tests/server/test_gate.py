"""Who comes in, and what every answer carries."""

import gzip
import json
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from freckle.errors import OutputError
from freckle.server import openapi
from freckle.server.gate import POLICY
from freckle.server.serve import address, listen
from freckle.server.strangers import OPEN
from tests.server.serving import Running, visitor


def bare(running: Running) -> httpx.Client:
    return visitor(running.url)


def test_without_a_session_every_route_but_a_few_answers_401(running: Running):
    with bare(running) as client:
        for path, methods in running.app.openapi()["paths"].items():
            for method in methods:
                if not path.startswith("/api/") or (method.upper(), path) in OPEN:
                    continue
                place = (
                    path.replace("{project}", "p").replace("{photo}", "p").replace("{name}", "n")
                )
                answer = client.request(method, place, json={})
                assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized"), path
        assert client.get("/api/openapi.json").status_code == 401


def test_the_socket_answers_401_without_a_session(running: Running, project: str):
    url = running.url.replace("http", "ws") + f"/api/projects/{project}/live"
    with pytest.raises(InvalidStatus) as refused:
        connect(url, proxy=None)
    assert refused.value.response.status_code == 401


def test_the_socket_of_a_stranger_is_not_there(running: Running, project: str):
    with running.client() as stranger, pytest.raises(InvalidStatus) as refused:
        connect(
            running.url.replace("http", "ws") + f"/api/projects/{project}/live",
            additional_headers={"Cookie": cookies(stranger)},
            proxy=None,
        )
    assert refused.value.response.status_code == 404


def cookies(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def test_the_token_opens_a_session_that_a_script_on_the_page_cannot_read(running: Running):
    token = running.settings.token
    assert address(running.settings).endswith(f"/?token={token}")
    with bare(running) as client:
        assert client.post("/api/session", json={"token": "wrong"}).status_code == 401
        entered = client.post("/api/session", json={"token": token})
        assert entered.json() == {
            **dict.fromkeys(("user", "name", "workspace", "workspace_name"), "local"),
            "role": "admin",
            "administrator": True,
            "accounts": False,
        }
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/api/session").status_code == 200
        assert client.get("/api/projects").status_code == 200


def test_scripts_may_send_the_token_itself(running: Running):
    with bare(running) as client:
        good = {"Authorization": f"Bearer {running.settings.token}"}
        assert client.get("/api/version", headers=good).status_code == 200
        for bad in ("Bearer x", "Bearer", "Basic abc", "Bearer é".encode()):
            assert client.get("/api/version", headers={"Authorization": bad}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_a_foreign_host_name_is_refused(running: Running, host: str):
    with bare(running) as client:
        assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_site_cannot_write_or_open_a_socket(
    running: Running, client: httpx.Client, project: str, origin: str
):
    answer = client.post("/api/projects", json={}, headers={"Origin": origin})
    assert answer.status_code == 401
    with pytest.raises(InvalidStatus) as refused:
        connect(
            running.url.replace("http", "ws") + f"/api/projects/{project}/live",
            additional_headers={"Cookie": cookies(client), "Origin": origin},
            proxy=None,
        )
    assert refused.value.response.status_code == 401


def test_every_answer_carries_the_safety_headers(
    running: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(running.house.store.__class__, "project_page", lambda _: 1 / 0)
    own = f"127.0.0.1:{running.settings.port}"
    for path in ("/", "/%00", "/api/version", "/api/nothing", "/api/projects/x", "/api/projects"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy == f"{POLICY}; connect-src 'self' ws://{own} wss://{own}"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_unknown_places_and_methods_answer_in_the_one_form(client: httpx.Client):
    for answer in (client.get("/api/nothing"), client.put("/api/projects", json={})):
        assert answer.status_code in {404, 405}
        assert set(answer.json()) == {"code", "message", "remedy"}


def test_a_fault_inside_tells_nothing_of_the_inside(
    running: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(running.house.store.__class__, "project_page", broken)
    answer = client.get("/api/projects")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text


def test_the_page_tells_how_to_build_it_or_is_served_with_the_right_caching(
    running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr("freckle.server.page.folder", lambda: tmp_path)
    with bare(running) as client:
        assert "npm" in client.get("/").text
        (tmp_path / "index.html").write_text("<!doctype html><title>Editor</title>")
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets" / "main-1a2b.js").write_text("1")
        (tmp_path.parent / "outside.txt").write_text("secret")
        for inside in ("/", "/projects/1", "/?token=x", "/deep/place"):
            page = client.get(inside)
            assert "Editor" in page.text
            assert page.headers["cache-control"] == "no-cache"
        asset = client.get("/assets/main-1a2b.js")
        assert "immutable" in asset.headers["cache-control"]
        assert asset.headers["content-type"].startswith("text/javascript")
        assert client.get("/assets/gone.js").status_code == 404
        for escape in ("/..%2foutside.txt", "/assets/..%2f..%2foutside.txt", "/%2e%2e/outside.txt"):
            assert "secret" not in client.get(escape).text


def test_scripts_go_out_packed_to_browsers_that_take_it(
    running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr("freckle.server.page.folder", lambda: tmp_path)
    (tmp_path / "index.html").write_text("<!doctype html><title>Editor</title>")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-1a2b.js").write_text("let a = 1;" * 200)
    (tmp_path / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(b"let a = 1;" * 200))
    with bare(running) as client:
        for accepted, encoding in (("gzip, br", "gzip"), ("identity", None)):
            answer = client.get("/assets/main-1a2b.js", headers={"Accept-Encoding": accepted})
            assert answer.text == "let a = 1;" * 200
            assert answer.headers.get("content-encoding") == encoding
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "immutable" in answer.headers["cache-control"]


def test_the_committed_description_is_todays():
    committed = Path(openapi.__file__).with_suffix(".json").read_text(encoding="utf-8")
    assert committed == openapi.text(), "run `make types`"
    schemas = json.loads(committed)["components"]["schemas"]
    assert {"LiveChange", "LiveAck", "LiveError", "LiveAnalysis", "LiveSettled"} <= set(schemas)


def test_a_port_in_use_is_said_in_a_sentence(running: Running):
    with pytest.raises(OutputError, match="cannot be used"):
        listen("127.0.0.1", running.settings.port)

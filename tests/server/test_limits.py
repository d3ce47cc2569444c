"""How often one may ask, how much a workspace holds, whom a proxy is believed to speak for."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from freckle.cli.main import main
from freckle.server.quota import Quota, read_size, said
from freckle.server.rates import KNOWN, RATES, Buckets, Rate, kind_of
from freckle.server.settings import Settings
from freckle.server.users import User
from tests.server.conftest import started
from tests.server.serving import Running, make_jpeg, upload, visitor
from tests.server.serving_accounts import browser, somebody, with_accounts


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(buckets: Buckets, who: str) -> float:
    """How long somebody has to wait, 0 when they may."""
    try:
        buckets.take("upload", who)
    except Exception as error:
        return float(error.retry_s)  # type: ignore[attr-defined]
    return 0


def test_a_bucket_empties_and_fills_again_for_each_on_their_own():
    clock = Clock()
    buckets = Buckets({"upload": Rate(3, 0.5)}, clock)
    assert [taken(buckets, "anna") for _ in range(5)] == [0, 0, 0, 2, 2]
    assert taken(buckets, "ben") == 0
    clock.now += 2
    assert [taken(buckets, "anna") for _ in range(2)] == [0, 2]
    clock.now += 1000  # no more than it holds
    assert [taken(buckets, "anna") for _ in range(4)] == [0, 0, 0, 2]
    for k in range(KNOWN):
        taken(buckets, str(k))
    assert len(buckets._left) == KNOWN
    assert taken(buckets, "anna") == 0


def test_each_kind_of_work_is_told_apart():
    def kind(method: str, path: str) -> str | None:
        return kind_of({"type": "http", "method": method, "path": path})

    assert kind("POST", "/api/photos") == kind("POST", "/api/sample") == "upload"
    assert kind("POST", "/api/projects/x/export") == "export"
    assert kind("POST", "/api/projects/x/posters/export") == "export"
    assert kind("POST", "/api/sign-in") == kind("POST", "/api/session") == "sign-in"
    assert kind("GET", "/api/entrance") == kind("GET", "/api/projects") == "request"
    assert kind("POST", "/api/projects/x/export/progress") == "request"  # asked every second
    assert kind("POST", "/api/shared") == "sign-in"  # guesses at links and their passwords
    assert kind("GET", "/api/shared/x/pictures/1/after") == "request"
    assert kind("GET", "/health") == "request"
    assert kind("GET", "/assets/main.js") is None


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that has little patience, behind a proxy on 127.0.0.1."""
    rates = {**RATES, "sign-in": Rate(4, 0.01), "upload": Rate(2, 0.01), "export": Rate(1, 0.01)}
    folder = tmp_path_factory.mktemp("strict")
    settings = Settings(folder=folder, rates=rates, trusted=("127.0.0.0/8",), upload_bytes=3 << 20)
    with started(replace(settings, workers=1, eager=False)) as running:
        yield running


def test_too_many_requests_are_429_with_the_time_to_wait(strict: Running):
    with strict.client() as anna, strict.client() as ben:
        answers = [upload(anna, make_jpeg(60, 64, 48)) for _ in range(4)]
        assert [a.status_code for a in answers] == [201, 201, 429, 429]
        refused = answers[-1]
        assert 1 <= int(refused.headers["retry-after"]) <= 200
        assert refused.json()["code"] == "too_often"
        assert "Wait" in refused.json()["remedy"]
        assert upload(ben, make_jpeg(60, 64, 48)).status_code == 201
        project = anna.post("/api/projects", json={"photo": answers[0].json()["id"]}).json()["id"]
        exports = [anna.post(f"/api/projects/{project}/export", json={}) for _ in range(2)]
        assert [e.status_code for e in exports] == [200, 429]
        assert anna.get(f"/api/projects/{project}").status_code == 200


def test_strangers_are_counted_by_the_address_that_the_proxy_names(strict: Running):
    def guess(forwarded: str) -> int:
        with visitor(strict.url, headers={"X-Forwarded-For": forwarded}) as stranger:
            return stranger.post("/api/session", json={"token": "guess"}).status_code

    assert [guess("203.0.113.7") for _ in range(5)] == [401] * 4 + [429]
    assert guess("198.51.100.1, 203.0.113.7, 127.0.0.9") == 429  # what a client adds is no news
    assert guess("203.0.113.8") == 401


def test_nobody_else_is_believed_to_be_a_proxy(running: Running):
    said = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    seen: list[str] = []

    def spy(_login: str, address: str) -> None:
        seen.append(address)

    with visitor(running.url, headers=said) as client:
        entered = client.post("/api/session", json={"token": running.settings.token})
        assert "secure" not in entered.headers["set-cookie"].lower()
    with with_accounts(Settings(folder=running.settings.folder / "other")) as other:
        other.house.store.may_try = spy  # type: ignore[method-assign]
        with visitor(other.url, headers=said) as client:
            client.post("/api/sign-in", json={"login": "anna", "password": "guessed"})
    assert seen == ["127.0.0.1"]


def test_what_came_by_https_gets_a_cookie_for_https_alone(strict: Running):
    for how, secure in (("https", True), ("http", False)):
        with visitor(strict.url, headers={"X-Forwarded-Proto": how}) as client:
            entered = client.post("/api/session", json={"token": strict.settings.token})
            assert ("secure" in entered.headers["set-cookie"].lower()) == secure


def test_sizes_are_read_and_said():
    assert [read_size(t) for t in ("50GB", "1.5 tb", "4096", "2M", "7kb")] == [
        50 * 10**9,
        15 * 10**11,
        4096,
        2_000_000,
        7000,
    ]
    for bad in ("", "GB", "-1GB", "1e9", "5 PB", "nan"):
        with pytest.raises(ValueError, match="no size"):
            read_size(bad)
    assert [said(n) for n in (0, 999, 12_345, 10**9, 123 * 10**10)] == [
        "0 bytes",
        "999 bytes",
        "12.3 kB",
        "1 GB",
        "1.23 TB",
    ]


def test_a_full_workspace_says_so_and_takes_nothing_more(
    running: Running, client: httpx.Client, capsys: pytest.CaptureFixture[str]
):
    first, second = make_jpeg(70, 64, 48), make_jpeg(71, 64, 48)
    photo = upload(client, first).json()["id"]
    workspace = client.get("/api/session").json()["workspace"]
    folder = str(running.settings.folder)
    assert main(["quota", folder, workspace, "--quota", str(len(first) + len(second) - 1)]) == 0
    refused = upload(client, second)
    assert (refused.status_code, refused.json()["code"]) == (507, "quota")
    assert refused.json()["message"].startswith("This workspace may hold ")
    assert upload(client, first).status_code == 201  # it is there already
    assert main(["quota", folder, workspace, "--quota", "1MB", "--quota-projects", "1"]) == 0
    assert upload(client, second).status_code == 201
    made = [client.post("/api/projects", json={"photo": photo}) for _ in range(2)]
    assert [m.status_code for m in made] == [201, 507]
    assert made[1].json()["message"] == (
        "This workspace may hold 1 project, and has 1 project now."
    )
    copies = f"/api/projects/{made[0].json()['id']}/copies"
    assert client.post(copies, json={"name": "Another"}).status_code == 507
    shown = capsys.readouterr().out
    assert main(["quota", folder]) == 0
    (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith(workspace)]
    assert "of 1 MB" in line
    assert "2 photos" in line
    assert "1 of 1 projects" in line
    assert workspace in shown
    with running.client() as other:  # nobody else is limited
        assert upload(other, second).status_code == 201


def test_kept_results_make_room_for_others_of_their_workspace(
    running: Running, client: httpx.Client
):
    photo = upload(client, make_jpeg(72, 320, 240)).json()["id"]
    project = client.post("/api/projects", json={"photo": photo}).json()["id"]
    workspace = client.get("/api/session").json()["workspace"]

    def export(quality: int) -> Path:
        body = {"format": "jpeg", "quality": quality}
        client.post(f"/api/projects/{project}/export", json=body).raise_for_status()
        kept = running.house.exports.glob(f"{photo}-*")
        return max(kept, key=lambda path: path.stat().st_mtime_ns)

    first = export(80)
    original = running.house.originals.path(photo).stat().st_size
    running.house.store.set_quota(workspace, Quota(bytes=original + first.stat().st_size))
    second = export(81)
    assert second.exists()
    assert not first.exists()


def test_limits_are_seen_by_members_and_set_by_administrators(tmp_path: Path):
    general = Quota(photos=7)
    with with_accounts(Settings(folder=tmp_path, quota=general)) as running:
        boss = User(uuid.uuid4().hex, uuid.uuid4().hex, "admin", "boss", administrator=True)
        running.house.store.register(boss)
        viewer = somebody(running, boss.workspace, "viewer")
        where = f"/api/workspaces/{boss.workspace}/quota"
        with browser(running, boss) as boss_tab, browser(running, viewer) as tab:
            upload(boss_tab, make_jpeg(73, 64, 48)).raise_for_status()
            found = tab.get(where).json()
            assert found["limit"] == {"bytes": None, "photos": 7, "projects": None}
            assert found["used"]["photos"] == 1
            assert found["used"]["bytes"] == len(make_jpeg(73, 64, 48))
            assert tab.put(where, json={"photos": 99}).status_code == 403
            assert boss_tab.put(where, json={"photos": 1}).status_code == 204
            assert tab.get(where).json()["limit"]["photos"] == 1
            assert upload(boss_tab, make_jpeg(74, 64, 48)).status_code == 507
            assert boss_tab.put(where, json={"bytes": -1}).status_code == 400


def test_a_changed_export_is_made_anew(running: Running, client: httpx.Client):
    photo = upload(client, make_jpeg(75)).json()["id"]
    project = client.post("/api/projects", json={"photo": photo}).json()["id"]

    def export() -> bytes:
        answer = client.post(f"/api/projects/{project}/export", json={"format": "jpeg"})
        return answer.raise_for_status().content

    def thumb() -> bytes:
        return client.get(f"/api/projects/{project}/thumb").raise_for_status().content

    for make, folder in ((export, running.house.exports), (thumb, running.house.thumbs)):
        whole = make()
        (path,) = folder.glob(f"{photo}-*")
        moment = path.stat().st_ino
        assert make() == whole
        assert path.stat().st_ino == moment  # the one that was kept
        path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
        assert make() == whole
        path.rename(path.with_name(f"{path.name.split('.')[0]}.jpg"))  # as older releases kept it
        assert make() == whole


def test_options_for_proxies_and_room_are_checked(capsys: pytest.CaptureFixture[str]):
    for wrong in (["--trusted-proxy", "10.0.0.0/99"], ["--quota", "many"]):
        assert main(["serve", *wrong]) == 2
        assert wrong[1] in capsys.readouterr().err
    assert main(["serve", "--shared"]) == 2
    assert "needs --accounts" in capsys.readouterr().err
    assert main(["quota", "/nowhere"]) == 4
    assert "no data folder" in capsys.readouterr().err

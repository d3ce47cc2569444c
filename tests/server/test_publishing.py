"""A picture is posted from the server with an account that no browser sees the secret of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from freckle.publish.channels import Channel
from freckle.server.settings import Settings
from freckle.server.users import Role
from tests.publish.serving import places, seen
from tests.server.serving import Running, make_jpeg, upload
from tests.server.serving_accounts import browser, somebody, with_accounts

LABEL = "freckle: color and light adjusted; shape unchanged."
LIGHTER = {"steps": [{"edit": {"op": "adjust", "version": 1, "exposure": 40}}]}
TROUBLES = {
    "wrong": "post_secret",
    "weak-secret": "post_rights",
    "large-secret": "post_large",
    "full-secret": "post_full",
    "spent-secret": "post_room",
    "slow-secret": "post_silent",
    "odd-secret": "post_refused",
}


def channels(url: str) -> Iterator[Channel]:
    def channel(name: str, to: str, secret: str, **more: Any) -> Channel:
        given = {"name": name, "to": to, "secret": secret, "patience": 15, **more}
        given["workspaces"] = ["studio"]
        return Channel.model_validate(given)

    yield channel("Anna", "mastodon", "thinking-secret", at=url, visibility="unlisted")
    yield channel("Sky", "bluesky", "right-secret", at=url, user="anna.test")
    yield channel("Lost", "mastodon", "wrong", at=url)
    yield channel("Blog", "wordpress", "right-secret", at=f"{url}/blog", user="anna")
    for secret in TROUBLES:
        patience = 0.3 if secret.startswith("slow") else 15
        more = {"at": f"{url}/blog", "user": "anna", "patience": patience}
        yield channel(secret, "wordpress", secret, **more)


@pytest.fixture(scope="module")
def abroad() -> Iterator[str]:
    with places() as url:
        yield url


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, abroad: str) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("posting")
    with with_accounts(Settings(folder=folder, channels=tuple(channels(abroad)))) as running:
        yield running


@contextmanager
def member(house: Running, workspace: str, role: Role) -> Iterator[httpx.Client]:
    with browser(house, somebody(house, workspace, role)) as client:
        client.timeout = httpx.Timeout(120)  # a draft waits for the networks to be loaded
        yield client


def opened(client: httpx.Client) -> str:
    """Where a new project is."""
    photo = upload(client, make_jpeg(5, 900, 600), "Anna é.jpg").json()["id"]
    made = client.post("/api/projects", json={"photo": photo, "name": "Anna é"}).json()
    return f"/api/projects/{made['id']}"


@pytest.fixture
def there(house: Running) -> Iterator[tuple[httpx.Client, str]]:
    """An editor, and where their edited project is."""
    with member(house, "studio", "editor") as client:
        place = opened(client)
        edited(client, place)
        yield client, place


def edited(client: httpx.Client, place: str, base: int = 0, recipe: Any = LIGHTER) -> None:
    step = {"base": base, "label": "Lighter", "recipe": recipe}
    assert client.post(f"{place}/history", json=step).is_success


def drafted(client: httpx.Client, place: str, **asked: Any) -> dict[str, Any]:
    answer = client.post(f"{place}/posts/draft", json=asked)
    assert answer.status_code == 200, answer.text
    assert "secret" not in answer.text
    draft: dict[str, Any] = answer.json()
    return draft


def test_a_draft_is_posted_with_picture_words_and_label(
    there: tuple[httpx.Client, str], abroad: str
):
    client, place = there
    listed = client.get(f"{place}/channels")
    host = abroad.removeprefix("http://")
    assert listed.json()[0] == {"name": "Anna", "to": "mastodon", "host": host, "draft": False}
    assert listed.json()[3]["draft"] is True
    assert "right-secret" not in listed.text
    before = len(seen(abroad))
    draft = drafted(client, place, channel="Anna")
    assert (draft["width"], draft["height"]) != (900, 600)  # the place takes 480,000 pixels
    assert (draft["most_text"], draft["most_alt"], draft["label"]) == (500, 1500, LABEL)
    assert draft["alt"] == "Photo without a visible face."
    assert len(seen(abroad)) == before  # nothing was sent
    words = {"caption": "Anna, ‘new’", "alt": "Colors.", "state": draft["state"]}
    posted = client.post(f"{place}/posts", json={"channel": "Anna", **words})
    assert posted.json() == {"address": "https://social.test/@anna/9"}
    media, status = seen(abroad)[before:]
    assert media["description"] == "Colors."
    assert media["media"]["size"] == [draft["width"], draft["height"]]
    assert media["media"]["bytes"] <= 60_000
    assert (media["media"]["gps"], media["media"]["history"]) == (False, True)
    assert status["status"]["status"] == f"Anna, ‘new’\n\n{LABEL}"
    assert status["status"]["visibility"] == "unlisted"


def test_other_places_are_served_and_the_label_may_be_left_out(
    there: tuple[httpx.Client, str], abroad: str
):
    client, place = there
    before = len(seen(abroad))
    asked = {"channel": "Sky", "preset": "x-profile", "label": False}
    state = drafted(client, place, **asked)["state"]
    posted = client.post(f"{place}/posts", json={**asked, "caption": "Hi", "state": state})
    assert posted.json()["address"].endswith("/anna.test/post/3k2a")
    blob, record = seen(abroad)[before:]
    assert (blob["blob"]["size"], blob["blob"]["history"]) == ([400, 400], False)
    assert record["record"]["text"] == "Hi"
    state = drafted(client, place, channel="Blog")["state"]
    asked = {"channel": "Blog", "alt": "<b>", "state": state}
    assert client.post(f"{place}/posts", json=asked).is_success
    library, words, article = seen(abroad)[before + 2 :]
    assert library["file"] == "Anna-e.jpg"
    assert words["words"]["alt_text"] == "<b>"
    assert article["article"]["status"] == "draft"


@pytest.mark.parametrize("secret", TROUBLES)
def test_what_a_place_refuses_is_said_by_a_code_and_a_sentence(
    secret: str, there: tuple[httpx.Client, str], abroad: str
):
    client, place = there
    before = len(seen(abroad))
    state = drafted(client, place, channel=secret)["state"]
    refused = client.post(f"{place}/posts", json={"channel": secret, "state": state})
    assert refused.status_code == 424
    problem = refused.json()
    assert problem["code"] == TROUBLES[secret]
    assert problem["message"].endswith(".")
    assert secret not in refused.text
    assert len(seen(abroad)) == before


def test_a_photo_that_changed_since_it_was_looked_at_is_not_posted(
    there: tuple[httpx.Client, str], abroad: str
):
    client, place = there
    state = drafted(client, place, channel="Blog")["state"]
    edited(client, place, 1, {"steps": []})
    before = len(seen(abroad))
    refused = client.post(f"{place}/posts", json={"channel": "Blog", "state": state})
    assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    long = {"channel": "Anna", "caption": "x" * 600}
    state = drafted(client, place, channel="Anna")["state"]
    refused = client.post(f"{place}/posts", json={**long, "state": state})
    assert refused.status_code == 424
    assert "500 are taken there" in refused.json()["message"]
    assert client.post(f"{place}/posts/draft", json={"channel": "Nobody"}).status_code == 404
    refused = client.post(f"{place}/posts/draft", json={"channel": "Lost"})
    assert (refused.status_code, refused.json()["code"]) == (424, "post_secret")
    odd = {"channel": "Anna", "preset": "nothing"}
    assert client.post(f"{place}/posts/draft", json=odd).status_code == 400
    assert len(seen(abroad)) == before


def test_an_account_belongs_to_its_workspace_and_posts_are_told(house: Running, abroad: str):
    with member(house, "studio", "admin") as boss, member(house, "other", "admin") as stranger:
        ours, theirs = opened(boss), opened(stranger)
        assert stranger.get(f"{theirs}/channels").json() == []
        assert stranger.get(f"{ours}/channels").status_code == 404
        asked = {"channel": "Blog"}
        assert stranger.post(f"{theirs}/posts/draft", json=asked).status_code == 404
        guessed = {**asked, "state": "0" * 64}
        assert stranger.post(f"{theirs}/posts", json=guessed).status_code == 404
        state = {**asked, "state": drafted(boss, ours, **asked)["state"]}
        assert boss.post(f"{ours}/posts", json=state).is_success
        newest, *_ = boss.get("/api/workspaces/studio/events").json()
        told = newest["what"], newest["subject"], newest["detail"]
        assert told == ("posted", "Anna é", abroad.removeprefix("http://"))
        with member(house, "studio", "viewer") as viewer:
            assert viewer.get(f"{ours}/channels").status_code == 403
            assert viewer.post(f"{ours}/posts", json=state).status_code == 403

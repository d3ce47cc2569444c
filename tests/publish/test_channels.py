"""Accounts for the editor are kept for one's own eyes, and refused with a sentence where wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from freckle.cli import channels as kept
from freckle.cli.main import main
from freckle.publish.channels import Channel, load_channels, read_channel
from freckle.publish.mastodon import Mastodon
from freckle.publish.post import PublishError
from freckle.publish.wordpress import WordPress

ANNA = {"name": "Anna", "to": "mastodon", "at": "https://social.test", "secret": "s3cret"}


def written(path: Path, *channels: dict[str, Any]) -> Path:
    path.write_text(json.dumps(channels))
    path.chmod(0o600)
    return path


def test_an_account_opens_its_place_and_never_shows_its_secret(tmp_path: Path):
    (anna,) = load_channels(written(tmp_path / "channels.json", ANNA))
    place = anna.opened()
    assert isinstance(place, Mastodon)
    assert place.token.reveal() == "s3cret"
    assert anna.host == "social.test"
    assert "s3cret" not in repr(anna) + str(anna)
    blog = {**ANNA, "to": "wordpress", "user": "anna", "live": True}
    opened = read_channel(blog).opened()
    assert isinstance(opened, WordPress)
    assert opened.status == "publish"
    assert load_channels(tmp_path / "nothing") == ()


def test_a_secret_in_a_file_is_read_anew_for_each_post(tmp_path: Path):
    secret = tmp_path / "token"
    secret.write_text("first")
    secret.chmod(0o600)
    given = {**ANNA, "secret_file": str(secret)}
    del given["secret"]
    channel = read_channel(given)
    for text in ("first", "second"):
        secret.write_text(text)
        place = channel.opened()
        assert isinstance(place, Mastodon)
        assert place.token.reveal() == text


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no secret": ({"secret": ""}, "either secret or secret_file"),
    "two secrets": ({"secret_file": "x"}, "either secret or secret_file"),
    "no user": ({"to": "bluesky"}, "bluesky needs user"),
    "no address": ({"at": ""}, "mastodon needs at"),
    "a place that is none": ({"to": "elsewhere"}, "to: "),
    "an unknown key": ({"tokn": "s3cret-too"}, "tokn: "),
    "a control character": ({"name": "a\nb"}, "name: "),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_without_the_secret(case: str):
    change, words = WRONG[case]
    with pytest.raises(PublishError) as refused:
        read_channel({**ANNA, **change})
    assert words in refused.value.message
    assert "s3cret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_file_is_ones_own_and_whole(tmp_path: Path):
    path = written(tmp_path / "channels.json", ANNA, ANNA)
    with pytest.raises(PublishError, match="Two accounts are called 'Anna'"):
        load_channels(path)
    path.write_text("{}")
    with pytest.raises(PublishError, match="no list of accounts"):
        load_channels(path)
    path.chmod(0o640)
    with pytest.raises(PublishError, match="Others can read"):
        load_channels(path)


def test_accounts_are_kept_and_forgotten_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "own" / "channels.json"
    monkeypatch.setattr(kept, "place", lambda: path)
    monkeypatch.setenv("FRECKLE_MASTODON_TOKEN", "s3cret")
    asked = ["publish", "--to", "mastodon", "--at", "https://social.test", "--save"]
    assert main([*asked, "Anna"]) == 0
    assert main([*asked, "Ben", "--visibility", "unlisted"]) == 0
    assert main([*asked, "Anna", "--visibility", "direct"]) == 0  # in place of the first
    assert path.stat().st_mode & 0o077 == 0
    found = {each.name: each for each in load_channels(path)}
    assert found == {
        name: Channel.model_validate({**ANNA, "name": name, "visibility": visibility})
        for name, visibility in (("Ben", "unlisted"), ("Anna", "direct"))
    }
    assert main(["publish", "--forget", "Ben"]) == 0
    assert [each.name for each in load_channels(path)] == ["Anna"]
    assert main(["publish", "--forget", "Ben"]) == 2
    assert "No account is called 'Ben'." in capsys.readouterr().err
    assert main(["publish", "--to", "folder", "--at", "x", "--save", "Carla"]) == 2
    assert main(["publish", "--to", "mastodon"]) == 2
    assert "freckle publish IN" in capsys.readouterr().err

"""A picture, its words and its label arrive where they were sent; what goes wrong is a sentence."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from freckle.cli.main import main
from freckle.publish.bluesky import Bluesky
from freckle.publish.mastodon import Mastodon
from freckle.publish.post import Limits, Post, PublishError, check_words
from freckle.publish.secret import Secret, from_file
from freckle.publish.shelf import Shelf
from freckle.publish.webhook import Webhook, signature
from freckle.publish.wire import Wire
from freckle.publish.wordpress import WordPress
from tests.publish import places_server
from tests.publish.serving import places, seen
from tests.storage.flaky import ask, s3_server
from tests.studio.portraits import read

PLACES = {
    "mastodon": ["--to", "mastodon"],
    "bluesky": ["--to", "bluesky", "--user", "anna.test"],
    "wordpress": ["--to", "wordpress", "--user", "anna"],
}
SENTENCE = "Portrait of one person, head and shoulders, facing the camera."
LABEL = "freckle: skin retouched; shape unchanged."
SMOOTH = ["--set", "smooth.amount=30"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with places() as url:
        yield url


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portrait that says where it was taken."""
    path = tmp_path_factory.mktemp("publish") / "Anna é.jpg"
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    Image.fromarray(read("astronaut").pixels).save(path, quality=95, exif=exif)
    with Image.open(path) as image:
        assert 0x8825 in image.getexif()
    return path


def published(server: str, photo: Path, to: str, *more: str) -> int:
    at = f"{server}/blog" if to == "wordpress" else server
    return main(["publish", str(photo), *PLACES[to], "--at", at, "--patience", "15", *more])


def test_mastodon_gets_picture_words_and_label(
    server: str,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("FRECKLE_MASTODON_TOKEN", "thinking-secret")
    before = len(seen(server))
    words = ["--caption", "Anna, ‘new’", "--visibility", "unlisted"]
    assert published(server, photo, "mastodon", *words, *SMOOTH) == 0
    media, status = seen(server)[before:]
    picture = media["media"]
    assert (picture["format"], picture["gps"], picture["history"]) == ("JPEG", False, True)
    assert picture["bytes"] <= 60_000  # the server's own limit
    assert picture["size"][0] * picture["size"][1] <= 480_000
    assert media["description"] == SENTENCE
    assert status["status"] == {
        "status": f"Anna, ‘new’\n\n{LABEL}",
        "media_ids": ["7"],
        "visibility": "unlisted",
    }
    said = capsys.readouterr()
    assert "https://social.test/@anna/9" in said.out
    assert "secret" not in said.out + said.err


def test_bluesky_gets_a_post_that_embeds_the_picture(
    server: str, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FRECKLE_BLUESKY_PASSWORD", "right-secret")
    before = len(seen(server))
    own = ["--alt", "Anna laughs.", "--no-label", "--caption", "Hello"]
    assert published(server, photo, "bluesky", *own, "--preset", "x-profile") == 0
    blob, record = seen(server)[before:]
    assert blob["blob"]["size"] == [400, 400]
    assert not blob["blob"]["gps"]
    assert not blob["blob"]["history"]
    (image,) = record["record"]["embed"]["images"]
    assert image["alt"] == "Anna laughs."
    assert image["aspectRatio"] == {"width": 400, "height": 400}
    assert record["record"]["text"] == "Hello"
    assert "https://bsky.app/profile/anna.test/post/3k2a" in capsys.readouterr().out


def test_wordpress_gets_a_draft_with_the_picture(
    server: str, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FRECKLE_WORDPRESS_PASSWORD", "right-secret")
    before = len(seen(server))
    assert published(server, photo, "wordpress", "--caption", "A <b> & c", *SMOOTH) == 0
    library, words, article = seen(server)[before:]
    assert library["file"] == "Anna-e.jpg"
    assert not library["library"]["gps"]
    assert words["words"] == {"alt_text": SENTENCE, "caption": f"A &lt;b&gt; &amp; c\n\n{LABEL}"}
    draft = article["article"]
    assert (draft["status"], draft["featured_media"], words["id"]) == ("draft", 31, 31)
    assert draft["title"] == "A <b> & c"
    assert "<p>A &lt;b&gt; &amp; c</p>" in draft["content"]
    assert f'alt="{SENTENCE}"' in draft["content"]
    assert "https://blog.test/?p=32" in capsys.readouterr().out


def test_a_webhook_is_signed_and_a_changed_one_is_refused(
    server: str, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    secret = tmp_path / "key"
    secret.touch(mode=0o600)
    secret.write_text(f"whsec_{base64.b64encode(places_server.KEY).decode()}\n")
    before = len(seen(server))
    asked = ["publish", str(photo), "--to", "webhook", "--at", f"{server}/hook?team=a", "--quiet"]
    assert main([*asked, "--secret-file", str(secret), "--caption", "é", *SMOOTH]) == 0
    (hook,) = seen(server)[before:]
    content = hook["hook"]["data"]
    assert content["picture"]["size"] == [content["width"], content["height"]] == [512, 512]
    assert (content["caption"], content["alt"], content["label"]) == ("é", SENTENCE, LABEL)
    assert hook["hook"]["type"] == "picture.published"
    assert capsys.readouterr().out == ""
    post, own = Post(photo.read_bytes(), "a.jpg", (512, 512), "", ""), places_server.KEY.decode()
    address = f"{server}/hook?team=a"
    Webhook(address, Secret(own)).publish(post)
    for strange in (
        Webhook(address, Secret("another key")),
        Webhook(address, Secret(own), clock=lambda: 1e9),
    ):
        with pytest.raises(PublishError, match="does not accept"):
            strange.publish(post)
    with pytest.raises(PublishError, match="no key"):
        signature(Secret("whsec_%"), "1", 1, b"")


def test_a_folder_gets_the_picture_and_its_words_and_keeps_what_it_has(photo: Path, tmp_path: Path):
    asked = ["publish", str(photo), "--caption", "Anna", "--to", "folder", "--at", str(tmp_path)]
    assert main([*asked, *SMOOTH]) == 0
    other = Post(b"other", photo.name, (1, 1), "", "")
    assert Shelf(str(tmp_path)).publish(other).address.endswith("Anna é-2.jpg")
    names = ["Anna é-2.jpg", "Anna é-2.json", "Anna é.jpg", "Anna é.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    words = json.loads((tmp_path / "Anna é.json").read_text())
    expected = {"caption": "Anna", "alt": SENTENCE, "label": LABEL, "width": 512, "height": 512}
    assert words == expected
    with Image.open(tmp_path / "Anna é.jpg") as image:
        assert image.size == (512, 512)
        assert 0x8825 not in image.getexif()


def test_a_bucket_gets_the_picture_and_its_words(photo: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("moto")
    pytest.importorskip("obstore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with s3_server() as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        ask(port, "PUT", "/bucket")
        post = Post(photo.read_bytes(), photo.name, (512, 512), "Anna", "")
        assert Shelf("s3://bucket/set").publish(post).address == "s3://bucket/set/Anna é.jpg"
        assert ask(port, "GET", "/bucket/set/Anna%20%C3%A9.jpg") == 200
        assert ask(port, "GET", "/bucket/set/Anna%20%C3%A9.json") == 200


REFUSED = {
    "wrong": "does not accept the token or password",
    "full-secret": "takes no more for now",
    "large-secret": "takes no picture of this size",
    "spent-secret": "has no room left",
    "weak-secret": "does not allow this: This action is outside the authorized scopes of …",
    "odd-secret": "refuses this (422: Validation failed: … is odd)",
    "broken-secret": "has a fault of its own (500)",
    "moved-secret": "sends one elsewhere",
}


@pytest.mark.parametrize("secret", REFUSED)
def test_what_goes_wrong_is_said_without_the_secret(secret: str, server: str, photo: Path):
    hidden = Secret(secret)
    for place in (
        Mastodon(server, hidden),
        Bluesky("anna.test", hidden, server),
        WordPress(f"{server}/blog", "anna", hidden),
    ):
        with pytest.raises(PublishError) as refused:
            place.publish(Post(photo.read_bytes(), "a.jpg", (512, 512), "", ""))
        assert REFUSED[secret] in refused.value.message
        assert secret not in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_refusal_ends_the_command_with_one_line(
    server: str, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FRECKLE_WORDPRESS_PASSWORD", "weak-secret")
    assert published(server, photo, "wordpress", "--quiet") == 4
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "weak-secret" not in said.err


def test_silence_ends_with_a_sentence_and_nobody_home_too(server: str):
    with pytest.raises(PublishError, match="did not answer within 0 seconds") as refused:
        Mastodon(server, Secret("slow-secret"), patience=0.3).limits()
    assert "Look whether" in refused.value.remedy
    with pytest.raises(PublishError, match="cannot be reached"):
        Mastodon("http://127.0.0.1:9", Secret("x")).limits()
    with pytest.raises(PublishError, match="does not speak this protocol"):
        Wire(server, Secret("x")).get("/nothing")


def test_secrets_are_kept(tmp_path: Path, photo: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "token"
    path.write_text("s3cret-token")
    path.chmod(0o640)
    with pytest.raises(PublishError, match="Others can read") as refused:
        from_file(path)
    assert "s3cret" not in str(refused.value)
    path.chmod(0o600)
    assert from_file(path).reveal() == "s3cret-token"
    for empty in (b"", b"\n", b"a\nb", b"x" * 9000):
        path.write_bytes(empty)
        with pytest.raises(PublishError, match="holds no secret"):
            from_file(path)
    shown = repr(Mastodon("https://m.test", Secret("s3cret"))) + repr(
        Wire("https://m.test", Secret("s3cret"), headers={"Authorization": "s3cret"})
    )
    assert "s3cret" not in shown
    assert main(["publish", str(photo), "--to", "mastodon", "--at", "https://m.test"]) == 4
    assert "FRECKLE_MASTODON_TOKEN" in capsys.readouterr().err
    for unsafe in ("http://m.test", "ftp://m.test", "m.test", "https://anna:pw@m.test", "https://"):
        with pytest.raises(PublishError):
            Wire(unsafe, Secret("x"))


def test_what_is_missing_or_too_long_is_said_before_anything_is_sent(
    server: str, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = len(seen(server))
    assert main(["publish", str(photo), "--to", "mastodon"]) == 2
    assert main(["publish", str(photo), "--to", "bluesky"]) == 2
    assert main(["publish", str(photo), "--to", "elsewhere"]) == 2
    monkeypatch.setenv("FRECKLE_BLUESKY_PASSWORD", "right-secret")
    assert published(server, photo, "bluesky", "--caption", "x" * 290) == 4
    assert "characters, and 300 are taken" in capsys.readouterr().err
    with pytest.raises(PublishError, match="--alt has 2,001"):
        check_words("", "x" * 2001, Limits(alt=2000))
    started = time.monotonic()
    dry = ["--to", "mastodon", "--at", "https://nowhere.test", "--dry-run", "--caption", "Anna"]
    assert main(["publish", str(photo), *dry]) == 0  # no secret, no network
    assert time.monotonic() - started < 30
    said = capsys.readouterr().out
    assert said.startswith(f"Anna\n\nfreckle: not retouched.\n\nAlternative text: {SENTENCE}")
    assert len(seen(server)) == before

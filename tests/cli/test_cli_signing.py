"""Content Credentials: signed with a certificate made here, read by the library's reader."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from freckle.cli.main import main
from tests.codec import hdr
from tests.studio.portraits import read

c2pa = pytest.importorskip("c2pa")
pytest.importorskip("cryptography.x509")

from tests.certificates import made  # noqa: E402


@pytest.fixture
def signing(tmp_path: Path) -> list[str]:
    chain, key = made(tmp_path)
    return ["--sign", str(chain), "--key", str(key)]


def story(path: Path, media: str = "image/jpeg") -> dict[str, Any]:
    with c2pa.Reader(media, io.BytesIO(path.read_bytes())) as reader:
        told = json.loads(reader.json())
    assert told["validation_state"] == "Valid"
    assert {each["code"] for each in told["validation_status"]} == {"signingCredential.untrusted"}
    return {"all": told["manifests"], **told["manifests"][told["active_manifest"]]}


def test_who_reads_a_signed_file_learns_what_worked_on_it(
    signing: list[str], tmp_path: Path
) -> None:
    photo, made, again = (tmp_path / name for name in ("anna.jpg", "made.jpg", "again.png"))
    Image.fromarray(read("astronaut").pixels).save(photo, quality=90)
    asked = ["--set", "smooth.amount=30", "--set", "lipstick.amount=40", "--quiet"]
    assert main(["retouch", str(photo), "-o", str(made), *asked, *signing]) == 0
    told = story(made)
    actions = next(each for each in told["assertions"] if "actions" in each["label"])
    said = [each.get("description") for each in actions["data"]["actions"]]
    assert actions["data"]["actions"][0]["action"] == "c2pa.opened"
    assert any(each and each.startswith("face: ") and "smooth" in each for each in said)
    assert "makeup: lipstick" in said
    (parent,) = told["ingredients"]
    assert (parent["relationship"], parent["title"]) == ("parentOf", "anna.jpg")
    assert "thumbnail" not in parent
    assert main(["retouch", str(made), "-o", str(again), "--preset", "none", "--set",
                 "shine.amount=30", "--quiet", *signing]) == 0  # fmt: skip
    assert len(story(again, "image/png")["all"]) == 2
    assert main(["export", str(photo), "-o", str(tmp_path), "--preset", "avatar", *signing]) == 0
    assert story(tmp_path / "anna-avatar.jpg")["ingredients"]


def test_a_signed_picture_stays_hdr(signing: list[str], tmp_path: Path) -> None:
    photo, made = tmp_path / "anna.jpg", tmp_path / "made.jpg"
    photo.write_bytes(hdr.made(read("astronaut").pixels[:360, 60:380]))
    asked = ["--set", "smooth.amount=30", "--quiet", *signing]
    assert main(["retouch", str(photo), "-o", str(made), *asked]) == 0
    assert story(made)["ingredients"]
    data = made.read_bytes()
    assert hdr.read(data).max() > 1.5
    (first, length), (second, rest) = hdr.places(data)
    assert (first, second, length + rest) == (0, length, len(data))


def test_half_of_what_is_needed_is_said(
    signing: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = tmp_path / "anna.jpg"
    Image.new("RGB", (40, 40)).save(photo)
    asked = ["retouch", str(photo), "-o", str(tmp_path / "out.jpg"), "--quiet"]
    assert main([*asked, *signing[:2]]) == 4
    assert "belong together" in capsys.readouterr().err
    assert main([*asked, "--sign", str(photo), *signing[2:]]) == 4
    assert "no certificate" in capsys.readouterr().err
    assert main([*asked, *signing[:2], "--key", str(photo)]) == 4
    assert "key cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "out.jpg").exists()


def test_a_set_is_signed_photo_by_photo(signing: list[str], tmp_path: Path) -> None:
    shoot, out = tmp_path / "shoot", tmp_path / "out"
    shoot.mkdir()
    Image.fromarray(read("astronaut").pixels).save(shoot / "anna.jpg", quality=90)
    asked = ["batch", str(shoot), "-o", str(out), "--set", "smooth.amount=30", "--jobs", "1", "-q"]
    assert main([*asked, "--sign", str(shoot / "anna.jpg"), *signing[2:]]) == 4
    assert main([*asked, *signing[:2]]) == 4
    assert main([*asked, *signing, "--disclose"]) == 0
    (made,) = out.glob("anna*.jpg")
    assert story(made)["ingredients"]
    assert b"skin retouched" in made.read_bytes()
    key = (tmp_path / "key.pem").read_text().splitlines()[1]
    kept = [each for each in out.rglob("*") if each.is_file() and each != made]
    assert kept, "there is a journal"
    assert not any(key.encode() in each.read_bytes() for each in kept)

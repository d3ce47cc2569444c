"""The engine that asks a server, against a real one in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.cli.main import main
from freckle.errors import GeneratorError
from freckle.generate.choosing import load_choice, read_choice
from freckle.generate.remote import Remote
from freckle.generate.wish import Cancelled, Wish, sized

SERVER = Path(__file__).with_name("images_server.py")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    process.kill()
    process.wait()
    process.stdout.close()


def still(_done: float) -> None:
    pass


def test_words_become_pictures_the_same_ones_each_time(url: str) -> None:
    remote = Remote(url, "fine", "right")
    wish = Wish("a quiet studio", negative="text", size=(1024, 768), count=3, seed=4)
    told: list[float] = []
    first, again = remote.make(wish, told.append), remote.make(wish, still)
    assert [picture.shape for picture in first] == [(48, 64, 3)] * 3
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], first[1])
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_picture_goes_along(url: str) -> None:
    given = np.full((40, 40, 3), (200, 40, 90), np.uint8)
    for wish in (Wish("the same", image=given), Wish("the same", reference=given)):
        (made,) = Remote(url, "fine", "right").make(wish, still)
        assert np.abs(made.astype(int) - (200, 40, 90)).max() <= 1


@pytest.mark.parametrize(
    ("model", "key", "said"),
    [
        ("fine", "wrong", "does not accept the key"),
        ("policy", "right", "refuses this prompt"),
        ("full", "right", "not enough memory"),
        ("busy", "right", "too many requests"),
        ("none", "right", "no model none"),
        ("page", "right", "no list of pictures"),
        ("broken", "right", "cannot be read"),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence(url: str, model: str, key: str, said: str) -> None:
    with pytest.raises(GeneratorError, match=said) as caught:
        Remote(url, model, key).make(Wish("x"), still)
    assert "right" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_there_and_nobody_answering(url: str) -> None:
    with pytest.raises(GeneratorError, match="cannot be reached"):
        Remote("http://127.0.0.1:9/v1", "fine").make(Wish("x"), still)
    with pytest.raises(GeneratorError, match="did not answer"):
        Remote(url, "slow", "right", patience=0.5).make(Wish("x"), still)


def test_a_cancel_ends_the_work_soon(url: str) -> None:
    started = time.monotonic()

    def stop(_done: float) -> None:
        if time.monotonic() - started > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        Remote(url, "slow", "right").make(Wish("x"), stop)
    assert time.monotonic() - started < 15  # the answer would take thirty seconds


@pytest.mark.parametrize(
    "wish", [Wish(" "), Wish("x" * 5000), Wish("x", count=9), Wish("x", strength=0)]
)
def test_wishes_that_nobody_can_grant(wish: Wish) -> None:
    with pytest.raises(GeneratorError):
        wish.check()


@pytest.mark.parametrize("aspect", ["4:5", "16:9", "1:1", "9:16"])
def test_sizes_have_the_shape_and_the_area(aspect: str) -> None:
    width, height = sized(aspect)
    across, down = map(int, aspect.split(":"))
    assert width % 64 == height % 64 == 0
    assert abs(width / height - across / down) < 0.1
    assert 0.85 < width * height / 1024**2 < 1.15
    with pytest.raises(GeneratorError):
        sized("wide")


def test_the_command(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "settings" / "generator.json"
    monkeypatch.setenv("FRECKLE_GENERATOR", str(kept))
    monkeypatch.setenv("MY_KEY", "right")
    out = tmp_path / "made.png"
    assert main(["generate", "studio", "-o", str(out)]) == 3
    assert "freckle look" in capsys.readouterr().err
    engine = ["--engine", "http", "--url", url, "--model", "fine", "--key-env", "MY_KEY"]
    assert main(["generate", *engine, "--save"]) == 0
    assert kept.stat().st_mode & 0o077 == 0
    assert load_choice(kept) == read_choice(
        {"engine": "http", "url": url, "model": "fine", "key": "right"}
    )
    command = ["generate", "studio", "-o", str(out), "--candidates", "2", "--aspect", "3:2"]
    assert main(command) == 0
    first = (tmp_path / "made-1.png").read_bytes()
    with Image.open(tmp_path / "made-2.png") as picture:
        assert picture.size == (80, 52)
    assert main(command) == 0
    assert (tmp_path / "made-1.png").read_bytes() == first
    assert main(["generate", "x", "-o", str(out), "--init", str(out)]) in (2, 3)
    assert main(["generate", "--forget"]) == 0
    assert not kept.exists()

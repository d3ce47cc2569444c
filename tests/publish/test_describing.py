"""What is said of a picture is what is in it, and it is made to fit where it goes."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.analysis.matte import Matte
from freckle.analysis.portrait import analyze
from freckle.cli.main import main
from freckle.codec import load
from freckle.publish.describing import Head, described
from freckle.publish.ground import plain
from freckle.publish.post import Limits, PublishError, fitted
from freckle.recipe.recipe import Recipe
from tests.studio.portraits import read


def test_a_picture_is_made_to_fit():
    def make(side: int, quality: int) -> tuple[bytes, tuple[int, int]]:
        return bytes(side * side * quality // 1000), (side, side)

    data, size = fitted(make, 1600, Limits(bytes=100_000))
    assert len(data) <= 100_000
    assert size[0] < 1600
    assert fitted(make, 1000, Limits(bytes=85_000)) == make(1000, 80)  # quality goes first
    assert fitted(make, 1000, Limits()) == make(1000, 90)
    _, size = fitted(make, 1600, Limits(pixels=500_000))
    assert 320_000 < size[0] * size[1] <= 500_000
    with pytest.raises(PublishError, match="does not fit"):
        fitted(make, 1600, Limits(bytes=100))


def test_the_words_for_a_picture_say_what_is_measured():
    def said(*heads: Head, plain: bool = False, gray: bool = False, **edit: object) -> str:
        steps = [{"edit": {"version": 1, **edit}}] if edit else []
        return described(heads, Recipe.from_plain({"steps": steps}), plain=plain, gray=gray)

    near = Head(0.4, 0)
    assert said(near, plain=True) == (
        "Portrait of one person, head and shoulders, facing the camera, before a plain background."
    )
    assert said(Head(0.8, -30), gray=True) == (
        "Black-and-white portrait of one person, close-up of the face, "
        "turned to the left of the picture."
    )
    assert said(near, Head(0.3, 9)) == "Portrait of two people, head and shoulders."
    assert said(*[Head(0.05, 0)] * 12) == (
        "Portrait of a group of 12 people, seen from some distance."
    )
    assert said() == "Photo without a visible face."
    blurred = said(near, plain=True, op="background", mode="blur", blur=40)
    assert blurred.endswith("before a blurred background.")
    assert "with lipstick" in said(near, op="lipstick", amount=40)
    assert "lipstick" not in said(near, op="lipstick", amount=0)


@pytest.mark.parametrize("ground", ["paper", "stripes"])
def test_a_plain_ground_is_told_from_others(ground: str, tmp_path: Path):
    pixels = np.full((512, 512, 3), 200, np.uint8)
    if ground == "stripes":
        pixels[:, ::20] = 60
    person = read("astronaut")
    head = person.pixels[0:300, 90:390]
    pixels[212:, 100:400] = head
    path = tmp_path / "made.png"
    Image.fromarray(pixels).save(path)
    photo = load(path)
    portrait = analyze(photo)
    matte = np.zeros((512, 512), np.uint16)
    matte[212:, 100:400] = 65535  # who was pasted in is known to the pixel
    object.__setattr__(portrait, "matte", Matte(matte, matte, matte))
    assert plain(photo, portrait) == (ground == "paper")


def test_gray_pictures_are_called_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "gray.jpg"
    gray = read("astronaut").pixels.mean(axis=2).astype(np.uint8)
    Image.fromarray(gray).save(path)
    assert main(["publish", str(path), "--to", "folder", "--at", "x", "--dry-run"]) == 0
    assert "Black-and-white portrait of one person" in capsys.readouterr().out

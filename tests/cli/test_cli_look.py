"""`freckle look`: words in, pictures out, and what each word did."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from freckle.cli.main import main
from freckle.codec import load


def test_words_become_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, recipe, cube = (tmp_path / name for name in ("o.jpg", "o.json", "o.cube"))
    words = "black and white, no grain, frobnicated"
    more = ["--candidates", "2", "--recipe-out", str(recipe), "--cube", str(cube)]
    assert main(["look", words, "-o", str(out), *more, "--aspect", "1:1"]) == 0
    said = capsys.readouterr()
    assert "without Grain" in said.out
    assert "Not understood: 'frobnicated'" in said.err
    assert "features where they were" in said.out
    for k in (1, 2):
        photo = load(tmp_path / f"o-{k}.jpg")
        assert photo.width == photo.height
        plain = json.loads((tmp_path / f"o-{k}.json").read_text())
        assert plain["format"] == 2
        assert (tmp_path / f"o-{k}.cube").read_text().count("\n") == 33**3 + 4


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--style", "nope"], "There is no style named 'nope'"),
        (["--candidates", "9"], "is no number of candidates from 1 to 8"),
        (["--weight", "99"], "is no weight"),
        (["--scale", "many"], "is no number"),
        (["--aspect", "wide"], "is no aspect"),
        (["--cube", "{out}"], "Two outputs name one file"),
    ],
)
def test_bad_wishes_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    out = tmp_path / "o.png"
    words = [word.format(out=out) for word in more]
    assert main(["look", "warm", "-o", str(out), *words]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_styles_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["look", "", "-o", str(tmp_path / "x.jpg"), "--style", "list"]) == 0
    assert "old_master" in capsys.readouterr().out


def test_a_reference_lends_its_direction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = np.ascontiguousarray(data.astronaut()[:300, 90:390])
    photo, reference, out, recipe = (
        tmp_path / name for name in ("in.png", "warm.jpg", "o.png", "o.json")
    )
    Image.fromarray(head).save(photo)
    Image.fromarray((head * np.array([1, 0.8, 0.55])).astype(np.uint8)).save(reference)
    lend = ["look", "--reference", str(reference), str(photo), "-o", str(out), "-q"]
    assert main([*lend, "--without", "makeup", "--recipe-out", str(recipe)]) == 0
    tools = {s["edit"]["op"] for s in json.loads(recipe.read_text())["style"]["steps"]}
    assert "reference" in tools
    assert "lipstick" not in tools
    first = out.read_bytes()
    assert main([*lend, "--without", "makeup"]) == 0
    assert out.read_bytes() == first
    assert main([*lend[:-2], str(reference)]) == 2
    assert main(["look", "-o", str(out)]) == 2
    assert "--reference" in capsys.readouterr().err

"""Whom a retouch is for: people by number, key and name."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from freckle.recipe.recipe import Recipe
from tests.cli.conftest import pixels

Freckle = Callable[..., tuple[int, str, str]]


def test_settings_after_a_person_are_theirs(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out, beside = tmp_path / "out.png", tmp_path / "out.png.freckle.json"
    key = json.loads(freckle("inspect", portrait, "--json")[1])["faces"][0]["key"]
    words = ["--set", "smooth.amount=10", "--person", "1", "--set", "smooth.amount=40"]
    words += ["--person", "all", "--set", "redness.amount=20", "--sidecar"]
    assert freckle("retouch", portrait, "-o", out, "--preset", "none", *words)[0] == 0
    steps = Recipe.parse(beside.read_text("utf-8")).steps
    found = [(s.edit.op, s.person, getattr(s.edit, "amount", 0)) for s in steps]
    assert found == [("redness", None, 20), ("smooth", None, 10), ("smooth", key, 40)]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--person", "7", "--set", "smooth.amount=9"], "People here: 1 ("),
        (["--person", "1"], "--only"),
        (["--set", "smooth.amount=9", "--person", "1"], "none follows"),
        (["--only", "1", "--exclude", "1"], "cannot be together"),
        (["--style-only", "--assign", "1-2=1"], "nothing to assign"),
        (["--exclude", "99-99"], "People here: 1 ("),
        (["--assign", "12-34"], "KEY=N"),
        (["--name", "Anna"], "N=NAME"),
        (["--name", "7=Anna"], "People here: 1 ("),
        (["--only", "Ben", "--name", "1=Anna"], "Anna)"),
        (["--person", "1", "--set", "lock.natural=off"], "whole photo"),
    ],
)
def test_people_who_are_not_there_are_refused(
    freckle: Freckle, portrait: Path, tmp_path: Path, words: list[str], says: str
) -> None:
    code, _, said = freckle("retouch", portrait, "-o", tmp_path / "out.png", *words)
    assert (code, (tmp_path / "out.png").exists()) == (2, False)
    assert says in said


def test_who_is_left_alone_keeps_every_pixel(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    code, _, said = freckle("retouch", portrait, "-o", out, "--preset", "beauty", "--exclude", "1")
    assert code == 0
    assert "Everybody is left alone" in said
    assert np.array_equal(pixels(out), pixels(portrait))


def test_settings_of_another_photo_are_assigned_by_hand(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out, mine = tmp_path / "out.png", tmp_path / "mine.json"
    edit = {"op": "shine", "amount": -50}
    mine.write_text(json.dumps({"steps": [{"edit": edit, "person": "1-99"}]}), "utf-8")
    _, _, said = freckle("retouch", portrait, "-o", out, "--recipe", mine)
    assert "not in this photo: 1-99" in said
    assert "--assign 1-99=1" in said
    assert np.array_equal(pixels(out), pixels(portrait))
    code, _, said = freckle("retouch", portrait, "-o", out, "--recipe", mine, "--assign", "1-99=1")
    assert (code, said) == (0, "")
    assert not np.array_equal(pixels(out), pixels(portrait))


def test_people_are_called_by_names_that_stay_in_the_recipe(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out, beside = tmp_path / "out.png", tmp_path / "out.png.freckle.json"
    words = [
        "--preset",
        "none",
        "--name",
        "1=Anna",
        "--person",
        "Anna",
        "--set",
        "smooth.amount=30",
    ]
    assert freckle("retouch", portrait, "-o", out, "--sidecar", "--preset", "none", *words)[0] == 0
    made = Recipe.parse(beside.read_text("utf-8"))
    (key,) = made.names
    assert (made.names, made.steps[0].person) == ({key: "Anna"}, key)
    again = tmp_path / "again.png"
    words = ["--recipe", beside, "--only", "anna"]
    assert freckle("retouch", portrait, "-o", again, *words)[0] == 0
    assert np.array_equal(pixels(out), pixels(again))
    # as if it came from another photo, of which only the style is wanted, too
    beside.write_text(beside.read_text("utf-8").replace(key, "1-99"), "utf-8")
    for more in ([], ["--style-only"]):
        words = ["--recipe", beside, "--name", "1=Anna", *more]
        code, _, said = freckle("retouch", portrait, "-o", again, *words)
        assert (code, said) == (0, "")
        assert np.array_equal(pixels(out), pixels(again))
    code, _, said = freckle("retouch", portrait, "-o", again, "--recipe", beside, "--style-only")
    assert code == 0
    assert "changes nothing" in said

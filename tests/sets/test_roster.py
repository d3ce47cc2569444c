"""Consent is obeyed to the pixel, and rosters are read or refused in one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from freckle.errors import RecipeError
from freckle.recipe.persons import steps_of
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.sets.consent import Agreed, obeyed
from freckle.sets.roster import roster_of

Freckle = Callable[..., tuple[int, str, str]]
VALUES = ("smooth.amount=40", "lipstick.amount=60", "face_width.amount=-40", "adjust.exposure=10")
STYLE = tuple(word for value in VALUES for word in ("--set", value))


def read(path: Path) -> Any:
    with Image.open(path) as image:
        return np.asarray(image)


def recipe() -> Recipe:
    made = Recipe()
    for name, value in (("smooth", 40), ("lipstick", 60), ("face_width", -40)):
        made = with_setting(made, f"{name}.amount", value)
    return with_setting(made, "adjust.exposure", 10)


def working(made: Recipe, key: str) -> set[str]:
    return {step.edit.op for step in steps_of(made, key) if not step.idle}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("file,consent\na.jpg,maybe", "Line 2 of the roster has the consent 'maybe'"),
        ("file,consent\na.jpg,all\nA.JPG,none", "Line 3 of the roster names 'A.JPG' again"),
        ("file,consnet\na.jpg,all", "consent"),
        ("name\nAnna", "first line"),
        ("file,consent,output\na.jpg,all,../b", "Line 2 of the roster has the output"),
        ("file,consent,face\na.jpg,all,0", "Line 2 of the roster has the face '0'"),
        ("name,consent\n,all", "neither a file nor a person"),
    ],
)
def test_what_a_roster_cannot_say_is_refused_with_its_line(text: str, what: str) -> None:
    with pytest.raises(RecipeError, match=what):
        roster_of(text.encode())
    with pytest.raises(RecipeError, match="UTF-8"):
        roster_of(text.encode() + b"\xff\xfe\xfa")


def test_rows_are_found_by_path_name_or_stem() -> None:
    text = "\ufefffile;name;consent;output\nklasse/a.jpg;Zoë;skin;zoë\nb;Ben;all;\n"
    roster = roster_of(text.encode())
    assert [row.name for row in roster.of("a.jpg", "klasse")] == ["Zoë"]
    assert [row.name for row in roster.of("B.png", "x")] == ["Ben"]
    assert roster.of("c.jpg") == ()
    assert roster.strangers([("b.png", "")]) == ["klasse/a.jpg"]


def test_each_level_leaves_out_what_it_does_not_name() -> None:
    people = [
        Agreed("a", "A", "skin", listed=True),
        Agreed("b", "B", "makeup", listed=True),
        Agreed("c", "C", "all", listed=True),
    ]
    made = obeyed(recipe(), people)
    assert working(made, "a") == {"smooth", "adjust"}
    assert working(made, "b") == {"smooth", "lipstick", "adjust"}
    assert working(made, "c") == {"smooth", "lipstick", "face_width", "adjust"}
    made = obeyed(recipe(), [*people, Agreed("d", "", "none", listed=False)])
    assert working(made, "d") == set()
    assert working(made, "c") == {"smooth", "lipstick", "face_width"}  # no light for everybody
    assert obeyed(recipe(), [Agreed("d", "", "none", listed=False)]) == Recipe()


def test_whoever_did_not_agree_is_the_original_to_the_pixel(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    photos, out = tmp_path / "in", tmp_path / "out"
    photos.mkdir()
    face = read(roomy)
    Image.fromarray(face).save(photos / "yes.png")
    Image.fromarray(face).save(photos / "no.png")
    Image.fromarray(face).save(photos / "stranger.png")
    pair = np.concatenate([face, face[:, ::-1]], axis=1)
    Image.fromarray(pair).save(photos / "pair.png")
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "file,name,consent,output,face\nyes.png,Yes,skin,y,\nno.png,No,none,,\n"
        "pair.png,One,none,,1\npair.png,Two,all,,2\ngone.png,Gone,all,,\n"
    )
    options = ("--roster", roster, "--names", "{person}/{output}", "--jobs", "1")
    report = tmp_path / "report"
    code, _, err = freckle(
        "batch", photos, "-o", out, "--preset", "none", *STYLE, *options, "--report", report
    )
    assert code == 0
    assert "gone.png" in err
    assert (out / "No" / "no.png").read_bytes() == (photos / "no.png").read_bytes()
    (stranger,) = out.rglob("stranger.png")
    assert stranger.read_bytes() == (photos / "stranger.png").read_bytes()
    assert not np.array_equal(read(out / "Yes" / "y.png"), face)
    changed = (read(out / "One + Two" / "pair.png") != pair).any(axis=(0, 2))
    halves = changed[: face.shape[1]].any(), changed[face.shape[1] :].any()
    assert sorted(halves) == [False, True]
    assert "No did not agree: left unchanged." in (report / "batch.json").read_text()

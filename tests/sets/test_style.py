"""Guides are read, packed and kept; a style is learnt from a pair."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.analysis.portrait import analyze
from freckle.api.photos import open_photo
from freckle.cli.poster import brand_of
from freckle.codec import save
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.render.render import render
from freckle.sets import learning
from freckle.sets.guides import Guide, files_of, guide_at
from freckle.sets.keeping import in_plan

Freckle = Callable[..., tuple[int, str, str]]
RULES = {"name": "House", "version": "7", "shape": "4:5", "head": [20, 60], "level": 30,
         "caps": {"smooth.amount": 40}, "without": ["makeup"]}  # fmt: skip


def test_a_guide_says_which_pictures_break_it(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    guide, photos = tmp_path / "guide", tmp_path / "in"
    guide.mkdir()
    photos.mkdir()
    (guide / "guide.json").write_text(json.dumps(RULES))
    (guide / "house.json").write_text(Recipe().to_json())
    with Image.open(roomy) as image:
        image.crop((0, 0, 384, 480)).save(photos / "good.png")
        image.crop((0, 0, 460, 480)).save(photos / "wide.png")
    made = with_setting(with_setting(Recipe(), "smooth.amount", 60), "lipstick.amount", 50)
    made = made.model_copy(update={"locks": made.locks.model_copy(update={"natural": False})})
    (photos / "wide.png.freckle.json").write_text(made.to_json())
    zipped = tmp_path / "house.zip"
    assert freckle("style", "pack", guide, "-o", zipped)[0] == 0
    first = zipped.read_bytes()
    assert freckle("style", "pack", zipped, "-o", zipped)[0] == 0
    assert zipped.read_bytes() == first
    code, said, _ = freckle("style", "check", zipped, photos)
    assert code == 5
    assert "good.png" not in said
    line = next(line for line in said.splitlines() if line.startswith("wide.png"))
    assert "not 4:5" in line
    assert "smooth.amount at 60, 40 at most" in line
    assert "lipstick is used" in line
    assert "House 7: 1 keep it, 1 break it." in said


def test_a_house_has_colors_of_its_own(freckle: Freckle, roomy: Path, tmp_path: Path) -> None:
    path, named = tmp_path / "guide.json", ("--color", "Harbor=#0A3D62", "--color", "Ink=#111111")
    assert freckle("style", "guide", roomy, "-o", path, *named, "--logo", "mark.svg")[0] == 4
    (tmp_path / "mark.svg").write_text("<svg/>")
    assert freckle("style", "guide", roomy, "-o", path, *named, "--logo", "mark.svg")[0] == 0
    rules = guide_at(path)
    assert (dict(rules.colors), rules.logo) == ({"Harbor": "#0a3d62", "Ink": "#111111"}, "mark.svg")
    assert set(files_of(tmp_path)) >= {"guide.json", "mark.svg"}
    brand = brand_of(tmp_path)
    assert (brand.ink, brand.accent) == ("#111111", None)
    assert brand.logo == str(tmp_path / "mark.svg")
    ground = with_setting(Recipe(), "background.mode", "color")
    for color, found in (("#0a3d62", []), ("#0a3d63", ["color"])):
        recipe = with_setting(ground, "background.color", color)
        assert [each.rule for each in in_plan((9, 9), recipe, Guide(name="x", colors=rules.colors))
                ] == found  # fmt: skip


@pytest.mark.parametrize(
    "text", ["{}", "[", '{"name": "x", "shape": "wide"}', '{"name": "x", "y": 1}']
)
def test_what_is_no_guide_is_refused_in_one_line(
    freckle: Freckle, roomy: Path, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "guide.json"
    path.write_text(text)
    code, _, err = freckle("style", "check", path, roomy)
    assert (code, err.count("\n")) == (2, 1)
    path.write_text(json.dumps(RULES))
    assert list(files_of(path)) == ["guide.json"]


def test_a_style_is_learnt_from_a_pair(monkeypatch: pytest.MonkeyPatch, roomy: Path) -> None:
    before = open_photo(roomy).content
    truth = {"adjust.exposure": 6.0, "adjust.temperature": 20.0, "even_tone.amount": 60.0}
    made = Recipe()
    for name, value in truth.items():
        made = with_setting(made, name, value)
    after = render(before, analyze(before), made).photo
    monkeypatch.setattr(learning, "SIDE", 240)
    monkeypatch.setattr(
        learning,
        "sliders",
        lambda: [*truth, "adjust.saturation", "adjust.tint", "dark_circles.amount"],
    )
    found = learning.learned([(before, after)])
    assert found.before > 3
    assert found.error < 0.5
    assert abs(found.values["adjust.exposure"] - 6) < 2
    assert abs(found.values["adjust.temperature"] - 20) < 5
    shifted = before.with_frame(np.roll(before.pixels, 12, axis=1), None)
    with pytest.raises(Exception, match="do not lie on each other"):
        learning.learned([(before, shifted)])


def test_a_style_is_learnt_from_folders_of_the_same_names(
    freckle: Freckle, monkeypatch: pytest.MonkeyPatch, roomy: Path, tmp_path: Path
) -> None:
    made = with_setting(with_setting(Recipe(), "adjust.exposure", 8), "adjust.temperature", 25)
    folders = tmp_path / "before", tmp_path / "after"
    for folder in folders:
        folder.mkdir()
    with Image.open(roomy) as image:
        for name, dark in (("a", 1.0), ("b", 0.7), ("alone", 1.0)):
            image.point(lambda value, dark=dark: value * dark).save(folders[0] / f"{name}.png")
    for name in ("a", "b"):
        photo = open_photo(folders[0] / f"{name}.png").content
        save(render(photo, analyze(photo), made).photo, folders[1] / f"{name}.png")
    monkeypatch.setattr(learning, "SIDE", 240)
    monkeypatch.setattr(
        learning, "sliders", lambda: ["adjust.exposure", "adjust.temperature", "adjust.tint"]
    )
    out = tmp_path / "ours.json"
    code, said, err = freckle("style", "learn", *folders, "-o", out)
    assert code == 0
    assert "1 pictures are in one of the folders only." in err
    assert "between each of 2 pairs" in said
    (found,) = (step.edit.model_dump() for step in Recipe.parse(out.read_bytes()).steps)
    assert abs(found["exposure"] - 8) < 2
    assert abs(found["temperature"] - 25) < 5
    code, _, err = freckle("style", "learn", folders[0], folders[0] / "a.png", "-o", out)
    assert (code, err.count("\n")) == (4, 1)


def test_a_guide_says_what_finished_pictures_share(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    photos, out = tmp_path / "in", tmp_path / "guide.json"
    photos.mkdir()
    with Image.open(roomy) as image:
        for k in range(3):
            image.crop((4 * k, 0, 384 + 4 * k, 480)).save(photos / f"{k}.png")
    code, said, _ = freckle("style", "guide", photos, "-o", out, "--name", "House")
    assert code == 0
    assert "4:5" in said
    assert freckle("style", "check", out, photos)[0] == 0
    rules = json.loads(out.read_text())
    assert rules["head"][1] - rules["head"][0] <= 4
    (photos / "broken.png").write_bytes(b"no picture")
    assert freckle("style", "guide", photos, "-o", out)[0] == 5
    assert json.loads(out.read_text())["shape"] == "4:5"

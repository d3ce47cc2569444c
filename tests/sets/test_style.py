"""Guides are read, packed and kept; a style is learnt from a pair."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.analysis.portrait import analyze
from freckle.api.photos import open_photo
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.render.render import render
from freckle.sets import learning
from freckle.sets.guides import files_of

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
    found = learning.learned(before, after)
    assert found.before > 3
    assert found.error < 0.5
    assert abs(found.values["adjust.exposure"] - 6) < 2
    assert abs(found.values["adjust.temperature"] - 20) < 5
    shifted = before.with_frame(np.roll(before.pixels, 12, axis=1), None)
    with pytest.raises(Exception, match="do not lie on each other"):
        learning.learned(before, shifted)

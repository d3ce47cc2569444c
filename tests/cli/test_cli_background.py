"""`freckle background`: what it writes, and what it says when it cannot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from freckle.ops.cutout import Cutout
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.vision.matting import SETTING
from tests.vision.onnx_file import model

Freckle = Callable[..., tuple[int, str, str]]


def read(path: Path) -> Any:
    with Image.open(path) as image:
        return np.asarray(image)


def test_without_an_option_the_background_goes(
    freckle: Freckle, portrait: Path, face: Any, tmp_path: Path
) -> None:
    out, matte = tmp_path / "cut.png", tmp_path / "matte.png"
    code, said, _ = freckle("background", portrait, "-o", out, "--matte", matte)
    assert code == 0
    assert "Whole picture: background" in said
    alpha, found = read(matte), read(out)
    assert (alpha.shape, found.shape) == (face.shape[:2], (*face.shape[:2], 4))
    own = found[..., 3] == 255
    assert 0.2 < own.mean() < 0.95
    assert np.array_equal(found[own][:, :3], face[own])
    assert np.abs(found[..., 3] / 255 - alpha / 65535).max() < 0.003


def test_a_color_a_gradient_a_blur_and_a_picture(
    freckle: Freckle, jpeg: Path, portrait: Path, tmp_path: Path
) -> None:
    ways = (
        ("--color", "#3a7d44"),
        ("--color", "#3a7d45", "--shadow", "60,20,50,180", "--contact", "50"),
        ("--gradient", "#fff,#036,45"),
        ("--blur", "60"),
        ("--image", portrait),
    )
    seen = []
    for way in ways:
        out = tmp_path / "out.png"
        assert freckle("background", jpeg, "-o", out, "-q", *way)[0] == 0
        seen.append(read(out)[:8, :8].reshape(-1, 3).mean(axis=0).tolist())
    assert seen[0] == [0x3A, 0x7D, 0x44]
    assert len({tuple(each) for each in seen}) == len(ways)


def test_cleaning_says_that_the_people_are_as_they_were(
    freckle: Freckle, portrait: Path, face: Any, tmp_path: Path
) -> None:
    out, matte, cut = tmp_path / "out.png", tmp_path / "matte.png", tmp_path / "cut.png"
    words = ("-o", out, "--clean", "100,60", "--matte", matte)
    code, _, said = freckle("background", portrait, *words)
    assert code == 0
    own = read(matte) == 65535
    assert f"of {own.sum():,} pixels that are wholly the people's, none changed" in said
    assert np.array_equal(read(out)[own], face[own])
    assert not np.array_equal(read(out), face)
    assert freckle("background", portrait, "-o", cut, "-q")[0] == 0


def test_a_network_of_ones_own_cuts_out_and_its_licence_is_shown(
    freckle: Freckle, portrait: Path, face: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setenv(SETTING, "")
    net, out, matte = tmp_path / "net.onnx", tmp_path / "out.png", tmp_path / "matte.png"
    net.write_bytes(model(weights=(0.0, 0.0, 0.0), bias=1.0))  # everything is somebody
    words = ("-o", out, "--color", "#00ff00", "--matting-model", net, "--matte", matte)
    code, _, said = freckle("background", portrait, *words)
    assert code == 0
    assert "People are cut out by Tiny (CC0)." in said
    assert (read(matte) == 65535).all()
    assert np.array_equal(read(out), face)
    broken = tmp_path / "broken.onnx"
    broken.write_text("no model")
    for name, told in ((broken, "no ONNX model"), (tmp_path / "none.onnx", "no matting model")):
        words = ("-o", tmp_path / "no.png", "--matting-model", name)
        code, _, said = freckle("background", portrait, *words)
        assert (code, said.count("\n")) == (2, 1)
        assert told in said
    assert not (tmp_path / "no.png").exists()


@pytest.mark.parametrize("way", [(), ("--remove",)])
def test_jpeg_is_refused_before_any_work_and_formats_are_named(
    freckle: Freckle, jpeg: Path, tmp_path: Path, way: tuple[str, ...]
) -> None:
    code, out, said = freckle("background", jpeg, "-o", tmp_path / "cut.jpg", *way)
    assert (code, out, said.count("\n")) == (4, "", 1)
    assert "PNG, WebP, TIFF or AVIF" in said
    assert not list(tmp_path.iterdir())
    setting = ("--set", "background.mode=remove")
    assert freckle("retouch", jpeg, "-o", tmp_path / "cut.jpg", *setting)[0] == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--color", "greenish"), "is a color"),
        (("--gradient", "#fff"), "gradient"),
        (("--gradient", "#fff,#000,720"), "background.angle"),
        (("--blur", "much"), "background.blur"),
        (("--clean", "80,"), "background.even"),
        (("--blur", "20", "--shadow", "50"), "new ground"),
        (("--color", "#fff", "--shadow", "50,,3"), "50,30,40,45"),
        (("--color", "#fff", "--contact", "lots"), "background.contact"),
        (("--clean", "lots"), "background.marks"),
        (("--blur", "20", "--color", "#fff"), "not allowed with"),
        (("--remove", "--matte", "matte.jpg"), ".png"),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence(
    freckle: Freckle, jpeg: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    code, out, said = freckle("background", jpeg, "-o", tmp_path / "out.png", *words)
    assert (code, out, said.count("\n")) == (2, "", 1)
    assert told in said


def test_a_background_picture_that_is_none_is_refused(
    freckle: Freckle, jpeg: Path, tmp_path: Path
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no picture")
    for name, code in ((text, 3), (tmp_path / "nowhere.jpg", 3)):
        words = ("--image", name)
        assert freckle("background", jpeg, "-o", tmp_path / "out.png", *words)[0] == code


def test_where_nobody_is_a_sentence_says_so(freckle: Freckle, nobody: Path, tmp_path: Path) -> None:
    words = ("--color", "#123456")
    code, _, said = freckle("background", nobody, "-o", tmp_path / "out.png", *words)
    assert code == 0
    assert "Nobody was found" in said


def test_the_same_beside_a_retouch(freckle: Freckle, jpeg: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    words = ("--set", "background.mode=color", "--set", "background.color=#3a7d44")
    assert freckle("background", jpeg, "-o", one, "-q", "--color", "3a7d44")[0] == 0
    assert freckle("retouch", jpeg, "-o", two, "-q", "--preset", "none", *words)[0] == 0
    assert one.read_bytes() == two.read_bytes()


def test_a_recipe_brings_its_strokes_to_picture_and_matte(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    corner = Stroke(points=((0.06, 0.06),), size=0.1, feather=0, space="photo")
    step = Step(edit=Cutout(), mask=Mask(base="auto", strokes=(corner,)))
    recipe = tmp_path / "strokes.json"
    recipe.write_text(Recipe(steps=(step,)).to_json())
    out, matte = tmp_path / "cut.png", tmp_path / "matte.png"
    assert freckle("background", portrait, "-o", out, "--matte", matte, "-q")[0] == 0
    x, y = (round(0.06 * side) for side in read(matte).shape[::-1])
    assert read(matte)[y, x] == 0
    asked = ("-o", out, "--matte", matte, "-q", "--recipe", recipe)
    assert freckle("background", portrait, *asked)[0] == 0
    assert read(matte)[y, x] == 65535
    assert read(out)[y, x, 3] == 255

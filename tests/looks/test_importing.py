"""Presets of other programs become recipes, and say what they lose on the way."""

from pathlib import Path

import numpy as np
import pytest

from freckle.errors import RecipeError
from freckle.looks.camera_raw import MOST_BYTES, SPACE
from freckle.looks.cube import lattice
from freckle.looks.cube_read import read_cube
from freckle.looks.importing import import_preset
from freckle.ops.adjust import Adjust
from freckle.ops.curve import Curve
from freckle.ops.reference import Reference
from freckle.ops.split_toning import SplitToning
from freckle.ops.vignette import Vignette
from freckle.recipe.recipe import Recipe

HEAD = f"<x xmlns:rdf='rdf' xmlns:crs='{SPACE.decode()}'><rdf:RDF><rdf:Description "
TAIL = "</rdf:Description></rdf:RDF></x>"


def preset(folder: Path, attributes: str, inside: str = "") -> Path:
    path = folder / "preset.xmp"
    path.write_text(f"{HEAD}{attributes}>{inside}{TAIL}", encoding="utf-8")
    return path


def table(size: int, after: np.ndarray, extra: str = "", word: str = "LUT_3D_SIZE") -> bytes:
    rows = "\n".join(" ".join(f"{value:.6f}" for value in row) for row in after)
    return f'TITLE "t"\n# made here\n{word} {size}\n{extra}{rows}\n'.encode()


def edits(recipe: Recipe) -> dict[type, object]:
    return {type(step.edit): step.edit for step in recipe.steps}


def test_sliders_have_the_same_meaning_and_the_rest_is_listed(tmp_path: Path) -> None:
    path = preset(
        tmp_path,
        "crs:Version='15.4' crs:Exposure2012='+0.50' crs:Shadows2012='-25' crs:Dehaze='+12' "
        "crs:SplitToningShadowHue='220' crs:SplitToningShadowSaturation='15' crs:Texture='0' "
        "crs:PostCropVignetteAmount='-18' crs:PostCropVignetteFeather='70' crs:GrainSize='25'",
        "<crs:ToneCurvePV2012><rdf:Seq><rdf:li>0, 51</rdf:li><rdf:li>255, 255</rdf:li></rdf:Seq>"
        "</crs:ToneCurvePV2012><crs:Look><rdf:Description crs:Exposure2012='+4'/></crs:Look>",
    )
    found = import_preset(path)
    made = edits(found.recipe)
    assert made[Adjust] == Adjust(exposure=10, shadows=-25)
    assert made[SplitToning] == SplitToning(shadows_hue=220, shadows=15)
    assert made[Vignette] == Vignette(amount=-18)
    assert made[Curve] == Curve(points=((0, 0.2), (1, 1)))
    assert len(made) == 4
    assert found.left == ("Dehaze = +12", "PostCropVignetteFeather = 70", "Look")
    assert Recipe.parse(found.recipe.to_json().encode()) == found.recipe


def test_black_and_white_wins_and_what_is_beyond_a_slider_is_said(tmp_path: Path) -> None:
    path = preset(
        tmp_path, "crs:ConvertToGrayscale='True' crs:Saturation='30' crs:Contrast2012='140'"
    )
    found = import_preset(path)
    assert edits(found.recipe)[Adjust] == Adjust(saturation=-100, contrast=100)
    assert found.left == ("Contrast2012 = 140 beyond 100",)


@pytest.mark.parametrize("size", [2, 17])
def test_a_table_of_any_size_gives_its_colors(size: int) -> None:
    def after(colors: np.ndarray) -> np.ndarray:
        return np.clip(colors[..., [0, 2, 1]] * 0.8 + 0.1, 0, 1)

    taken = read_cube(table(size, after(lattice(size))))
    colors = np.random.default_rng(1).random((8, 8, 3), np.float32)
    assert np.abs(taken.table.after(colors) - after(colors)).max() < 2e-3
    assert taken.strays < 2e-3


def test_the_domain_and_tables_of_single_channels_are_heard() -> None:
    wide = "DOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2\n"
    color = np.array([[[0.5, 0.25, 0.75]]], np.float32)
    half = read_cube(table(2, lattice(2), wide)).table
    assert np.allclose(half.after(color), color / 2, atol=1e-3)
    x = np.linspace(0, 1, 33)
    curves = np.stack([x, 1 - x, x / 2], axis=1)
    single = read_cube(table(33, curves, word="LUT_1D_SIZE")).table
    assert np.allclose(single.after(color), [[[0.5, 0.75, 0.375]]], atol=2e-3)


def test_detail_finer_than_the_table_is_said(tmp_path: Path) -> None:
    fine = lattice(17)
    fine[::2] = 1 - fine[::2]
    path = tmp_path / "fine.cube"
    path.write_bytes(table(17, fine))
    found = import_preset(path)
    assert isinstance(found.recipe.steps[0].edit, Reference)
    assert "of 255 away" in found.left[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"1 2 3\n",
        b"LUT_3D_SIZE 999\n",
        b"LUT_3D_SIZE 2\n0 0 nan\n",
        b"LUT_3D_SIZE 2\n" + b"0 0 0\n" * 9,
        b"LUT_3D_SIZE 2\n" + b"0 0 0\n" * 7,
        b"LUT_3D_SIZE 2\nLUT_1D_SIZE 4\n",
        b"LUT_3D_SIZE 2\nDOMAIN_MAX 0 0 0\n" + b"0 0 0\n" * 8,
        b"x" * 400,
        b"\x00\xff" * 50,
    ],
)
def test_a_broken_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.cube"
    path.write_bytes(content)
    with pytest.raises(RecipeError, match=r"This \.cube file cannot be read\. .*\."):
        import_preset(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b"<x><y></x></y>",
        b"<x/>",
        b"<x " + b"a='b' " * 60_000 + b"/>",
        b" " * (MOST_BYTES + 1),
        f"{HEAD}crs:Exposure2012='nan'>{TAIL}".encode(),
        f"{HEAD}crs:Exposure2012='a lot'>{TAIL}".encode(),
        f"{HEAD}crs:Dehaze='10'>{TAIL}".encode(),
        (HEAD + ">" + "<rdf:Description>" * 20_000).encode(),
    ],
)
def test_a_hostile_preset_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(content)
    with pytest.raises(RecipeError) as refused:
        import_preset(path)
    assert len(str(refused.value)) < 250


def test_other_files_are_no_presets(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="no preset"):
        import_preset(tmp_path / "a.lrtemplate")
    with pytest.raises(RecipeError, match="cannot be read"):
        import_preset(tmp_path / "absent.cube")

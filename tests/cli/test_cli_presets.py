"""`freckle presets import`: recipes out of other programs' files."""

import json
from collections.abc import Callable
from pathlib import Path

from freckle.looks.camera_raw import SPACE

Freckle = Callable[..., tuple[int, str, str]]
PRESET = (
    f"<x xmlns:rdf='rdf' xmlns:crs='{SPACE.decode()}'><rdf:RDF>"
    "<rdf:Description crs:Exposure2012='+1.00' crs:Dehaze='+12'/></rdf:RDF></x>"
)


def test_a_preset_becomes_a_recipe_that_retouches(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bright.xmp"
    path.write_text(PRESET)
    code, said, noted = freckle("presets", "import", path)
    recipe = tmp_path / "bright.json"
    assert (code, said) == (0, f"{recipe}: Exposure2012\n")
    assert noted == "freckle: note: Not carried over: Dehaze = +12.\n"
    assert json.loads(recipe.read_text())["style"]["steps"][0]["edit"]["exposure"] == 20
    out = tmp_path / "out.png"
    code, said, _ = freckle("retouch", portrait, "-o", out, "--recipe", recipe)
    assert code == 0
    assert "unchanged" not in said


def test_the_preset_itself_and_nonsense_are_refused(freckle: Freckle, tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    path.write_text(PRESET)
    assert freckle("presets", "import", path, "-o", path)[0] == 2
    assert path.read_text() == PRESET
    path.write_text("<no")
    code, said, complaint = freckle("presets", "import", path)
    assert (code, said) == (2, "")
    assert complaint.count("\n") == 1
    assert not (tmp_path / "a.json").exists()

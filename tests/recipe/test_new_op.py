"""A new op is its file and its lines in the catalogue; everything else finds it there."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import freckle

SOURCE = Path(freckle.__file__).parent
OP = '''"""Dimples: shade beside the mouth."""

from typing import Final, Literal

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats


class Dimples(Params):
    """How deep dimples look."""

    op: Literal["dimples"] = "dimples"
    version: Literal[1] = 1
    amount: Amount = slider(cap=40)
    """Depth of dimples."""


def dimples(lab: Floats, params: Dimples, scene: Scene) -> Floats:
    """Leave everything as it is."""
    return lab


DIMPLES: Final = Paint(
    params=Dimples, label="Dimples", group="Skin", needs=frozenset({Region.SKIN}), fine=dimples
)
'''
RECIPE = """
import json
from freckle.recipe.recipe import Recipe
made = Recipe.from_plain({"style": {"steps": [{"edit": {"op": "dimples", "amount": 30}}]}})
assert Recipe.parse(made.to_json()) == made
assert type(made.steps[0].edit).__name__ == "Dimples"
print(made.to_json())
"""


def test_a_file_and_the_catalogue_are_enough(tmp_path: Path) -> None:
    package = tmp_path / "freckle"
    heavy = shutil.ignore_patterns("weights", "static", "__pycache__")
    shutil.copytree(SOURCE, package, ignore=heavy)
    (package / "ops" / "dimples.py").write_text(OP, "utf-8")
    catalogue = package / "ops" / "catalogue.py"
    lines = catalogue.read_text("utf-8").replace("    PORES,\n", "    PORES,\n    DIMPLES,\n", 1)
    lines = lines.replace(
        "from freckle.ops.op ", "from freckle.ops.dimples import DIMPLES\nfrom freckle.ops.op ", 1
    )
    catalogue.write_text(lines, "utf-8")

    def run(*words: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, *words], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    ops = {op["op"]: op for op in json.loads(run("-m", "freckle.cli", "ops", "--json"))}
    assert ops["dimples"]["schema"]["properties"]["amount"]["cap"] == 40
    made = json.loads(run("-c", RECIPE))
    assert made["style"]["steps"][0]["edit"] == {"op": "dimples", "version": 1, "amount": 30}
    setting = "from freckle.cli.settings import recipe_from as r; "
    setting += "print(r(['none'], None, ['dimples.amount=12']).steps[0].edit.amount)"
    assert run("-c", setting).strip() == "12.0"

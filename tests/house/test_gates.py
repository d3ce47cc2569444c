"""Every gate of `make check` passes what stands, and stops what should be stopped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.premises import ROOT

BIN = Path(sys.executable).parent
PRIVATE_IMPORTS = {
    "The light goes one way": ("pixels/color.py", "import freckle.analysis"),
    "a module that nobody placed": ("utils.py", ""),
    "No op knows another op": ("ops/smooth.py", "import freckle.ops.pores"),
    "Web frameworks stay at the door": ("analysis/faces.py", "import starlette.requests"),
    "Only the codec speaks file formats": ("render/render.py", "import PIL.Image"),
    "Only vision runs networks": ("analysis/skin.py", "import ai_edge_litert.interpreter"),
}


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "lint-imports", "--config", ROOT / "pyproject.toml", "--no-cache", "--no-logo"],
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )


def ruff(code: str, name: str = "src/freckle/trial.py") -> str:
    done = subprocess.run(
        [BIN / "ruff", "check", "--stdin-filename", name, "--output-format", "concise", "-"],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_the_layers_hold() -> None:
    done = lint_imports(ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("rule", PRIVATE_IMPORTS)
def test_each_import_rule_stops_what_breaks_it(rule: str, tmp_path: Path) -> None:
    copy = tmp_path / "freckle"
    ignore = shutil.ignore_patterns("__pycache__", "weights", "static")
    shutil.copytree(ROOT / "src" / "freckle", copy, ignore=ignore)
    name, line = PRIVATE_IMPORTS[rule]
    with (copy / name).open("a") as module:
        module.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    broken = "Broken contracts" in done.stdout and rule in done.stdout.split("Broken contracts")[1]
    assert broken or "utils" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("C901", "".join(f"    if a == {k}:\n        a += 1\n" for k in range(8))),
        ("PLR0912", "".join(f"    if a == {k}:\n        a += 1\n" for k in range(9))),
        ("PLR0915", "    a += 1\n" * 31),
    ],
)
def test_long_and_tangled_functions_are_stopped(rule: str, body: str) -> None:
    code = f'"""A trial."""\n\n\ndef trial(a: int) -> int:\n    """Count."""\n{body}    return a\n'
    assert rule in ruff(code)
    assert rule not in ruff(code.replace(body, "    a += 1\n"))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("D100", "A = 1\n"),
        ("T201", '"""A trial."""\n\nprint(1)\n'),
        ("ERA001", '"""A trial."""\n\n# a = 1\n'),
        ("F401", '"""A trial."""\n\nimport os\n'),
    ],
)
def test_what_ruff_is_there_for_is_stopped(rule: str, code: str) -> None:
    assert rule in ruff(code)


def test_types_are_strict(tmp_path: Path) -> None:
    trial = tmp_path / "trial.py"
    trial.write_text('"""A trial."""\n\n\ndef double(a):\n    return 2 * a\n')
    done = subprocess.run(
        [BIN / "mypy", "--config-file", ROOT / "pyproject.toml", "--no-incremental", trial],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "[no-untyped-def]" in done.stdout

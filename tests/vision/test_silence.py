"""Networks of optional parts tell nobody that they are used, and leave nothing on the disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.premises import ROOT

LOADED = """
import os
from freckle.vision.onnx import runtime
runtime().SessionOptions()
print(os.environ["ORT_DISABLE_TELEMETRY"])
"""


def test_the_onnx_runtime_is_silent(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    folders = {name: str(tmp_path) for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME")}
    given = {**os.environ, **folders, "PYTHONPATH": str(ROOT / "src")}
    given.pop("ORT_DISABLE_TELEMETRY", None)
    words = [sys.executable, "-c", LOADED]
    done = subprocess.run(words, env=given, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert list(tmp_path.iterdir()) == [], "it keeps a number of its session where it speaks"


def test_nobody_loads_it_otherwise() -> None:
    found = [
        path.relative_to(ROOT / "src" / "freckle").as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if 'import_module("onnxruntime")' in path.read_text("utf-8")
        or "import onnxruntime" in path.read_text("utf-8")
    ]
    assert found == ["vision/onnx.py"]

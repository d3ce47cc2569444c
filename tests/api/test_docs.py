"""Every Python block of docs/api.md runs, in its order, as a reader would run it."""

import re
from pathlib import Path
from typing import Any

import pytest

import freckle

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_examples_do_what_they_say(
    examples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(examples)
    original = (examples / "portrait.jpg").read_bytes()
    known: dict[str, Any] = {}
    for number, block in enumerate(BLOCKS, 1):
        exec(compile(block, f"api.md, block {number}", "exec"), known)  # noqa: S102 - our own page
    assert "There is no tool named 'smoth'. Did you mean smooth?" in capsys.readouterr().out
    assert (examples / "portrait.jpg").read_bytes() == original
    written = {"retouched.jpg", "small.webp", "by_pillow.png", "mine.json"}
    assert written <= {path.name for path in examples.iterdir()}
    assert len(known["report"]["faces"]) == 1
    assert known["photo"].faces[0].key in {step.person for step in known["mine"].steps}


def test_every_public_name_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    values = {"FoundFace", "OpenedPhoto", "Preset", "Report", "Result"}  # seen by what they do
    assert [name for name in set(freckle.__all__) - values if name not in page] == []

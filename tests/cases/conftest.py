"""Pictures that once came out wrong, and the command on them inside this process."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.cage import caged
from freckle.cli.main import main
from freckle.codec import load
from freckle.photo import Photo
from freckle.pixels.color import Floats, lab, to_srgb

SIBLING = Path(__file__).parents[2].parent / "shared" / "cases"
CASES = Path(os.environ.get("FRECKLE_CASES") or SIBLING) / "files"


@dataclass(frozen=True)
class Outcome:
    """A case before and after a command, and what was said."""

    before: Photo
    after: Photo
    report: dict[str, Any]
    said: str

    @cached_property
    def colors(self) -> tuple[Floats, Floats]:
        """CIELAB before and after: height × width × 3."""
        return colors_of(self.before), colors_of(self.after)

    @cached_property
    def moved(self) -> Floats:
        """ΔE (CIE 1976) of each pixel."""
        before, after = self.colors
        return np.asarray(np.linalg.norm(after - before, axis=2), np.float32)

    @cached_property
    def portrait(self) -> Portrait:
        return analyze(self.before)


Retouch = Callable[..., Outcome]


def colors_of(photo: Photo) -> Floats:
    scaled = photo.pixels.astype(np.float32) * np.float32(1 / photo.peak)
    return lab(to_srgb(scaled, photo.space))


@pytest.fixture(scope="module")
def cage() -> Iterator[None]:
    """One for all commands: beside threads each of them would start a Python for its own."""
    with caged():
        yield


@pytest.fixture
def retouch(tmp_path: Path, capfd: pytest.CaptureFixture[str], cage: None) -> Retouch:  # noqa: ARG001
    """Run `freckle retouch` on a case into a PNG, which adds no change of its own."""

    def run(name: str, *arguments: str) -> Outcome:
        source = CASES / name
        if not source.is_file():
            pytest.skip(f"{name} is not at hand")
        out, report = tmp_path / "out.png", tmp_path / "report.json"
        words = ["retouch", str(source), "-o", str(out), "--report", str(report), *arguments]
        capfd.readouterr()
        assert main(words) == 0
        said = capfd.readouterr()
        figures = json.loads(report.read_text(encoding="utf-8"))
        return Outcome(load(source), load(out), figures, said.out + said.err)

    return run

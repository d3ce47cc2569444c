"""A set of gates that lets a cheap filter through is none."""

import math
from pathlib import Path

import pytest
from benchmarks.controls import CONTROLS
from benchmarks.harness import Subject, Trial, judge, prepare
from benchmarks.plant import MIXED
from PIL import Image

from benchmarks import gates


@pytest.fixture(scope="module")
def trial(face: Subject) -> Trial:
    return prepare(face, (MIXED,))


@pytest.mark.parametrize("name", CONTROLS)
def test_control_fails(trial: Trial, name: str) -> None:
    result = judge(trial, CONTROLS[name])
    failed = gates.failed([result])
    expected = {
        "nothing": "pimples gone, all",
        "gauss 4": "texture .0012",
        "bilateral": "texture .0012",
        "median 7": "honesty",
        "telea": "pores of healed places",
        "blur + noise": "honesty",
        "whitening": "tone ΔL*",
        "bleacher": "color of marks that stay",
        "waxer": "bumps left, mean of faces",
    }
    assert expected[name] in failed
    assert gates.row(result).startswith("drawn")


def test_what_cannot_be_measured_fails() -> None:
    assert not gates.Gate("any", lambda _: float("nan"), 0, 1).holds([])
    assert all(not gate.holds([]) for gate in gates.GATES if math.isnan(gate.value([])))


def test_failures_are_kept_as_pictures(trial: Trial, tmp_path: Path) -> None:
    judge(trial, CONTROLS["gauss 4"], crops=tmp_path)
    sheets = sorted(p.name for p in tmp_path.iterdir())
    assert "drawn-mixed-lost-marks.png" in sheets
    with Image.open(tmp_path / "drawn-mixed-lost-marks.png") as sheet:
        assert sheet.size == (5 * 160, 2 * 160)

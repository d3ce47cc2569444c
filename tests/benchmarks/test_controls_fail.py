"""A set of gates that lets a cheap filter through is none."""

import math

import pytest
from benchmarks.controls import CONTROLS
from benchmarks.harness import Subject, Trial, judge, prepare
from benchmarks.plant import MIXED

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
    }
    assert expected[name] in failed
    assert gates.row(result).startswith("drawn")


def test_what_cannot_be_measured_fails() -> None:
    assert not gates.Gate("any", lambda _: float("nan"), 0, 1).holds([])
    assert all(not gate.holds([]) for gate in gates.GATES if math.isnan(gate.value([])))

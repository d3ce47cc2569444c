"""Every preset and op draws what somebody looked at and accepted."""

import numpy as np
import pytest

from tests.golden.cases import Case, Sitting, cases
from tests.golden.comparison import compare, read, show
from tests.golden.ledger import digest, entries


@pytest.fixture(scope="module")
def easel() -> Sitting:
    return Sitting()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_picture_is_the_accepted_one(case: Case, easel: Sitting) -> None:
    actual, expected = easel.draw(case), read(case.path)
    difference = compare(actual, expected)
    if not difference.within(case.tolerance):
        beside = show(case.name, actual, expected, difference)
        pytest.fail(f"{case.name} looks different ({difference}): {beside}")


def test_every_picture_was_accepted_by_somebody() -> None:
    accepted = {entry.case: entry.sha256 for entry in entries()}
    assert accepted == {case.name: digest(case.path) for case in cases()}


def test_a_changed_pixel_is_seen(easel: Sitting) -> None:
    case = cases()[0]
    actual = easel.draw(case).copy()
    actual[50:60, 50:60] = np.clip(actual[50:60, 50:60].astype(int) + 12, 0, 255)
    assert not compare(actual, read(case.path)).within(case.tolerance)

"""The portrait that stands in for others, looked at once."""

import pytest

import freckle
from freckle.api import looking


@pytest.fixture(scope="session")
def stand_in() -> freckle.OpenedPhoto:
    return looking.stand_in()

"""One cage for all commands."""

from collections.abc import Iterator

import pytest

from freckle.cage import caged


@pytest.fixture(scope="package", autouse=True)
def cage() -> Iterator[None]:
    """One for all: beside threads each of them would start a Python for its own."""
    with caged():
        yield

"""One opened portrait for all tests of a file."""

import pytest

from freckle.studio.studio import Studio
from tests.studio.portraits import open_portrait


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_portrait("astronaut")

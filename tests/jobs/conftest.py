"""An engine with two processes, for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from freckle.jobs.local import Local

ROOT = Path(__file__).parents[2]
KINDS = "tests.jobs.kinds:KINDS"


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("MY_PASSWORD", "secret")
        engine = Local(KINDS, 2)
        yield engine
        engine.close()

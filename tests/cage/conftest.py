"""What the cage's tests share."""

import subprocess
import sys

import pytest

from freckle.cage.kernel import LINUX


@pytest.fixture(scope="session")
def cage():
    if not LINUX:
        pytest.skip("only Linux has a cage")
    from freckle.cage.cage import Cage  # noqa: PLC0415 - it needs what only Unix has

    with Cage() as found:
        yield found


def alone(script: str) -> list[str]:
    """Run a script in a Python of its own, which has no threads; return its lines."""
    if not LINUX:
        pytest.skip("only Linux has a cage")
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()

"""The places of the tests, in a process of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.publish import places_server


@contextmanager
def places() -> Iterator[str]:
    """Their address, while they run."""
    command = [sys.executable, Path(places_server.__file__)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.kill()
    process.wait()
    process.stdout.close()


def seen(server: str) -> list[dict[str, Any]]:
    """What they took, the oldest first."""
    found: list[dict[str, Any]] = httpx.get(f"{server}/seen", trust_env=False).json()["seen"]
    return found

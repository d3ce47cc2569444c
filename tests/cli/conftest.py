"""Portraits to work on, and two ways to call the command: as a process, and inside this one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.cage import caged
from freckle.cli.main import main

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package", autouse=True)
def cage() -> Iterator[None]:
    """One for all commands: beside threads each of them would start a Python for its own."""
    with caged():
        yield


@pytest.fixture(scope="session")
def face() -> np.ndarray:
    """Eileen Collins (NASA, public domain): head and shoulders, 240 × 256 × 3, uint8."""
    data = pytest.importorskip("skimage.data")
    return np.ascontiguousarray(data.astronaut()[:256, 100:340])


@pytest.fixture(scope="session")
def portrait(face: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "face.png"
    Image.fromarray(face).save(path)
    return path


@pytest.fixture(scope="session")
def jpeg(face: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "face.jpg"
    Image.fromarray(face).save(path, quality=88, subsampling=2)
    return path


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture without a face."""
    path = tmp_path_factory.mktemp("photos") / "hills.jpg"
    rows = np.linspace(60, 200, 96, dtype=np.float32)[:, None]
    waves = rows + 20 * np.sin(np.arange(128, dtype=np.float32) / 9)
    Image.fromarray(np.dstack([waves, waves * 0.9, waves * 0.7]).astype(np.uint8)).save(path)
    return path


@pytest.fixture(scope="session")
def process() -> Run:
    """The command as a shell would run it."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "freckle.cli", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )

    return run


@pytest.fixture
def freckle(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


@contextmanager
def interruptible(command: Sequence[object]) -> Iterator[subprocess.Popen[str]]:
    """Start a process that Ctrl-C ends, its stderr piped; it is killed if it still runs at the end.

    Tests that a shell runs in the background ignore Ctrl-C, and so would what they start. A signal
    that is handled here is not ignored there.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(
            [str(word) for word in command],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with running:
        try:
            yield running
        finally:
            running.kill()

"""A portrait with room around it, and the command in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.cage import caged
from freckle.cli.main import main
from tests.jobs.kept import kept


@pytest.fixture(scope="package", autouse=True)
def cage() -> Iterator[None]:
    """One for all commands: each would start a Python for its own; so it is with workers."""
    with caged(), kept("freckle.cli.batch", "freckle.cli.headshots"):
        yield


@pytest.fixture(scope="session")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eileen Collins (NASA, public domain) with a gray border above and beside her."""
    data = pytest.importorskip("skimage.data")
    face = np.pad(data.astronaut()[:400, 60:400], ((90, 0), (60, 60), (0, 0)), constant_values=190)
    path = tmp_path_factory.mktemp("photos") / "face.png"
    Image.fromarray(face).save(path)
    return path


@pytest.fixture
def freckle(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run

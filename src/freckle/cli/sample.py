"""The portrait that stands in while somebody has none of their own."""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from freckle.cli.parser import UsageError


def sample() -> Path:
    """Return the portrait of Eileen Collins (NASA, public domain) that scikit-image carries."""
    if find_spec("skimage") is None:
        raise UsageError(
            "There is no sample portrait here. Give one with --photo, "
            "or `pip install scikit-image`."
        )
    return Path(str(files("skimage") / "data" / "astronaut.png"))

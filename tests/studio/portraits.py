"""Photos with faces: NASA's free portrait always, the project's own where they lie."""

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from freckle.codec import load_bytes
from freckle.photo import Photo
from freckle.studio.studio import Studio

FOLDER = Path(
    os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[2] / ".." / "shared" / "portraits")
)
PORTRAITS = (
    "astronaut",
    "woman_hat_scarf_makeup_01.png",
    "man_young_acne_frontal_01.jpg",
    "woman_dark_skin_smile_teeth_01.jpg",
    "woman_mature_54_frontal_01.jpg",
)


@cache
def read(name: str) -> Photo:
    """Decode a portrait once; photos are read-only."""
    path = FOLDER / name
    if name == "astronaut":
        path = Path(str(files("skimage") / "data" / "astronaut.png"))
    if not path.is_file():
        pytest.skip(f"no {name} here")
    return load_bytes(path.read_bytes())


def open_portrait(name: str) -> Studio:
    return Studio(read(name))

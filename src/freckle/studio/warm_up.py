"""Do once what the first photo would otherwise wait for."""

from typing import Final

import numpy as np

from freckle.geometry import Affine
from freckle.pixels.color import lab, unlab
from freckle.vision import mesh, search
from freckle.vision.pyramid import Pyramid

SIDE: Final = 256


def warm_up() -> None:
    """Load the networks that find faces, and have OpenCV make its tables for CIELAB."""
    gray = np.full((SIDE, SIDE, 3), 128, np.uint8)
    picture = Pyramid(gray)
    search.whole(picture)
    mesh.place(picture, Affine(np.eye(2, 3) * (mesh.SIDE / SIDE)))
    unlab(lab(np.full((1, 1, 3), 0.5, np.float32)))

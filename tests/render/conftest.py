"""One face and its grid."""

import hashlib
from typing import Any

import numpy as np
import pytest

from freckle.analysis.faces import find_faces
from freckle.analysis.shape import Shape
from freckle.photo import Photo, Source


def photo_of(pixels: Any) -> Photo:
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest=digest))


@pytest.fixture(scope="session")
def photo() -> Photo:
    """Eileen Collins (NASA, public domain): head and shoulders, 900 × 840."""
    data = pytest.importorskip("skimage.data")
    small = data.astronaut()[:300, 90:370]
    return photo_of(small.repeat(3, axis=0).repeat(3, axis=1))


@pytest.fixture(scope="session")
def shape(photo: Photo) -> Shape:
    return Shape.of(photo, find_faces(photo.pixels)[0])

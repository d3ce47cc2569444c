"""One analysed portrait, and one with room beside the head."""

import hashlib
from typing import Any

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.photo import Photo, Source


def photo_of(pixels: Any, **source: Any) -> Photo:
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest=digest, **source))


@pytest.fixture(scope="session")
def photo() -> Photo:
    """Eileen Collins (NASA, public domain): head and shoulders, 300 × 280."""
    data = pytest.importorskip("skimage.data")
    return photo_of(np.ascontiguousarray(data.astronaut()[:300, 90:370]))


@pytest.fixture(scope="session")
def portrait(photo: Photo) -> Portrait:
    return analyze(photo)

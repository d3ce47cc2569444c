"""Two people in one photo: NASA's free portrait, twice beside each other."""

import hashlib

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.photo import Photo, Source


@pytest.fixture(scope="session")
def couple() -> Photo:
    """Eileen Collins, cut so that the faces are near and each lies in the other's frame."""
    data = pytest.importorskip("skimage.data")
    one = data.astronaut()[30:290, 150:300]
    pixels = np.ascontiguousarray(np.concatenate([one, one[:, ::-1]], axis=1))
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    return Photo(pixels, Source(format="png", digest=digest))


@pytest.fixture(scope="session")
def portrait(couple: Photo) -> Portrait:
    found = analyze(couple)
    assert len(found.people) == 2
    return found

"""One analysed portrait for all laws."""

import hashlib
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.photo import Photo, Source


def photo_of(pixels: Any, **source: Any) -> Photo:
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest=digest, **source))


@pytest.fixture(scope="session")
def astronaut() -> Any:
    """Eileen Collins (NASA, public domain): head and shoulders, 300 × 280."""
    data = pytest.importorskip("skimage.data")
    return np.ascontiguousarray(data.astronaut()[:300, 90:370])


@pytest.fixture(scope="session")
def plain(astronaut: Any) -> Any:
    """Four times as large, with pores."""
    large = cv2.resize(astronaut, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(3).normal(0, 4, large.shape[:2]).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 0.6)[..., None]
    return np.clip(np.rint(large + grain), 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def photo(astronaut: Any) -> Photo:
    return photo_of(astronaut)


@pytest.fixture(scope="session")
def portrait(photo: Photo) -> Portrait:
    found = analyze(photo)
    assert len(found.people) == 1
    return found

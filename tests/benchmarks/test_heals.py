"""Where a preset heals is told without painting anything."""

import cv2
import numpy as np
import pytest
from benchmarks.engine import engine, healing
from benchmarks.plant import PIMPLES, planted

from freckle.analysis.faces import find_faces


def test_where_a_preset_heals_is_where_it_healed() -> None:
    """Eileen Collins (NASA, public domain), with pimples drawn on her face."""
    head = pytest.importorskip("skimage.data").astronaut()[:300, 90:370]
    large = np.asarray(cv2.resize(head, None, fx=2.5, fy=2.5, interpolation=cv2.INTER_CUBIC))
    photo, _ = planted(large, find_faces(large)[0].landmarks.astype(np.float32), PIMPLES)
    found = healing()(photo)
    assert len(found) > 5
    assert found == engine()(photo)[1]

"""Where a preset heals is told without painting anything."""

import cv2
import numpy as np
import pytest
from benchmarks.conditions import CONDITIONS
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


@pytest.mark.parametrize("name", CONDITIONS)
def test_under_a_condition_a_photo_shows_the_same_in_another_light(name: str) -> None:
    """Labels are shares of the photo: what moved would be judged by another place's label."""
    photo = np.full((96, 128, 3), 120, np.uint8)
    photo[24:48, 64:112] = 200, 60, 60
    seen = CONDITIONS[name](photo)
    assert seen.dtype == np.uint8
    assert np.array_equal(seen, CONDITIONS[name](photo))
    redder = seen[..., 0].astype(int) - seen[..., 1]
    rows, columns = np.nonzero(redder > (redder.min() + redder.max()) / 2)
    middle = (rows.mean() + 0.5) / seen.shape[0], (columns.mean() + 0.5) / seen.shape[1]
    assert middle == pytest.approx((36 / 96, 88 / 128), abs=0.02)
    assert (name == "as-is") == (seen.shape == photo.shape and bool((seen == photo).all()))

"""What an opened photo says it weighs is what it holds."""

import gc
import tracemalloc
from dataclasses import replace

import cv2
import numpy as np

from freckle.photo import Photo
from freckle.pixels.memory import bytes_of
from freckle.recipe.settings import with_setting
from freckle.render.pyramid import View
from freckle.studio.studio import Studio
from tests.studio.portraits import read
from tests.studio.test_studio import NATURAL, never

BEAUTY = with_setting(NATURAL, "face_width.amount", 20)


def large() -> Photo:
    photo = read("astronaut")
    return replace(photo, pixels=cv2.resize(photo.pixels, (2400, 2400)))


def test_the_weight_is_what_the_allocator_counts() -> None:
    warm = Studio(read("astronaut"))
    warm.draw(NATURAL, View(0, 0, 512, 512, 300, 300), never)  # networks and tables are not ours
    del warm
    gc.collect()
    tracemalloc.start()
    try:
        studio = Studio(large())
        for recipe in (NATURAL, BEAUTY):
            studio.draw(recipe, View(0, 0, 2400, 2400, 900, 900), never)
        studio.report(BEAUTY)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert abs(studio.weight - held) < 0.15 * held


def test_arrays_are_counted_once_wherever_they_are_seen() -> None:
    whole = np.zeros((100, 100), np.float32)
    assert bytes_of(whole, whole[:10], {"again": [whole, (whole,)]}) == whole.nbytes
    assert bytes_of("text", 3, None, {}) == 0

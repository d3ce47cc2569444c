"""Tiles of the photo under which nothing was changed are not written."""

import hashlib
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import analyze
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.render import carry
from freckle.render.render import render


def test_tiles_left_out_are_those_that_would_stay_as_they_are(monkeypatch: Any) -> None:
    head = pytest.importorskip("skimage.data").astronaut()[:280, 120:330]
    pixels = np.asarray(
        cv2.resize(head, None, fx=14, fy=14, interpolation=cv2.INTER_CUBIC), np.uint8
    )
    photo = Photo(pixels, Source("png", hashlib.sha256(pixels.tobytes()).hexdigest()))
    portrait, recipe, seen = analyze(photo), preset("natural").recipe, []
    asked = carry._any

    def noted(*given: Any) -> bool:
        seen.append(asked(*given))
        return seen[-1]

    monkeypatch.setattr(carry, "_any", noted)
    some = render(photo, portrait, recipe).photo.pixels
    monkeypatch.setattr(carry, "_any", lambda *_: True)
    every = render(photo, portrait, recipe).photo.pixels
    assert 0 < sum(seen) < len(seen), seen
    assert some.tobytes() == every.tobytes() != pixels.tobytes()

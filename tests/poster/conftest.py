"""One portrait with a face, one picture without; a printing profile made here."""

import struct
from importlib.resources import files

import cv2
import numpy as np
import pytest

from freckle.codec import load_bytes
from freckle.photo import Photo, Source
from freckle.poster.subject import Subject
from tests.codec import specimens


@pytest.fixture(scope="session")
def astronaut() -> Subject:
    data = (files("skimage") / "data" / "astronaut.png").read_bytes()
    return Subject.of(load_bytes(data))


@pytest.fixture(scope="session")
def landscape() -> Subject:
    """Loud noise of all brightnesses, on which nothing reads by itself."""
    noise = np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8)
    pixels = cv2.resize(noise, (600, 400), interpolation=cv2.INTER_CUBIC)
    return Subject.of(Photo(np.asarray(pixels, np.uint8), Source(format="png", digest="")))


@pytest.fixture(scope="session")
def printer() -> bytes:
    """A CMYK profile both ways: black for what is dark, inks that overlap for the rest."""
    there = specimens.cmyk_profile()
    steps = 5
    inks = []
    for light in range(steps):
        for a in range(steps):
            for b in range(steps):
                dark = 255 - 255 * light // (steps - 1)
                inks += [dark, min(255, dark + 20 * a), min(255, dark + 20 * b), dark]
    ramp = bytes(range(256))
    unity = b"".join(struct.pack(">i", round(v * 65536)) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    back = b"mft1\0\0\0\0" + bytes([3, 4, steps, 0]) + unity + ramp * 3 + bytes(inks) + ramp * 4
    count = struct.unpack(">I", there[128:132])[0]
    tags = {}
    for number in range(count):
        name, start, size = struct.unpack(">4sII", there[132 + 12 * number : 144 + 12 * number])
        tags[name] = there[start : start + size]
    tags |= {b"B2A0": back, b"B2A1": back}
    return specimens.pack_profile(b"prtr", b"CMYK", b"Lab ", tags)

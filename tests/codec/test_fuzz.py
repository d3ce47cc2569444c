"""Half a second of what `make fuzz` does for hours, for each format, and always the same files."""

import time
from contextlib import suppress

import numpy as np
import pytest

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import Refusal
from freckle.photo import Format
from tests.codec import hdr, specimens
from tests.codec.fuzz import SECONDS, twisted
from tests.codec.test_hostile import WHOLE

TIMES = 300


SEEDS = {**WHOLE, "Ultra HDR": lambda: hdr.made(specimens.scene())}


@pytest.mark.parametrize("name", SEEDS)
def test_a_twisted_file_is_a_picture_or_refused(name: str) -> None:
    if name == "dng":
        pytest.importorskip("rawpy")
    data, chance, opened = SEEDS[name](), np.random.default_rng(1), 0
    times = TIMES // 130 if name == "dng" else TIMES  # LibRaw waits for its threads
    target: Format = "jpeg" if name == "Ultra HDR" else "png"
    for _ in range(times):
        file, begun = twisted(data, chance), time.process_time()
        with suppress(Refusal):
            encode(load_bytes(file), SaveOptions(format=target, strip_gps=True))
            opened += 1
        assert time.process_time() - begun < SECONDS
    assert opened < times or name == "dng", "some must be refused, or nothing was twisted"

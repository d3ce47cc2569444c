"""The editor works frames out by itself: both sides hold to the same table."""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from freckle.geometry import Box
from freckle.ops.crop import Crop, frame

TABLE: Final = Path(__file__).parents[2] / "web" / "src" / "document" / "frames.json"
FRAMES: Final = json.loads(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("known", FRAMES, ids=[str(known["crop"]) for known in FRAMES])
def test_the_engine_makes_the_frames_of_the_table(known: dict[str, Any]) -> None:
    heads = [Box(x, y, x + w, y + h) for x, y, w, h in known["heads"]]
    width, height = known["photo"]
    made = frame(Crop(**known["crop"]), (width, height), heads)
    assert list(made.size) == known["size"]
    np.testing.assert_allclose(made.to_source.matrix, known["to_source"], atol=1e-6)

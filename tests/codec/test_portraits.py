"""Real photos, where they are at hand: they open, keep what they had, and come back the same."""

import os
from pathlib import Path

import numpy as np
import pytest

from freckle.codec import encode, load, load_bytes
from freckle.codec.exif import resized

SIBLING = Path(__file__).parents[2].parent / "shared" / "portraits"
FOLDER = Path(os.environ.get("FRECKLE_PORTRAITS") or SIBLING)
SMALL = 3_000_000
PHOTOS = sorted(
    path
    for path in (FOLDER.iterdir() if FOLDER.is_dir() else ())
    if path.suffix in (".jpg", ".png") and path.stat().st_size < SMALL
)


@pytest.mark.skipif(not PHOTOS, reason="no portraits at hand")
@pytest.mark.parametrize("path", PHOTOS, ids=lambda path: path.stem)
def test_photo_opens_and_returns(path):
    found = load(path)
    again = load_bytes(encode(found))
    assert found.warnings == ()
    assert again.profile == found.profile
    block = found.metadata.exif
    assert again.metadata.exif == (block and resized(block, found.width, found.height))
    assert (again.source.quality, again.source.subsampling, again.source.gray) == (
        found.source.quality,
        found.source.subsampling,
        found.source.gray,
    )
    far = np.abs(again.pixels[::7, ::7].astype(int) - found.pixels[::7, ::7]).mean()
    assert far < (2 if found.source.format == "jpeg" else 1e-9)

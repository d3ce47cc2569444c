"""Estimate the quality setting that a JPEG file was written with, from its tables."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.codec.jpeg_parts import Frame
from freckle.photo import Subsampling

LUMINANCE: Final = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49,
    35, 37, 29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80,
    109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
)  # fmt: skip
"""ITU-T T.81 table K.1 in zigzag order."""
CHROMINANCE: Final = (17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, *(99,) * 50)
"""ITU-T T.81 table K.2 in zigzag order."""
LAYOUTS: Final[dict[tuple[int, int], Subsampling]] = {
    (1, 1): "444",
    (2, 1): "422",
    (2, 2): "420",
    (1, 2): "440",
    (4, 1): "411",
}


def estimate_quality(tables: Mapping[int, Sequence[int]]) -> int | None:
    """Return the libjpeg quality 1..100 whose tables lie nearest (mean ratio); None without any."""
    costs = np.zeros(100)
    for number, standard in ((0, LUMINANCE), (1, CHROMINANCE)):
        if number in tables:
            found = np.maximum(np.array(tables[number], np.float64), 1)
            costs += np.abs(np.log(_scaled(standard) / found)).mean(axis=1)
    return int(costs.argmin()) + 1 if 0 in tables else None


def subsampling(frame: Frame) -> Subsampling | None:
    """Name the chroma layout; None for one that has no usual name."""
    if len(frame.sampling) == 1:
        return "Gray"
    (across, down), *others = frame.sampling
    if len(set(others[:2])) != 1 or 0 in others[0]:
        return None
    return LAYOUTS.get((across // others[0][0], down // others[0][1]))


def _scaled(standard: Sequence[int]) -> npt.NDArray[np.float64]:
    """Scale a table for all qualities 1..100 as libjpeg's `jpeg_set_quality` does: 100 × 64."""
    quality = np.arange(1, 101)
    percent = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    scaled = (np.array(standard)[None] * percent[:, None] + 50) // 100
    tables: npt.NDArray[np.float64] = np.clip(scaled, 1, 255).astype(np.float64)
    return tables

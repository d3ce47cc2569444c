"""Noise below one stored step, by place: what is painted has no grain that hides its steps."""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

SIDE: Final = 128
"""The noise repeats after so many pixels; half a step of it is not seen to."""
SEED: Final = 1962
PARTS: Final = 256
"""Parts of a stored step that are told apart."""
EXACT: Final = 4
"""Parts around a whole step that are that step: a plain color stays the very color."""

Parts = npt.NDArray[np.uint32]


def dithered(values: Any, left: int, top: int) -> npt.NDArray[np.uint8]:
    """Round values, stored in parts of a step (height × width × 3), up or down by their place.

    The mean over a few pixels is the value itself, as if more bits were stored (Roberts 1962).
    `left` and `top` say where the first pixel lies, so that every part of a picture gets the same
    noise as the whole.
    """
    rows = np.arange(top, top + values.shape[0]) % SIDE
    columns = np.arange(left, left + values.shape[1]) % SIDE
    return np.asarray((values + _noise()[np.ix_(rows, columns)]) // PARTS, np.uint8)


@lru_cache(maxsize=1)
def _noise() -> Parts:
    """Return what is added at each place before parts are cut off: gray stays gray."""
    place = np.arange(SIDE * SIDE, dtype=np.uint32).reshape(SIDE, SIDE, 1)
    bits = (place + np.uint32(SEED)) * np.uint32(0x9E3779B1)
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x7FEB352D)
    bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x846CA68B)
    share = ((bits ^ (bits >> np.uint32(16))) >> np.uint32(8)).astype(np.float64) / (1 << 24)
    return np.asarray(EXACT + share * (PARTS - 2 * EXACT), np.uint32)

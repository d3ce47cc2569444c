"""Split stored channels into color and transparency, and join them again."""

from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec.limits import not_accepted
from freckle.photo import Pixels


def as_pixels(values: npt.NDArray[Any]) -> Pixels:
    """Return the same array as 8-bit or 16-bit pixels; any other type is `type_not_accepted`."""
    if values.dtype not in (np.uint8, np.uint16):
        raise not_accepted(f"The picture's values are of type {values.dtype}, not 8 or 16 bits.")
    return cast(Pixels, values)


@dataclass(frozen=True, slots=True)
class Channels:
    """Height × width × 3 color; height × width alpha, None if there is none or it is opaque."""

    pixels: Pixels
    alpha: Pixels | None
    gray: bool


def split(values: npt.NDArray[Any]) -> Channels:
    """Take 1 (gray), 2 (gray, alpha), 3 or 4 channels apart; uint8 or uint16 in and out."""
    if values.ndim == 2:
        values = values[..., None]
    count = values.shape[2]
    alpha = as_pixels(np.ascontiguousarray(values[..., -1])) if count in (2, 4) else None
    gray = count <= 2
    if gray:
        color = cv2.cvtColor(np.ascontiguousarray(values[..., 0]), cv2.COLOR_GRAY2RGB)
    else:
        color = np.ascontiguousarray(values[..., :3])
    return Channels(as_pixels(color), alpha, gray)


def join(pixels: Pixels, alpha: Pixels | None) -> Pixels:
    """Put color (height × width, or × 3) and alpha (height × width) into one array."""
    if alpha is None:
        return pixels
    return as_pixels(np.dstack([pixels, alpha]))


def widened(values: npt.NDArray[Any], bits: int) -> Pixels:
    """Stretch integers of 1 to 16 bits to the full range of uint8 (up to 8 bits) or uint16."""
    target = 8 if bits <= 8 else 16
    kind = np.uint8 if target == 8 else np.uint16
    if bits == target:
        return as_pixels(values.astype(kind, copy=False))
    peak, top = (1 << bits) - 1, (1 << target) - 1
    table = ((np.arange(peak + 1) * top + peak // 2) // peak).astype(kind)
    return as_pixels(table[np.minimum(values, peak)])


def narrowed(values: Pixels) -> Pixels:
    """Round uint16 to uint8: the nearest of the 256 values, without bias."""
    if values.dtype == np.uint8:
        return values
    return as_pixels(cv2.convertScaleAbs(np.ascontiguousarray(values), alpha=1 / 257))

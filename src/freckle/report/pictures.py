"""What the report's pictures share: a photo made small, in sRGB, and written as PNG."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec import SaveOptions, save
from freckle.photo import Photo, Source
from freckle.pixels.color import Floats, to_srgb

Picture = npt.NDArray[np.uint8]
MOST: Final = (1600, 1200)
"""Width and height that a photo is reduced to in a report's picture."""


def fitting(photo: Photo, most: tuple[int, int] = MOST) -> tuple[int, int]:
    """Return the width and height of a photo reduced to fit; never enlarged."""
    scale = min(1.0, most[0] / photo.width, most[1] / photo.height)
    return max(1, round(photo.width * scale)), max(1, round(photo.height * scale))


def reduced(photo: Photo, size: tuple[int, int]) -> Floats:
    """Return a photo at width × height as sRGB 0..1 (clipped), area-averaged as encoded."""
    small = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA)
    scaled = small.astype(np.float32) * np.float32(1 / photo.peak)
    return np.clip(to_srgb(scaled, photo.space), 0, 1)


def to_bytes(picture: Floats) -> Picture:
    """Return 0..1 as 8 bits."""
    return np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def write(picture: Picture, path: Path) -> None:
    """Write an sRGB picture as PNG, whole or not at all. Raises `OutputError`."""
    photo = Photo(picture, Source(format="png", digest=""))
    save(photo, path, SaveOptions(format="png"))

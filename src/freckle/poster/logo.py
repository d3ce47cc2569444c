"""Pictures on a sheet that are no portraits, such as logos: pixels, or a drawing."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from freckle.codec import load, load_bytes
from freckle.codec.files import read_file
from freckle.errors import RecipeError
from freckle.poster.subject import Bytes, eight
from freckle.poster.typeset import typesetter
from freckle.poster.vectors import Vector, vector
from freckle.studio.screen import ToScreen

LONGEST: Final = 2400
"""Pixels of a picture's longer side."""
KEPT: Final = 8


@dataclass(frozen=True, eq=False)
class Bitmap:
    """A picture of pixels."""

    pixels: Bytes
    """RGB or RGBA, sRGB."""

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])


def logo(path: Path) -> Bitmap | Vector:
    """Open a picture; the last ones are kept. Raises `Refusal` or `RecipeError`."""
    try:
        facts = path.stat()
    except OSError as error:
        raise RecipeError(f"The picture {path.name!r} is not there.", "Check its name.") from error
    return _opened(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(KEPT)
def _opened(path: Path, _changed: int, _size: int) -> Bitmap | Vector:
    if path.suffix.lower() == ".svg":
        return vector(read_file(path))
    picture = load(path)
    pixels = ToScreen(picture.space, picture.peak)(picture.pixels)
    if picture.alpha is not None:
        pixels = np.dstack([pixels, eight(picture.alpha)])
    longer = max(pixels.shape[:2])
    if longer > LONGEST:
        size = round(pixels.shape[1] * LONGEST / longer), round(pixels.shape[0] * LONGEST / longer)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Bitmap(pixels)


def in_pixels(drawing: Vector, longer: float) -> Bytes:
    """Draw a drawing as RGBA with its longer side at so many pixels, 2400 at most."""
    layer = {"kind": "picture", "x": 0, "y": 0, "w": drawing.width, "h": drawing.height}
    sheet: dict[str, Any] = {
        "width": drawing.width,
        "height": drawing.height,
        "bleed": 0,
        "margin": 0,
        "paper": None,
        "blank": [255, 255, 255],
        "registration": [0, 0, 0],
        "layers": [],
    }
    scale = min(LONGEST, max(longer, 1)) / max(drawing.width, drawing.height)
    with typesetter() as setter:
        layer["file"] = setter.put("logo.svg", drawing.content)
        sheet["layers"] = [{**layer, "raw": None, "radius": 0, "arch": False}]
        made = load_bytes(setter.png(sheet, scale))
    alpha = np.full(made.pixels.shape[:2], 255, np.uint8) if made.alpha is None else made.alpha
    return np.dstack([np.asarray(made.pixels, np.uint8), eight(alpha)])

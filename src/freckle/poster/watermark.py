"""Words laid over a whole picture, so that it is for looking and not for using.

They are set once by the typesetter (any script), repeated in rows at a slant, and mixed in as light
letters with a dark edge: read on white as on black, and not removed by a filter of one color.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec import load_bytes
from freckle.poster.typefaces import fallbacks
from freckle.poster.typeset import typesetter

PROGRAM: Final = Path(__file__).parent / "watermark.typ"
SLANT: Final = 30.0
"""Degrees, rising to the right."""
HEIGHT: Final = 0.034
"""Of a line, in longer sides of the picture."""
WIDEST: Final = 0.5
"""Of the words, in longer sides: longer ones are set smaller."""
APART: Final = (2.4, 4.0)
"""From one repetition to the next, in heights of a line: beside the words, and from row to row."""
LIGHT: Final = 0.42
"""How much of the letters is mixed in."""
EDGE: Final = 0.22

Mask = npt.NDArray[np.float32]
Screen = npt.NDArray[np.uint8]


def marked(screen: Screen, words: str) -> Screen:
    """Return a picture (height × width × 3, 8-bit) with words over all of it; none: as it is.

    Raises `RecipeError` when they cannot be set.
    """
    if not words.strip():
        return screen
    height, width = screen.shape[:2]
    mask = _over(_line(words.strip()), width, height)
    step = max(1, round(max(width, height) / 1000))
    edge = cv2.dilate(mask, np.ones((2 * step + 1, 2 * step + 1), np.uint8))
    dark = screen * (1 - EDGE * edge[..., None])
    light = dark + LIGHT * mask[..., None] * (255 - dark)
    return np.asarray(np.rint(light), np.uint8)


@lru_cache(maxsize=8)
def _line(words: str) -> Mask:
    """Return the words as 0..1, white on nothing."""
    with typesetter() as setter:
        fonts = ["Inter", *fallbacks("en")]
        compiler = setter.compiler(PROGRAM, {"words": words, "fonts": json.dumps(fonts)})
        photo = load_bytes(bytes(compiler.compile(format="png", ppi=72)))
    alpha = photo.alpha
    if alpha is None:  # every letter touches the page's edge: there is nothing but letters
        return np.ones(photo.pixels.shape[:2], np.float32)
    return alpha.astype(np.float32) / np.float32(photo.peak)


def _over(line: Mask, width: int, height: int) -> Mask:
    """Repeat a line of words over width × height pixels, slanted; rows are shifted by halves."""
    longer = max(width, height)
    tall = HEIGHT * longer
    scale = min(tall / line.shape[0], WIDEST * longer / line.shape[1])
    size = max(1, round(line.shape[1] * scale)), max(1, round(line.shape[0] * scale))
    small = cv2.resize(line, size, interpolation=cv2.INTER_AREA)
    across = size[0] + round(APART[0] * tall)
    down = round(APART[1] * tall)
    tile = np.zeros((2 * down, across), np.float32)
    tile[: size[1], : size[0]] = small
    tile[down : down + size[1], : size[0]] = small
    tile[down:] = np.roll(tile[down:], across // 2, axis=1)
    side = int(np.ceil(np.hypot(width, height)))
    times = side // tile.shape[0] + 1, side // tile.shape[1] + 1
    field = np.tile(tile, times)[:side, :side]
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), SLANT, 1.0)
    middle = np.array([[0, 0, width - side], [0, 0, height - side]]) / 2
    return np.asarray(cv2.warpAffine(field, turn + middle, (width, height), flags=cv2.INTER_LINEAR))

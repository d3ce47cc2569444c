"""A frame after all paints, and what that changes in the file's own encoding, band by band.

A band has so few rows that it stays in a processor's cache from the first step to the last, and
bands do not depend on each other.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.frame import Frame
from freckle.geometry import Box
from freckle.pixels.color import Floats, encoded_unlab
from freckle.pixels.threads import together
from freckle.render.carry import Change, moved

ROWS: Final = 64
"""Of a band: half a megabyte for a picture of the 800 columns of a face's frame."""

BLOCK: Final = 64
"""Columns of which filters work on some at once: whole blocks come out as in the whole row."""


def difference(
    frame: Frame,
    painted: Callable[[Box], Floats],
    within: Box,
    before: Floats | None,
    *,
    gray: bool,
) -> tuple[Floats, Change]:
    """Return the frame that `painted` gives box by box (CIELAB), and its change.

    It is the frame itself outside `within`. `before` is what `encoded_in` makes of that box, where
    it is at hand. The change is exactly 0 where the frame is.
    """
    height, width = frame.size
    after = np.empty_like(frame.lab)
    values = np.zeros((within.height, within.width, 3), np.float32)
    there = np.zeros(values.shape[:2], np.uint8)

    def work(band: Box) -> None:
        after[band.slices] = painted(band)
        here = band.meet(within)
        rows = slice(here.top - within.top, here.bottom - within.top)
        if here.empty:
            return
        there[rows] = moved(frame.lab[here.slices], after[here.slices])
        inside = _around(there[rows], whole=before is not None)
        if inside.empty:
            return
        part = values[rows][inside.slices]
        was, now = (lab[here.slices][inside.slices] for lab in (frame.lab, after))
        # both on the same columns: the last ones of a row are worked out in another way
        old = encoded(was, frame) if before is None else before[rows][inside.slices]
        change = encoded(now, frame) - old
        part[...] = colorless(change) if gray else change

    together(partial(work, band) for band in _bands(Box(0, 0, width, height)))
    x, y, w, h = cv2.boundingRect(there)
    box = Box(within.left + x, within.top + y, within.left + x + w, within.top + y + h)
    if box.empty:
        return after, Change.none(frame)
    return after, Change(frame, box, values[y : y + h, x : x + w])


def _around(there: npt.NDArray[np.uint8], *, whole: bool) -> Box:
    """Return the box of what is not 0, in `whole` rows or in whole blocks of columns."""
    x, y, width, height = cv2.boundingRect(there)
    columns = there.shape[1]
    if whole and width:
        return Box(0, y, columns, y + height)
    return Box(x // BLOCK * BLOCK, y, min(-(-(x + width) // BLOCK) * BLOCK, columns), y + height)


def encoded_in(frame: Frame, box: Box) -> Floats:
    """Return a part of a frame in the file's own encoding."""
    found = np.empty((box.height, box.width, 3), np.float32)

    def work(band: Box) -> None:
        rows = slice(band.top - box.top, band.bottom - box.top)
        found[rows] = encoded(frame.lab[band.slices], frame)

    together(partial(work, band) for band in _bands(box))
    return found


def encoded(part: Floats, frame: Frame) -> Floats:
    """Return CIELAB in the encoding of a frame's photo, 0..1."""
    return encoded_unlab(np.ascontiguousarray(part), frame.space)


def colorless(values: Floats) -> Floats:
    """Return a change that leaves gray gray."""
    return np.repeat(values.mean(axis=2, keepdims=True), 3, axis=2)


def _bands(box: Box) -> list[Box]:
    tops = range(box.top, box.bottom, ROWS)
    return [Box(box.left, top, box.right, min(top + ROWS, box.bottom)) for top in tops]

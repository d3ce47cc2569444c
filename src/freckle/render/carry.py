"""Bring the difference that the work made back to the photo, at its full size."""

from functools import partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.frame import Frame
from freckle.geometry import Affine, Box
from freckle.photo import Pixels
from freckle.pixels.color import Floats, RGBSpace, from_srgb, unlab
from freckle.pixels.filters import gaussian
from freckle.pixels.threads import together

STRIP: Final = 256
"""Rows written at a time: the memory needed does not grow with the photo."""


def changed_box(before: Floats, after: Floats) -> Box:
    """Return the box of the frame in which any channel differs."""
    return _box_of(_moved(before, after))


def _moved(before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    differs = before != after
    return np.asarray(differs[..., 0] | differs[..., 1] | differs[..., 2])


def _box_of(mask: npt.NDArray[np.bool_]) -> Box:
    x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
    return Box(x, y, x + w, y + h)


def difference(frame: Frame, after: Floats, box: Box) -> Floats:
    """Return after − before in the file's own encoding (0..1), exactly 0 where nothing moved."""
    old, new = frame.lab[box.slices], after[box.slices]
    parts = [np.ascontiguousarray(part) for part in (old, new)]
    before, after = together(partial(_encoded, part, frame.space) for part in parts)
    change = after - before
    change[~_moved(old, new)] = 0
    return change


def _encoded(part: Floats, space: RGBSpace) -> Floats:
    return from_srgb(unlab(part), space)


def carry(pixels: Pixels, frame: Frame, after: Floats, *, gray: bool) -> Box:
    """Add the frame's change to the photo's pixels in place; return the box that was written."""
    box = changed_box(frame.lab, after)
    if box.empty:
        return Box(0, 0, 0, 0)
    change = difference(frame, after, box)
    if gray:
        change = np.repeat(change.mean(axis=2, keepdims=True), 3, axis=2)
    to_photo = frame.shifted(box)
    if to_photo.scale < 0.8:
        # the photo is coarser than the frame: average before sampling, or grain would alias
        change = gaussian(change, 0.45 / to_photo.scale)
    target = _cover(to_photo, box, pixels)
    strips = [
        Box(target.left, top, target.right, min(top + STRIP, target.bottom))
        for top in range(target.top, target.bottom, STRIP)
    ]
    peak = np.float32(frame.peak)
    together(partial(_add, pixels, change, to_photo, strip, peak) for strip in strips)
    return target


def _cover(to_photo: Affine, box: Box, pixels: Pixels) -> Box:
    corners = np.array(
        [[0, 0], [box.width, 0], [0, box.height], [box.width, box.height]], np.float32
    )
    seen = to_photo(corners)
    low, high = np.floor(seen.min(0)).astype(int), np.ceil(seen.max(0)).astype(int)
    return Box(*low.tolist(), *high.tolist()).clip(pixels.shape[1], pixels.shape[0])


def _add(pixels: Pixels, change: Floats, to_photo: Affine, strip: Box, peak: np.float32) -> None:
    corner = to_photo.matrix[:, 2] - np.array([strip.left, strip.top])
    matrix = Affine(np.column_stack([to_photo.matrix[:, :2], corner])).pixel_matrix()
    moved = cv2.warpAffine(change, matrix, (strip.width, strip.height), flags=cv2.INTER_LINEAR)
    part = pixels[strip.slices]
    total = np.rint(part + peak * moved)
    part[...] = np.clip(total, 0, peak)

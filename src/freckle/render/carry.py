"""Bring the difference that the work on a face made back to the picture, at the picture's size."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.frame import Frame
from freckle.geometry import Affine, Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian
from freckle.pixels.threads import together
from freckle.render.picture import Picture

COARSER: Final = 0.8
"""A grid with fewer pixels than this, for one of the finer grid, takes averages: else grain would
alias."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A frame's change in the file's own encoding (0..1, height × width × 3), inside `box`.

    Each value covers `step` × `step` pixels of the frame.
    """

    frame: Frame
    box: Box
    values: Floats
    step: int = 1

    @classmethod
    def none(cls, frame: Frame) -> "Change":
        """Return a change that changes nothing."""
        return cls(frame, Box(0, 0, 0, 0), np.zeros((0, 0, 3), np.float32))


def moved(before: Floats, after: Floats) -> npt.NDArray[np.uint8]:
    """Return 255 where any channel differs (H × W), several times faster than NumPy."""
    return _not_zero(cv2.subtract(after, before))


def _not_zero(values: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    zero = cv2.inRange(np.asarray(values), (0, 0, 0), (0, 0, 0))
    return np.asarray(cv2.bitwise_not(zero), np.uint8)


def lay(picture: Picture, change: Change) -> Box:
    """Add a change to a picture in place; return the box (picture's pixels) that was written."""
    if change.box.empty:
        return Box(0, 0, 0, 0)
    to_photo = change.frame.shifted(change.box)
    linear = to_photo.matrix[:, :2] * change.step
    to_photo = Affine(np.column_stack([linear, to_photo.matrix[:, 2]]))
    values = change.values
    if to_photo.scale < COARSER:  # the photo itself is coarser than the change
        values = gaussian(values, 0.45 / to_photo.scale)
    grain = max(1.0, 1 / to_photo.scale)
    values, to_view = _shrunk(values, picture.from_photo.after(to_photo), grain)
    target = _cover(to_view, values)
    there = _not_zero(values)
    tiles = [tile for tile in picture.tiles(target) if _any(there, to_view, tile)]
    together(partial(_add, picture, values, to_view, tile) for tile in tiles)
    return picture.inside(target)


def _shrunk(values: Floats, to_view: Affine, grain: float) -> tuple[Floats, Affine]:
    """Average a change by as much as the picture is coarser than the change's own grain.

    `grain` says how many of a change's pixels make one of the photo.
    """
    shown = to_view.scale * grain
    whole = max(1, int(1 / shown))
    factor = 1 if whole == 1 else round(whole * grain)
    if factor > 1:
        height, width = values.shape[:2]
        size = max(1, width // factor), max(1, height // factor)
        step = np.diag([width / size[0], height / size[1]])
        values = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
        to_view = Affine(np.column_stack([to_view.matrix[:, :2] @ step, to_view.matrix[:, 2]]))
    if shown * whole < COARSER:
        values = gaussian(values, 0.45 / to_view.scale)
    return values, to_view


def _cover(to_view: Affine, values: Floats) -> Box:
    height, width = values.shape[:2]
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
    seen = to_view(corners)
    low, high = np.floor(seen.min(0)).astype(int), np.ceil(seen.max(0)).astype(int)
    return Box(*low.tolist(), *high.tolist())


def _any(there: npt.NDArray[np.uint8], to_view: Affine, tile: Box) -> bool:
    """Whether anything but 0 lies under a tile of the picture, or right beside it."""
    x, y = [tile.left, tile.right], [tile.top, tile.bottom]
    corners = np.array([[across, down] for across in x for down in y], np.float32)
    under = to_view.inverse()(corners)
    low, high = np.floor(under.min(0)).astype(int), np.ceil(under.max(0)).astype(int)
    box = Box(*low.tolist(), *high.tolist()).grow(2).clip(there.shape[1], there.shape[0])
    return not box.empty and cv2.countNonZero(there[box.slices]) > 0


def _add(picture: Picture, values: Floats, to_view: Affine, tile: Box) -> None:
    corner = to_view.matrix[:, 2] - np.array([tile.left, tile.top])
    matrix = Affine(np.column_stack([to_view.matrix[:, :2], corner])).pixel_matrix()
    moved = cv2.warpAffine(values, matrix, (tile.width, tile.height), flags=cv2.INTER_LINEAR)
    box = picture.inside(tile)
    top, left = picture.corner[1] + box.top - tile.top, picture.corner[0] + box.left - tile.left
    seen = moved[top : top + box.height, left : left + box.width]
    part: Any = picture.pixels[box.slices]
    kind = cv2.CV_8U if part.dtype == np.uint8 else cv2.CV_16U
    # rounds and saturates in one pass, in place
    cv2.addWeighted(part, 1, seen, picture.photo.peak, 0, dst=part, dtype=kind)

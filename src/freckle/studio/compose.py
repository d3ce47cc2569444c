"""Put a face's change onto a picture of any size: what `render.carry` does at full size."""

from typing import Final

import cv2
import numpy as np

from freckle.geometry import Affine, Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian
from freckle.studio.easel import Change
from freckle.studio.pyramid import Cut
from freckle.studio.screen import Screen

COARSER: Final = 0.8
"""A grid with fewer pixels than this, for one of the finer grid, takes averages, as in `carry`."""


def lay(screen: Screen, cut: Cut, change: Change) -> Box:
    """Add a change to the screen's picture of a cut, in place; return the box written."""
    if change.box.empty:
        return Box(0, 0, 0, 0)
    values, to_picture = _shrunk(_to_photo_grain(change), _to_picture(cut, change), _grain(change))
    height, width = values.shape[:2]
    target = _cover(to_picture, (width, height), screen)
    if target.empty:
        return target
    shift = to_picture.matrix[:, 2] - np.array([target.left, target.top])
    matrix = Affine(np.column_stack([to_picture.matrix[:, :2], shift])).pixel_matrix()
    moved = cv2.warpAffine(values, matrix, (target.width, target.height), flags=cv2.INTER_LINEAR)
    part = screen[target.slices]
    # rounds and saturates in one pass
    cv2.addWeighted(part, 1, moved, 255, 0, dst=part, dtype=cv2.CV_8U)
    return target


def _to_picture(cut: Cut, change: Change) -> Affine:
    """Map points of the change's box to points of the picture."""
    x, y, w, h = cut.region
    scale = np.array([cut.size[0] / w, cut.size[1] / h])
    to_photo = change.frame.shifted(change.box).matrix
    linear = scale[:, None] * to_photo[:, :2] * change.step
    return Affine(np.column_stack([linear, scale * (to_photo[:, 2] - [x, y])]))


def _grain(change: Change) -> float:
    """Return how many of a change's pixels make one of the photo, at least 1."""
    return max(1.0, 1 / (change.frame.to_photo.scale * change.step))


def _to_photo_grain(change: Change) -> Floats:
    """Average a change that is finer than the photo itself, exactly as `carry` does."""
    scale = change.frame.to_photo.scale * change.step
    return gaussian(change.values, 0.45 / scale) if scale < COARSER else change.values


def _shrunk(values: Floats, to_picture: Affine, grain: float) -> tuple[Floats, Affine]:
    """Average a change by as much as the picture is coarser than the change's own grain."""
    shown = to_picture.scale * grain
    whole = max(1, int(1 / shown))
    factor = 1 if whole == 1 else round(whole * grain)
    if factor > 1:
        height, width = values.shape[:2]
        size = max(1, width // factor), max(1, height // factor)
        step = np.diag([width / size[0], height / size[1]])
        values = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
        matrix = np.column_stack([to_picture.matrix[:, :2] @ step, to_picture.matrix[:, 2]])
        to_picture = Affine(matrix)
    if shown * whole < COARSER:
        values = gaussian(values, 0.45 / to_picture.scale)
    return values, to_picture


def _cover(to_picture: Affine, size: tuple[int, int], screen: Screen) -> Box:
    width, height = size
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
    seen = to_picture(corners)
    low, high = np.floor(seen.min(0)).astype(int), np.ceil(seen.max(0)).astype(int)
    return Box(*low.tolist(), *high.tolist()).clip(screen.shape[1], screen.shape[0])

"""Where hair and ground have the same colors, so that no mixture of them can be told.

Dark hair before dark leaves: every alpha explains such pixels, and the closed form picks mottled
ones. How far apart two sets of colors are is Fisher's ratio (1936): the squared distance of their
means in units of both spreads together, along whichever direction tells them best.
"""

from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.trimap import Trimap
from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep

REACH: Final = 0.15
"""How far colors of either side are looked for, in face widths."""
APART: Final = (2.0, 6.0)
"""Fisher's ratio up to which both sides are alike, and from which on they can be told."""
FEWEST: Final = 0.02
"""Share of a neighborhood that has to be of a side for its colors to be known."""
GRAIN: Final = np.float32(4e-4)
"""Variance (of values 0..1) that every color has."""
PAIRS: Final = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def alike(picture: Floats, trimap: Trimap) -> Floats:
    """Return how far (0..1, height × width) hair around a place looks as the ground around it.

    `picture` is height × width × 3 (0..1). 0 off hair's band, and where one of them is not near.
    """
    height, width = trimap.known.shape
    sides = (trimap.known == 1) & trimap.locks, trimap.known == 0
    small = _halved(picture)
    masks = [(_halved(side.astype(np.float32)) > 0.99).astype(np.float32) for side in sides]
    radius = max(1.0, REACH * trimap.unit / 2)
    hair, ground = (_spread(small, mask, radius) for mask in masks)
    covariance = [a + b for a, b in zip(hair[2], ground[2], strict=True)]
    ratio = _ratio(hair[1] - ground[1], covariance)
    known = (hair[0] > FEWEST) & (ground[0] > FEWEST)
    found = np.where(known, 1 - smoothstep(*APART, ratio), 0).astype(np.float32)
    large = cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.where(trimap.hair & trimap.band, large, 0), np.float32)


def _halved(plane: Floats) -> Floats:
    height, width = plane.shape[:2]
    size = max(1, width // 2), max(1, height // 2)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _spread(picture: Floats, mask: Floats, radius: float) -> tuple[Floats, Floats, list[Floats]]:
    """Return a mask's share around each place, its colors' mean there, and their covariances."""
    share = _soft(mask, radius)
    weight = 1 / np.maximum(share, 1e-4)
    own = picture * mask[..., None]
    mean = _soft(own, radius) * weight[..., None]
    covariance = [
        _soft(own[..., i] * picture[..., k], radius) * weight - mean[..., i] * mean[..., k]
        for i, k in PAIRS
    ]
    return share, np.asarray(mean, np.float32), covariance


def _ratio(line: Floats, covariance: list[Floats]) -> Floats:
    """Return Fisher's ratio: `line` (H × W × 3) by the inverse of the covariances, by `line`."""
    xx, xy, xz, yy, yz, zz = covariance
    xx, yy, zz = xx + GRAIN, yy + GRAIN, zz + GRAIN
    minors = yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy
    whole = xx * minors[0] + xy * minors[1] + xz * minors[2]
    rest = xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy
    x, y, z = line[..., 0], line[..., 1], line[..., 2]
    found = minors[0] * x * x + rest[0] * y * y + rest[2] * z * z
    found = found + 2 * (minors[1] * x * y + minors[2] * x * z + rest[1] * y * z)
    return np.asarray(found / np.maximum(whole, 1e-12), np.float32)


def _soft(values: Any, radius: float) -> Any:
    """Blur by two boxes, which costs the same at any radius."""
    side = 2 * round(radius) + 1
    for _ in range(2):
        values = cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101)
    return values
